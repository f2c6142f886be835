"""Answers to notebook 9 about the network: planted mistakes, and other right styles."""


# %% a line for each layer, slices for crops question="9c" points=7
def fcn(skips, height, width, num_classes):
    look = {"padding": "same", "activation": "relu"}
    image = keras.Input(shape=(height, width, 1))
    pool1 = MaxPooling2D((2, 2), padding="same")(Conv2D(16, 3, name="conv1", **look)(image))
    pool2 = MaxPooling2D((2, 2), padding="same")(Conv2D(24, 3, name="conv2", **look)(pool1))
    pool3 = MaxPooling2D((2, 2), padding="same")(Conv2D(32, 3, name="conv3", **look)(pool2))
    pool4 = MaxPooling2D((2, 2), padding="same")(Conv2D(64, 3, name="conv4", **look)(pool3))
    pool5 = MaxPooling2D((2, 2), padding="same")(Conv2D(96, 3, name="conv5", **look)(pool4))
    fc6 = Conv2D(128, 3, name="fc6", **look)(pool5)
    x = Conv2D(num_classes, 1, name="score_fr")(fc6)
    if skips >= 1:
        score = Conv2D(num_classes, 1, name="score_pool4")(pool4)
        x = enlarged(x, 2, "upscore2")[:, : score.shape[1], : score.shape[2]] + score
    if skips >= 2:
        score = Conv2D(num_classes, 1, name="score_pool3")(pool3)
        x = score + enlarged(x, 2, "upscore_pool4")[:, : score.shape[1], : score.shape[2]]
    factor = {0: 32, 1: 16, 2: 8}[skips]
    x = enlarged(x, factor, f"upscore{factor}")[:, :height, :width]
    return keras.Model(image, keras.layers.Activation("softmax")(x))


# %% subclassed question="9c" points=7
class StudentFCN(keras.Model):
    def __init__(self, skips, num_classes):
        super().__init__()
        look = {"padding": "same", "activation": "relu"}
        self.convs = [Conv2D(filters, 3, **look) for filters in (16, 24, 32, 64, 96)]
        self.fc6 = Conv2D(128, 3, **look)
        self.scores = [Conv2D(num_classes, 1) for _ in range(skips + 1)]
        factors = [2] * skips + [32 // 2**skips]
        self.ups = [
            Conv2DTranspose(num_classes, 2 * f, strides=f, padding="same", use_bias=False)
            for f in factors
        ]

    def call(self, image):
        maps = [image]
        for conv in self.convs:
            maps.append(MaxPooling2D(padding="same")(conv(maps[-1])))
        parts = [self.scores[0](self.fc6(maps[5]))]
        parts += [score(pool) for score, pool in zip(self.scores[1:], (maps[4], maps[3]))]
        x = parts[0]
        for up, part in zip(self.ups, parts[1:]):
            _, rows, columns, _ = ops.shape(part)
            x = up(x)[:, :rows, :columns] + part
        _, rows, columns, _ = ops.shape(image)
        return ops.softmax(self.ups[-1](x)[:, :rows, :columns])


def fcn(skips, height, width, num_classes):
    model = StudentFCN(skips, num_classes)
    model(np.zeros((1, height or 32, width or 32, 1), "float32"))
    return model


# %% pools that drop the last row question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if isinstance(layer, MaxPooling2D):
            return MaxPooling2D()
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% the mean instead of the sum question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if isinstance(layer, Add):
            return keras.layers.Average()
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% the larger instead of the sum question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if isinstance(layer, Add):
            return keras.layers.Maximum()
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% a ReLU behind the scores question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if layer.name.startswith("score"):
            return Conv2D(num_classes, 1, activation="relu", name=layer.name)
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% no softmax question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if isinstance(layer, Softmax):
            return keras.layers.Activation("linear")
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% average pools question="9c" points=5
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if isinstance(layer, MaxPooling2D):
            return AveragePooling2D(2, padding="same")
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% no ReLU behind fc6 question="9c" points=5
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if layer.name == "fc6":
            return Conv2D(128, 3, padding="same", name="fc6")
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% names of Keras's own question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if isinstance(layer, Conv2D):
            return Conv2D.from_config({**layer.get_config(), "name": None})
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% an up-sampling that is no larger than its stride question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    def copied(layer):
        if isinstance(layer, Conv2DTranspose):
            sizes = {"kernel_size": layer.strides}
            return Conv2DTranspose.from_config({**layer.get_config(), **sizes})
        return layer.__class__.from_config(layer.get_config())

    return keras.models.clone_model(right(skips, height, width, num_classes), None, copied)


# %% always FCN-32 question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    return right(0, height, width, num_classes)


# %% skips counted from FCN-8 question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    return right(2 - skips, height, width, num_classes)


# %% pages that divide by 32 question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    return right(skips, -(-height // 32) * 32, -(-width // 32) * 32, num_classes)


# %% every page of unknown size question="9c" points=0
right = fcn


def fcn(skips, height, width, num_classes):
    return right(skips, None, None, num_classes)


# %% never of unknown size question="9c" points=5
right = fcn


def fcn(skips, height, width, num_classes):
    return right(skips, int(height), int(width), num_classes)


# %% pool5 scored where pool4 and pool3 should be question="9c" points=0
def fcn(skips, height, width, num_classes):
    image = Input((height, width, 1))
    pools, look = [image], {"padding": "same", "activation": "relu"}
    for i, filters in enumerate((16, 24, 32, 64, 96), 1):
        maps = Conv2D(filters, 3, **look, name=f"conv{i}")(pools[-1])
        pools.append(MaxPooling2D(padding="same")(maps))
    x = Conv2D(num_classes, 1, name="score_fr")(Conv2D(128, 3, **look, name="fc6")(pools[5]))
    if skips:
        own = Conv2D(num_classes, 1, name="score_pool4")(UpSampling2D()(pools[5]))
        x = Add()([enlarged(x, 2, "upscore2"), own])
    if skips > 1:
        own = Conv2D(num_classes, 1, name="score_pool3")(pools[3])
        x = Add()([cropped(enlarged(x, 2, "upscore_pool4"), own), own])
    factor = 32 // 2**skips
    return Model(image, Softmax()(cropped(enlarged(x, factor, f"upscore{factor}"), image)))
