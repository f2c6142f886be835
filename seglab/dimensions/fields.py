"""Receptive fields along one axis, exact for every cell, whatever the layers in between.

Up-sampling makes neighbouring cells see differently: of the two cells that a transposed
convolution (kernel 3, stride 2) makes, one reads one cell and the other two. So a receptive field
is written down for each *phase*: `Field` holds the intervals of as many cells as there are phases,
and the number of input pixels after which they repeat. Cells are counted as if the page had no
border; at a real border the interval reaches into the padding.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, inf, lcm


@dataclass(frozen=True)
class Window:
    """Which input cells an output cell reads, along one axis.

    reads: for every one of the first `len(reads)` output cells, the input cells it reads.
    step: the reading of output cell `len(reads)` is that of cell 0, moved by `step` input cells.
    size: output cells, a number or symbolic.
    """

    reads: tuple
    step: int
    size: object


@dataclass(frozen=True)
class Field:
    """What every cell of a layer sees of the input axis.

    intervals: (start, stop) in input pixels, stop excluded, for the first cells; None: nothing.
    shift: input pixels from the first of these cells to their repetition; 0 where all cells see
    the same (after global pooling, for instance).
    """

    intervals: tuple = ((0, 1),)
    shift: int = 1

    @property
    def jump(self):
        """Input pixels from one cell to the next (the stride), 1/2 after a twofold up-sampling."""
        return Fraction(self.shift, len(self.intervals))

    @property
    def size(self):
        """Input pixels that the phase with the largest receptive field sees."""
        return max((stop - start for start, stop in filter(None, self.intervals)), default=0)

    def of(self, cell):
        """The interval of one cell, (start, stop), or None where it sees nothing."""
        repetition, phase = divmod(cell, len(self.intervals))
        interval = self.intervals[phase]
        if interval is None:
            return None
        return interval[0] + repetition * self.shift, interval[1] + repetition * self.shift

    def offsets(self):
        """How far the centre of each phase's interval lies from the centre of its own cell.

        Cell i covers the input pixels from i·jump to (i + 1)·jump. +1/2: looks half a pixel ahead.
        """
        pairs = enumerate(self.intervals)
        return [
            Fraction(interval[0] + interval[1], 2) - (cell + Fraction(1, 2)) * self.jump
            for cell, interval in pairs
            if interval is not None
        ]

    def through(self, window):
        """The field after a layer that reads this one through `window`."""
        repeats = len(self.intervals) // gcd(len(self.intervals), window.step)
        intervals = []
        for cell in range(len(window.reads) * repeats):
            repetition, phase = divmod(cell, len(window.reads))
            cells = (repetition * window.step + read for read in window.reads[phase])
            intervals.append(hull(self.of(cell) for cell in cells))
        return Field(tuple(intervals), self.shift * window.step * repeats // len(self.intervals))

    def whole(self, cells, pixels):
        """The field after a layer that reads all cells: cut to the image where sizes are known."""
        if not (isinstance(cells, int) and isinstance(pixels, int)):
            return Field(((-inf, inf),), 0)
        seen = hull(self.of(cell) for cell in range(cells))
        return Field((seen and (max(seen[0], 0), min(seen[1], pixels)),), 0)


def union(fields, pixels):
    """The field of a cell that reads the same cell of several branches; None if it has no grid.

    fields: of equal jump, or constant; a constant field that covers the `pixels` covers them all.
    """
    moving = [field for field in fields if field.shift]
    constant = [field for field in fields if not field.shift]
    seen = hull(field.of(0) for field in constant)
    if not moving:
        return Field((seen,), 0)
    if seen is not None:
        return Field((seen,), 0) if seen in ((0, pixels), (-inf, inf)) else None
    if len({field.jump for field in moving}) > 1:
        return None
    phases = lcm(*(len(field.intervals) for field in moving))
    intervals = tuple(hull(field.of(cell) for field in moving) for cell in range(phases))
    return Field(intervals, int(moving[0].jump * phases))


def hull(intervals):
    """The smallest interval that holds all of them; None where none sees anything."""
    seen = [interval for interval in intervals if interval is not None]
    if not seen:
        return None
    return min(start for start, _ in seen), max(stop for _, stop in seen)
