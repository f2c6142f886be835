"""Up-sampling is drawn number by number; its steps fit on a slider, and the last one on paper."""

import base64
import io
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex
from PIL import Image

from seglab import plots
from seglab.plots import upsampling
from seglab.plots.upsampling import NOW, SHADES, Steps, stamped_map

VALUES = [2, 1, 3]
STAMPS = np.array([[2, 4, 8, 0, 0, 0, 0], [0, 0, 1, 2, 4, 0, 0], [0, 0, 0, 0, 3, 6, 12]])
SUMS = np.cumsum(np.vstack([np.zeros(7), STAMPS]), axis=0)


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def cells(figure, face):
    """(x, y) of the cells with this face."""
    patches = figure.axes[0].patches
    return [p.get_xy() for p in patches if to_hex(p.get_facecolor()) == to_hex(face)]


def test_points_of_an_interpolation_stand_at_the_middles_of_their_cells():
    figure = plots.interpolation([0, 8], [0, 2, 6, 8], "yours")
    line, middles, points = figure.axes[0].lines
    np.testing.assert_allclose(points.get_xydata(), [[0.25, 0], [0.75, 2], [1.25, 6], [1.75, 8]])
    np.testing.assert_allclose(middles.get_xydata(), [[0.5, 0], [1.5, 8]])
    np.testing.assert_allclose(line.get_xydata(), [[0, 0], [0.5, 0], [1.5, 8], [2, 8]])
    assert "yours" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_a_grid_shows_every_number_and_the_larger_are_darker():
    numbers = np.array([[0, 1.5], [-20, 40]])
    figure = plots.number_grids({"a": numbers, "b": np.ones((1, 3))}, block=2)
    assert words(figure) == ["a", "0", "1.5", "\N{MINUS SIGN}20", "40", "b", "1", "1", "1"]
    faces = [np.mean(patch.get_facecolor()[:3]) for patch in figure.axes[0].patches[:4]]
    assert faces[0] == 1 and 1 > faces[1] > faces[3]
    below = figure.axes[0].patches[2].get_facecolor()
    assert below[0] > below[2], "orange below 0"


def test_a_wide_matrix_is_no_wider_than_a_notebook():
    figure = plots.number_grids({"matrix": np.eye(4, 49)})
    assert figure.get_size_inches()[0] == pytest.approx(upsampling.WIDEST)


def test_stamps_stand_above_the_sum_at_their_own_places():
    figure = plots.stamped(VALUES, STAMPS, SUMS[-1], name="yours")
    assert words(figure)[0] == "2 times the kernel" and words(figure)[-8] == "yours"
    assert words(figure)[-7:] == ["2", "4", "9", "2", "7", "6", "12"]
    twice = [x for x, _ in cells(figure, SHADES[2])]
    assert twice == [2, 4], "two stamps meet in these outputs"


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_a_step_marks_its_stamp_and_leaves_later_ones_empty(step):
    figure = plots.stamped(VALUES, STAMPS, SUMS[step], step)
    assert [x for x, _ in cells(figure, NOW)] == [2 * (step - 1) + i for i in range(3 * (step > 0))]
    dotted = [patch for patch in figure.axes[0].patches if patch.get_linestyle() == ":"]
    assert len(dotted) == 3 * (3 - step)


def test_a_map_marks_the_place_of_its_last_stamp():
    values, kernel = np.array([[1, 2], [3, 4]]), np.ones((3, 3))
    stamps = np.zeros((4, 5, 5))
    for i, (row, column) in enumerate(np.ndindex(2, 2)):
        stamps[i, 2 * row : 2 * row + 3, 2 * column : 2 * column + 3] = values[row, column] * kernel
    figure = stamped_map(values, stamps, stamps[:2].sum(0), 2)
    frame = figure.axes[0].patches[-1]
    assert (frame.get_x(), frame.get_y()) == (2 + 2 + 2, 0)
    assert (frame.get_width(), frame.get_height()) == (3, 3)
    assert "after 2 of 4 stamps" in words(figure)
    assert plots.stamping_map(values, stamps, np.cumsum([0 * stamps[0], *stamps], 0)).count == 5


def test_steps_are_one_small_film_whose_last_picture_is_seen_without_a_script():
    steps = plots.stamping(VALUES, STAMPS, SUMS)
    html = steps._repr_html_()
    assert isinstance(steps, Steps) and steps.count == 4 and len(html) < 100_000
    film = Image.open(io.BytesIO(base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])))
    last = Image.open(io.BytesIO(steps._repr_png_()))
    assert film.size == (last.width, 4 * last.height)
    shown = film.convert("L").crop((0, 3 * last.height, *film.size))
    assert np.abs(np.asarray(shown, int) - np.asarray(last.convert("L"), int)).mean() < 2
    assert 'max="3" value="3"' in html and "translateY(-75.000000%)" in html
    assert "4 steps" in repr(steps)
