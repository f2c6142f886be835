"""The table: the lecture's models, symbolic sizes, nested, shared and unknown layers."""

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from seglab import models
from seglab.dimensions import (
    CELL,
    fitting_size,
    notes,
    reach,
    table,
    text,
    totals,
)
from seglab.dimensions.symbols import Polynomial, symbol
from seglab.errors import InputError

LECTURE = {
    "sliding_window": (lambda: models.sliding_window(3), 205_723),
    "fcn": (lambda: models.fcn(3), 77_563),
    "skip_fcn": (lambda: models.skip_fcn(3), 193_963),
    "transposed_fcn": (lambda: models.transposed_fcn(3), 481_323),
    "unet": (lambda: models.unet(), 1_941_105),
}

# The notes "U-Net for 128x128x3", line for line.
UNET_NOTES = """
c1 128x128x16    c2 64x64x32   c3 32x32x64   c4 16x16x128   c5 8x8x256
p1 64x64x16      p2 32x32x32   p3 16x16x64   p4 8x8x128
u6 16x16x128     u7 32x32x64   u8 64x64x32   u9 128x128x16
u6_c4 16x16x256  u7_c3 32x32x128  u8_c2 64x64x64  u9_c1 128x128x32
c6 16x16x128     c7 32x32x64   c8 64x64x32   c9 128x128x16  sigmoid 128x128x1
"""


def by_name(rows):
    return {row.layer: row for row in rows}


@pytest.mark.parametrize("name", LECTURE)
def test_lecture_models_have_kerass_shapes_and_the_lectures_parameters(name):
    make, parameters = LECTURE[name]
    model = make()
    size = (128, 128) if model.input_shape[1] is None else model.input_shape[1:3]
    rows = table(model, size)
    assert totals(rows).parameters == totals(rows).trainable == parameters == model.count_params()
    image = keras.Input((*size, rows[0].output_shape[2]))
    inner = keras.models.clone_model(model, input_tensors=image)
    for layer in inner.layers:
        if not isinstance(layer, layers.InputLayer):
            assert by_name(rows)[layer.name].output_shape == layer.output.shape[1:], layer.name


def test_unet_reproduces_the_notes_line_for_line():
    rows = by_name(table(models.unet(), (128, 128)))
    words = iter(UNET_NOTES.split())
    for name, size in zip(words, words):
        assert "x".join(map(str, rows[name].output_shape)) == size, name


def test_open_sizes_stay_symbolic():
    rows = by_name(table(models.fcn(3)))
    shape = rows["pool3"].output_shape
    assert [str(size) for size in shape] == ["H/8", "W/8", "80"]
    assert str(rows["conv2"].multiply_adds) == "6,400·H·W"
    assert "H/8 x W/8 x 80" in text(list(rows.values()))


def test_valid_convolutions_stay_exact_in_symbols():
    """The original U-Net's first levels: 572 -> 570 -> 568 -> 284 -> 282 -> 280."""
    image = keras.Input((None, None, 1))
    x = layers.Conv2D(2, 3)(layers.Conv2D(2, 3)(image))
    x = layers.Conv2D(2, 3)(layers.Conv2D(2, 3)(layers.MaxPooling2D()(x)))
    size = table(keras.Model(image, x))[-1].output_shape[0]
    assert str(size) == "(H-12)/2"
    assert size.at(H=572) == 280


def test_the_original_u_net_goes_from_572_to_388_and_looks_at_the_middle():
    """Ronneberger et al. (2015), figure 1: 31 million parameters, 92 pixels lost on every side."""
    image = x = keras.Input((None, None, 1))
    skips = []
    for filters in (64, 128, 256, 512):
        skips.append(layers.Conv2D(filters, 3)(layers.Conv2D(filters, 3)(x)))
        x = layers.MaxPooling2D()(skips[-1])
    x = layers.Conv2D(1024, 3)(layers.Conv2D(1024, 3)(x))
    for filters, cut in ((512, 4), (256, 16), (128, 40), (64, 88)):
        x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
        x = layers.Concatenate()([layers.Cropping2D(cut)(skips.pop()), x])
        x = layers.Conv2D(filters, 3)(layers.Conv2D(filters, 3)(x))
    model = keras.Model(image, layers.Conv2D(2, 1)(x))
    assert table(model, (572, 572))[-1].output_shape == (388, 388, 2)
    assert totals(table(model)).parameters == 31_030_658
    last = table(model)[-1]
    assert str(last.output_shape[0]) == "H-184"
    assert last.offset == (92, 92)
    assert fitting_size(model, (573, 570)) == (588, 572)


