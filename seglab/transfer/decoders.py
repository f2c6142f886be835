"""Decoders over an encoder's taps: maps at strides 2 to 32 in, class scores at every pixel out.

taps: {stride: map}. width: channels of the finest maps, as in `seglab.literature`, from which the
pieces come.
"""

from keras.layers import Concatenate, Conv2D, UpSampling2D

from seglab.layers import BilinearUpSampling2D, SeparableAtrousSpatialPyramidPooling
from seglab.literature.deeplab_v3 import decoder
from seglab.literature.fcn import fixed_upsampling, fused, scores
from seglab.literature.resnet import normalized_convolution


def unet(taps, num_classes, width):
    """U-Net: up-sample, put the tap of that size beside it, convolve twice; five times.

    Ronneberger, Fischer & Brox (2015); on a trained encoder, Iglovikov & Shvets (2018),
    "TernausNet: U-Net with VGG11 Encoder Pre-Trained on ImageNet for Image Segmentation".
    """
    x = taps[32]
    for stride, times in (16, 8), (8, 4), (4, 2), (2, 1), (1, 1):
        x = UpSampling2D(2, name=f"up{stride}")(x)
        if stride in taps:
            x = Concatenate(name=f"skip{stride}")([x, taps[stride]])
        x = normalized_convolution(x, times * width, 3, f"u{stride}_1")
        x = normalized_convolution(x, times * width, 3, f"u{stride}_2")
    return Conv2D(num_classes, 1, name="logits")(x)


def fcn(taps, num_classes, width):
    """FCN-8: scores of three taps, up-sampled and added.

    Long, Shelhamer & Darrell (2015), section 4.2. In place of fc6 and fc7, which the weights do not
    have without the dense layers, stands one 3x3 convolution.
    """
    x = normalized_convolution(taps[32], 8 * width, 3, "fc")
    x = scores(x, num_classes, "score_fr")
    x = fused(x, "upscore2", taps[16], "pool4", num_classes)
    x = fused(x, "upscore_pool4", taps[8], "pool3", num_classes)
    return fixed_upsampling(x, num_classes, 8)


def deeplab(taps, num_classes, width):
    """DeepLab v3+: an atrous pyramid over the deepest tap, then the low-level tap beside it.

    Chen et al. (2018), section 3. The paper dilates the last stage, so that its stride is 16, and
    takes rates of 6, 12, 18; a trained encoder keeps its stride of 32, and half the rates see as
    far (Chen et al. 2017, section 3.3, double them for half the stride).
    """
    x = SeparableAtrousSpatialPyramidPooling(4 * width, rates=(3, 6, 9), name="aspp")(taps[32])
    x = decoder(x, taps[4], width, factor=8)
    x = Conv2D(num_classes, 1, name="scores")(x)
    return BilinearUpSampling2D(4, name="up")(x)
