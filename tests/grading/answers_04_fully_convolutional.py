"""Answers to notebook 4: planted mistakes with the points they deserve, and other right styles."""


# %% one weight after the other question="4a" points=3
def dense_as_convolution(kernel, height, width):
    features, units = kernel.shape
    channels = features // (height * width)
    filters = np.zeros((height, width, channels, units), kernel.dtype)
    for row in range(height):
        for column in range(width):
            start = (row * width + column) * channels
            filters[row, column] = kernel[start : start + channels]
    return filters


# %% with keras.ops question="4a" points=3
def dense_as_convolution(kernel, height, width):
    return keras.ops.reshape(kernel, (height, width, -1, kernel.shape[-1]))


# %% height and width change places question="4a" points=2
def dense_as_convolution(kernel, height, width):
    filters = kernel.reshape(height, width, -1, kernel.shape[1])
    return filters if height == width else kernel.reshape(width, height, -1, kernel.shape[1])


# %% the channels in front, as if Flatten listed map after map question="4a" points=0
def dense_as_convolution(kernel, height, width):
    maps = kernel.reshape(-1, height, width, kernel.shape[1])
    return maps.transpose(1, 2, 0, 3)


# %% one pixel with all channels question="4a" points=0
def dense_as_convolution(kernel, height, width):
    return kernel[None, None]


# %% sequential question="4b" points=4
def fcn(num_classes):
    return Sequential(
        [
            keras.Input((None, None, 1)),
            Conv2D(40, (3, 3), padding="same", activation="relu"),
            MaxPooling2D((2, 2), strides=2),
            Conv2D(40, (4, 4), padding="same", activation="relu"),
            MaxPooling2D((2, 2), strides=2),
            Conv2D(80, (4, 4), padding="same", activation="relu"),
            MaxPooling2D((2, 2), strides=2),
            UpSampling2D((8, 8), interpolation="nearest"),
            Conv2D(num_classes, (1, 1)),
            keras.layers.Softmax(),
        ]
    )


# %% scored before the up-scaling, input_shape, layers in a loop question="4b" points=4
def fcn(num_classes):
    model = Sequential([Input(shape=(None, None, 1))])
    for filters, size in (40, 3), (40, 4), (80, 4):
        model.add(Conv2D(filters, size, padding="same"))
        model.add(keras.layers.ReLU())
        model.add(MaxPooling2D())
    model.add(Conv2D(num_classes, 1, activation="softmax"))
    model.add(UpSampling2D(8))
    return model


