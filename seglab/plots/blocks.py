"""Architectures as blocks drawn to scale, in the manner of the U-Net paper's figure 1."""

from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path

from seglab.dimensions import table
from seglab.dimensions.misfit import size_text
from seglab.plots.block_graph import COPY, DOWN, UP
from seglab.plots.block_layout import LABEL_SIDE, layout, number_text

MARGIN = 0.35
CLEAR, LANE = 0.03, 0.3  # inches: from an arrow to its block; above blocks that it passes
NUMBER, NAME, SIZE = 11, 9, 11  # points


@dataclass(frozen=True)
class Theme:
    """The colours of one figure: for paper, or for a dark slide."""

    background: str
    ink: str
    faint: str
    block: str
    edge: str
    copied: str
    down: str
    up: str
    copy: str
    along: tuple


# Arrows: down, up and copy have one colour each; what goes along a level, one for each operation.
# All can be told apart by the colour-blind (after Okabe & Ito).
LIGHT = Theme(
    background="white",
    ink="#1b2530",
    faint="#5b6875",
    block="#8ebbe0",
    edge="#2b5c8a",
    copied="#ffffff",
    down="#c43c00",
    up="#00845c",
    copy="#7d8894",
    along=("#0b62a8", "#a8407f", "#8a6d00", "#23303c", "#1596b8"),
)
DARK = Theme(
    background="#14181e",
    ink="#f1f4f7",
    faint="#a8b4c0",
    block="#2f6ea3",
    edge="#a9d0f2",
    copied="#14181e",
    down="#ff8a50",
    up="#3fcf9f",
    copy="#97a3af",
    along=("#6cb8f0", "#f09bd0", "#f0d24a", "#f1f4f7", "#4fd8ef"),
)


def architecture(model, input_shape=None, theme=LIGHT):
    """A Keras model as blocks to scale: heights are the page's, widths the channels'.

    Channels stand above a block, its layer's name below, the size to the left of each level.
    input_shape: (H, W) or (H, W, channels); None: the model's own. Returns a matplotlib Figure.
    """
    blocks, arrows = layout(table(model, input_shape))
    left = min(block.x for block in blocks) - MARGIN - 0.75
    right = max(block.right for block in blocks) + MARGIN
    top = max(block.top for block in blocks) + MARGIN
    bottom = min(block.bottom for block in blocks) - MARGIN - 0.6
    figure = Figure(figsize=(right - left, top - bottom), facecolor=theme.background)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.set_axis_off()
    colours = _colours(arrows, theme)
    for arrow in arrows:
        _draw_arrow(axes, arrow, colours[_meaning(arrow)])
    for block in blocks:
        _draw_block(axes, block, theme)
        _label(axes, block, theme)
    _label_sizes(axes, blocks, theme)
    _legend(axes, colours, right - left, theme)
    return figure


def _colours(arrows, theme):
    """A colour for every meaning; the lecture's convolutions look alike in every figure."""
    fixed = {DOWN: theme.down, UP: theme.up, COPY: theme.copy}
    order = [*USUAL, *(_meaning(arrow) for arrow in arrows if arrow.kind not in fixed)]
    along = dict(zip(dict.fromkeys(order), theme.along * len(order)))
    return {_meaning(arrow): fixed.get(arrow.kind) or along[_meaning(arrow)] for arrow in arrows}


def _draw_block(axes, block, theme):
    for x, width, face in (
        (block.x, block.copied, theme.copied),
        (block.x + block.copied, block.width - block.copied, theme.block),
    ):
        if width > 0:
            box = Rectangle(
                (x, block.bottom), width, block.height, facecolor=face, edgecolor=theme.edge
            )
            box.set(linewidth=0.8, zorder=2)
            axes.add_patch(box)


def _draw_arrow(axes, arrow, colour):
    axes.add_patch(
        FancyArrowPatch(
            path=Path(corners(arrow)),
            arrowstyle="-|>,head_length=3.4,head_width=2.2",
            color=colour,
            linewidth=2.2 if arrow.kind == COPY else 1.6,
            mutation_scale=1.3,
            joinstyle="miter",
            capstyle="butt",
            zorder=3,
        )
    )


