"""The U-Net of 2015: convolutions that pad nothing, so 572x572 pixels give scores for 388x388.

Ronneberger, Fischer & Brox (2015), "U-Net: Convolutional Networks for Biomedical Image
Segmentation", figure 1 and section 2. `seglab.models.unet` is the lecture's version.
"""

from keras import Input, Model
from keras.layers import Concatenate, Conv2D, Conv2DTranspose, Cropping2D, Dropout, MaxPooling2D

from seglab.layers import CropLike, MirrorPadding
from seglab.models import probabilities

BORDER = 92  # pixels that the convolutions eat on each side: (572 - 388) / 2


def unet_2015(num_classes, width=16, channels=1, padding="mirror"):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64.

    padding: "mirror" extrapolates the page by mirroring, as the paper's overlap-tile strategy does,
    and cuts the scores to the page, so that every size fits. "valid" is the bare network: H and W
    have to be 16 n + 12, and the scores are 184 smaller.
    """
    image = Input((None, None, channels), name="image")
    x = image
    if padding == "mirror":  # the scores of 16 n + 188 pixels come out even
        x = MirrorPadding(BORDER, multiple=16, remainder=4, name="mirror")(image)
    c1 = convolutions(x, width, "c1")
    x = MaxPooling2D(name="p1")(c1)
    c2 = convolutions(x, 2 * width, "c2")
    x = MaxPooling2D(name="p2")(c2)
    c3 = convolutions(x, 4 * width, "c3")
    x = MaxPooling2D(name="p3")(c3)
    c4 = convolutions(x, 8 * width, "c4")
    c4 = Dropout(0.5, name="c4_dropout")(c4)
    x = MaxPooling2D(name="p4")(c4)
    x = convolutions(x, 16 * width, "c5")
    x = Dropout(0.5, name="c5_dropout")(x)
    x = up(x, Cropping2D(4, name="c4_crop")(c4), 8 * width, "u6")
    x = convolutions(x, 8 * width, "c6")
    x = up(x, Cropping2D(16, name="c3_crop")(c3), 4 * width, "u7")
    x = convolutions(x, 4 * width, "c7")
    x = up(x, Cropping2D(40, name="c2_crop")(c2), 2 * width, "u8")
    x = convolutions(x, 2 * width, "c8")
    x = up(x, Cropping2D(88, name="c1_crop")(c1), width, "u9")
    x = convolutions(x, width, "c9")
    logits = Conv2D(num_classes, 1, name="logits")(x)
    if padding == "mirror":
        logits = CropLike(name="page")([logits, image])
    return Model(image, probabilities(num_classes)(logits), name="unet_2015")


def convolutions(x, filters, name):
    """Two 3x3 convolutions without padding: 4 cells fewer. Initialised as section 3 says."""
    x = Conv2D(filters, 3, activation="relu", kernel_initializer="he_normal", name=f"{name}_1")(x)
    return Conv2D(filters, 3, activation="relu", kernel_initializer="he_normal", name=name)(x)


def up(x, skip, filters, name):
    """The "up-convolution" 2x2 beside the cropped skip."""
    x = Conv2DTranspose(filters, 2, strides=2, name=name)(x)
    return Concatenate(name=f"{name}_skip")([skip, x])
