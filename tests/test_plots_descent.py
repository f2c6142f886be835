"""The way down and up shows every map on its level; tiles show which pixels nobody speaks for."""

import numpy as np
from matplotlib.colors import to_hex
from pages_of_ink import striped_page

from seglab import plots
from seglab.plots.descent import MIDDLE_FACE, MISSING

PAGE = striped_page("a", size=(32, 32))


def test_the_way_down_and_up_is_a_u():
    sides = (32, 16, 8, 16, 32)
    random = np.random.default_rng(0)
    maps = {f"c{i}": random.random((side, side, 3)) for i, side in enumerate(sides, 1)}
    figure = plots.descent(PAGE.image, PAGE.labels, maps)
    titles = [axis.get_title() for axis in figure.axes if axis.get_title()]
    expected = [f"c{i}, {side}\N{MULTIPLICATION SIGN}{side}" for i, side in enumerate(sides, 1)]
    assert titles == ["the page", "labels", *expected]
    places = [axis.get_subplotspec() for axis in figure.axes[2:17]]
    rows = [place.rowspan.start for place in places]
    assert rows == [level for level in (0, 1, 2, 1, 0) for _ in range(3)]
    assert [place.colspan.start for place in places[::3]] == [1, 1, 3, 5, 5]
    drawn = [axis.get_images()[0].get_array() for axis in figure.axes[2:17]]
    for i, channels in enumerate(maps.values()):
        for channel in range(3):
            np.testing.assert_array_equal(drawn[3 * i + channel], -channels[..., channel])


def bars(figure, face):
    """(row, first pixel, pixels) of the bars with this face."""
    patches = [p for p in figure.axes[0].patches if to_hex(p.get_facecolor()) == to_hex(face)]
    return [(round(p.get_y() + 0.4), p.get_x(), p.get_width()) for p in patches]


def test_middles_lie_within_their_tiles():
    figure = plots.overlap_tiles(100, 40, 5, [-5, 25, 55, 85])
    assert bars(figure, MIDDLE_FACE) == [(1, 0, 30), (2, 30, 30), (3, 60, 30), (4, 90, 30)]
    assert not bars(figure, MISSING)
    assert len(figure.legends[0].get_texts()) == 2


def test_pixels_in_no_middle_are_red():
    figure = plots.overlap_tiles(20, 12, 2, [0, 9])
    assert [x for _, x, _ in bars(figure, MISSING)] == [0, 1, 10, 19]
    assert plots.overlap_tiles(5, 12, 2, []).legends[0].get_texts()[-1].get_text() == "in no middle"
