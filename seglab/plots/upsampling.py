"""Up-sampling number by number: rows, grids, and stamps that are added step by step."""

import base64
import io

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from seglab.plots.blocks import LIGHT

CELL = 0.42  # inches
WIDEST = 10.5  # inches
FONT = 10
SHADES = ("#ffffff", "#dcebf7", "#a9cdea", "#6fa8d6", "#4a86bd")  # reached by 0, 1, 2, ... stamps
NOW = "#f6b26b"  # the stamp that is being added
BLUES = LinearSegmentedColormap.from_list("blues", [NOW, "#f4f9fd", "#6fa8d6"])  # 0 in the middle


def interpolation(row, points, name="points"):
    """A row of values as bars with their middles joined, and `points` evenly spread over it.

    row: (n,). points: (m,), values at the middles of m cells over the same width. Beyond the
    outermost middles, the line is level. Returns a matplotlib Figure.
    """
    cells, count = len(row), len(points)
    middles = [0, *(i + 0.5 for i in range(cells)), cells]
    figure = Figure(figsize=(2.9 + 1.4 * cells, 2.9), layout="constrained", facecolor="white")
    axes = figure.subplots()
    bars = {"color": LIGHT.block, "alpha": 0.35, "edgecolor": LIGHT.edge, "label": "the row"}
    axes.bar(middles[1:-1], row, width=1, **bars)
    line = {"color": LIGHT.edge, "linewidth": 1.2, "label": "from middle to middle"}
    axes.plot(middles, [row[0], *row, row[-1]], "-", **line)
    axes.plot(middles[1:-1], row, "s", color=LIGHT.edge, markersize=6, label="the row's middles")
    places = [(i + 0.5) * cells / count for i in range(count)]
    axes.plot(places, points, "o", color=LIGHT.down, markersize=7, label=name)
    axes.set_xticks([i * cells / count for i in range(count + 1)], labels=[])
    most, least = max(1, *points, *row), min(0, *points, *row)
    axes.set(xlim=(0, cells), ylim=(least - 0.06 * most, 1.12 * most))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(True, axis="x", color="0.85", linewidth=0.7)
    axes.tick_params(labelsize=9)
    figure.legend(loc="outside right upper", frameon=False, fontsize=9)
    return figure


def number_grids(maps, block=None):
    """Small maps side by side, every number in its cell: the larger, the darker; orange below 0.

    maps: {title: (H, W)}. block: cells of a block, whose edges are thick; None: no blocks. Returns
    a matplotlib Figure.
    """
    shapes = [np.shape(each) for each in maps.values()]
    widths = [max(columns, 2.5) for _, columns in shapes]
    inches = CELL * (sum(widths) + 1.2 * (len(maps) - 1) + 0.4)
    scale = min(1, WIDEST / inches)
    height = CELL * (max(rows for rows, _ in shapes) + 1.4)
    figure = Figure(figsize=(inches * scale, height * scale), facecolor="white")
    axes = _bare_axes(figure, sum(widths) + 1.2 * (len(maps) - 1) + 0.2, height / CELL - 1.2)
    left = 0.0
    for (title, each), width in zip(maps.items(), widths):
        axes.text(left, -0.3, title, fontsize=FONT * scale, color=LIGHT.ink, va="bottom")
        _grid(axes, left, 0, np.asarray(each), block=block, scale=scale)
        left += width + 1.2
    return figure


def stamped(values, stamps, outputs, step=None, name="sum"):
    """A transposed convolution of a row: one stamp a row, and below them what came of it.

    values: (n,). stamps: (n, m), what each value alone writes. outputs: (m,), and `name` says whose
    they are. step: so many stamps have been added, the last of them is marked; None: all, and none
    is marked. Returns a matplotlib Figure.
    """
    count, width = len(stamps), max(len(stamps[0]), len(outputs))
    added = count if step is None else step
    figure = Figure(figsize=(CELL * (width + 4.9), CELL * (1.15 * count + 1.9)), facecolor="white")
    axes = _bare_axes(figure, width + 0.2, 1.15 * count + 1.5, left=-4.6, above=0.2)
    for i, (value, stamp) in enumerate(zip(values, stamps)):
        y, there, now = 1.15 * i, i < added, step is not None and i == added - 1
        words = {"ha": "right", "va": "center", "fontsize": FONT}
        colour = LIGHT.ink if there else "0.7"
        axes.text(-0.3, y + 0.5, f"{value:g} times the kernel", color=colour, **words)
        for x in np.flatnonzero(stamp):
            face = NOW if now else SHADES[1] if there else "white"
            _cell(axes, x, y, stamp[x] if there else None, face, dashed=not there)
    reached = np.zeros(width, int)
    reached[: len(stamps[0])] = (np.asarray(stamps)[:added] != 0).sum(0)
    y = 1.15 * count + 0.35
    axes.text(-0.3, y + 0.5, name, color=LIGHT.ink, ha="right", va="center", fontsize=FONT)
    for x, number in enumerate(outputs):
        _cell(axes, x, y, number, SHADES[min(reached[x], len(SHADES) - 1)])
    return figure


def stamping(values, stamps, sums):
    """The same, step by step with a slider: `Steps`. sums: (n + 1, m), after so many stamps."""
    return Steps([stamped(values, stamps, each, step) for step, each in enumerate(sums)])