# %% subclassed, layers in another order question="4b" points=4
class StudentFCN(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.score = Conv2D(num_classes, 1, activation="softmax")
        self.blocks = [
            Conv2D(filters, size, padding="same", activation="relu")
            for filters, size in ((40, 3), (40, 4), (80, 4))
        ]

    def call(self, images):
        x = images
        for block in self.blocks:
            x = keras.ops.max_pool(block(x), 2)
        x = keras.ops.repeat(keras.ops.repeat(x, 8, axis=1), 8, axis=2)
        return self.score(x)


def fcn(num_classes):
    model = StudentFCN(num_classes)
    model(np.zeros((1, 8, 8, 1)))
    return model


# %% subclassed and never called question="4b" points=0
def fcn(num_classes):
    return StudentFCN(num_classes)


class StudentFCN(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.score = Conv2D(num_classes, 1)

    def call(self, images):
        return self.score(images)


# %% bilinear up-scaling question="4b" points=0
def fcn(num_classes):
    model = Sequential([Input((None, None, 1))])
    for filters, size in (40, 3), (40, 4), (80, 4):
        model.add(Conv2D(filters, size, padding="same", activation="relu"))
        model.add(MaxPooling2D())
    model.add(UpSampling2D(8, interpolation="bilinear"))
    model.add(Conv2D(num_classes, 1, activation="softmax"))
    return model


# %% no ReLU question="4b" points=3
def fcn(num_classes):
    model = Sequential([Input((None, None, 1))])
    for filters, size in (40, 3), (40, 4), (80, 4):
        model.add(Conv2D(filters, size, padding="same"))
        model.add(MaxPooling2D())
    model.add(UpSampling2D(8))
    model.add(Conv2D(num_classes, 1, activation="softmax"))
    return model


# %% pools of averages question="4b" points=3
def fcn(num_classes):
    model = Sequential([Input((None, None, 1))])
    for filters, size in (40, 3), (40, 4), (80, 4):
        model.add(Conv2D(filters, size, padding="same", activation="relu"))
        model.add(keras.layers.AveragePooling2D(2))
    model.add(UpSampling2D(8))
    model.add(Conv2D(num_classes, 1, activation="softmax"))
    return model


# %% sigmoid question="4b" points=0
def fcn(num_classes):
    model = Sequential([Input((None, None, 1))])
    for filters, size in (40, 3), (40, 4), (80, 4):
        model.add(Conv2D(filters, size, padding="same", activation="relu"))
        model.add(MaxPooling2D())
    model.add(UpSampling2D(8))
    model.add(Conv2D(num_classes, 1, activation="sigmoid"))
    return model


# %% kernels 3 x 3, valid, two up-scalings forgotten question="4b" points=0
def fcn(num_classes):
    model = Sequential([Input((None, None, 1))])
    for filters in 40, 40, 80:
        model.add(Conv2D(filters, 3, activation="relu"))
        model.add(MaxPooling2D())
    model.add(UpSampling2D(2))
    model.add(Conv2D(num_classes, 1, activation="softmax"))
    return model


# %% one size of page question="4b" points=0
def fcn(num_classes):
    model = Sequential([Input((128, 128, 1))])
    for filters, size in (40, 3), (40, 4), (80, 4):
        model.add(Conv2D(filters, size, padding="same", activation="relu"))
        model.add(MaxPooling2D())
    model.add(UpSampling2D(8))
    model.add(Conv2D(num_classes, 1, activation="softmax"))
    return model


# %% counted by Keras question="4c" points=2
def heads(height, width):
    convolution = Conv2D(sizes.num_classes, 1)
    convolution.build((None, height, width, 80))
    cells = height * width
    dense = keras.layers.Dense(cells * sizes.num_classes, kernel_initializer="zeros")
    dense.build((None, cells * 80))
    return convolution.count_params(), dense.count_params()


conv_small, dense_small = heads(*(side // 8 for side in sizes.small))
conv_large, dense_large = heads(*(side // 8 for side in sizes.large))

# %% biases forgotten question="4c" points=0
cells_small, cells_large = (size[0] // 8 * (size[1] // 8) for size in (sizes.small, sizes.large))
conv_small = conv_large = 80 * sizes.num_classes
dense_small, dense_large = (80 * n * n * sizes.num_classes for n in (cells_small, cells_large))

# %% the convolution counted at every cell question="4c" points=0
cells_small = sizes.small[0] // 8 * (sizes.small[1] // 8)
conv_small = 81 * sizes.num_classes * cells_small

# %% a dense unit for each class only question="4c" points=0
cells_small, cells_large = (size[0] // 8 * (size[1] // 8) for size in (sizes.small, sizes.large))
dense_small, dense_large = ((80 * n + 1) * sizes.num_classes for n in (cells_small, cells_large))


# %% zeros around which the page is put question="4d" points=3
def padded(image, multiple):
    height, width = image.shape[:2]
    rows, columns = (int(np.ceil(side / multiple)) * multiple for side in (height, width))
    paper = np.zeros((rows, columns, 1), image.dtype)
    paper[:height, :width] = image
    return paper


# %% always eight question="4d" points=2
def padded(image, multiple):
    height, width, _ = image.shape
    return np.pad(image, ((0, -height % 8), (0, -width % 8), (0, 0)))


# %% one time too many where it fits question="4d" points=0
def padded(image, multiple):
    below, right = (multiple - side % multiple for side in image.shape[:2])
    return np.pad(image, ((0, below), (0, right), (0, 0)))


# %% above and on the left question="4d" points=0
def padded(image, multiple):
    height, width, _ = image.shape
    return np.pad(image, ((-height % multiple, 0), (-width % multiple, 0), (0, 0)))


# %% ink around the page question="4d" points=0
def padded(image, multiple):
    height, width, _ = image.shape
    sides = ((0, -height % multiple), (0, -width % multiple), (0, 0))
    return np.pad(image, sides, constant_values=1)


# %% cropped instead of padded question="4d" points=0
def padded(image, multiple):
    height, width, _ = image.shape
    return image[: height // multiple * multiple, : width // multiple * multiple]


# %% votes without a loop over cells question="4e" points=4
def rough(labels, cell):
    height, width = labels.shape
    blocks = labels.reshape(height // cell, cell, width // cell, cell)
    votes = np.stack([(blocks == c).sum(axis=(1, 3)) for c in range(labels.max() + 1)])
    return votes.argmax(0).repeat(cell, axis=0).repeat(cell, axis=1)


# %% a Counter for every cell, lists question="4e" points=4
def rough(labels, cell):
    from collections import Counter

    best = labels.tolist()
    for row in range(labels.shape[0]):
        for column in range(labels.shape[1]):
            top, left = row // cell * cell, column // cell * cell
            block = labels[top : top + cell, left : left + cell]
            best[row][column] = Counter(block.ravel().tolist()).most_common(1)[0][0]
    return np.array(best)


# %% the mean of the classes question="4e" points=0
def rough(labels, cell):
    height, width = labels.shape
    blocks = labels.reshape(height // cell, cell, width // cell, cell)
    return blocks.mean(axis=(1, 3)).round().repeat(cell, axis=0).repeat(cell, axis=1)


# %% the upper left pixel of a cell question="4e" points=0
def rough(labels, cell):
    return labels[::cell, ::cell].repeat(cell, axis=0).repeat(cell, axis=1)


# %% tiled, not repeated question="4e" points=0
def rough(labels, cell):
    height, width = labels.shape
    blocks = labels.reshape(height // cell, cell, width // cell, cell)
    votes = np.stack([(blocks == c).sum(axis=(1, 3)) for c in range(3)])
    return np.tile(votes.argmax(0), (cell, cell))


# %% three classes and no more question="4e" points=3
def rough(labels, cell):
    height, width = labels.shape
    blocks = labels.reshape(height // cell, cell, width // cell, cell)
    votes = np.stack([(blocks == c).sum(axis=(1, 3)) for c in range(3)])
    return votes.argmax(0).repeat(cell, axis=0).repeat(cell, axis=1)


# %% a line for each layer, skips first in the concatenation question="4f" points=5
def skip_fcn(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(40, (3, 3), padding="same", activation="relu")(image)
    pool1 = MaxPooling2D((2, 2))(conv1)
    conv2 = Conv2D(80, (4, 4), padding="same", activation="relu")(pool1)
    pool2 = MaxPooling2D((2, 2))(conv2)
    conv3 = Conv2D(80, (4, 4), padding="same", activation="relu")(pool2)
    pool3 = MaxPooling2D((2, 2))(conv3)
    fc4 = Conv2D(160, (1, 1), activation="relu")(pool3)
    fc5 = Conv2D(160, (1, 1), activation="relu")(fc4)
    up1 = UpSampling2D((2, 2))(fc5)
    fuse2 = Concatenate()([conv3, up1])
    up2 = UpSampling2D((2, 2))(fuse2)
    fuse3 = Concatenate()([conv2, up2])
    up3 = UpSampling2D((2, 2))(fuse3)
    fuse4 = Concatenate()([conv1, up3])
    logits = Conv2D(num_classes, (1, 1))(fuse4)
    return keras.Model(image, keras.layers.Softmax()(logits))


# %% subclassed question="4f" points=5
class StudentSkipFCN(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.score = Conv2D(num_classes, 1, activation="softmax")
        self.fc = [Conv2D(160, 1, activation="relu") for _ in range(2)]
        self.down = [
            Conv2D(filters, size, padding="same", activation="relu")
            for filters, size in ((40, 3), (80, 4), (80, 4))
        ]

    def call(self, x):
        skips = []
        for convolution in self.down:
            skips.append(convolution(x))
            x = keras.ops.max_pool(skips[-1], 2)
        for convolution in self.fc:
            x = convolution(x)
        for skip in reversed(skips):
            x = keras.ops.repeat(keras.ops.repeat(x, 2, axis=1), 2, axis=2)
            x = keras.ops.concatenate([x, skip], axis=-1)
        return self.score(x)


def skip_fcn(num_classes):
    model = StudentSkipFCN(num_classes)
    model(np.zeros((1, 8, 8, 1), "float32"))
    return model


# %% one skip from behind its pool question="4f" points=0
def skip_fcn(num_classes):
    image = Input((None, None, 1))
    conv1 = Conv2D(40, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    pool2 = MaxPooling2D()(conv2)
    conv3 = Conv2D(80, 4, padding="same", activation="relu")(pool2)
    fc4 = Conv2D(160, 1, activation="relu")(MaxPooling2D()(conv3))
    fc5 = Conv2D(160, 1, activation="relu")(fc4)
    fuse2 = Concatenate()([UpSampling2D()(fc5), pool2])
    fuse3 = Concatenate()([UpSampling2D()(fuse2), conv2])
    fuse4 = Concatenate()([UpSampling2D()(fuse3), conv1])
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(fuse4))


# %% the last skip forgotten question="4f" points=0
def skip_fcn(num_classes):
    image = Input((None, None, 1))
    conv1 = Conv2D(40, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    conv3 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv2))
    fc4 = Conv2D(160, 1, activation="relu")(MaxPooling2D()(conv3))
    fc5 = Conv2D(160, 1, activation="relu")(fc4)
    fuse2 = Concatenate()([UpSampling2D()(fc5), conv3])
    fuse3 = Concatenate()([UpSampling2D()(fuse2), conv2])
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(UpSampling2D()(fuse3)))


# %% bilinear up-scaling question="4f" points=3
def skip_fcn(num_classes):
    image = Input((None, None, 1))
    conv1 = Conv2D(40, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    conv3 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv2))
    fc4 = Conv2D(160, 1, activation="relu")(MaxPooling2D()(conv3))
    x = Conv2D(160, 1, activation="relu")(fc4)
    for skip in conv3, conv2, conv1:
        x = Concatenate()([UpSampling2D(interpolation="bilinear")(x), skip])
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(x))


# %% no ReLU in fc4 and fc5 question="4f" points=3
def skip_fcn(num_classes):
    image = Input((None, None, 1))
    conv1 = Conv2D(40, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    conv3 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv2))
    x = Conv2D(160, 1)(Conv2D(160, 1)(MaxPooling2D()(conv3)))
    for skip in conv3, conv2, conv1:
        x = Concatenate()([UpSampling2D()(x), skip])
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(x))


# %% the encoder of the FCN question="4f" points=0
def skip_fcn(num_classes):
    image = Input((None, None, 1))
    conv1 = Conv2D(40, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(40, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    conv3 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv2))
    fc4 = Conv2D(160, 1, activation="relu")(MaxPooling2D()(conv3))
    x = Conv2D(160, 1, activation="relu")(fc4)
    for skip in conv3, conv2, conv1:
        x = Concatenate()([UpSampling2D()(x), skip])
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(x))


# %% from seglab's ink reading question="4g" points=2
inked = pages.ink_reading(page).labels
region_accuracy = float(np.mean(predicted == page.labels))
ink_accuracy = float((predicted == inked).sum() / (inked < 255).sum())

# %% paper counts as wrong question="4g" points=0
ink_labels = np.where(page.image[..., 0] == 1, page.labels, 255)
ink_accuracy = (predicted == ink_labels).mean()

# %% ink accuracy over all classes but background question="4g" points=0
text = page.labels > 0
ink_accuracy = (predicted == page.labels)[text].mean()

# %% paper instead of ink question="4g" points=0
ink_accuracy = (predicted == page.labels)[page.image[..., 0] == 0].mean()

# %% per cent question="4g" points=0
region_accuracy = 100 * (predicted == page.labels).mean()


# %% bias with the fine part, einsum question="4h" points=4
def scores_of_parts(coarse, fine, kernel, bias):
    upper, lower = np.split(kernel, [coarse.shape[-1]])
    first = np.einsum("hwc,cn->hwn", coarse, upper)
    return [first, np.einsum("hwc,cn->hwn", fine, lower) + bias]


# %% two convolutions of Keras question="4h" points=4
def scores_of_parts(coarse, fine, kernel, bias):
    count = coarse.shape[-1]
    of_coarse = keras.ops.conv(coarse[None], kernel[None, None, :count])[0]
    of_fine = keras.ops.conv(fine[None], kernel[None, None, count:])[0]
    return of_coarse + bias / 2, of_fine + bias / 2


# %% the bias twice question="4h" points=0
def scores_of_parts(coarse, fine, kernel, bias):
    channels = coarse.shape[-1]
    return coarse @ kernel[:channels] + bias, fine @ kernel[channels:] + bias


# %% the fine part first question="4h" points=0
def scores_of_parts(coarse, fine, kernel, bias):
    channels = fine.shape[-1]
    return coarse @ kernel[channels:] + bias, fine @ kernel[:channels]


# %% scaled up already question="4h" points=0
def scores_of_parts(coarse, fine, kernel, bias):
    channels = coarse.shape[-1]
    up = coarse.repeat(2, axis=0).repeat(2, axis=1)
    return up @ kernel[:channels] + bias, fine @ kernel[channels:]


# %% half of the rows each question="4h" points=3
def scores_of_parts(coarse, fine, kernel, bias):
    half = len(kernel) // 2
    one, other = (np.resize(kernel[:half], (coarse.shape[-1], len(bias))), kernel[half:])
    return coarse @ one + bias, fine @ np.resize(other, (fine.shape[-1], len(bias)))
