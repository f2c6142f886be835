"""SegNet: VGG-16 down, and the same way up, where pooling indices say what goes where.

Badrinarayanan, Kendall & Cipolla (2017), "SegNet: A Deep Convolutional Encoder-Decoder Architecture
for Image Segmentation", section 3. No dense layers; nothing but the indices crosses over.
Pages of any size: a window that overhangs an odd size pools what is there, and what is unpooled is
cropped to what was pooled.
"""

from keras import Input, Model
from keras.layers import Conv2D

from seglab.layers import CropLike, MaxPoolingWithIndices, MaxUnpooling
from seglab.literature.vgg import BLOCKS, normalized_convolutions
from seglab.models import probabilities


def segnet(num_classes, width=16, channels=1):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64.

    A decoder's last convolution already has the filters of the next block, as its encoder's first
    one had.
    """
    image = Input((None, None, channels), name="image")
    x, pools = encoder(image, width)
    x = unpooled(x, pools, 5)
    x = normalized_convolutions(x, 8 * width, 3, "deconv5")
    x = unpooled(x, pools, 4)
    x = normalized_convolutions(x, 8 * width, 2, "deconv4")
    x = normalized_convolutions(x, 4 * width, 1, "deconv4_last")
    x = unpooled(x, pools, 3)
    x = normalized_convolutions(x, 4 * width, 2, "deconv3")
    x = normalized_convolutions(x, 2 * width, 1, "deconv3_last")
    x = unpooled(x, pools, 2)
    x = normalized_convolutions(x, 2 * width, 1, "deconv2")
    x = normalized_convolutions(x, width, 1, "deconv2_last")
    x = unpooled(x, pools, 1)
    x = normalized_convolutions(x, width, 1, "deconv1")
    logits = Conv2D(num_classes, 3, padding="same", name="logits")(x)
    return Model(image, probabilities(num_classes)(logits), name="segnet")


def encoder(image, width):
    """VGG-16 with batch normalisation: its last pool, and {number: (what went in, indices)}."""
    x, pools = image, {}
    for number, (factor, count) in enumerate(BLOCKS, 1):
        pooled = normalized_convolutions(x, factor * width, count, f"conv{number}")
        x, indices = MaxPoolingWithIndices(name=f"pool{number}")(pooled)
        pools[number] = pooled, indices
    return x, pools


def unpooled(x, pools, number):
    """Every value where the maximum of that pool was, at the size of what was pooled."""
    pooled, indices = pools[number]
    x = MaxUnpooling(name=f"unpool{number}")([x, indices])
    return CropLike(name=f"unpool{number}c")([x, pooled])
