"""Answers to 7d, the whole U-Net: planted mistakes, and other right styles."""


# %% a line for each map, as in the notes question="7d" points=6
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    c1 = convolved(image, 16)
    c2 = convolved(MaxPooling2D((2, 2))(c1), 32)
    c3 = convolved(MaxPooling2D((2, 2))(c2), 64)
    c4 = convolved(MaxPooling2D((2, 2))(c3), 128)
    c5 = keras.layers.Dropout(0.3)(convolved(MaxPooling2D((2, 2))(c4), 256))
    u6 = Concatenate()([Conv2DTranspose(128, (2, 2), strides=(2, 2), padding="same")(c5), c4])
    c6 = convolved(u6, 128)
    u7 = Concatenate()([Conv2DTranspose(64, (2, 2), strides=(2, 2), padding="same")(c6), c3])
    c7 = convolved(u7, 64)
    u8 = Concatenate()([c2, Conv2DTranspose(32, (2, 2), strides=(2, 2), padding="same")(c7)])
    c8 = convolved(u8, 32)
    u9 = Concatenate()([Conv2DTranspose(16, (2, 2), strides=(2, 2), padding="same")(c8), c1])
    c9 = convolved(u9, 16)
    logits = Conv2D(num_classes, (1, 1))(c9)
    last = keras.layers.Softmax() if num_classes > 1 else keras.layers.Activation("sigmoid")
    return keras.Model(inputs=image, outputs=last(logits))


# %% subclassed question="7d" points=6
class StudentUNet(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        widths = (16, 32, 64, 128)
        self.down = [self.two(n) for n in (*widths, 256)]
        self.ups = [Conv2DTranspose(n, 2, strides=2) for n in reversed(widths)]
        self.after = [self.two(n) for n in reversed(widths)]
        self.last = Conv2D(num_classes, 1, activation="softmax" if num_classes > 1 else "sigmoid")

    @staticmethod
    def two(filters):
        look = {"padding": "same", "activation": "relu"}
        return keras.Sequential([Conv2D(filters, 3, **look), Conv2D(filters, 3, **look)])

    def call(self, x):
        skips = []
        for block in self.down:
            x = block(keras.ops.max_pool(x, 2) if skips else x)
            skips.append(x)
        for up, block, skip in zip(self.ups, self.after, skips[-2::-1]):
            x = block(keras.ops.concatenate([up(x), skip], axis=-1))
        return self.last(x)


def unet(size, channels, num_classes):
    model = StudentUNet(num_classes)
    model(np.zeros((1, 16, 16, channels), "float32"))
    return model


# %% sigmoid for three classes, too question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = image, []
    for filters in 16, 32, 64, 128:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 32, 16), skips[::-1]):
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    return Model(image, Conv2D(num_classes, 1, activation="sigmoid")(x))


# %% softmax for one class, too question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = image, []
    for filters in 16, 32, 64, 128:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 32, 16), skips[::-1]):
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(x))


# %% no skips: what comes up, twice question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x = image
    for filters in 16, 32, 64, 128:
        x = MaxPooling2D()(convolved(x, filters))
    x = convolved(x, 256)
    for filters in 128, 64, 32, 16:
        up = Conv2DTranspose(filters, 2, strides=2)(x)
        x = convolved(Concatenate()([up, up]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))


# %% skips through their pool question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = image, []
    for filters in 16, 32, 64, 128:
        x = MaxPooling2D()(convolved(x, filters))
        skips.append(keras.layers.UpSampling2D()(x))
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 32, 16), skips[::-1]):
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))


# %% four levels only question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = image, []
    for filters in 16, 32, 64:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 128)
    for filters, skip in zip((64, 32, 16), skips[::-1]):
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))


# %% a batch normalisation in it question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = keras.layers.BatchNormalization()(image), []
    for filters in 16, 32, 64, 128:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 32, 16), skips[::-1]):
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))


# %% pages of any size only question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((None, None, channels))
    x, skips = image, []
    for filters in 16, 32, 64, 128:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 32, 16), skips[::-1]):
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))


# %% a ReLU after every step up question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = image, []
    for filters in 16, 32, 64, 128:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 32, 16), skips[::-1]):
        up = Conv2DTranspose(filters, 2, strides=2, activation="relu")(x)
        x = convolved(Concatenate()([up, skip]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))


# %% one skip through its pool question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = image, []
    for filters in 16, 32, 64, 128:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 32, 16), skips[::-1]):
        if filters == 128:
            skip = keras.layers.UpSampling2D()(MaxPooling2D()(skip))
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))


# %% c8 with 64 filters question="7d" points=0
def unet(size, channels, num_classes):
    image = Input((size, size, channels))
    x, skips = image, []
    for filters in 16, 32, 64, 128:
        skips.append(convolved(x, filters))
        x = MaxPooling2D()(skips[-1])
    x = convolved(x, 256)
    for filters, skip in zip((128, 64, 64, 16), skips[::-1]):
        x = convolved(Concatenate()([Conv2DTranspose(filters, 2, strides=2)(x), skip]), filters)
    last = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=last)(x))
