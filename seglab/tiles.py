"""Cut an image into tiles, and put a page together from what a model says about each."""

import numpy as np


def cut(image, top, left, height, width):
    """The rectangle of an image that begins at pixel (top, left); paper (0) where it lies outside.

    (H, W, channels) -> (height, width, channels) float32.
    """
    rectangle = np.zeros((height, width, image.shape[-1]), "float32")
    rows, columns = (
        slice(max(start, 0), max(start + side, 0)) for start, side in ((top, height), (left, width))
    )
    part = image[rows, columns]
    below, right = max(-top, 0), max(-left, 0)
    rectangle[below : below + part.shape[0], right : right + part.shape[1]] = part
    return rectangle


def spans(length, most, before=0, after=0, multiple=1):
    """Divide an axis into equal parts, and say what has to be seen to know about each.

    length, before, after: pixels, multiples of `multiple`. Yields (part, seen), slices whose ends
    are multiples, too; `seen` holds the part, `before` pixels before and `after` pixels after it,
    except where the axis ends. All `seen` are equally long: `most` pixels, if the part can then be
    as long as the margins together.
    """
    if not length:
        return
    longest = length if length <= most else max(most - before - after, before + after, multiple)
    step = -(-length // -(-length // longest))
    step += -step % multiple
    side = min(step + before + after, length)
    for start in range(0, length, step):
        begin = min(max(start - before, 0), length - side)
        yield slice(start, min(start + step, length)), slice(begin, begin + side)


def assembled(tiles, shape, stride=1, of=lambda scores: scores):
    """The page out of its tiles: (H, W, ...).

    tiles: triples of rows and columns (slices of the page) and scores (cells, cells, num_classes),
    where a cell has stride x stride pixels; whatever hangs over the page's edge is left out.
    shape: (H, W). of: what to keep of a tile's scores; the page is never held in anything else.
    """
    page = None
    for rows, columns, scores in tiles:
        kept = of(scores)
        if page is None:
            page = np.empty((*shape, *kept.shape[2:]), kept.dtype)
        part = page[rows, columns]
        height, width = part.shape[:2]
        if stride > 1:
            kept = kept[np.ix_(np.arange(height) // stride, np.arange(width) // stride)]
        part[...] = kept[:height, :width]
    return page
