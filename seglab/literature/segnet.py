"""SegNet: VGG-16 down, and the same way up, where pooling indices say what goes where.

Badrinarayanan, Kendall & Cipolla (2017), "SegNet: A Deep Convolutional Encoder-Decoder Architecture
for Image Segmentation", section 3. No dense layers; nothing but the indices crosses over.
Pages of any size: a window that overhangs an odd size pools what is there, and what is unpooled is
cropped to what was pooled.
"""

from keras import Input, Model
from keras.layers import Conv2D

from seglab.layers import CropLike, MaxPoolingWithIndices, MaxUnpooling
from seglab.literature.vgg import normalized_convolutions
from seglab.models import probabilities


def segnet(num_classes, width=16, channels=1):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64.

    A decoder's last convolution already has the filters of the next block, as its encoder's first
    one had.
    """
    image = Input((None, None, channels), name="image")
    conv1 = normalized_convolutions(image, width, 2, "conv1")
    pool1, indices1 = MaxPoolingWithIndices(name="pool1")(conv1)
    conv2 = normalized_convolutions(pool1, 2 * width, 2, "conv2")
    pool2, indices2 = MaxPoolingWithIndices(name="pool2")(conv2)
    conv3 = normalized_convolutions(pool2, 4 * width, 3, "conv3")
    pool3, indices3 = MaxPoolingWithIndices(name="pool3")(conv3)
    conv4 = normalized_convolutions(pool3, 8 * width, 3, "conv4")
    pool4, indices4 = MaxPoolingWithIndices(name="pool4")(conv4)
    conv5 = normalized_convolutions(pool4, 8 * width, 3, "conv5")
    pool5, indices5 = MaxPoolingWithIndices(name="pool5")(conv5)
    x = unpooled(pool5, indices5, conv5, "5")
    x = normalized_convolutions(x, 8 * width, 3, "deconv5")
    x = unpooled(x, indices4, conv4, "4")
    x = normalized_convolutions(x, 8 * width, 2, "deconv4")
    x = normalized_convolutions(x, 4 * width, 1, "deconv4_last")
    x = unpooled(x, indices3, conv3, "3")
    x = normalized_convolutions(x, 4 * width, 2, "deconv3")
    x = normalized_convolutions(x, 2 * width, 1, "deconv3_last")
    x = unpooled(x, indices2, conv2, "2")
    x = normalized_convolutions(x, 2 * width, 1, "deconv2")
    x = normalized_convolutions(x, width, 1, "deconv2_last")
    x = unpooled(x, indices1, conv1, "1")
    x = normalized_convolutions(x, width, 1, "deconv1")
    logits = Conv2D(num_classes, 3, padding="same", name="logits")(x)
    return Model(image, probabilities(num_classes)(logits), name="segnet")


def unpooled(x, indices, pooled, number):
    """Every value where its maximum was, at the size of what was `pooled`."""
    x = MaxUnpooling(name=f"unpool{number}")([x, indices])
    return CropLike(name=f"unpool{number}c")([x, pooled])
