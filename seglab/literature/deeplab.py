"""DeepLab v1 and v2: VGG-16 whose last pools no longer shrink, then atrous convolutions.

Chen, Papandreou, Kokkinos, Murphy & Yuille (2018), "DeepLab: Semantic Image Segmentation with Deep
Convolutional Nets, Atrous Convolution, and Fully Connected CRFs", sections 3.1 and 3.2; v1 is their
paper of 2015. The CRF that the papers run over the scores is no part of the network.

Pages of any size: scores at an eighth of the size, rounded up, are up-sampled bilinearly and
cropped to the page.
"""

from keras import Input, Model
from keras.layers import Add, Conv2D, Dropout, MaxPooling2D

from seglab.layers import BilinearUpSampling2D, CropLike
from seglab.literature.vgg import convolutions
from seglab.models import probabilities


def deeplab(num_classes, width=16, channels=1, rates=(6, 12, 18, 24)):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The papers' width is 64.

    rates: of the branches whose scores are added. The default is v2's ASPP-L; (2, 4, 8, 12) is its
    ASPP-S, and (12,) v1's LargeFOV.
    """
    image = Input((None, None, channels), name="image")
    x = convolutions(image, width, 2, "conv1")
    x = MaxPooling2D(3, strides=2, padding="same", name="pool1")(x)
    x = convolutions(x, 2 * width, 2, "conv2")
    x = MaxPooling2D(3, strides=2, padding="same", name="pool2")(x)
    x = convolutions(x, 4 * width, 3, "conv3")
    x = MaxPooling2D(3, strides=2, padding="same", name="pool3")(x)
    x = convolutions(x, 8 * width, 3, "conv4")
    x = MaxPooling2D(3, strides=1, padding="same", name="pool4")(x)
    x = convolutions(x, 8 * width, 3, "conv5", rate=2)
    x = MaxPooling2D(3, strides=1, padding="same", name="pool5")(x)
    branches = [branch(x, num_classes, width, rate) for rate in rates]
    scores = Add(name="scores")(branches) if len(branches) > 1 else branches[0]
    up = BilinearUpSampling2D(8, name="up")(scores)
    logits = CropLike(name="logits")([up, image])
    return Model(image, probabilities(num_classes)(logits), name="deeplab")


def branch(x, num_classes, width, rate):
    """VGG's dense layers as one atrous and two 1x1 convolutions: the scores at one rate."""
    x = convolutions(x, 16 * width, 1, f"fc6_{rate}", rate)
    x = Dropout(0.5, name=f"drop6_{rate}")(x)
    x = Conv2D(16 * width, 1, activation="relu", name=f"fc7_{rate}")(x)
    x = Dropout(0.5, name=f"drop7_{rate}")(x)
    return Conv2D(num_classes, 1, name=f"fc8_{rate}")(x)