def corners(arrow):
    """The points of an arrow, a little clear of both blocks."""
    start, end = arrow.start, arrow.end
    if arrow.bends:
        return [
            (start.right + CLEAR, start.y),
            (end.centre, start.y),
            (end.centre, end.bottom - CLEAR),
        ]
    if arrow.kind == DOWN:
        return [(end.centre, start.bottom - CLEAR), (end.centre, end.top + CLEAR)]
    if arrow.kind == UP:
        return [(start.centre, start.top + CLEAR), (start.centre, end.bottom - CLEAR)]
    if arrow.over:  # leaves beside the arrow that comes down to the middle of its block
        x, lane = max(start.x, start.centre - 0.08), max(start.top, end.top) + LANE
        return [
            (x, start.top + CLEAR),
            (x, lane),
            (end.centre, lane),
            (end.centre, end.top + CLEAR),
        ]
    return [(start.right + CLEAR, start.y), (end.x - CLEAR, end.y)]


def _label(axes, block, theme):
    """Channels above, name below; beside the arrow where one comes or goes there."""
    style = {"va": "bottom", "fontsize": NUMBER, "color": theme.ink}
    number = number_text(block)
    _text_beside(axes, block.centre, block.top + 0.045, number, block.number_side, style)
    style = {"va": "top", "fontsize": NAME, "color": theme.faint}
    _text_beside(axes, block.centre, block.bottom - 0.06, block.name, block.name_side, style)


def _text_beside(axes, x, y, text, side, style):
    """Text centred at x, or clear of an arrow there: to its right (1) or its left (-1)."""
    align = {0: "center", 1: "left", -1: "right"}[side]
    axes.text(x + LABEL_SIDE * side, y, text, ha=align, **style)


def _label_sizes(axes, blocks, theme):
    labelled = set()
    for block in blocks:
        shape = block.row.output_shape
        if block.level not in labelled and len(shape) > 1:
            labelled.add(block.level)
            axes.text(
                block.x - 0.12,
                block.y,
                _size(shape[:-1]),
                ha="right",
                va="center",
                fontsize=SIZE,
                color=theme.ink,
            )


def _legend(axes, colours, width, theme):
    handles = [
        Line2D([], [], color=colour, linewidth=2.2, label=words)
        for words, colour in colours.items()
    ]
    needed = sum(0.6 + 0.085 * len(words) for words in colours)  # inches in one row
    axes.legend(
        handles=handles,
        loc="lower center",
        ncols=len(handles) if needed < width else -(-len(handles) // 2),
        frameon=False,
        fontsize=NUMBER,
        labelcolor=theme.ink,
        handlelength=1.2,
        columnspacing=1.6,
    )


USUAL = [
    "convolution 3\N{MULTIPLICATION SIGN}3",
    "convolution 4\N{MULTIPLICATION SIGN}4",
    "convolution 1\N{MULTIPLICATION SIGN}1",
]
OPERATIONS = {
    "Conv2D": "convolution",
    "Conv2DTranspose": "transposed convolution",
    "MaxPooling2D": "max pooling",
    "AveragePooling2D": "average pooling",
    "UpSampling2D": "up-sampling",
    "Dense": "dense",
    "Flatten": "flatten",
}


def _meaning(arrow):
    """The arrow in words: `max pooling 2×2`, `copy`."""
    if arrow.kind == COPY:
        copied = "copy and crop" if arrow.row.type.startswith("Cropping") else "copy"
        return copied if arrow.end.row.type == "Concatenate" else arrow.end.row.type.lower()
    name = OPERATIONS.get(arrow.row.type, arrow.row.type)
    return f"{name} {_size(arrow.row.kernel)}".rstrip()


def _size(sizes):
    return size_text(sizes).replace("x", "\N{MULTIPLICATION SIGN}")
