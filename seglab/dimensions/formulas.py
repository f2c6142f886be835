"""The arithmetic of layers: sizes, padding, parameters, receptive fields, one axis at a time.

Sizes are counted in cells along one axis; height and width follow the same rule independently.
Every `size` may also be symbolic (`seglab.dimensions.symbols`); divisions then come out even.

Sources: V. Dumoulin & F. Visin (2016), "A guide to convolution arithmetic for deep learning",
arXiv:1603.07285, cited as D&V with the number of the relationship; A. Araujo, W. Norris & J. Sim
(2019), "Computing Receptive Fields of Convolutional Neural Networks", Distill.
"""


def effective_kernel(kernel, dilation=1):
    """Cells that a dilated kernel spans: k + (k - 1)(d - 1)  (D&V, section 5.1).

    ::

        k = 3, d = 2      x . x . x      spans 5
    """
    return kernel + (kernel - 1) * (dilation - 1)


def convolution_size(size, kernel, stride=1, before=0, after=0, dilation=1):
    """Output cells of a convolution: floor((i + 2p - k) / s) + 1  (D&V, relationships 6 and 15).

    2p is `before + after`, which need not be equal; k is the effective kernel.

    ::

        i = 5, k = 3, s = 2, p = 0        i = 5, k = 3, s = 1, p = 1
        [x x x] . .                       [0 x x] x x x 0
             . . [x x x]  -> 2 cells        ... five places  -> 5 cells
    """
    return (size + before + after - effective_kernel(kernel, dilation)) // stride + 1


def padding(size, kernel, stride=1, mode="same", dilation=1):
    """Zeros that Keras puts (before, after) the axis.

    `valid`: none. `same`: as many as make ceil(i / s) outputs; of an odd number the larger half
    goes *after*, so an even kernel looks half a cell ahead (D&V, relationship 3, have odd kernels
    only). `causal`: all of them before.

    ::

        k = 3:   0 [x x x x] 0           k = 4:   0 [x x x x] 0 0
    """
    span = effective_kernel(kernel, dilation)
    if mode == "valid":
        return 0, 0
    if mode == "causal":
        return span - 1, 0
    total = max(span - (size % stride or stride), 0)
    return total // 2, total - total // 2


def pooling_size(size, pool, stride=None, mode="valid"):
    """Output cells of a pooling: floor((i - k) / s) + 1, `same`: ceil(i / s)  (D&V, rel. 7).

    `stride` None is the pool itself, as in Keras. Cells that no longer fill a pool are dropped.

    ::

        i = 5, k = 2, s = 2:   [x x] [x x] x      -> 2 cells, the last input is not seen
    """
    stride = stride or pool
    before, after = padding(size, pool, stride, mode)
    return convolution_size(size, pool, stride, before, after)


def transposed_size(size, kernel, stride=1, mode="valid", output_padding=None, dilation=1):
    """Output cells of a transposed convolution, in Keras's four padding cases.

    - `valid`: s(i - 1) + max(k, s)                (D&V, rel. 12; Keras fills up to the stride)
    - `valid`, output padding a: s(i - 1) + k + a  (D&V, rel. 14 with p = 0)
    - `same`: s·i                                  (D&V, rel. 14 with a + k - 2p = s)
    - `same`, output padding a: s(i - 1) + k mod 2 + a

    ::

        i = 2, k = 3, s = 2:   x x x             every input cell writes k outputs,
                                   x x x         s cells apart -> 5 cells
    """
    span = effective_kernel(kernel, dilation)
    if mode == "valid":
        return (size - 1) * stride + (
            max(span, stride) if output_padding is None else span + output_padding
        )
    if output_padding is None:
        return size * stride
    return (size - 1) * stride + span % 2 + output_padding


def transposed_crop(size, kernel, stride=1, mode="valid", output_padding=None, dilation=1):
    """Cells cut from the s(i - 1) + k written ones, (before, after); a negative `after` appends.

    `same` cuts what a `same` convolution of the output would have padded: the smaller half first.

    ::

        k = 3, s = 2, same:   x x x              5 written, the last one is cut -> 4 = 2 · 2
                                  x x x
                              [o o o o] o
    """
    span = effective_kernel(kernel, dilation)
    written = (size - 1) * stride + span
    cut = written - transposed_size(size, kernel, stride, mode, output_padding, dilation)
    before = max(cut, 0) // 2 if mode == "same" else 0
    return before, cut - before


def upsampling_size(size, factor):
    """Output cells of nearest or bilinear up-sampling: f·i.

    ::

        i = 2, f = 3:   a b   ->   a a a b b b   (nearest)
    """
    return size * factor


def convolution_parameters(kernel, channels, filters, groups=1, bias=True):
    """Weights of a (transposed) convolution: k_h · k_w · c/g · f, and one bias a filter.

    kernel: (k_h, k_w). Output size and stride do not matter: the same weights slide everywhere.

    ::

        40 filters, 3x3, 1 channel:   40 x [3x3x1] + 40 = 400
    """
    weights = channels // groups * filters
    for length in kernel:
        weights *= length
    return weights + (filters if bias else 0)


def depthwise_parameters(kernel, channels, multiplier=1, bias=True):
    """Weights of a depthwise convolution, k_h · k_w · c · m: filters for each channel alone."""
    return convolution_parameters(kernel, channels, channels * multiplier, channels, bias)


def separable_parameters(kernel, channels, filters, multiplier=1, bias=True):
    """Weights of a separable convolution: a depthwise one, then a 1x1 one that mixes channels."""
    depthwise = depthwise_parameters(kernel, channels, multiplier, bias=False)
    return depthwise + convolution_parameters((1, 1), channels * multiplier, filters, bias=bias)


def dense_parameters(features, units, bias=True):
    """Weights of a dense layer: every feature with every unit, n · m, and one bias a unit."""
    return features * units + (units if bias else 0)


def batch_normalization_parameters(channels):
    """Four a channel: scale and shift are trained, mean and variance are running averages."""
    return 4 * channels


def receptive_field(field, jump, kernel, stride=1, dilation=1):
    """One layer's step of the recursion over (receptive field, jump), both in input pixels.

    r' = r + (k - 1)·j and j' = s·j, starting with r = j = 1 (Araujo et al., equations 1 and 2, read
    from the input on).

    ::

        conv 3:  x[x x x]x      r = 3, j = 1
        pool 2:   [x x x x]     r = 4, j = 2     two neighbours share two of their three pixels
        conv 3:  [x x x x x x x x]   r = 8, j = 2
    """
    return field + (effective_kernel(kernel, dilation) - 1) * jump, jump * stride
