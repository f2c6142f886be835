"""Answers to notebook 2, from 2e on: planted mistakes, and other right styles."""

# %% the larger part in front question="2e" points=0
before, after = after, before

# %% half the kernel at each end question="2e" points=0
before = after = yours("2e").kernel // 2

# %% nothing at all, and then much question="2e" points=0
before, after = -5, 10**6

# %% in cells instead of pixels question="2e" points=0
shift = yours("2e").layers / 2

# %% pools that add up question="2e" points=0
shift = yours("2e").layers * yours("2e").pools

# %% rounds up question="2f" points=0
small = tuple(-(-size // 8) for size in yours("2f"))

# %% comes back as it was question="2f" points=0
back = tuple(yours("2f"))

# %% pads where nothing is missing question="2f" points=0
padding = tuple(8 - size % 8 for size in yours("2f"))

# %% pads by what is left question="2f" points=0
padding = tuple(size % 8 for size in yours("2f"))

# %% pads to the next even size question="2f" points=0
padding = tuple(size % 2 for size in yours("2f"))

# %% cuts instead question="2f" points=0
padding = tuple(-(size % 8) for size in yours("2f"))

# %% lists question="2f" points=3
small, back, padding = list(small), np.array(back), [float(more) for more in padding]

# %% the comma is no matter question="2g" points=0
listing_1 = "e"

# %% an attribute is a name question="2g" points=0
listing_3 = "b"

# %% the odd page stops question="2g" points=0
listing_6 = "b"

# %% a word question="2g" points=0
listing_4 = "TypeError"

# %% capitals question="2g" points=2
listing_1, listing_2 = "A", " B "


# %% pooled skips, scaled up question="2h" points=0
def skip_model(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    pool1 = MaxPooling2D()(conv1)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(pool1)
    pool2 = MaxPooling2D()(conv2)
    up1 = UpSampling2D()(pool2)
    fuse1 = Concatenate()([up1, UpSampling2D()(pool2)])
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(fuse1)
    fuse2 = Concatenate()([up2, UpSampling2D()(pool1)])
    return keras.Model(image, Conv2D(num_classes, 1, activation="softmax")(fuse2))


# %% the first skip pooled and scaled up question="2h" points=0
def skip_model(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    pool2 = MaxPooling2D()(conv2)
    fuse1 = Concatenate()([UpSampling2D()(pool2), UpSampling2D()(pool2)])
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(fuse1)
    fuse2 = Concatenate()([up2, conv1])
    return keras.Model(image, Conv2D(num_classes, 1, activation="softmax")(fuse2))


# %% always three classes question="2h" points=0
def skip_model(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    fuse1 = Concatenate()([UpSampling2D()(MaxPooling2D()(conv2)), conv2])
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(fuse1)
    fuse2 = Concatenate()([up2, conv1])
    return keras.Model(image, Conv2D(3, 1, activation="softmax")(fuse2))


# %% the same branch twice question="2h" points=3
def skip_model(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(Concatenate()([conv2, conv2]))
    fuse2 = Concatenate()([up2, conv1])
    return keras.Model(image, Conv2D(num_classes, 1, activation="softmax")(fuse2))


# %% adds the first skip question="2h" points=0
def skip_model(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    fuse1 = keras.layers.Add()([UpSampling2D()(MaxPooling2D()(conv2)), conv2])
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(fuse1)
    fuse2 = Concatenate()([up2, conv1])
    return keras.Model(image, Conv2D(num_classes, 1, activation="softmax")(fuse2))


# %% scales up instead of a transposed convolution question="2h" points=0
def skip_model(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    fuse1 = Concatenate()([UpSampling2D()(MaxPooling2D()(conv2)), conv2])
    fuse2 = Concatenate()([UpSampling2D()(fuse1), conv1])
    return keras.Model(image, Conv2D(num_classes, 1, activation="softmax")(fuse2))


# %% sigmoid for softmax question="2h" points=0
def skip_model(num_classes):
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    fuse1 = Concatenate()([UpSampling2D()(MaxPooling2D()(conv2)), conv2])
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(fuse1)
    fuse2 = Concatenate()([up2, conv1])
    return keras.Model(image, Conv2D(num_classes, 1, activation="sigmoid")(fuse2))


# %% the branches the other way round, a softmax of its own question="2h" points=5
def skip_model(num_classes):
    image = keras.Input(shape=(None, None, 1), name="page")
    conv1 = Conv2D(4, (3, 3), padding="same", activation="relu", name="conv1")(image)
    pool1 = MaxPooling2D((2, 2), strides=(2, 2))(conv1)
    conv2 = keras.layers.Activation("relu")(Conv2D(8, (4, 4), padding="same")(pool1))
    up1 = keras.ops.repeat(keras.ops.repeat(MaxPooling2D()(conv2), 2, axis=1), 2, axis=2)
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(Concatenate()([conv2, up1]))
    logits = Conv2D(num_classes, 1)(keras.layers.concatenate([conv1, up2]))
    return keras.Model(inputs=image, outputs=keras.layers.Softmax()(logits))


# %% subclassed question="2h" points=5
class SkipModel(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.logits = Conv2D(num_classes, 1, activation="softmax")
        self.up2 = Conv2DTranspose(4, 3, strides=2, padding="same")
        self.conv1 = Conv2D(4, 3, padding="same", activation="relu")
        self.conv2 = Conv2D(8, 4, padding="same", activation="relu")
        self.pool, self.up = MaxPooling2D(), UpSampling2D()

    def call(self, image):
        conv1 = self.conv1(image)
        conv2 = self.conv2(self.pool(conv1))
        fuse1 = keras.ops.concatenate([self.up(self.pool(conv2)), conv2], axis=-1)
        return self.logits(keras.ops.concatenate([self.up2(fuse1), conv1], axis=-1))


def skip_model(num_classes):
    model = SkipModel(num_classes)
    model(np.zeros((1, 4, 4, 1)))  # its weights are made now
    return model


# %% asks Keras question="2i" points=3
def unet_sizes(rows, columns, filters):
    x, skips, shapes = keras.KerasTensor((None, rows, columns, 1)), [], []
    for level in range(5):
        x = keras.KerasTensor((None, *x.shape[1:3], filters * 2**level))
        shapes.append(list(x.shape[1:]))
        skips.append(x)
        x = MaxPooling2D()(x)
    x = skips.pop()
    while skips:
        skip = skips.pop()
        x = Concatenate()([keras.KerasTensor(skip.shape), skip])
        shapes += [list(x.shape[1:]), list(skip.shape[1:])]
    return np.array(shapes, dtype=float)


# %% no skips question="2i" points=0
def unet_sizes(rows, columns, filters):
    down = [(rows // 2**i, columns // 2**i, filters * 2**i) for i in range(5)]
    return down + [shape for shape in down[3::-1] for _ in range(2)]


# %% as many filters on each level question="2i" points=0
def unet_sizes(rows, columns, filters):
    down = [(rows // 2**i, columns // 2**i, filters) for i in range(5)]
    return down + [(h, w, c * k) for h, w, c in down[3::-1] for k in (2, 1)]


# %% rows and columns exchanged question="2i" points=0
def unet_sizes(rows, columns, filters):
    down = [(columns // 2**i, rows // 2**i, filters * 2**i) for i in range(5)]
    return down + [(h, w, c * k) for h, w, c in down[3::-1] for k in (2, 1)]


# %% fuses three times as many channels question="2i" points=0
def unet_sizes(rows, columns, filters):
    down = [(rows // 2**i, columns // 2**i, filters * 2**i) for i in range(5)]
    return down + [(h, w, c * k) for h, w, c in down[3::-1] for k in (3, 1)]


# %% knows two sizes of filters question="2i" points=2
def unet_sizes(rows, columns, filters):
    filters = 3 if filters == 3 else 16
    down = [(rows // 2**i, columns // 2**i, filters * 2**i) for i in range(5)]
    return down + [(h, w, c * k) for h, w, c in down[3::-1] for k in (2, 1)]


# %% not numbers question="2i" points=0
def unet_sizes(rows, columns, filters):
    return np.full((13, 3), np.nan)
