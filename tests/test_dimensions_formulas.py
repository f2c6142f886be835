"""The formulas against the lecture's worked sizes, and every layer rule against Keras itself."""

from functools import partial
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from keras import layers

from seglab.dimensions import (
    batch_normalization_parameters,
    convolution_parameters,
    convolution_size,
    dense_parameters,
    depthwise_parameters,
    multiply_adds,
    padding,
    pooling_size,
    reach,
    receptive_field,
    separable_parameters,
    transposed_crop,
    transposed_size,
    upsampling_size,
)

EXAMPLES = pytest.mark.parametrize("examples", [250, pytest.param(2500, marks=pytest.mark.slow)])


def repeated(check, strategy, examples):
    """Run `check` on that many drawn values, the same ones every time."""
    settings(max_examples=examples, deadline=None, derandomize=True, database=None)(
        given(strategy)(check)
    )()


@pytest.mark.parametrize(
    ("small", "large", "stride", "pad"), [(2, 4, 1, 0), (2, 5, 2, 0), (5, 5, 1, 1)]
)
def test_size_pairs_of_the_up_sampling_slide(small, large, stride, pad):
    """3x3: a convolution makes small of large, the transposed one large of small."""
    assert convolution_size(large, 3, stride, pad, pad) == small
    mode = "same" if pad else "valid"
    assert transposed_size(small, 3, stride, mode) == large


def test_worked_sizes_of_the_notes_and_decks():
    assert convolution_size(7, kernel=3, stride=2) == 3  # 7x7x3, p 0, s 2 -> 3x3x2
    assert pooling_size(4, pool=2) == 2
    assert transposed_size(4, kernel=3) == 6  # the encoder-decoder deck
    assert transposed_size(8, kernel=2, stride=2) == 16  # the U-Net's
    assert transposed_size(8, kernel=3, stride=2, mode="same") == 16  # the transposed skip-FCN's
    assert upsampling_size(75, 8) == 600


def test_parameters_counted_by_hand():
    assert convolution_parameters((3, 3), 1, 40) == 40 * 9 + 40 == 400
    assert convolution_parameters((3, 3), 3, 2) == 2 * (3 * 3 * 3) + 2 == 56
    assert dense_parameters(1280, 100) == 128_100
    assert batch_normalization_parameters(16) == 64


def test_same_padding_puts_the_larger_half_after():
    assert padding(32, 3) == (1, 1)
    assert padding(32, 4) == (1, 2)
    assert padding(8, 3, stride=2) == (0, 1)
    assert padding(7, 3, stride=2) == (1, 1)
    assert padding(32, 3, dilation=2) == (2, 2)
    assert padding(32, 4, mode="valid") == (0, 0)


