"""The lecture's five models, each reading like its slide.

Every model takes images (batch, H, W, channels), ink 1.0 and paper 0.0, and ends in scores that
are probabilities: softmax over `num_classes` channels, or one sigmoid channel where `num_classes`
is 1 (two classes). H and W have to be multiples of 8 (16 for the U-Net), because every pool
halves them and every skip has to meet its own size again; `seglab.prediction` pads pages.

Source: the slides of the lecture on page segmentation and its notes on the U-Net. Where a slide's
pseudo-code and its Keras listing differ (40-40-80 filters, kernels 3-4-4), the listing counts.
"""

from functools import partial

from keras import Input, Model, Sequential
from keras.layers import (
    Activation,
    Concatenate,
    Conv2D,
    Conv2DTranspose,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    UpSampling2D,
)


def sliding_window(num_classes, window=32):
    """Classify the centre pixel of one window (the slide "Sliding window").

    (batch, window, window, 1) -> (batch, num_classes). The slide gives no window size; it is a
    multiple of 8, so that the three pools come out even. 205,723 parameters with 3 classes.
    """
    return Sequential(
        [
            Input((window, window, 1)),
            Conv2D(40, 3, padding="same", activation="relu", name="conv1"),
            MaxPooling2D(name="pool1"),
            Conv2D(40, 4, padding="same", activation="relu", name="conv2"),
            MaxPooling2D(name="pool2"),
            Conv2D(80, 4, padding="same", activation="relu", name="conv3"),
            MaxPooling2D(name="pool3"),
            Flatten(name="flatten"),
            Dense(100, activation="relu", name="dense"),
            Dropout(0.5, name="dropout"),
            Dense(num_classes, name="logits"),
            probabilities(num_classes),
        ],
        name="sliding_window",
    )


def valid_sliding_window(num_classes, window=36):
    """`sliding_window` without padding, so that overlapping windows agree on what they share.

    (batch, window, window, 1) -> (batch, num_classes). The three pools come out even for windows
    that are 4 larger than a multiple of 8: 36, 34, 17, 14, 7, 4, 2. 109,723 parameters with
    3 classes. `seglab.dense_windows` computes it at every pixel.
    """
    return Sequential(
        [
            Input((window, window, 1)),
            Conv2D(40, 3, activation="relu", name="conv1"),
            MaxPooling2D(name="pool1"),
            Conv2D(40, 4, activation="relu", name="conv2"),
            MaxPooling2D(name="pool2"),
            Conv2D(80, 4, activation="relu", name="conv3"),
            MaxPooling2D(name="pool3"),
            Flatten(name="flatten"),
            Dense(100, activation="relu", name="dense"),
            Dropout(0.5, name="dropout"),
            Dense(num_classes, name="logits"),
            probabilities(num_classes),
        ],
        name="valid_sliding_window",
    )


def fcn(num_classes):
    """Encode, then scale up eightfold (the slide "FCN with up-scaling").

    (batch, H, W, 1) -> (batch, H, W, num_classes), H and W multiples of 8. 77,563 parameters with
    3 classes. One output cell of 8x8 pixels shares its scores: only rough regions.
    """
    return Sequential(
        [
            Input((None, None, 1)),
            Conv2D(40, 3, padding="same", activation="relu", name="conv1"),
            MaxPooling2D(name="pool1"),
            Conv2D(40, 4, padding="same", activation="relu", name="conv2"),
            MaxPooling2D(name="pool2"),
            Conv2D(80, 4, padding="same", activation="relu", name="conv3"),
            MaxPooling2D(name="pool3"),
            UpSampling2D(8, name="up"),
            Conv2D(num_classes, 1, name="logits"),
            probabilities(num_classes),
        ],
        name="fcn",
    )


def skip_fcn(num_classes):
    """Decode with up-scaling and skip connections (the slide "Skip-FCN").

    (batch, H, W, 1) -> (batch, H, W, num_classes), H and W multiples of 8. 193,963 parameters with
    3 classes. Each skip starts before its pool, so that the sizes meet.
    """
    image = Input((None, None, 1), name="image")
    conv1 = Conv2D(40, 3, padding="same", activation="relu", name="conv1")(image)
    pool1 = MaxPooling2D(name="pool1")(conv1)
    conv2 = Conv2D(80, 4, padding="same", activation="relu", name="conv2")(pool1)
    pool2 = MaxPooling2D(name="pool2")(conv2)
    conv3 = Conv2D(80, 4, padding="same", activation="relu", name="conv3")(pool2)
    pool3 = MaxPooling2D(name="pool3")(conv3)
    fc4 = Conv2D(160, 1, activation="relu", name="fc4")(pool3)
    fc5 = Conv2D(160, 1, activation="relu", name="fc5")(fc4)
    up1 = UpSampling2D(name="up1")(fc5)
    fuse2 = Concatenate(name="fuse2")([up1, conv3])
    up2 = UpSampling2D(name="up2")(fuse2)
    fuse3 = Concatenate(name="fuse3")([up2, conv2])
    up3 = UpSampling2D(name="up3")(fuse3)
    fuse4 = Concatenate(name="fuse4")([up3, conv1])
    logits = Conv2D(num_classes, 1, name="logits")(fuse4)
    scores = probabilities(num_classes)(logits)
    return Model(image, scores, name="skip_fcn")


