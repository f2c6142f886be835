"""Random models with branches, gates and models inside: the table agrees with Keras."""

from fractions import Fraction

import keras
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from keras import layers

from seglab.dimensions import (
    table,
    totals,
)
from seglab.dimensions.symbols import Polynomial

KINDS = (
    "conv",
    "strided",
    "pool",
    "up",
    "transposed",
    "margin",
    "branch",
    "unet",
    "nested",
    "gate",
)


@st.composite
def plans(draw):
    """A list of building instructions for a random model with branches and nested models."""
    plan = []
    for _ in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(KINDS))
        kernel, mode = draw(st.integers(1, 4)), draw(st.sampled_from(["valid", "same"]))
        plan.append((kind, kernel, mode, draw(st.integers(1, 3)), draw(st.booleans())))
    return plan


def extended(x, instruction):
    kind, kernel, mode, number, flag = instruction
    if kind == "conv":
        x = layers.Conv2D(number, kernel, padding=mode, use_bias=flag, dilation_rate=1 + flag)(x)
        return layers.BatchNormalization()(x) if flag else layers.ReLU()(x)
    if kind == "strided":
        return layers.SeparableConv2D(number, kernel, strides=2, padding=mode)(x)
    if kind == "pool":
        return (layers.MaxPooling2D if flag else layers.AveragePooling2D)(kernel, number, mode)(x)
    if kind == "up":
        how = "bilinear" if flag else "nearest"
        return layers.UpSampling2D(number, interpolation=how)(x)
    if kind == "transposed":
        return layers.Conv2DTranspose(number, kernel, strides=2, padding=mode)(x)
    if kind == "margin":
        return layers.Cropping2D(((0, number), (1, 0)))(layers.ZeroPadding2D(kernel)(x))
    if kind == "branch":
        left = layers.Conv2D(x.shape[-1], kernel, padding="same")(x)
        return layers.Add()([left, x]) if flag else layers.Concatenate()([x, left, x])
    if kind == "unet":
        down = layers.Conv2D(2, kernel, padding="same")(layers.MaxPooling2D()(x))
        up = layers.Conv2DTranspose(2, 2, strides=2)(down)
        return layers.Concatenate()([up, x])
    if kind == "gate":
        gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
        return layers.Multiply()([x, layers.Dense(x.shape[-1])(gate)])
    inner = keras.Input(x.shape[1:])
    inner = keras.Model(inner, layers.Conv2D(number, kernel, padding="same")(inner))
    return inner(inner(x)) if number == x.shape[-1] else inner(x)


def built(plan, size, channels):
    """The model of a plan; None where Keras finds that sizes do not meet or vanish."""
    image = x = keras.Input((*size, channels))
    for instruction in plan:
        try:
            x = extended(x, instruction)
        except ValueError:
            return None
        if 0 in x.shape[1:]:
            return None
    return keras.Model(image, x)


def leaves(model):
    """Every layer with its output, nested models opened."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from leaves(layer)
        elif not isinstance(layer, layers.InputLayer):
            yield layer


@pytest.mark.parametrize("examples", [40, pytest.param(400, marks=pytest.mark.slow)])
def test_random_models_agree_with_keras(examples):
    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    @given(plans(), st.integers(5, 48), st.integers(5, 48), st.integers(1, 3))
    def check(plan, height, width, channels):
        model = built(plan, (height, width), channels)
        assume(model is not None)
        rows = table(model)
        assert rows[-1].problem is None
        assert rows[-1].output_shape == model.output_shape[1:]
        assert totals(rows).parameters == model.count_params()
        for layer in leaves(model):
            row = next(row for row in rows if row.layer.split("/")[-1].split(" ")[0] == layer.name)
            assert row.output_shape == layer.output.shape[1:]
        open_model = built(plan, (None, None), channels)
        agrees_where_it_comes_out_even(table(open_model), rows, height, width)
        same_open = table(open_model, (height, width))
        assert [row.output_shape for row in same_open] == [row.output_shape for row in rows]
        assert [row.multiply_adds for row in same_open] == [row.multiply_adds for row in rows]

    check()


def agrees_where_it_comes_out_even(open_rows, rows, height, width):
    """Symbolic sizes, as long as they are whole, are the exact ones."""
    for open_row, row in zip(open_rows, rows):
        if open_row.problem is not None:
            return
        sizes = [
            size.at(H=height, W=width) if isinstance(size, Polynomial) else size
            for size in open_row.output_shape
        ]
        if any(isinstance(size, Fraction) for size in sizes):
            return
        assert tuple(sizes) == row.output_shape
