"""FCN-32, FCN-16 and FCN-8: VGG-16 made convolutional, its scores up-sampled, skips added.

Long, Shelhamer & Darrell (2015), "Fully Convolutional Networks for Semantic Segmentation", sections
4.1 to 4.3. The number is the factor of the last up-sampling. The paper trains them one after the
other: FCN-32, then FCN-16 from its weights, then FCN-8::

    coarse = fcn32(3)               ... train ...
    fine = fcn16(3)
    start_from(fine, coarse)        ... train, with a learning rate 100 times smaller ...

Pages of any size: pools keep the last row and column of an odd size, and what is up-sampled is
cropped to what it meets, as in the authors' network files. They pad the image by 100 pixels of
zeros instead of padding fc6; the cells in the middle of a large image are the same.
"""

from keras import Input, Model
from keras.layers import Add, Conv2D, Conv2DTranspose, Dropout, MaxPooling2D

from seglab.layers import Bilinear, CropLike
from seglab.literature.vgg import convolutions
from seglab.models import probabilities


def fcn32(num_classes, width=16, channels=1):
    """Scores at a 32nd of the size, up-sampled 32-fold.

    (batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64.
    """
    image = Input((None, None, channels), name="image")
    pool3, pool4, fc7 = encoder(image, width)
    score = scores(fc7, num_classes, "score_fr")
    upscore = fixed_upsampling(score, num_classes, 32)
    logits = CropLike(name="score")([upscore, image])
    return Model(image, probabilities(num_classes)(logits), name="fcn32")


def fcn16(num_classes, width=16, channels=1):
    """FCN-32 with the scores of pool4 added, up-sampled 16-fold.

    (batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64.
    """
    image = Input((None, None, channels), name="image")
    pool3, pool4, fc7 = encoder(image, width)
    score = scores(fc7, num_classes, "score_fr")
    fuse_pool4 = fused(score, "upscore2", pool4, "pool4", num_classes)
    upscore = fixed_upsampling(fuse_pool4, num_classes, 16)
    logits = CropLike(name="score")([upscore, image])
    return Model(image, probabilities(num_classes)(logits), name="fcn16")


def fcn8(num_classes, width=16, channels=1):
    """FCN-16 with the scores of pool3 added, up-sampled 8-fold.

    (batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64.
    """
    image = Input((None, None, channels), name="image")
    pool3, pool4, fc7 = encoder(image, width)
    score = scores(fc7, num_classes, "score_fr")
    fuse_pool4 = fused(score, "upscore2", pool4, "pool4", num_classes)
    fuse_pool3 = fused(fuse_pool4, "upscore_pool4", pool3, "pool3", num_classes)
    upscore = fixed_upsampling(fuse_pool3, num_classes, 8)
    logits = CropLike(name="score")([upscore, image])
    return Model(image, probabilities(num_classes)(logits), name="fcn8")


def encoder(image, width):
    """VGG-16 with its dense layers as convolutions: pool3, pool4, fc7 at strides 8, 16, 32."""
    x = convolutions(image, width, 2, "conv1")
    x = MaxPooling2D(padding="same", name="pool1")(x)
    x = convolutions(x, 2 * width, 2, "conv2")
    x = MaxPooling2D(padding="same", name="pool2")(x)
    x = convolutions(x, 4 * width, 3, "conv3")
    pool3 = MaxPooling2D(padding="same", name="pool3")(x)
    x = convolutions(pool3, 8 * width, 3, "conv4")
    pool4 = MaxPooling2D(padding="same", name="pool4")(x)
    x = convolutions(pool4, 8 * width, 3, "conv5")
    x = MaxPooling2D(padding="same", name="pool5")(x)
    x = Conv2D(64 * width, 7, padding="same", activation="relu", name="fc6")(x)
    x = Dropout(0.5, name="drop6")(x)
    x = Conv2D(64 * width, 1, activation="relu", name="fc7")(x)
    return pool3, pool4, Dropout(0.5, name="drop7")(x)


def scores(x, num_classes, name):
    """Class scores of every cell, all 0 at first: a new skip is silent until it has learnt."""
    return Conv2D(num_classes, 1, kernel_initializer="zeros", name=name)(x)


def fused(score, up_name, pool, pool_name, num_classes):
    """Scores up-sampled twofold, plus those of a pool at that size."""
    upscore = learnt_upsampling(score, num_classes, up_name)
    score_pool = scores(pool, num_classes, f"score_{pool_name}")
    upscore = CropLike(name=f"{up_name}c")([upscore, score_pool])
    return Add(name=f"fuse_{pool_name}")([upscore, score_pool])


def learnt_upsampling(x, num_classes, name):
    """Twofold, bilinear at first."""
    return Conv2DTranspose(
        num_classes,
        4,
        strides=2,
        padding="same",
        use_bias=False,
        kernel_initializer=Bilinear(),
        name=name,
    )(x)


def fixed_upsampling(x, num_classes, factor):
    """The last up-sampling, which stays bilinear: `upscore32`, `upscore16` or `upscore8`."""
    return Conv2DTranspose(
        num_classes,
        2 * factor,
        strides=factor,
        padding="same",
        use_bias=False,
        kernel_initializer=Bilinear(),
        trainable=False,
        name=f"upscore{factor}",
    )(x)


def start_from(finer, coarser):
    """Copy into FCN-16 what FCN-32 has learnt, or into FCN-8 what FCN-16 has.

    Layers belong together by their names. The finer model's new scores are 0 and its new
    up-sampling is bilinear, so it begins where the coarser one stands, up to how bilinear
    interpolation in two steps differs from one. Returns the names of the layers that are new.
    """
    learnt = {layer.name: layer for layer in coarser.layers if layer.trainable_weights}
    new = [layer.name for layer in finer.layers if layer.trainable_weights]
    for name in [name for name in new if name in learnt]:
        layer, weights = finer.get_layer(name), learnt[name].get_weights()
        shapes = [weight.shape for weight in weights]
        if shapes != [tuple(weight.shape) for weight in layer.weights]:
            raise ValueError(
                f"{name} should have weights of the same shapes in both models; they are "
                f"{[tuple(weight.shape) for weight in layer.weights]} in {finer.name} and {shapes} "
                f"in {coarser.name}. Were both built with the same width and classes?"
            )
        layer.set_weights(weights)
        new.remove(name)
    return new
