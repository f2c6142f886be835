"""Two insights: architectures that look different and compute the same.

1. A 1x1 convolution and nearest up-sampling commute. So the skip-FCN's concatenation followed by a
   1x1 convolution *is* FCN-8's sum of up-sampled scores.
2. Flattening followed by a dense layer is a convolution. So a window classifier made of `valid`
   convolutions *is* a fully convolutional network, and one made of `same` convolutions is not.

Every function is written in `keras.ops` and takes batches: features (batch, H, W, channels).
"""

import keras
from keras import layers, ops

from seglab.dimensions import table
from seglab.errors import InputError


def scores_of_upsampled(features, kernel, bias, factor):
    """Up-sample all channels, then score every pixel: as the skip-FCN is drawn.

    features: (batch, H, W, channels); kernel: (channels, num_classes), a 1x1 convolution's;
    bias: (num_classes,). Returns (batch, factor·H, factor·W, num_classes). Every cell is scored
    factor² times, each time with the same result.
    """
    return ops.matmul(upsampled(features, factor), kernel) + bias


def upsampled_scores(features, kernel, bias, factor):
    """Score every cell once, then up-sample only num_classes channels: equal, and factor² cheaper.

    A 1x1 convolution looks at one cell at a time, and nearest up-sampling only copies cells. What
    is done to each copy can as well be done once, before copying.
    """
    return upsampled(ops.matmul(features, kernel) + bias, factor)


def upsampled(features, factor):
    """Nearest up-sampling: every cell becomes factor x factor equal ones."""
    return ops.repeat(ops.repeat(features, factor, axis=1), factor, axis=2)


def scores_of_concatenated(parts, kernel, bias):
    """Concatenate, then a 1x1 convolution: (batch, H, W, num_classes).

    parts: list of (batch, H, W, channels of the part); kernel: (sum of the channels, num_classes).
    """
    return ops.matmul(ops.concatenate(parts, axis=-1), kernel) + bias


def summed_scores(parts, kernel, bias):
    """Score every part with its own rows of the kernel, then add: equal to the concatenation's.

    A 1x1 convolution is a sum over channels, w1·x1 + ... + wn·xn + b. Concatenating only lines up
    the terms, so the sum may be taken part by part.
    """
    begin, total = 0, bias
    for part in parts:
        end = begin + part.shape[-1]
        total = total + ops.matmul(part, kernel[begin:end])
        begin = end
    return total


def skip_fcn_as_sum(model):
    """`models.skip_fcn` rebuilt in the manner of FCN-8, from the same weights: equal scores.

    The slide up-samples 160, 240 and 320 channels and scores 360 at every pixel. Here each of the
    four maps is scored where it is made (fc5 on H/8 x W/8, conv3, conv2, conv1), and the scores of
    `num_classes` channels are up-sampled by two, the finer ones added, three times over.
    """
    kernel, bias = model.get_layer("logits").get_weights()
    num_classes = bias.shape[0]
    scores, begin = None, 0
    for name in ("fc5", "conv3", "conv2", "conv1"):
        features = model.get_layer(name).output
        end = begin + features.shape[-1]
        score = layers.Conv2D(num_classes, 1, use_bias=name == "fc5", name=f"score_{name}")
        finer = score(features)
        score.set_weights([kernel[..., begin:end, :], bias][: 1 + score.use_bias])
        if scores is not None:
            finer = layers.Add(name=f"sum_{name}")([layers.UpSampling2D()(scores), finer])
        scores, begin = finer, end
    probabilities = layers.Activation(model.layers[-1].activation, name="probabilities")(scores)
    return keras.Model(model.inputs[0], probabilities, name=f"{model.name}_as_sum")


def dense_as_convolution(dense, height, width):
    """A dense layer on a flattened (height, width, channels) map, as a convolution: equal numbers.

    Flatten lists the map row by row; so does a kernel (height, width, channels, units). A dense
    unit multiplies every value of the map with its own weight and adds: so does a filter as large
    as the map, at its one valid position. Returns a built Conv2D with the same weights.
    """
    weights = dense.get_weights()
    features, units = weights[0].shape
    channels, rest = divmod(features, height * width)
    if rest:
        raise InputError(
            f"{dense.name} reads {features:,} values, which are no {height}x{width} map of whole "
            "channels; give the size of the map that was flattened."
        )
    convolution = layers.Conv2D(
        units,
        (height, width),
        activation=dense.activation,
        use_bias=dense.use_bias,
        name=dense.name,
    )
    convolution.build((None, height, width, channels))
    convolution.set_weights([weights[0].reshape(height, width, channels, units), *weights[1:]])
    return convolution


def classifier_as_fcn(classifier):
    """A Sequential window classifier as a fully convolutional network for pages of any size.

    (batch, H, W, channels) -> (batch, rows, columns, num_classes), one score for every window
    position, as many pixels apart as the pools together divide by (8 for three pools). With `valid`
    convolutions, the scores at (i, j) are exactly the classifier's for the window whose upper left
    corner is pixel (8i, 8j). With `same` convolutions they are not: the classifier sees a frame of
    zeros around every window, the FCN sees the neighbours (`frame_of_zeros` shows where).
    """
    image = x = keras.Input((None, None, classifier.input_shape[-1]))
    flattened = None
    for layer in classifier.layers:
        if isinstance(layer, layers.Flatten):
            flattened = layer.input.shape[1:3]
        elif isinstance(layer, layers.Dense):
            x = dense_as_convolution(layer, *(flattened or (1, 1)))(x)
            flattened = None
        else:
            x = layer(x)
    return keras.Model(image, x, name=f"{classifier.name}_as_fcn")


def frame_of_zeros(classifier, image, top, left):
    """How much each cell of the last map differs between a cut window and the whole page.

    image: (H, W, channels); top, left: the window's corner, multiples of the map's stride. Returns
    (rows, columns) of the map before Flatten: the largest difference over its channels. All 0 for
    `valid` convolutions; for `same` ones, the cells at the border, which see past it.
    """
    flatten = next(layer for layer in classifier.layers if isinstance(layer, layers.Flatten))
    window = classifier.input_shape[1]
    before = keras.Input((None, None, classifier.input_shape[-1]))
    x = before
    for layer in classifier.layers[: classifier.layers.index(flatten)]:
        x = layer(x)
    features = keras.Model(before, x)
    inside = features(image[None, top : top + window, left : left + window])[0]
    stride = int(table(features)[-1].stride[0])
    page = features(image[None])[0]
    row, column = top // stride, left // stride
    cut = page[row : row + inside.shape[0], column : column + inside.shape[1]]
    return ops.max(ops.abs(cut - inside), axis=-1)
