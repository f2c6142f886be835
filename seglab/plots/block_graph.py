"""What a drawn architecture consists of: blocks for tensors, arrows for what is done to them."""

import re
from dataclasses import dataclass

DOWN, UP, ALONG, COPY = "down", "up", "along", "copy"


@dataclass
class Block:
    """One tensor: its row of the table, its level (0 on top), its box in inches.

    copied: width of the part that a skip brings. number_side, name_side: where its channels
    (above) and its name (below) stand: 0 centred, 1 right and -1 left of an arrow that is there.
    """

    row: object
    level: int
    width: float = 0.0
    height: float = 0.0
    copied: float = 0.0
    x: float = 0.0
    y: float = 0.0
    number_side: int = 0
    name_side: int = 0

    @property
    def name(self):
        """The layer's name, "" where it is one that Keras numbers itself (conv2d_17)."""
        name = self.row.layer
        bare = re.sub(r"_\d+$", "", name).replace("_", "")
        plain_word = len(self.row.reads) < 2 and not re.search(r"\d", name)  # dense, flatten
        return "" if bare == self.row.type.lower() and not plain_word else name

    @property
    def centre(self):
        return self.x + self.width / 2

    @property
    def right(self):
        return self.x + self.width

    @property
    def top(self):
        return self.y + self.height / 2

    @property
    def bottom(self):
        return self.y - self.height / 2


@dataclass(frozen=True)
class Arrow:
    """From block to block: DOWN, UP, ALONG a level, or a COPY into a merge; done by `row`'s layer.

    over: it has to pass above blocks that stand between its ends.
    """

    start: Block
    end: Block
    kind: str
    row: object
    over: bool = False

    @property
    def bends(self):
        """True where the way up is not free: the arrow then leaves to the right and turns up."""
        free = self.end.x <= self.start.centre <= self.end.right
        return self.kind == UP and not (free and self.start.level - self.end.level == 1)


def blocks_and_arrows(rows):
    """The blocks, not placed yet, in the order of computation, and the arrows between them."""
    drawn, made_by = _drawn_rows(rows)
    blocks = {row.layer: Block(row, level) for row, level in zip(drawn, _levels(drawn))}
    order = {name: place for place, name in enumerate(blocks)}
    arrows = []
    for row in drawn:
        for source, by in (made_by[name] for name in row.reads):
            start, end = blocks[source], blocks[row.layer]
            between = drawn[order[source] + 1 : order[row.layer]]
            over = start.level == end.level and any(
                blocks[other.layer].level == end.level for other in between
            )
            via = row if by.layer == source else by
            arrows.append(Arrow(start, end, _kind(start, end), via, over))
    _choose_sides(arrows)
    return list(blocks.values()), arrows


def _kind(start, end):
    if start.level != end.level:
        return DOWN if end.level > start.level else UP
    return COPY if len(end.row.reads) > 1 else ALONG


def _choose_sides(arrows):
    """Labels give way to vertical arrows."""
    for arrow in arrows:
        if arrow.kind == DOWN:
            arrow.start.name_side = arrow.end.number_side = 1
        if arrow.kind == UP:
            arrow.end.name_side = -1
            arrow.start.number_side = 1
        if arrow.over:
            arrow.start.number_side = arrow.end.number_side = 1


def _drawn_rows(rows):
    """The rows that get a block, and for every row's name (the name of its block, its own row).

    Not drawn: what leaves the tensor's shape and costs nothing (activations, dropout, batch
    normalisation), and an up-sampling or a cropping that goes straight into a merge.
    """
    readers = {}
    for row in rows:
        for name in row.reads:
            readers.setdefault(name, []).append(row)
    by_name = {row.layer: row for row in rows}
    drawn, made_by = [], {}
    for row in rows:
        before = by_name[row.reads[0]] if len(row.reads) == 1 else None
        following = readers.get(row.layer, [])
        into_merge = len(following) == 1 and len(following[0].reads) > 1
        if before and _is_quiet(before, row):
            made_by[row.layer] = made_by[before.layer]
        elif before and into_merge and _is_passage(before, row):
            made_by[row.layer] = (made_by[before.layer][0], row)
        else:
            drawn.append(row)
            made_by[row.layer] = (row.layer, row)
    return drawn, made_by


def _is_quiet(before, row):
    same = before.output_shape == row.output_shape
    return same and (row.multiply_adds == 0 or row.type.endswith("Normalization"))


def _is_passage(before, row):
    grows = (
        row.stride and before.stride and None not in before.stride and row.stride < before.stride
    )
    return grows or row.type.startswith("Cropping")


def _levels(rows):
    """One level for each stride; what has none stays on the level before it."""
    strides = [row.stride[0] if row.stride else None for row in rows]
    order = sorted({stride for stride in strides if stride is not None})
    levels = []
    for stride in strides:
        levels.append(order.index(stride) if stride is not None else levels[-1])
    return levels
