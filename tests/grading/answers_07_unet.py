"""Answers to notebook 7: planted mistakes with the points they deserve, and other right styles."""


# %% a loop, the ReLU as a layer of its own question="7a" points=3
def convolved(x, filters):
    for _ in range(2):
        x = keras.layers.ReLU()(Conv2D(filters, (3, 3), padding="same")(x))
    return x


def block(channels, filters):
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %% Sequential, with a dropout between them question="7a" points=3
def convolved(x, filters):
    look = {"kernel_size": 3, "padding": "same", "activation": "relu"}
    layers = [Conv2D(filters, **look), keras.layers.Dropout(0.1), Conv2D(filters, **look)]
    return keras.Sequential(layers)(x)


def block(channels, filters):
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %% only one question="7a" points=0
def convolved(x, filters):
    return Conv2D(filters, 3, padding="same", activation="relu")(x)


def block(channels, filters):
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %% valid question="7a" points=0
def convolved(x, filters):
    x = Conv2D(filters, 3, activation="relu")(x)
    return Conv2D(filters, 3, activation="relu")(x)


def block(channels, filters):
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %% no ReLU after the first question="7a" points=0
def convolved(x, filters):
    x = Conv2D(filters, 3, padding="same")(x)
    return Conv2D(filters, 3, padding="same", activation="relu")(x)


def block(channels, filters):
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %% no ReLU after the second question="7a" points=0
def convolved(x, filters):
    x = Conv2D(filters, 3, padding="same", activation="relu")(x)
    return Conv2D(filters, 3, padding="same")(x)


def block(channels, filters):
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %% both read x question="7a" points=0
def convolved(x, filters):
    maps = [Conv2D(filters, 3, padding="same", activation="relu")(x) for _ in range(2)]
    return maps[1]


def block(channels, filters):
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %% counted by Keras question="7b" points=2
several = keras.Sequential([Input((None, None, row.channels))])
for _ in range(row.convolutions):
    several.add(Conv2D(row.filters, 3))
field = 1 + 2 * len(several.layers)
one = keras.Sequential([Input((None, None, row.channels)), Conv2D(row.filters, field)])
small, large = several.count_params(), one.count_params()

# %% all of them read the channels question="7b" points=0
field = 2 * row.convolutions + 1
small = row.convolutions * (9 * row.channels + 1) * row.filters

# %% fields added without their overlap question="7b" points=0
field = 3 * row.convolutions

# %% biases forgotten question="7b" points=0
field = 2 * row.convolutions + 1
small = 9 * row.filters * (row.channels + (row.convolutions - 1) * row.filters)
large = field**2 * row.channels * row.filters


# %% a line for each layer, c1 first in the concatenation question="7c" points=4
def small_unet(filters):
    image = keras.Input(shape=(None, None, 1))
    look = {"padding": "same", "activation": "relu"}
    c1 = Conv2D(filters, (3, 3), **look)(image)
    c1 = Conv2D(filters, (3, 3), **look)(c1)
    p1 = MaxPooling2D((2, 2), strides=2)(c1)
    c2 = Conv2D(2 * filters, (3, 3), **look)(p1)
    c2 = Conv2D(2 * filters, (3, 3), **look)(c2)
    u = Conv2DTranspose(filters, (2, 2), strides=(2, 2), padding="same")(c2)
    both = keras.layers.concatenate([c1, u])
    c3 = Conv2D(filters, (3, 3), **look)(both)
    c3 = Conv2D(filters, (3, 3), **look)(c3)
    return keras.Model(inputs=image, outputs=c3)


# %% subclassed question="7c" points=4
class StudentSmallUNet(keras.Model):
    def __init__(self, filters):
        super().__init__()
        self.up = Conv2DTranspose(filters, 2, strides=2)
        widths = (filters, filters, 2 * filters, 2 * filters, filters, filters)
        self.steps = [Conv2D(n, 3, padding="same", activation="relu") for n in widths]

    def call(self, image):
        c1 = self.steps[1](self.steps[0](image))
        c2 = self.steps[3](self.steps[2](keras.ops.max_pool(c1, 2)))
        both = keras.ops.concatenate([self.up(c2), c1], axis=-1)
        return self.steps[5](self.steps[4](both))


def small_unet(filters):
    model = StudentSmallUNet(filters)
    model(np.zeros((1, 8, 8, 1), "float32"))
    return model


# %% subclassed and never called question="7c" points=0
def small_unet(filters):
    return StudentSmallUNet(filters)


class StudentSmallUNet(keras.Model):
    def call(self, image):
        return image


# %% the skip from behind its pool, scaled up question="7c" points=0
def small_unet(filters):
    image = Input((None, None, 1))
    p1 = MaxPooling2D()(convolved(image, filters))
    up = Conv2DTranspose(filters, 2, strides=2)(convolved(p1, 2 * filters))
    skip = keras.layers.UpSampling2D()(p1)
    return Model(image, convolved(Concatenate()([up, skip]), filters))


# %% added, not concatenated question="7c" points=0
def small_unet(filters):
    image = Input((None, None, 1))
    c1 = convolved(image, filters)
    up = Conv2DTranspose(filters, 2, strides=2)(convolved(MaxPooling2D()(c1), 2 * filters))
    return Model(image, convolved(keras.layers.Add()([up, c1]), filters))


# %% u with itself question="7c" points=0
def small_unet(filters):
    image = Input((None, None, 1))
    c2 = convolved(MaxPooling2D()(convolved(image, filters)), 2 * filters)
    up = Conv2DTranspose(filters, 2, strides=2)(c2)
    return Model(image, convolved(Concatenate()([up, up]), filters))


# %% c1 with itself question="7c" points=0
def small_unet(filters):
    image = Input((None, None, 1))
    c1 = convolved(image, filters)
    c2 = convolved(MaxPooling2D()(c1), 2 * filters)
    up = Conv2DTranspose(filters, 2, strides=2)(c2)
    both = Concatenate()([c1, keras.layers.Add()([c1, 0 * up])])
    return Model(image, convolved(both, filters))


# %% a pool of averages question="7c" points=3
def small_unet(filters):
    image = Input((None, None, 1))
    c1 = convolved(image, filters)
    c2 = convolved(keras.layers.AveragePooling2D(2)(c1), 2 * filters)
    up = Conv2DTranspose(filters, 2, strides=2)(c2)
    return Model(image, convolved(Concatenate()([up, c1]), filters))


# %% a ReLU after the step up question="7c" points=0
def small_unet(filters):
    image = Input((None, None, 1))
    c1 = convolved(image, filters)
    c2 = convolved(MaxPooling2D()(c1), 2 * filters)
    up = Conv2DTranspose(filters, 2, strides=2, activation="relu")(c2)
    return Model(image, convolved(Concatenate()([up, c1]), filters))


# %% a step up of 3 x 3 question="7c" points=0
def small_unet(filters):
    image = Input((None, None, 1))
    c1 = convolved(image, filters)
    c2 = convolved(MaxPooling2D()(c1), 2 * filters)
    up = Conv2DTranspose(filters, 3, strides=2, padding="same")(c2)
    return Model(image, convolved(Concatenate()([up, c1]), filters))
