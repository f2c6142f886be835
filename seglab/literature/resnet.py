"""The parts of ResNet-50, the encoder of PSPNet and of DeepLab v3 and v3+.

He, Zhang, Ren & Sun (2016), "Deep Residual Learning for Image Recognition": bottlenecks of 1x1, 3x3
and 1x1 convolutions with batch normalisation, 3, 4, 6 and 3 of them. The stride lies in the 3x3
convolution, which reads all cells, as in most code since; a `rate` in place of a stride keeps the
map's size (dilated ResNet: Yu, Koltun & Funkhouser 2017).
"""

from keras.layers import Add, BatchNormalization, Conv2D, MaxPooling2D, ReLU


def stem(image, width):
    """7x7 convolution and pool: a fourth of the size."""
    x = normalized_convolution(image, width, 7, "stem", stride=2)
    return MaxPooling2D(3, strides=2, padding="same", name="stem_pool")(x)


def stage(x, filters, name, units, stride=1, rates=None):
    """`units` bottlenecks; the first takes the stride. rates: of each, where they are not 1."""
    rates = rates or (1,) * units
    shortcut = unactivated_convolution(x, 4 * filters, 1, f"{name}_shortcut", stride)
    x = bottleneck(x, shortcut, filters, f"{name}_1", stride, rates[0])
    for unit in range(1, units):
        x = bottleneck(x, x, filters, f"{name}_{unit + 1}", rate=rates[unit])
    return x


def bottleneck(x, shortcut, filters, name, stride=1, rate=1):
    """1x1 to few filters, 3x3, 1x1 to four times as many, plus the shortcut."""
    x = normalized_convolution(x, filters, 1, f"{name}_reduce")
    x = normalized_convolution(x, filters, 3, f"{name}_conv", stride, rate)
    x = unactivated_convolution(x, 4 * filters, 1, f"{name}_expand")
    x = Add(name=f"{name}_add")([x, shortcut])
    return ReLU(name=f"{name}_relu")(x)


def normalized_convolution(x, filters, kernel, name, stride=1, rate=1):
    """Convolution, batch normalisation, ReLU."""
    x = unactivated_convolution(x, filters, kernel, name, stride, rate)
    return ReLU(name=f"{name}_relu")(x)


def unactivated_convolution(x, filters, kernel, name, stride=1, rate=1):
    """Convolution and batch normalisation, whose shift makes a bias needless.

    Keras's momentum of 0.99 takes hundreds of steps to follow, more than a short training has.
    """
    x = Conv2D(
        filters,
        kernel,
        strides=stride,
        padding="same",
        dilation_rate=rate,
        use_bias=False,
        kernel_initializer="he_normal",
        name=name,
    )(x)
    return BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)