@given(
    slope=st.fractions(max_denominator=16),
    offset=st.fractions(max_denominator=16),
    factor=st.integers(-9, 9),
    height=st.integers(1, 99),
)
@settings(derandomize=True, database=None)
def test_polynomials_compute_like_numbers(slope, offset, factor, height):
    def value(expression):
        return expression.at(H=height, W=3) if isinstance(expression, Polynomial) else expression

    size = symbol("H") * slope + offset
    number = slope * height + offset
    assert value(size) == number
    assert value(size * factor - 5) == number * factor - 5
    assert value(5 - size) == 5 - number
    assert value(size * (symbol("W") + 1)) == number * 4
    assert size - size == 0


def test_a_model_inside_a_model_is_opened_and_a_shared_layer_counted_once():
    encoder = keras.Sequential(
        [keras.Input((None, None, 1)), layers.Conv2D(4, 3, padding="same", name="conv")],
        name="encoder",
    )
    left, right = keras.Input((16, 16, 1), name="left"), keras.Input((16, 16, 1), name="right")
    fused = layers.Concatenate(name="both")([encoder(left), encoder(right)])
    both = keras.Model([left, right], fused)
    rows = table(both)
    assert [row.layer for row in rows] == [
        "left",
        "right",
        "encoder/conv",
        "encoder/conv (2)",
        "both",
    ]
    assert [row.parameters for row in rows] == [0, 0, 40, 0, 0]
    assert rows[-1].receptive_field == (3, 3)


class Mystery(layers.Layer):
    """A layer that has no rule."""

    def build(self, input_shape):
        self.weight = self.add_weight(shape=(input_shape[-1],))

    def call(self, x):
        return x[:, ::2, ::2] * self.weight


def test_an_unknown_layer_is_named_and_not_guessed():
    image = keras.Input((16, 16, 2))
    x = layers.Conv2D(3, 3, padding="same")(image)
    x = layers.Conv2D(1, 1, name="after")(Mystery(name="mystery")(x))
    rows = by_name(table(keras.Model(image, x)))
    assert rows["mystery"].output_shape == (8, 8, 3)
    assert rows["mystery"].parameters == 3
    assert rows["mystery"].multiply_adds is None
    assert rows["mystery"].receptive_field is rows["after"].receptive_field is None
    assert rows["after"].multiply_adds == 8 * 8 * 3
    assert totals(list(rows.values())).unknown == ("mystery (Mystery)",)
    assert "mystery (Mystery)" in notes(list(rows.values()))[1]
    assert "?" in text(list(rows.values()))
    with pytest.raises(InputError, match="unknown"):
        rows["after"].sees((3, 3))


def test_a_new_layer_registers_itself():
    class Doubling(layers.Layer):
        def call(self, x):
            return 2 * x

    @reach.register
    def _(layer: Doubling, sizes):
        return CELL

    model = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(1, 3), Doubling()])
    assert table(model)[-1].receptive_field == (3, 3)


def test_a_sequential_model_without_input_takes_the_given_one_and_stays_unbuilt():
    model = keras.Sequential([layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(2)])
    rows = table(model, (8, 8, 1))
    assert [row.output_shape for row in rows] == [(8, 8, 1), (6, 6, 4), (144,), (2,)]
    assert totals(rows).parameters == 40 + 290
    assert not model.built
    with pytest.raises(InputError, match="does not know its input"):
        table(model)


def test_bad_input_is_one_clear_sentence():
    class Subclass(keras.Model):
        pass

    with pytest.raises(InputError, match="no Sequential or functional"):
        table(Subclass())
    with pytest.raises(InputError, match="you gave"):
        table(models.fcn(3), (0, 5))
    with pytest.raises(InputError, match="you gave"):
        table(models.fcn(3), (5, 5, 1, 1))


def test_three_channels_for_a_one_channel_model_are_refused_at_the_first_weights():
    row = table(models.fcn(3), (32, 32, 3))[-1]
    assert row.layer == "conv1"
    assert row.problem == "input gives 3 values, conv1 has weights for 1."