def stamped_map(values, stamps, sums, step):
    """A transposed convolution of a map: the map, and the sum of the first `step` stamps.

    values: (h, w). stamps: (h * w, H, W). sums: (H, W). The value and the place of the last stamp
    are marked. Returns a matplotlib Figure.
    """
    (height, width), (rows, columns) = np.shape(values), np.shape(sums)
    figure = Figure(
        figsize=(CELL * (width + columns + 2.9), CELL * (rows + 1.5)), facecolor="white"
    )
    axes = _bare_axes(figure, width + columns + 2.6, rows + 0.2)
    words = {"fontsize": FONT, "color": LIGHT.ink, "va": "bottom"}
    axes.text(0, -0.3, "the map", **words)
    axes.text(width + 2, -0.3, f"after {step} of {height * width} stamps", **words)
    faces = np.full((height, width), SHADES[1], object)
    faces.ravel()[step:] = "white"
    if step:
        faces.ravel()[step - 1] = NOW
    _grid(axes, 0, 0, np.asarray(values), faces)
    reached = (np.asarray(stamps)[:step] != 0).sum(0).clip(0, len(SHADES) - 1)
    _grid(axes, width + 2, 0, np.asarray(sums), np.array(SHADES, object)[reached])
    if step:
        y, x = np.nonzero(stamps[step - 1])
        corner, size = (x.min() + width + 2, y.min()), (np.ptp(x) + 1, np.ptp(y) + 1)
        axes.add_patch(Rectangle(corner, *size, fill=False, edgecolor=LIGHT.down, linewidth=2.5))
    return figure


def stamping_map(values, stamps, sums):
    """The same, step by step with a slider: `Steps`. sums: (h * w + 1, H, W)."""
    return Steps([stamped_map(values, stamps, each, step) for step, each in enumerate(sums)])


class Steps:
    """Figures of one size, stepped through with a slider.

    Where no script runs, on a printed page or in a notebook that is not trusted, the last one is
    seen.
    """

    def __init__(self, figures):
        pictures = [_rendered(figure) for figure in figures]
        self.count, (self.width, self.height) = len(pictures), pictures[0].size
        film = Image.new("RGB", (self.width, self.height * self.count), "white")
        for i, picture in enumerate(pictures):
            film.paste(picture, (0, i * self.height))
        self.film, self.last = _png(film), _png(pictures[-1])

    def __repr__(self):
        return f"{self.count} steps, to be seen in a notebook"

    def _repr_png_(self):
        return self.last

    def _repr_html_(self):
        source = f"data:image/png;base64,{base64.b64encode(self.film).decode()}"
        share, last = 100 / self.count, self.count - 1
        move = (
            "this.previousElementSibling.firstElementChild.style.transform="
            f"'translateY(-'+this.value*{share:.6f}+'%)';"
            f"this.nextElementSibling.textContent='step '+this.value+' of {last}'"
        )
        # All steps stand above one another in one picture, of which the frame shows one.
        return (
            f'<div class="seglab-steps" style="width:{self.width // 2}px;max-width:100%">'
            f'<div style="aspect-ratio:{self.width}/{self.height};overflow:hidden">'
            f'<img alt="{self.count} steps of one picture" src="{source}" style="display:block;'
            f'width:100%;max-width:100%;transform:translateY(-{last * share:.6f}%)"></div>'
            f'<input type="range" aria-label="step" min="0" max="{last}" value="{last}" '
            f'style="width:100%;margin:6px 0 0" oninput="{move}">'
            f'<div style="font-size:smaller">step {last} of {last}: drag the slider</div></div>'
        )


def _rendered(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=200)  # twice as fine as it is shown
    return Image.open(buffer).convert("RGB")


def _png(picture):
    buffer = io.BytesIO()
    picture.quantize(32).save(buffer, "png", optimize=True)
    return buffer.getvalue()


def _bare_axes(figure, right, bottom, left=-0.2, above=1.2):
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right), ylim=(bottom, -above))
    axes.set_axis_off()
    return axes


def _grid(axes, left, top, numbers, faces=None, block=None, scale=1.0):
    """Numbers (H, W) in cells whose upper left corner is (left, top)."""
    rows, columns = numbers.shape
    most = np.abs(numbers).max(initial=0) or 1
    for (row, column), number in np.ndenumerate(numbers):
        if faces is not None:
            face = faces[row, column]
        else:
            face = BLUES(0.5 + number / most / 2) if number else "white"
        _cell(axes, left + column, top + row, number, face, scale=scale)
    line = {"color": LIGHT.ink, "linewidth": 1.6 * scale}
    for y in range(0, rows + 1, block) if block else ():
        axes.plot((left, left + columns), (top + y, top + y), **line)
    for x in range(0, columns + 1, block) if block else ():
        axes.plot((left + x, left + x), (top, top + rows), **line)


def _cell(axes, x, y, number, face, dashed=False, scale=1.0):
    look = {"facecolor": face, "edgecolor": LIGHT.faint, "linewidth": 0.6}
    axes.add_patch(Rectangle((x, y), 1, 1, linestyle=":" if dashed else "-", **look))
    if number is not None:
        text = f"{float(number) + 0.0:.3g}".replace("-", "\N{MINUS SIGN}")
        style = {"ha": "center", "va": "center", "fontsize": min(1, 4.5 / len(text)) * FONT * scale}
        colour = LIGHT.ink if number else "0.65"
        axes.text(x + 0.5, y + 0.5, text, color=colour, **style)
