"""Notebook 2, Layer dimensions: what the instant check runs, for `same`, pages and networks."""

from functools import lru_cache, partial

import keras
import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question


@question(
    "2e",
    points=2,
    difficulty=2,
    hints=(
        "As many outputs as inputs: how many cells must be added so that the kernel has that many "
        "places? The experiment shows which end gets the larger part.",
        "In the experiment, the first output that sees the ink reads it with its last cell. For "
        "the shift: half a cell a layer, and with each pool a cell is twice as wide.",
    ),
    numbers=lambda random: {
        "kernel": 2 * random.integers(4, 8),
        "layers": random.integers(2, 6),
        "pools": random.integers(3, 5),  # 2**pools / 2 is then no longer pools
    },
)
def test_same_padding(answers):
    """Say where `same` pads an even kernel, and how far such layers look off centre."""
    kernel, count, pools = answers.numbers
    expected, length = keras_padding(kernel), kernel + 3
    got = answers.whole_number("before"), answers.whole_number("after")
    picture = partial(plots.convolution, length, kernel, 1, *got, outputs=length)
    expect(
        sum(got) == sum(expected),
        "With that padding, there are not as many outputs as inputs. The picture has as many as "
        "inputs: does the last one fit, and does its kernel end where the padding ends?",
        got,
        picture if all(0 <= cells < 20 for cells in got) else None,
    )
    expect(
        got == expected,
        "The number of cells is right, but they are at the wrong ends. Look at the experiment "
        "again: which outputs see the ink?",
        got,
    )
    got = answers.number("shift")
    expect(
        got == keras_shift(kernel, count) * 2**pools,
        "The shift is not right. Each layer adds half a cell, whatever the kernel; how many "
        "pixels wide is a cell there?",
        got,
    )


def keras_padding(kernel):
    """Zeros that the first and the last output read: a channel for each cell of the kernel."""
    page = np.ones((1, 2 * kernel, 1), "float32")
    one_each = np.eye(kernel, dtype="float32").reshape(kernel, 1, kernel)
    reads = np.asarray(keras.ops.conv(page, one_each, padding="same"))[0]
    return int((reads[0] == 0).sum()), int((reads[-1] == 0).sum())


def keras_shift(kernel, count):
    """Cells that a cell of ink moves through so many layers."""
    length = 2 * kernel * count
    row = np.eye(length, dtype="float32")[length // 2].reshape(1, length, 1)
    for _ in range(count):
        row = keras.ops.conv(row, np.full((kernel, 1, 1), 1 / kernel, "float32"), padding="same")
    middle = float(np.asarray(row).ravel() @ np.arange(length))
    return length // 2 - round(2 * middle) / 2


def _page(random):
    """One axis is a multiple of 8; the other leaves no 4 (n % 8 would do), no 7 (n % 2 would)."""
    left = (1, 2, 3, 5, 6)[random.integers(5)]
    sizes = 8 * random.integers(40, 90) + left, 8 * random.integers(40, 90)
    rows, columns = random.permutation(sizes)
    return {"rows": rows, "columns": columns}


@question(
    "2f",
    points=3,
    difficulty=1,
    hints=(
        "A pool halves the size; where a half cell is left over, it is dropped.",
        "What comes back is a multiple of eight. Which one lies below your size, which is the next "
        "that is large enough, and what if your size is such a multiple itself?",
    ),
    numbers=_page,
)
def test_odd_sizes(answers):
    """Send a page of your own size through three pools and back, and pad it."""
    mine = answers.numbers
    small, back = zip(*map(three_pools, mine))
    got = answers.sizes("small", 2)
    expect(got == small, "Three pools make another size: each one halves, and rounds down.", got)
    got = answers.sizes("back", 2)
    expect(got == back, "Scaling up by eight makes eight rows out of each that is left.", got)
    got = answers.sizes("padding", 2)
    expect(all(0 <= more < 1000 for more in got), "Padding adds a few rows and columns.", got)
    rows, columns = mine.rows + got[0], mine.columns + got[1]
    expect(
        comes_back(rows) and comes_back(columns),
        f"Padded so, the page has {rows} rows and {columns} columns, and does not come back whole.",
        got,
    )
    enough = [comes_back(size + less) for size, more in zip(mine, got) for less in range(more)]
    expect(not any(enough), "Nothing is lost, but along one axis less padding would do.", got)


def comes_back(size):
    return three_pools(size)[1] == size


@lru_cache
def three_pools(size):
    """A size behind three pools, and scaled up by eight again."""
    shape = (None, size, 1)
    for _ in range(3):
        shape = layers.MaxPooling1D().compute_output_shape(shape)
    return shape[1], layers.UpSampling1D(8).compute_output_shape(shape)[1]


@question(
    "2g",
    points=2,
    difficulty=1,
    hints=(
        "Copy a listing into a cell of its own and run it; the last line of the message begins "
        "with the name of the error.",
        "Ask for each: is it Python at all? does the name exist? does the call have the arguments "
        "that it takes? do their values fit? If nothing is wrong, it runs.",
    ),
)
def test_listings(answers):
    """Say what Python answers to six listings."""
    for number in LISTINGS:
        got = answers.choice(f"listing_{number}", "abcde")
        sentence = (
            f"Listing {number} does something else. Run it and read the last line that comes."
        )
        expect(got == letter_of(number), sentence, got)


ERRORS = ("SyntaxError", "ValueError", "TypeError", "AttributeError", None)
LISTINGS = {
    1: """layers = [
    Conv2D(40, (3, 3), padding="same", activation="relu")
    MaxPooling2D((2, 2), strides=(2, 2)),
]""",
    2: """fc5 = keras.Input((8, 8, 160))
up1 = UpSampling2D((2, 2), fc5)""",
    3: 'up1 = keras.layers.Conv2DTransposed(80, (3, 3), strides=(2, 2), padding="same")',
    4: """up1, conv3 = keras.Input((16, 16, 160)), keras.Input((16, 16, 80))
fuse2 = Concatenate()(up1, conv3)""",
    5: """conv3 = keras.Input((16, 16, 80))
pool3 = MaxPooling2D()(conv3)
fuse2 = Concatenate()([UpSampling2D()(pool3), pool3])""",
    6: """page = keras.Input((601, 425, 1))
up = UpSampling2D(8)(MaxPooling2D(8)(page))""",
}


@lru_cache
def letter_of(number):
    """Run the listing, and see what it raises."""
    raised = None
    try:
        exec(LISTINGS[number], {**vars(layers), "keras": keras})
    except Exception as error:  # which one it is, is the question
        raised = type(error).__name__
    return "abcde"[ERRORS.index(raised)]