@given(size=st.integers(1, 40), kernel=st.integers(1, 9), stride=st.integers(1, 5))
@settings(derandomize=True, database=None)
def test_same_padding_is_the_least_that_gives_one_cell_a_stride(size, kernel, stride):
    before, after = padding(size, kernel, stride)
    wanted = -(-size // stride)
    assert convolution_size(size, kernel, stride, before, after) == wanted
    assert 0 <= after - before <= 1
    if after:
        assert convolution_size(size, kernel, stride, before, after - 1) < wanted


@given(size=st.integers(1, 40), kernel=st.integers(1, 9), stride=st.integers(1, 5))
@settings(derandomize=True, database=None)
def test_a_transposed_convolution_goes_back_to_a_size_that_the_convolution_came_from(
    size, kernel, stride
):
    assert convolution_size(transposed_size(size, kernel, stride), kernel, stride) == size
    same = transposed_size(size, kernel, stride, "same")
    assert convolution_size(same, kernel, stride, *padding(same, kernel, stride)) == size
    written = (size - 1) * stride + kernel
    assert written - sum(transposed_crop(size, kernel, stride, "same")) == same


def test_receptive_field_recursion_of_the_lecture_encoder():
    """Conv 3, pool 2, conv 4, pool 2, conv 4, pool 2: one cell sees 28 pixels, every 8 pixels."""
    field, jump = 1, 1
    for kernel, stride in [(3, 1), (2, 2), (4, 1), (2, 2), (4, 1), (2, 2)]:
        field, jump = receptive_field(field, jump, kernel, stride)
    assert (field, jump) == (28, 8)


pairs = st.tuples(st.integers(1, 5), st.integers(1, 5))
modes = st.sampled_from(["valid", "same"])


# Layers are drawn as functions that make them: Keras draws its seeds when a layer is made.


@st.composite
def convolutions(draw, kinds=(layers.Conv2D, layers.DepthwiseConv2D, layers.SeparableConv2D)):
    """A convolution of any kind, and the parameters it should have on that many channels."""
    kind, groups, multiplier = draw(st.sampled_from(kinds)), draw(st.integers(1, 3)), 1
    channels, filters = groups * draw(st.integers(1, 3)), groups * draw(st.integers(1, 3))
    kernel, stride, mode, bias = draw(pairs), draw(pairs), draw(modes), draw(st.booleans())
    common = {"strides": stride, "padding": mode, "use_bias": bias}
    if kind in (layers.DepthwiseConv2D, layers.SeparableConv2D):
        common["strides"], multiplier = stride[0], draw(st.integers(1, 2))
        common["depth_multiplier"] = multiplier
    if common["strides"] in (1, (1, 1)):
        common["dilation_rate"] = draw(st.integers(1, 3))
    if kind is layers.DepthwiseConv2D:
        parameters = depthwise_parameters(kernel, channels, multiplier, bias)
        return partial(kind, kernel, **common), channels, parameters
    if kind is layers.SeparableConv2D:
        parameters = separable_parameters(kernel, channels, filters, multiplier, bias)
        return partial(kind, filters, kernel, **common), channels, parameters
    layer = partial(kind, filters, kernel, groups=groups, **common)
    return layer, channels, convolution_parameters(kernel, channels, filters, groups, bias)


@st.composite
def transposed(draw):
    """A transposed convolution in one of Keras's four padding cases."""
    channels, filters = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    kernel, stride, bias = draw(pairs), draw(pairs), draw(st.booleans())
    extra = draw(st.none() | st.tuples(*(st.integers(0, max(s - 1, 0)) for s in stride)))
    layer = partial(
        layers.Conv2DTranspose,
        filters,
        kernel,
        strides=stride,
        padding=draw(modes),
        output_padding=extra,
        use_bias=bias,
        dilation_rate=draw(st.integers(1, 3)) if stride == (1, 1) else 1,
    )
    return layer, channels, convolution_parameters(kernel, channels, filters, bias=bias)


@st.composite
def without_weights(draw):
    """A pool, an up-sampling, a padding or a cropping."""
    kind = draw(st.sampled_from(["max", "average", "nearest", "bilinear", "pad", "crop"]))
    margin = st.tuples(st.integers(0, 3), st.integers(0, 3))
    margins = draw(st.tuples(margin, margin))
    size, stride, mode = draw(pairs), draw(st.none() | pairs), draw(modes)
    layer = {
        "max": partial(layers.MaxPooling2D, size, stride, mode),
        "average": partial(layers.AveragePooling2D, size, stride, mode),
        "nearest": partial(layers.UpSampling2D, size),
        "bilinear": partial(layers.UpSampling2D, size, interpolation="bilinear"),
        "pad": partial(layers.ZeroPadding2D, margins),
        "crop": partial(layers.Cropping2D, margins),
    }[kind]
    return layer, draw(st.integers(1, 3)), 0


any_layer = convolutions() | transposed() | without_weights()


@EXAMPLES
def test_random_layers_have_kerass_sizes_and_parameters(examples):
    def check(drawn):
        (make, channels, parameters), height, width = drawn
        layer = make()
        try:
            expected = layer.compute_output_shape((None, height, width, channels))
        except ValueError:  # smaller than the kernel
            assume(False)
        assume(min(expected[1:]) > 0)
        windows = reach(layer, (height, width))
        assert tuple(window.size for window in windows) == tuple(expected[1:3])
        layer.build((None, height, width, channels))
        assert layer.count_params() == parameters

    repeated(check, st.tuples(any_layer, st.integers(1, 40), st.integers(1, 40)), examples)


def naive_multiplications(layer, input_shape):
    """Count every single multiplication, one loop a dimension."""
    height, width, channels = input_shape
    _, out_height, out_width, filters = layer.compute_output_shape((None, *input_shape))
    count = 0
    transposed = isinstance(layer, layers.Conv2DTranspose)
    rows, columns = (height, width) if transposed else (out_height, out_width)
    depth = channels * getattr(layer, "depth_multiplier", 0)
    for _ in range(rows * columns):
        for _ in range(prod(layer.kernel_size)):
            if isinstance(layer, (layers.DepthwiseConv2D, layers.SeparableConv2D)):
                count += sum(1 for _ in range(depth))
                continue
            read = channels if transposed else channels // layer.groups
            count += sum(1 for _ in range(filters) for _ in range(read))
        if isinstance(layer, layers.SeparableConv2D):
            count += sum(1 for _ in range(filters) for _ in range(depth))
    return count


def test_operations_equal_a_naive_count():
    def check(drawn):
        make, channels, _ = drawn
        layer = make()
        input_shape = (11, 13, channels)
        try:
            output_shape = layer.compute_output_shape((None, *input_shape))[1:]
        except ValueError:
            assume(False)
        assert multiply_adds(layer, input_shape, output_shape) == naive_multiplications(
            layer, input_shape
        )

    repeated(check, convolutions() | transposed(), 60)


def test_a_dense_layer_multiplies_every_feature_with_every_unit():
    assert multiply_adds(layers.Dense(100), (1280,), (100,)) == 128_000
    assert multiply_adds(layers.Dense(3), (5, 7, 16), (5, 7, 3)) == 5 * 7 * 16 * 3
