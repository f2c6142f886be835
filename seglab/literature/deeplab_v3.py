"""DeepLab v3 and v3+: a dilated ResNet, atrous convolutions side by side; v3+ adds a decoder.

v3: Chen, Papandreou, Schroff & Adam (2017), "Rethinking Atrous Convolution for Semantic Image
Segmentation", section 3; output stride 16 and a multi-grid of (1, 2, 4).
v3+: Chen, Zhu, Papandreou, Schroff & Adam (2018), "Encoder-Decoder with Atrous Separable
Convolution for Semantic Image Segmentation", section 3, on the same ResNet-50.
Pages of any size: maps are rounded up, up-sampled bilinearly, and cropped to what they meet.
"""

from keras import Input, Model
from keras.layers import Concatenate, Conv2D, DepthwiseConv2D

from seglab.layers import (
    AtrousSpatialPyramidPooling,
    BilinearUpSampling2D,
    CropLike,
    SeparableAtrousSpatialPyramidPooling,
)
from seglab.literature.resnet import normalized_convolution, stage, stem
from seglab.literature.vgg import normalized
from seglab.models import probabilities


def deeplab_v3(num_classes, width=16, channels=1):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64."""
    image = Input((None, None, channels), name="image")
    low_level, x = encoder(image, width)
    x = AtrousSpatialPyramidPooling(4 * width, rates=(6, 12, 18), name="aspp")(x)
    scores = Conv2D(num_classes, 1, name="scores")(x)
    up = BilinearUpSampling2D(16, name="up")(scores)
    logits = CropLike(name="logits")([up, image])
    return Model(image, probabilities(num_classes)(logits), name="deeplab_v3")


def deeplab_v3_plus(num_classes, width=16, channels=1):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64."""
    image = Input((None, None, channels), name="image")
    low_level, x = encoder(image, width)
    x = SeparableAtrousSpatialPyramidPooling(4 * width, rates=(6, 12, 18), name="aspp")(x)
    x = decoder(x, low_level, width, factor=4)
    scores = Conv2D(num_classes, 1, name="scores")(x)
    up = BilinearUpSampling2D(4, name="up")(scores)
    logits = CropLike(name="logits")([up, image])
    return Model(image, probabilities(num_classes)(logits), name="deeplab_v3_plus")


def encoder(image, width):
    """ResNet-50 whose last stage is dilated: low-level features at a fourth, features at a 16th."""
    x = stem(image, width)
    low_level = stage(x, width, "stage1", units=3)
    x = stage(low_level, 2 * width, "stage2", units=4, stride=2)
    x = stage(x, 4 * width, "stage3", units=6, stride=2)
    x = stage(x, 8 * width, "stage4", units=3, rates=(2, 4, 8))
    return low_level, x


def decoder(x, low_level, width, factor):
    """Features up-sampled by a factor beside low-level ones, mixed by two 3x3 convolutions.

    It has few channels of the low-level features, 48 at the paper's width, so that they do not
    outweigh the encoder's.
    """
    x = BilinearUpSampling2D(factor, name="up_encoder")(x)
    x = CropLike(name="up_encoder_c")([x, low_level])
    low_level = normalized_convolution(low_level, max(3 * width // 4, 1), 1, "low_level")
    x = Concatenate(name="decoder")([x, low_level])
    x = separable_convolution(x, 4 * width, "decoder_1")
    return separable_convolution(x, 4 * width, "decoder_2")


def separable_convolution(x, filters, name):
    """3x3 within each channel, 1x1 across channels, each with batch normalisation and ReLU."""
    x = DepthwiseConv2D(3, padding="same", use_bias=False, name=f"{name}_depthwise")(x)
    x = normalized(x, f"{name}_depthwise")
    return normalized_convolution(x, filters, 1, f"{name}_pointwise")
