"""Drawings: everything is there, to scale, and nothing lies upon anything else."""

import itertools

import keras
import numpy as np
import pytest
from keras import layers
from matplotlib.transforms import Bbox

from seglab import models
from seglab.dimensions import table
from seglab.errors import InputError
from seglab.plots.block_graph import COPY, DOWN, UP
from seglab.plots.block_layout import layout
from seglab.plots.blocks import DARK, LIGHT, architecture, corners
from seglab.plots.receptive_fields import receptive_fields

MODELS = {
    "sliding_window": lambda: models.sliding_window(3),
    "fcn": lambda: models.fcn(3),
    "skip_fcn": lambda: models.skip_fcn(3),
    "transposed_fcn": lambda: models.transposed_fcn(3),
    "unet": lambda: models.unet(),
}
EVERY_MODEL = pytest.mark.parametrize("name", MODELS)


def apart(first, second):
    return (
        first.right < second.x
        or second.right < first.x
        or first.top < second.bottom
        or second.top < first.bottom
    )


@EVERY_MODEL
def test_no_block_covers_another_and_no_arrow_a_block(name):
    blocks, arrows = layout(table(MODELS[name]()))
    assert all(apart(*pair) for pair in itertools.combinations(blocks, 2))
    for arrow in arrows:
        others = [block for block in blocks if block not in (arrow.start, arrow.end)]
        if arrow.kind in (UP, DOWN):
            x = arrow.end.centre if arrow.kind == DOWN or arrow.bends else arrow.start.centre
            low, high = sorted((arrow.start.y, arrow.end.y))
            assert not any(b.x < x < b.right and low < b.y < high for b in others), arrow
        else:
            left, right = arrow.start.right, arrow.end.x
            assert left < right
            on_level = [b for b in others if b.level == arrow.start.level]
            assert not any(left < b.centre < right for b in on_level), arrow


@EVERY_MODEL
def test_maps_are_drawn_to_one_scale(name):
    blocks, _ = layout(table(MODELS[name](), None if name == "sliding_window" else (128, 128)))
    maps = [block for block in blocks if len(block.row.output_shape) == 3]
    heights = {round(block.height / block.row.output_shape[0], 6) for block in maps}
    assert len(heights) == 1
    wide = [block for block in maps if block.row.output_shape[2] >= 16]
    widths = {round(block.width / block.row.output_shape[2], 6) for block in wide}
    assert len(widths) == 1


def test_the_u_net_is_a_u():
    """Down to the fifth level and up again, every block right of the one before on its level."""
    blocks, arrows = layout(table(models.unet()))
    levels = [block.level for block in blocks]
    bottom = levels.index(4)
    assert levels[0] == levels[-1] == 0
    assert levels[:bottom] == sorted(levels[:bottom])
    assert levels[bottom:] == sorted(levels[bottom:], reverse=True)
    copies = {(a.start.row.layer, a.end.row.layer) for a in arrows if a.kind == COPY}
    assert copies == {("c1", "u9_c1"), ("c2", "u8_c2"), ("c3", "u7_c3"), ("c4", "u6_c4")}
    assert [a.kind for a in arrows].count(UP) == [a.kind for a in arrows].count(DOWN) == 4
    for block in blocks:
        if block.copied:
            assert block.copied == pytest.approx(block.width / 2)


@EVERY_MODEL
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_labels_lie_clear_of_one_another_and_of_blocks(name, theme):
    model = MODELS[name]()
    figure = architecture(model, theme=theme)
    figure.canvas.draw()
    (axes,) = figure.axes
    boxes = {text: text.get_window_extent() for text in axes.texts}
    for (first, box), (second, other) in itertools.combinations(boxes.items(), 2):
        assert not box.overlaps(other), (first.get_text(), second.get_text())
    rectangles = [patch for patch in axes.patches if hasattr(patch, "get_width")]
    for text, box in boxes.items():
        assert not any(box.overlaps(r.get_window_extent()) for r in rectangles), text.get_text()
        assert figure.bbox.contains(box.x0, box.y0) and figure.bbox.contains(box.x1, box.y1), text
    _, arrows = layout(table(model))
    for arrow in arrows:
        points = axes.transData.transform(corners(arrow))
        for segment in zip(points, points[1:]):
            line = Bbox(np.sort(segment, axis=0))
            assert not any(box.overlaps(line) for box in boxes.values()), arrow
    legend = axes.get_legend().get_window_extent()
    assert not any(legend.overlaps(box) for box in boxes.values())


@EVERY_MODEL
def test_every_drawn_layer_is_named_with_its_channels(name):
    model = MODELS[name]()
    written = [text.get_text() for text in architecture(model).axes[0].texts]
    weighted = [layer for layer in model.layers if layer.weights]
    for layer in weighted:
        if not isinstance(layer, layers.Conv2DTranspose):  # these are the arrows up
            assert layer.name in written
            assert f"{layer.output.shape[-1]:,}" in written


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_figures_can_be_written(tmp_path, suffix):
    architecture(models.fcn(3)).savefig(tmp_path / f"fcn.{suffix}")
    assert (tmp_path / f"fcn.{suffix}").stat().st_size > 5000


def test_skips_by_addition_and_valid_convolutions_are_drawn_too():
    image = keras.Input((60, 60, 1))
    x = layers.Conv2D(8, 3)(image)
    down = layers.Conv2D(8, 3, padding="same")(layers.MaxPooling2D()(x))
    x = layers.Add(name="sum")([x, layers.Conv2DTranspose(8, 2, strides=2)(down)])
    figure = architecture(keras.Model(image, x))
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert "add" in legend


def test_frames_are_what_the_table_says():
    image = np.zeros((96, 64, 1), "float32")
    rows = table(models.skip_fcn(3), (96, 64))
    figure = receptive_fields(image, rows, (40, 30), ["conv1", "conv2", "logits"])
    page = figure.axes[0]
    assert [patch.get_width() for patch in page.patches] == [3, 10, 28]
    assert page.patches[0].get_xy() == (28.5, 38.5)
    with pytest.raises(InputError, match="conv9"):
        receptive_fields(image, rows, (40, 30), ["conv9"])
