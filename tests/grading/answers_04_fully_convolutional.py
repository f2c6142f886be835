"""Answers to notebook 4 up to pages of any size: mistakes as they deserve, and other styles."""


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


# %% height and width change places question="4a" points=0
def dense_as_convolution(kernel, height, width):
    return kernel.reshape(width, height, -1, kernel.shape[1])


# %% columns as rows question="4a" points=0
def dense_as_convolution(kernel, height, width):
    return kernel.reshape(width, height, -1, kernel.shape[1]).transpose(1, 0, 2, 3)


# %% the channels in front, as if Flatten listed map after map question="4a" points=0
def dense_as_convolution(kernel, height, width):
    maps = kernel.reshape(-1, height, width, kernel.shape[1])
    return maps.transpose(1, 2, 0, 3)


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


# %% no Input question="4b" points=0
def fcn(num_classes):
    model = Sequential()
    for filters, size in (40, 3), (40, 4), (80, 4):
        model.add(Conv2D(filters, size, padding="same", activation="relu"))
        model.add(MaxPooling2D())
    model.add(UpSampling2D(8))
    model.add(Conv2D(num_classes, 1, activation="softmax"))
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
