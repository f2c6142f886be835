"""Receptive fields against what really changes when one row of pixels is set.

All weights positive, no biases: then nothing cancels, max pooling passes on whatever is not zero,
and an output is zero exactly if it sees no pixel that is set. So the measurement is exact.
"""

from functools import partial

import keras
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from keras import layers

from seglab import models
from seglab.dimensions import Field, table

ROWS = 168  # high enough that cells in the middle third see neither border


def repeated(check, strategy, examples):
    settings(max_examples=examples, deadline=None, derandomize=True, database=None)(
        given(strategy)(check)
    )()


def made_positive(model):
    """Give every kernel equal positive weights, and no layer a bias."""
    for layer in model.layers:
        weights = layer.get_weights()
        if weights and not isinstance(layer, layers.BatchNormalization):
            filled = [
                np.full(w.shape, 1 / np.prod(w.shape[:2])) if w.ndim > 1 else 0 * w for w in weights
            ]
            layer.set_weights(filled)


def measured(outputs, set_rows, cell):
    """(start, stop) of the set rows that reach a cell; outputs: one a set row."""
    reached = [row for row, output in zip(set_rows, outputs) if output[cell].any()]
    return (min(reached), max(reached) + 1) if reached else None


def outputs_of(layer_output, model, set_rows, rows, columns):
    """What a layer gives for images in which one whole row is 1 and the rest 0."""
    images = np.zeros((len(set_rows), rows, columns, model.input_shape[-1]), "float32")
    images[range(len(set_rows)), set_rows] = 1
    return np.asarray(keras.Model(model.inputs[0], layer_output)(images))


@st.composite
def stacks(draw):
    """Functions that make layers, each working along the height only: the width stays 1."""
    stack, factor = [], 1
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(
            st.sampled_from(["conv", "conv", "pool", "up", "transposed", "margin", "depthwise"])
        )
        mode, size = draw(st.sampled_from(["valid", "same"])), draw(st.integers(1, 4))
        stride = draw(st.integers(1, 3)) if factor < 4 else 1
        if kind in ("up", "transposed") and factor > 1 / 4:
            grow = draw(st.integers(1, 3))
            # TensorFlow only runs `same` paddings that a convolution would take back to its size.
            least = 1 - size % 2 if mode == "same" else 0
            extra = draw(st.none() | st.integers(least, grow - 1)) if least < grow else None
            how = draw(st.sampled_from(["nearest", "bilinear"]))
            stack.append(
                partial(layers.UpSampling2D, (grow, 1), interpolation=how)
                if kind == "up"
                else partial(
                    layers.Conv2DTranspose,
                    1,
                    (size, 1),
                    strides=(grow, 1),
                    padding=mode,
                    output_padding=None if extra is None else (extra, 0),
                )
            )
            factor /= grow
        elif kind == "pool":
            pool = draw(st.sampled_from([layers.MaxPooling2D, layers.AveragePooling2D]))
            stack.append(partial(pool, (size, 1), (stride, 1), mode))
            factor *= stride
        elif kind == "margin":
            stack.append(partial(layers.ZeroPadding2D, ((size - 1, 1), (0, 0))))
            cut = ((1, draw(st.integers(0, 2))), (0, 0))
            stack.append(partial(layers.Cropping2D, cut))
        elif kind == "depthwise":
            stack.append(partial(layers.DepthwiseConv2D, (size, 1), padding=mode))
        else:
            dilated = stride == 1 and draw(st.booleans())
            stack.append(
                partial(
                    layers.Conv2D,
                    1,
                    (size, 1),
                    strides=(stride, 1),
                    padding=mode,
                    dilation_rate=(2, 1) if dilated else 1,
                    activation="relu",
                )
            )
            factor *= stride
    return stack


