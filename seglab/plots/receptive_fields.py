"""What does this pixel see? Receptive fields as frames on a page."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from seglab.errors import InputError
from seglab.plots.blocks import LIGHT

# From what sees little to what sees much; light and dark pages alike let all of them be seen.
COLOURS = ("#0072b2", "#009e73", "#d55e00", "#cc79a7", "#8a6d00", "#56b4e9", "#7d3fb5")
MARGIN = 0.35  # around the largest frame, as a share of it


def receptive_fields(image, rows, pixel, layers, theme=LIGHT):
    """The page with one frame a layer: what the cell above `pixel` sees; beside it, enlarged.

    image: (H, W, 1), ink 1.0. rows: `dimensions.table(model, image.shape[:2])`. pixel: (y, x).
    layers: names of up to seven layers. Frames may reach beyond the page, into the padding.
    Returns a matplotlib Figure.
    """
    by_name = {row.layer: row for row in rows}
    missing = [name for name in layers if name not in by_name]
    if missing or len(layers) > len(COLOURS):
        raise InputError(
            f"Name up to {len(COLOURS)} layers of the table; {missing or list(layers)} are not "
            f"among {', '.join(by_name)}."
        )
    frames = {name: by_name[name].sees(pixel) for name in layers}
    height, width = image.shape[:2]
    # Both pictures are 4.5 inches high: the page in its own shape, the enlarged part a square.
    figure = Figure(
        figsize=(4.5 * min(width / height, 2) + 7.4, 5.0),
        facecolor=theme.background,
        layout="constrained",
    )
    page, part = figure.subplots(1, 2, width_ratios=(min(width / height, 2), 1))
    for axes, line in ((page, 1.2), (part, 2.2)):
        _draw_page(axes, image, theme)
        _draw_frames(axes, frames, line)
        axes.plot(pixel[1], pixel[0], "+", color="#e00000", markersize=9, markeredgewidth=1.8)
    _enlarge(part, list(frames.values()), pixel)
    handles = [
        Rectangle(
            (0, 0), 1, 1, fill=False, edgecolor=colour, linewidth=2.2, label=_words(name, seen)
        )
        for colour, (name, seen) in zip(COLOURS, frames.items())
    ]
    figure.legend(
        handles=handles,
        loc="outside right center",
        frameon=False,
        fontsize=11,
        labelcolor=theme.ink,
        title=f"pixel {pixel[1]}, {pixel[0]} sees",
    ).get_title().set(color=theme.ink, fontsize=11)
    return figure


def _draw_page(axes, image, theme):
    axes.imshow(1 - image[..., 0], cmap="gray", vmin=0, vmax=1, interpolation="antialiased")
    axes.set(xticks=[], yticks=[], facecolor=theme.copied)
    axes.spines[:].set(color=theme.faint, linewidth=0.8)


def _draw_frames(axes, frames, line):
    for colour, seen in zip(COLOURS, frames.values()):
        if None in seen:
            continue
        (top, bottom), (left, right) = seen
        # Pixel (y, x) is drawn from y - 1/2 to y + 1/2.
        axes.add_patch(
            Rectangle(
                (left - 0.5, top - 0.5),
                right - left,
                bottom - top,
                fill=False,
                edgecolor=colour,
                linewidth=line,
            )
        )


def _enlarge(axes, frames, pixel):
    """Show the square around all frames."""
    seen = [frame for frame in frames if None not in frame]
    tops, lefts = [f[0][0] for f in seen] or [pixel[0]], [f[1][0] for f in seen] or [pixel[1]]
    bottoms, rights = [f[0][1] for f in seen] or [pixel[0]], [f[1][1] for f in seen] or [pixel[1]]
    side = max(max(bottoms) - min(tops), max(rights) - min(lefts), 1) * (1 + MARGIN)
    y, x = (max(bottoms) + min(tops) - 1) / 2, (max(rights) + min(lefts) - 1) / 2
    axes.set(xlim=(x - side / 2, x + side / 2), ylim=(y + side / 2, y - side / 2))


def _words(name, seen):
    if None in seen:
        return f"{name}: nothing"
    (top, bottom), (left, right) = seen
    return f"{name}: {bottom - top}\N{MULTIPLICATION SIGN}{right - left}"
