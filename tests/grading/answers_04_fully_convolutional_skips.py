"""Answers to notebook 4 from rough regions on: mistakes as they deserve, and other styles."""


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


# %% the median of a cell question="4e" points=0
def rough(labels, cell):
    height, width = labels.shape
    blocks = labels.reshape(height // cell, cell, width // cell, cell)
    medians = np.median(blocks, axis=(1, 3)).astype(labels.dtype)
    return medians.repeat(cell, axis=0).repeat(cell, axis=1)


# %% three classes and no more question="4e" points=0
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


# %% split in the middle question="4h" points=0
def scores_of_parts(coarse, fine, kernel, bias):
    half = kernel.shape[0] // 2
    return coarse @ kernel[:half] + bias, fine @ kernel[half:]


# %% always four channels question="4h" points=3
def scores_of_parts(coarse, fine, kernel, bias):
    one, other = np.resize(kernel[:4], (coarse.shape[-1], len(bias))), kernel[4:]
    return coarse @ one + bias, fine @ np.resize(other, (fine.shape[-1], len(bias)))


# %% half of the rows each question="4h" points=0
def scores_of_parts(coarse, fine, kernel, bias):
    half = len(kernel) // 2
    one, other = (np.resize(kernel[:half], (coarse.shape[-1], len(bias))), kernel[half:])
    return coarse @ one + bias, fine @ np.resize(other, (fine.shape[-1], len(bias)))
