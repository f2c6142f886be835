"""Where the blocks of an architecture stand: a U for every model that goes down and up.

One level for each stride, the page's own on top. Blocks follow one another to the right; a pool
goes straight down, an up-sampling straight up. Lengths are inches: heights to the scale of the
page, widths to the scale of the channels.
"""

from seglab.dimensions.rendering import count_text
from seglab.dimensions.symbols import Polynomial
from seglab.plots.block_graph import COPY, blocks_and_arrows

PAGE_HEIGHT = 2.0
GAP, WIDEST_GAP = 0.4, 0.8  # between the blocks of a level
DROP = 0.75  # between the levels
WIDTH = 12.0  # of the whole figure, so that it fills a slide
THINNEST = 0.035
SMALLEST_CHANNEL, LARGEST_CHANNEL = 0.0001, 0.012
LONGEST_VECTOR = 1.6
OPEN_SIZE = 512  # what H and W are drawn as where the table leaves them open
LABEL_SIDE, BETWEEN_LABELS = 0.08, 0.06  # from an arrow to the label beside it; between labels
NUMBER_LETTER, NAME_LETTER = 0.1, 0.085  # width of a letter of either label, at most


def layout(rows):
    """The blocks and arrows of a table, placed: ([Block], [Arrow])."""
    blocks, arrows = blocks_and_arrows([row for row in rows if row.problem is None])
    _scale_heights(blocks)
    _fill_width(blocks, arrows)
    _place_levels(blocks)
    return blocks, arrows


def number_text(block):
    """The label above a block: its channels."""
    return count_text(block.row.output_shape[-1])


def _scale_heights(blocks):
    """Maps to the scale of the page; vectors, which have no height, to the longest of them."""
    page = _length(blocks[0].row.output_shape[0])
    vectors = [b.row.output_shape[0] or 1 for b in blocks if len(b.row.output_shape) == 1]
    for block in blocks:
        shape = block.row.output_shape
        if len(shape) == 1:
            height = _length(shape[0]) / max(vectors) * LONGEST_VECTOR
        else:
            height = _length(shape[0]) / page * PAGE_HEIGHT
        block.height = max(height, THINNEST)


def _length(size):
    if isinstance(size, Polynomial):
        return float(size.at(**dict.fromkeys(size.symbols, OPEN_SIZE)))
    return size or 0


def _fill_width(blocks, arrows):
    """Make the channels as wide as the figure allows, then the gaps."""
    per_channel, gap = 0.0, GAP
    channels = sum(_channels(block) for block in blocks)
    for _ in range(8):  # blocks above one another share their place, so the width is approached
        per_channel += _room(blocks, arrows, per_channel, gap) / channels
        per_channel = min(max(per_channel, SMALLEST_CHANNEL), LARGEST_CHANNEL)
    gap += max(_room(blocks, arrows, per_channel, gap), 0) / len(blocks)
    _room(blocks, arrows, per_channel, min(gap, WIDEST_GAP))


def _room(blocks, arrows, per_channel, gap):
    """Place the blocks at that scale; the width that is left."""
    for block in blocks:
        block.width = max(_channels(block) * per_channel, THINNEST)
        block.copied = 0.0
    for arrow in arrows:
        if arrow.kind == COPY and arrow.end.row.type == "Concatenate":
            arrow.end.copied += arrow.start.width
    _place_along(blocks, gap)
    return WIDTH - max(block.right for block in blocks)


def _channels(block):
    shape = block.row.output_shape
    return (shape[-1] or 1) if len(shape) > 1 else 1


def _place_along(blocks, gap):
    """From left to right; on a new level under or above the last block, clear of what is there."""
    before, placed = blocks[0], []
    for block in blocks:
        block.x = before.centre - block.width / 2 if placed else 0.0
        near = [other for other in placed if other.level == block.level]
        if block.level < before.level - 1:  # past whole levels: right of all that stands there
            near = [other for other in placed if block.level <= other.level <= before.level]
        block.x = max([block.x, *(_clear_of(other, block, gap) for other in near)])
        placed.append(block)
        before = block


def _clear_of(other, block, gap):
    """The least x at which a block, with its labels, is clear of another one to its left."""
    numbers = _reach(number_text(other), NUMBER_LETTER, other.number_side)
    numbers += _reach(number_text(block), NUMBER_LETTER, -block.number_side)
    names = _reach(other.name, NAME_LETTER, other.name_side)
    names += _reach(block.name, NAME_LETTER, -block.name_side)
    apart = max(numbers, names) + BETWEEN_LABELS
    return max(other.right + gap, other.centre + apart - block.width / 2)


def _reach(text, letter, side):
    """How far a label reaches to the side: all of it, half of it, or nothing (it is elsewhere)."""
    return len(text) * letter * (side + 1) / 2 + LABEL_SIDE * side


def _place_levels(blocks):
    """From top to bottom, the blocks of a level on one centre line."""
    edge = 0.0
    for level in range(max(block.level for block in blocks) + 1):
        mates = [block for block in blocks if block.level == level]
        maps = [b.height for b in mates if len(b.row.output_shape) > 1]
        height = max(maps, default=THINNEST)
        for block in mates:
            block.y = edge - height / 2
        edge -= height + DROP