@pytest.mark.parametrize("examples", [20, pytest.param(150, marks=pytest.mark.slow)])
def test_random_stacks_see_what_is_measured(examples):
    def check(stack):
        model = keras.Sequential([keras.Input((ROWS, 1, 1)), *(make() for make in stack)])
        made_positive(model)
        row = table(model)[-1]
        field = row.fields[0]
        assume(field.size <= ROWS // 4 and row.output_shape[0] > 6)
        outputs = outputs_of(model.outputs[0], model, range(ROWS), ROWS, 1)
        third = row.output_shape[0] // 3
        for cell in range(third, 2 * third):
            assert measured(outputs, range(ROWS), cell) == field.of(cell), (cell, row)

    repeated(check, stacks(), examples)


@pytest.mark.parametrize("name", ["fcn", "skip_fcn", "transposed_fcn", "unet"])
def test_lecture_models_see_what_is_measured(name):
    model = models.unet(3, None, 1) if name == "unet" else getattr(models, name)(3)
    made_positive(model)
    logits = model.get_layer("logits").output
    rows = 448 if name == "unet" else 128
    middle = range(rows // 2, rows // 2 + 16)
    row = next(row for row in table(model, (rows, 16)) if row.layer == "logits")
    seen = [row.fields[0].of(cell) for cell in middle]
    # Only the ends have to be looked at: the last row seen, and the first one not seen any more.
    ends = sorted(
        {
            end + step
            for start, stop in seen
            for end, step in ((start, -1), (start, 0), (stop, -1), (stop, 0))
        }
    )
    outputs = outputs_of(logits, model, ends, rows, 16)
    for cell, (start, stop) in zip(middle, seen):
        reaching = {end: bool(output[cell].any()) for end, output in zip(ends, outputs)}
        assert not reaching[start - 1] and reaching[start], (name, cell)
        assert reaching[stop - 1] and not reaching[stop], (name, cell)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="uses TensorFlow's gradient")
def test_the_gradient_of_one_score_has_the_same_support():
    import tensorflow as tf

    model = keras.Sequential(
        [
            keras.Input((64, 64, 1)),
            layers.Conv2D(2, 4, padding="same"),
            layers.AveragePooling2D(2),
            layers.Conv2D(2, 3, padding="same", dilation_rate=2),
            layers.Conv2DTranspose(2, 3, strides=2, padding="same"),
        ]
    )
    made_positive(model)
    row = table(model)[-1]
    for y, x in [(32, 32), (33, 30), (31, 33)]:
        image = tf.Variable(np.zeros((1, 64, 64, 1), "float32"))
        with tf.GradientTape() as tape:
            score = tf.reduce_sum(model(image)[0, y, x])
        gradient = np.asarray(tape.gradient(score, image))[0, :, :, 0]
        ys, xs = np.nonzero(gradient)
        assert row.sees((y, x)) == ((ys.min(), ys.max() + 1), (xs.min(), xs.max() + 1))


def only_row(*stack, shape=(64, 64, 1)):
    return table(keras.Sequential([keras.Input(shape), *stack]))[-1]


def test_a_four_by_four_same_convolution_looks_half_a_pixel_ahead():
    assert only_row(layers.Conv2D(1, 3, padding="same")).offset == (0, 0)
    assert only_row(layers.Conv2D(1, 4, padding="same")).offset == (0.5, 0.5)
    assert only_row(layers.Conv2D(1, 3)).offset == (1, 1)  # valid: cell 0 is centred on pixel 1
    assert only_row(layers.MaxPooling2D()).offset == (0, 0)


def test_half_pixel_shifts_add_up_through_the_lecture_encoder():
    """Half a cell at stride 2, half a cell at stride 4: 1 and 3 pixels."""
    rows = {row.layer: row for row in table(models.fcn(3))}
    assert [rows[name].offset[0] for name in ("conv1", "conv2", "conv3")] == [0, 1, 3]
    assert (rows["up"].offset[0], rows["up"].spread[0]) == (3, 3.5)
    assert rows["pool3"].receptive_field == (28, 28)
    assert rows["pool3"].stride == (8, 8)
    assert rows["up"].stride == (1, 1)


def test_bed_of_nails_cells_between_the_nails_see_nothing():
    field = only_row(layers.Conv2DTranspose(1, 1, strides=2)).fields[0]
    assert [field.of(cell) for cell in range(4)] == [(0, 1), None, (1, 2), None]


def test_a_branch_adds_what_it_sees():
    image = keras.Input((32, 32, 1))
    near = layers.Conv2D(2, 3, padding="same", name="near")(image)
    far = layers.Conv2D(2, 3, dilation_rate=4, padding="same", name="far")(image)
    rows = table(keras.Model(image, layers.Add()([near, far])))
    assert rows[-1].receptive_field == (9, 9)
    assert rows[-1].branches == ((3, 3), (9, 9))
    assert rows[-1].reads == ("near", "far")


def test_global_pooling_flatten_and_dense_see_everything():
    for layer in (layers.GlobalAveragePooling2D(), layers.Flatten(), layers.GroupNormalization(1)):
        row = only_row(layers.Conv2D(1, 3, padding="same"), layer)
        assert row.receptive_field == (64, 64)
        assert row.stride == (None, None)
    assert only_row(layers.Flatten(), layers.Dense(5)).receptive_field == (64, 64)


def test_what_a_valid_stack_drops_at_the_border_is_not_seen():
    row = only_row(layers.Conv2D(1, 2, strides=3), layers.Flatten())
    assert row.receptive_field == (62, 62)  # 21 steps of 3 pixels: from pixel 0 to pixel 61


def test_squeeze_and_excite_sees_everything():
    image = keras.Input((32, 32, 4))
    gate = layers.GlobalAveragePooling2D(keepdims=True)(image)
    gate = layers.Conv2D(4, 1, activation="sigmoid")(gate)
    row = table(keras.Model(image, layers.Multiply()([image, gate])))[-1]
    assert row.receptive_field == (32, 32)
    assert row.problem is None


def test_pyramid_pooling_comes_back_to_its_grid():
    image = keras.Input((24, 24, 4))
    pooled = layers.AveragePooling2D(6)(image)
    wide = layers.UpSampling2D(6, interpolation="bilinear")(pooled)
    row = table(keras.Model(image, layers.Concatenate()([image, wide])))[-1]
    assert row.stride == (1, 1)
    assert row.receptive_field == (12, 12)


def test_different_grids_of_equal_size_are_not_guessed():
    """Both 8x8, but one cell is 4 pixels apart and the other 1."""
    image = keras.Input((32, 32, 1))
    coarse = layers.AveragePooling2D(4)(image)
    corner = layers.Cropping2D(12)(image)
    row = table(keras.Model(image, layers.Add()([coarse, corner])))[-1]
    assert row.output_shape == (8, 8, 1)
    assert row.receptive_field is None


@given(
    phases=st.integers(1, 4),
    shift=st.integers(1, 4),
    cell=st.integers(-20, 20),
    data=st.data(),
)
@settings(derandomize=True, database=None, max_examples=50)
def test_a_field_repeats(phases, shift, cell, data):
    starts = data.draw(st.lists(st.integers(-5, 5), min_size=phases, max_size=phases))
    field = Field(tuple((start, start + 3) for start in starts), shift)
    start, stop = field.of(cell)
    assert field.of(cell + phases) == (start + shift, stop + shift)
