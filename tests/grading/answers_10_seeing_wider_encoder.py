"""Answers to 10d, the atrous encoder: planted mistakes, and other right styles."""


# %% functional, every option written out question="10d" points=5
def atrous_encoder(num_classes):
    image = keras.Input(shape=(None, None, 1))
    x = Conv2D(16, (3, 3), padding="same", activation="relu")(image)
    x = MaxPooling2D((2, 2))(x)
    x = Conv2D(32, (3, 3), padding="same", activation="relu")(x)
    x = MaxPooling2D((2, 2))(x)
    x = Conv2D(64, (3, 3), padding="same", activation="relu")(x)
    x = MaxPooling2D((2, 2), strides=(1, 1), padding="same")(x)
    x = Conv2D(64, (3, 3), dilation_rate=(2, 2), padding="same", activation="relu")(x)
    x = keras.layers.ReLU()(Conv2D(64, (3, 3), dilation_rate=(2, 2), padding="same")(x))
    return keras.Model(inputs=image, outputs=Conv2D(num_classes, (1, 1))(x))


# %% the encoder's own layers, changed question="10d" points=5
def atrous_encoder(num_classes):
    def changed(layer):
        config = layer.get_config()
        if layer is original.layers[5]:
            config |= {"strides": (1, 1), "padding": "same"}
        if layer in original.layers[6:8]:
            config |= {"dilation_rate": (2, 2)}
        return layer.from_config(config)

    original = encoder(num_classes)
    return Sequential([Input((None, None, 1)), *map(changed, original.layers)])


# %% subclassed question="10d" points=5
class AtrousEncoder(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        look = {"padding": "same", "activation": "relu"}
        self.plain = [Conv2D(n, 3, **look) for n in (16, 32, 64)]
        self.atrous = [Conv2D(64, 3, dilation_rate=2, **look) for _ in range(2)]
        self.last = Conv2D(num_classes, 1)

    def call(self, x):
        for convolution, stride in zip(self.plain, (2, 2, 1)):
            x = keras.ops.max_pool(convolution(x), 2, stride, padding="same")
        for convolution in self.atrous:
            x = convolution(x)
        return self.last(x)


def atrous_encoder(num_classes):
    model = AtrousEncoder(num_classes)
    model(np.zeros((1, 16, 16, 1), "float32"))
    return model


# %% the encoder itself question="10d" points=0
def atrous_encoder(num_classes):
    return encoder(num_classes)


# %% no rates question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            MaxPooling2D(2, 1, "same"),
            Conv2D(64, 3, dilation_rate=1, **same),
            Conv2D(64, 3, dilation_rate=1, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% a rate for the first layer only question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            MaxPooling2D(2, 1, "same"),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=1, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% a rate that doubles from layer to layer question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            MaxPooling2D(2, 1, "same"),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=4, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% no padding at the pool question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            MaxPooling2D(2, 1),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% no pool at all question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% DeepLab's pool of three cells question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            MaxPooling2D(3, 1, "same"),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% a mean instead of a maximum question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            keras.layers.AveragePooling2D(2, 1, "same"),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% the old scores, each four times question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            MaxPooling2D(),
            Conv2D(64, 3, dilation_rate=1, **same),
            Conv2D(64, 3, dilation_rate=1, **same),
            Conv2D(num_classes, 1),
            UpSampling2D(),
        ]
    )


# %% the last layer has a kernel of three question="10d" points=0
def atrous_encoder(num_classes):
    look = {"padding": "same", "activation": "relu", "dilation_rate": 2}
    first = encoder(num_classes).layers[:5]
    rest = [Conv2D(64, 3, **look), Conv2D(64, 3, **look), Conv2D(num_classes, 3, padding="same")]
    return Sequential([Input((None, None, 1)), *first, MaxPooling2D(2, 1, "same"), *rest])


# %% no Input question="10d" points=0
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            *encoder(num_classes).layers[:5],
            MaxPooling2D(2, 1, "same"),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(num_classes, 1),
        ]
    )


# %% always three classes question="10d" points=4
def atrous_encoder(num_classes):
    same = {"padding": "same", "activation": "relu"}
    return Sequential(
        [
            Input((None, None, 1)),
            *encoder(num_classes).layers[:5],
            MaxPooling2D(2, 1, "same"),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(64, 3, dilation_rate=2, **same),
            Conv2D(3, 1),
        ]
    )
