"""Answers to 10f, several rates side by side: planted mistakes, and other right styles."""


# %% the mean by ops, the rates reversed question="10f" points=4
def aspp(height, width, channels, filters, rates):
    x = keras.Input((height, width, channels))
    mean = keras.ops.mean(x, axis=(1, 2), keepdims=True)
    mean = Conv2D(filters, 1, activation="relu")(mean)
    branches = [keras.ops.tile(mean, (1, height, width, 1))]
    look = {"padding": "same", "activation": "relu"}
    branches += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in reversed(rates)]
    branches.append(keras.layers.ReLU()(Conv2D(filters, 1)(x)))
    both = keras.layers.concatenate(branches)
    return keras.Model(x, Conv2D(filters, 1, activation="relu")(both))


# %% a large pool for the mean question="10f" points=4
def aspp(height, width, channels, filters, rates):
    x = keras.Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    branches = [Conv2D(filters, 1, **look)(x)]
    branches += [Conv2D(filters, (3, 3), dilation_rate=(r, r), **look)(x) for r in rates]
    mean = keras.layers.AveragePooling2D((height, width))(x)
    mean = Conv2D(filters, 1, **look)(mean)
    branches += [UpSampling2D((height, width), interpolation="bilinear")(mean)]
    return keras.Model(x, Conv2D(filters, 1, **look)(keras.layers.Concatenate()(branches)))


# %% subclassed question="10f" points=4
class Pyramid(keras.Model):
    def __init__(self, filters, rates):
        super().__init__()
        look = {"padding": "same", "activation": "relu"}
        self.rated = [Conv2D(filters, 3, dilation_rate=rate, **look) for rate in rates]
        self.ones = [Conv2D(filters, 1, activation="relu") for _ in range(3)]

    def call(self, x):
        near, image, last = self.ones
        mean = image(keras.ops.mean(x, (1, 2), keepdims=True)) * keras.ops.ones_like(x[..., :1])
        seen = [near(x), *(rated(x) for rated in self.rated), mean]
        return last(keras.ops.concatenate(seen, -1))


def aspp(height, width, channels, filters, rates):
    model = Pyramid(filters, rates)
    model(np.zeros((1, height, width, channels), "float32"))
    return model


# %% the largest instead of the mean question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in rates]
    mean = Conv2D(filters, 1, **look)(keras.layers.GlobalMaxPooling2D(keepdims=True)(x))
    seen.append(UpSampling2D((height, width))(mean))
    return Model(x, Conv2D(filters, 1, activation="relu")(Concatenate()(seen)))


# %% no ReLU in the branches question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": None}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in rates]
    mean = Conv2D(filters, 1, **look)(GlobalAveragePooling2D(keepdims=True)(x))
    seen.append(UpSampling2D((height, width))(mean))
    return Model(x, Conv2D(filters, 1, activation="relu")(Concatenate()(seen)))


# %% no ReLU at the end question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in rates]
    mean = Conv2D(filters, 1, **look)(GlobalAveragePooling2D(keepdims=True)(x))
    seen.append(UpSampling2D((height, width))(mean))
    return Model(x, Conv2D(filters, 1, activation=None)(Concatenate()(seen)))


# %% the same rate everywhere question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [
        Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in [max(rates)] * len(rates)
    ]
    mean = Conv2D(filters, 1, **look)(GlobalAveragePooling2D(keepdims=True)(x))
    seen.append(UpSampling2D((height, width))(mean))
    return Model(x, Conv2D(filters, 1, activation="relu")(Concatenate()(seen)))


# %% rates that are strides question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    seen = [Conv2D(filters, 1, activation="relu")(x)]
    seen += [Conv2D(filters, 3, strides=r, padding="same", activation="relu")(x) for r in rates]
    return Model(x, Conv2D(filters, 1)(Concatenate()(seen)))


# %% one after the other question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = maps = Input((height, width, channels))
    for rate in rates:
        x = Conv2D(filters, 3, padding="same", dilation_rate=rate, activation="relu")(x)
    return Model(maps, Conv2D(filters, 1, activation="relu")(x))


# %% without the image's mean question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in rates]
    return Model(x, Conv2D(filters, 1, **look)(Concatenate()(seen)))


# %% added up question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in rates]
    seen.append(Conv2D(filters, 1, **look)(GlobalAveragePooling2D(keepdims=True)(x)))
    return Model(x, Conv2D(filters, 1, **look)(keras.layers.Add()(seen)))


# %% the mean of what the convolution gives question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in rates]
    image = GlobalAveragePooling2D(keepdims=True)(Conv2D(filters, 1, **look)(x))
    seen.append(UpSampling2D((height, width))(image))
    return Model(x, Conv2D(filters, 1, **look)(Concatenate()(seen)))


# %% always the paper's rates question="10f" points=0
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in (6, 12, 18)]
    mean = Conv2D(filters, 1, **look)(GlobalAveragePooling2D(keepdims=True)(x))
    seen.append(UpSampling2D((height, width))(mean))
    return Model(x, Conv2D(filters, 1, activation="relu")(Concatenate()(seen)))


# %% always three rates question="10f" points=3
def aspp(height, width, channels, filters, rates):
    x = Input((height, width, channels))
    look = {"padding": "same", "activation": "relu"}
    seen = [Conv2D(filters, 1, **look)(x)]
    seen += [Conv2D(filters, 3, dilation_rate=rate, **look)(x) for rate in (*rates, 1, 1)[:3]]
    mean = Conv2D(filters, 1, **look)(GlobalAveragePooling2D(keepdims=True)(x))
    seen.append(UpSampling2D((height, width))(mean))
    return Model(x, Conv2D(filters, 1, activation="relu")(Concatenate()(seen)))