def transposed_fcn(num_classes):
    """Decode with transposed convolutions and skips (the slide "Transposed convolution").

    (batch, H, W, 1) -> (batch, H, W, num_classes), H and W multiples of 8. 481,323 parameters with
    3 classes. `skip_fcn` with learnt up-sampling.
    """
    image = Input((None, None, 1), name="image")
    conv1 = Conv2D(40, 3, padding="same", activation="relu", name="conv1")(image)
    pool1 = MaxPooling2D(name="pool1")(conv1)
    conv2 = Conv2D(80, 4, padding="same", activation="relu", name="conv2")(pool1)
    pool2 = MaxPooling2D(name="pool2")(conv2)
    conv3 = Conv2D(80, 4, padding="same", activation="relu", name="conv3")(pool2)
    pool3 = MaxPooling2D(name="pool3")(conv3)
    fc4 = Conv2D(160, 1, activation="relu", name="fc4")(pool3)
    fc5 = Conv2D(160, 1, activation="relu", name="fc5")(fc4)
    up1 = Conv2DTranspose(80, 3, strides=2, padding="same", name="up1")(fc5)
    fuse2 = Concatenate(name="fuse2")([up1, conv3])
    up2 = Conv2DTranspose(80, 3, strides=2, padding="same", name="up2")(fuse2)
    fuse3 = Concatenate(name="fuse3")([up2, conv2])
    up3 = Conv2DTranspose(40, 3, strides=2, padding="same", name="up3")(fuse3)
    fuse4 = Concatenate(name="fuse4")([up3, conv1])
    logits = Conv2D(num_classes, 1, name="logits")(fuse4)
    scores = probabilities(num_classes)(logits)
    return Model(image, scores, name="transposed_fcn")


def unet(num_classes=1, size=128, channels=3):
    """Two convolutions a level, down and up again (the notes "U-Net for 128x128x3").

    (batch, size, size, channels) -> (batch, size, size, num_classes), `size` a multiple of 16;
    None takes any multiple of 16 in H and W. 1,941,105 parameters as the notes draw it.
    Ronneberger, Fischer & Brox (2015) with `same` padding and a quarter of the filters.
    """
    image = Input((size, size, channels), name="image")
    c1 = Conv2D(16, 3, padding="same", activation="relu", name="c1_1")(image)
    c1 = Conv2D(16, 3, padding="same", activation="relu", name="c1")(c1)
    p1 = MaxPooling2D(name="p1")(c1)
    c2 = Conv2D(32, 3, padding="same", activation="relu", name="c2_1")(p1)
    c2 = Conv2D(32, 3, padding="same", activation="relu", name="c2")(c2)
    p2 = MaxPooling2D(name="p2")(c2)
    c3 = Conv2D(64, 3, padding="same", activation="relu", name="c3_1")(p2)
    c3 = Conv2D(64, 3, padding="same", activation="relu", name="c3")(c3)
    p3 = MaxPooling2D(name="p3")(c3)
    c4 = Conv2D(128, 3, padding="same", activation="relu", name="c4_1")(p3)
    c4 = Conv2D(128, 3, padding="same", activation="relu", name="c4")(c4)
    p4 = MaxPooling2D(name="p4")(c4)
    c5 = Conv2D(256, 3, padding="same", activation="relu", name="c5_1")(p4)
    c5 = Conv2D(256, 3, padding="same", activation="relu", name="c5")(c5)
    u6 = Conv2DTranspose(128, 2, strides=2, name="u6")(c5)
    u6 = Concatenate(name="u6_c4")([u6, c4])
    c6 = Conv2D(128, 3, padding="same", activation="relu", name="c6_1")(u6)
    c6 = Conv2D(128, 3, padding="same", activation="relu", name="c6")(c6)
    u7 = Conv2DTranspose(64, 2, strides=2, name="u7")(c6)
    u7 = Concatenate(name="u7_c3")([u7, c3])
    c7 = Conv2D(64, 3, padding="same", activation="relu", name="c7_1")(u7)
    c7 = Conv2D(64, 3, padding="same", activation="relu", name="c7")(c7)
    u8 = Conv2DTranspose(32, 2, strides=2, name="u8")(c7)
    u8 = Concatenate(name="u8_c2")([u8, c2])
    c8 = Conv2D(32, 3, padding="same", activation="relu", name="c8_1")(u8)
    c8 = Conv2D(32, 3, padding="same", activation="relu", name="c8")(c8)
    u9 = Conv2DTranspose(16, 2, strides=2, name="u9")(c8)
    u9 = Concatenate(name="u9_c1")([u9, c1])
    c9 = Conv2D(16, 3, padding="same", activation="relu", name="c9_1")(u9)
    c9 = Conv2D(16, 3, padding="same", activation="relu", name="c9")(c9)
    logits = Conv2D(num_classes, 1, name="logits")(c9)
    scores = probabilities(num_classes)(logits)
    return Model(image, scores, name="unet")


def probabilities(num_classes):
    """The last layer: softmax over the classes; sigmoid where one channel tells two of them."""
    if num_classes == 1:
        return Activation("sigmoid", name="sigmoid")
    return Activation("softmax", name="softmax")


# Every model by its name, built for pages of any size from the number of classes.
BUILDERS = {
    "sliding_window": sliding_window,
    "fcn": fcn,
    "skip_fcn": skip_fcn,
    "transposed_fcn": transposed_fcn,
    "unet": partial(unet, size=None, channels=1),
}
