"""The blocks of VGG-16, the encoder that FCN, DeconvNet, SegNet and the first DeepLabs share.

Simonyan & Zisserman (2015), "Very Deep Convolutional Networks for Large-Scale Image Recognition",
configuration D: blocks of 2, 2, 3, 3, 3 convolutions. The papers start from weights learnt on
ImageNet; here training starts from random ones, so the layers are initialised after He et al.
(2015), without which so deep a model without normalisation learns nothing.
"""

from keras.layers import BatchNormalization, Conv2D, ReLU

BLOCKS = ((1, 2), (2, 2), (4, 3), (8, 3), (8, 3))  # times the width of the first; convolutions


def convolutions(x, filters, count, name, rate=1):
    """`count` 3x3 convolutions with ReLU; `rate`: cells between their taps."""
    for number in range(1, count + 1):
        x = Conv2D(
            filters,
            3,
            padding="same",
            dilation_rate=rate,
            activation="relu",
            kernel_initializer="he_normal",
            name=f"{name}_{number}",
        )(x)
    return x


def normalized_convolutions(x, filters, count, name):
    """`count` 3x3 convolutions, each with batch normalisation and ReLU."""
    for number in range(1, count + 1):
        x = Conv2D(filters, 3, padding="same", name=f"{name}_{number}")(x)
        x = normalized(x, f"{name}_{number}")
    return x


def normalized(x, name):
    """Batch normalisation and ReLU after the layer `name`.

    Keras's momentum of 0.99 takes hundreds of steps to follow, more than a short training has.
    """
    x = BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)
    return ReLU(name=f"{name}_relu")(x)
