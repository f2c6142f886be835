"""Page sizes that a model cannot halve evenly: where they break, and which size works."""

from itertools import count, islice

from seglab.dimensions.misfit import size_text
from seglab.dimensions.symbols import Polynomial
from seglab.dimensions.table import table

# No model of use needs a page padded by more than this many pixels.
FARTHEST = 4096


def odd_sizes(model, input_shape):
    """What happens to a page whose size does not come out even: sentences, none if all is well.

    input_shape: (H, W) or (H, W, channels). Says which layer first rounds a size, where sizes that
    no longer meet stop the model or what size its scores have, and which padded size works.
    """
    page = tuple(input_shape[:2])
    rows = table(model, input_shape)
    open_rows = table(model, (None, None))
    sentences = _roundings(rows, open_rows, page)
    if rows[-1].problem is None and not sentences:
        return []
    sentences.append(_ending(model, rows, page))
    padded = fitting_size(model, page)
    if padded is None:
        own = size_text(model.input_shape[1:3])
        return [*sentences, f"{model.name} is built for {own}: show it windows of that size."]
    rows_more, columns_more = padded[0] - page[0], padded[1] - page[1]
    cropped = f" and crop the scores back to {size_text(page)}" if _keeps_size(open_rows) else ""
    return [
        *sentences,
        f"{size_text(padded)} fits: pad {_number(rows_more, 'row')} and "
        f"{_number(columns_more, 'column')} of paper{cropped}.",
    ]


def fitting_size(model, size):
    """The smallest (H, W), not below `size`, that comes out even at every layer; None if none does.

    608x432 for a 601x425 page through three pools.
    """
    open_rows = table(model, (None, None))
    if open_rows[-1].problem is not None:
        return None
    fitting = tuple(_fitting_length(open_rows, name, length) for name, length in zip("HW", size))
    if None in fitting or table(model, fitting)[-1].problem is not None:
        return None
    return fitting


def _fitting_length(open_rows, name, length):
    sizes = {
        size
        for row in open_rows
        for size in row.output_shape
        if isinstance(size, Polynomial) and size.symbols == {name}
    }
    fitting = (
        candidate
        for candidate in islice(count(length), FARTHEST)
        if all(_whole(size.at(**{name: candidate})) for size in sizes)
    )
    return next(fitting, None)


def _whole(size):
    return isinstance(size, int) and size > 0


def _roundings(rows, open_rows, page):
    """A sentence for the first layer that has to round, along each axis."""
    sentences, uneven = [], set()
    for before, row, open_row in zip(rows, rows[1:], open_rows[1:]):
        if row.output_shape is None or open_row.output_shape is None:
            break
        axes = {
            axis
            for axis, size in enumerate(open_row.output_shape[:2])
            if isinstance(size, Polynomial)
            and size.symbols <= {"H", "W"}
            and not isinstance(size.at(H=page[0], W=page[1]), int)
        }
        if axes - uneven:
            given, made = size_text(before.output_shape[:2]), size_text(row.output_shape[:2])
            exact = [float(size.at(H=page[0], W=page[1])) for size in open_row.output_shape[:2]]
            exact = size_text([f"{size:g}" for size in exact])
            sentences.append(f"{row.layer} makes {made} of {given}: {exact} is rounded.")
        uneven |= axes
    return sentences


def _ending(model, rows, page):
    last = rows[-1]
    if last.problem is not None:
        return f"{last.layer} fails: {last.problem}"
    return f"{model.name} gives {size_text(last.output_shape[:2])} scores for {size_text(page)}."


def _keeps_size(open_rows):
    return open_rows[-1].output_shape[:2] == open_rows[0].output_shape[:2]


def _number(amount, noun):
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"
