"""Answers to notebook 12, the U-Net with an encoder: planted mistakes, other right styles."""


# %% a line for each step, without a model in the model question="12c" points=6
def mobile_unet(num_classes, weights=None):
    image = keras.Input(shape=(None, None, 1))
    grey = 255.0 - 255.0 * image
    colours = keras.ops.repeat(grey, 3, axis=-1)
    encoder = keras.applications.MobileNetV3Small(
        input_tensor=colours, include_top=False, weights=weights
    )
    places = [i - 2 for i in TAPS]  # counted after the encoder's own input and scaling
    inner = [layer for layer in encoder.layers if layer.name != image.name]
    start = next(i for i, layer in enumerate(inner) if layer.name.startswith("rescaling"))
    c1, c2, c3, c4, x = (inner[start + 1 + i].output for i in places)
    for skip, filters in ((c4, 128), (c3, 64), (c2, 32), (c1, 16)):
        x = keras.layers.concatenate([skip, keras.layers.UpSampling2D((2, 2))(x)])
        x = keras.layers.ReLU()(Conv2D(filters, (3, 3), padding="same")(x))
    x = UpSampling2D()(x)
    x = keras.layers.Softmax()(Conv2D(num_classes, 3, padding="same")(x))
    return keras.Model(inputs=image, outputs=x)


# %% subclassed question="12c" points=6
class StudentMobileUNet(keras.Model):
    def __init__(self, num_classes, weights):
        super().__init__()
        encoder = mobile_encoder(None, weights)
        self.encoder = Model(encoder.input, [encoder.layers[i].output for i in TAPS])
        widths = (128, 64, 32, 16)
        self.steps = [Conv2D(n, 3, padding="same", activation="relu") for n in widths]
        self.last = Conv2D(num_classes, 3, padding="same", activation="softmax")

    def call(self, image):
        *skips, maps = self.encoder(keras.ops.tile(255 - 255 * image, (1, 1, 1, 3)))
        for skip, step in zip(reversed(skips), self.steps):
            up = keras.ops.repeat(keras.ops.repeat(maps, 2, 1), 2, 2)
            maps = step(keras.ops.concatenate([up, skip], -1))
        return self.last(keras.ops.repeat(keras.ops.repeat(maps, 2, 1), 2, 2))


def mobile_unet(num_classes, weights=None):
    model = StudentMobileUNet(num_classes, weights)
    model(np.zeros((1, 32, 32, 1), "float32"))
    return model


# %% ink is white question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(255.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = TAPS
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% paper is 1 question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-1.0, 1.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = TAPS
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% scaled to -1 and 1, and by the encoder again question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-2.0, 1.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = TAPS
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% not scaled by the encoder question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-255.0, 255.0)(image)])
    encoder = keras.applications.MobileNetV3Small(
        (None, None, 3), include_top=False, weights=None, include_preprocessing=False
    )
    places = [i - 1 for i in TAPS]
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% scaled by hand, and not by the encoder question="12c" points=6
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-2.0, 1.0)(image)])
    encoder = keras.applications.MobileNetV3Small(
        (None, None, 3), include_top=False, weights=None, include_preprocessing=False
    )
    places = [i - 1 for i in TAPS]
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% taps before the activations question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-255.0, 255.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = [i - 1 for i in TAPS]
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% taps at the narrow ends of blocks question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-255.0, 255.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = [4, 16, 34, 108, 156]
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% up-scaled bilinearly question="12c" points=4
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-255.0, 255.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = TAPS
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D(interpolation="bilinear")(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D(interpolation="bilinear")(maps)))


# %% no ReLU on the way up question="12c" points=4
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-255.0, 255.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = TAPS
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))


# %% sigmoid question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    colours = Concatenate()(3 * [Rescaling(-255.0, 255.0)(image)])
    encoder = mobile_encoder(None, weights)
    places = TAPS
    tapped = Model(encoder.input, [encoder.layers[i].output for i in places])
    *skips, maps = tapped(colours)
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="sigmoid")
    return Model(image, scores(UpSampling2D()(maps)))


# %% the last skip forgotten question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    grey = Rescaling(-255.0, 255.0)(image)
    encoder = mobile_encoder(None, weights)
    *skips, maps = Model(encoder.input, [encoder.layers[i].output for i in TAPS])(
        Concatenate()([grey] * 3)
    )
    for skip, filters in zip(skips[:0:-1], (128, 64, 32)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    maps = Conv2D(16, 3, padding="same", activation="relu")(UpSampling2D(4)(maps))
    return Model(image, Conv2D(num_classes, 3, padding="same", activation="softmax")(maps))


# %% half the page's size question="12c" points=0
def mobile_unet(num_classes, weights=None):
    image = Input((None, None, 1))
    encoder = mobile_encoder(None, weights)
    tapped = Model(encoder.input, [encoder.layers[i].output for i in TAPS])
    *skips, maps = tapped(Concatenate()(3 * [Rescaling(-255.0, 255.0)(image)]))
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    return Model(image, Conv2D(num_classes, 3, padding="same", activation="softmax")(maps))


# %% only the encoder question="12c" points=0
def mobile_unet(num_classes, weights=None):
    return mobile_encoder(None, weights)
