"""Notebook 9, From FCN-8 to SegNet: what the instant check runs, for places and their price."""

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import Wrong, expect, question, same

# The deck's printed example of a pool with indices (SegNet).
SLIDE = np.array([[1, 3, 2, 9], [7, 4, 1, 5], [8, 5, 2, 3], [4, 2, 1, 4]], "float32")
BLOCKS = ((1, 2), (2, 2), (4, 3), (8, 3), (8, 3))  # times the width; convolutions: VGG-16


@question(
    "9e",
    points=3,
    difficulty=2,
    hints=(
        "Two loops over the windows. A slice that overhangs an odd map simply ends with it: how "
        "wide is the last window then?",
        "np.argmax counts the cells of what is there, and takes the first of equal ones. In a "
        "window that is only one cell wide, its second cell is not place 1: turn row and column "
        "within the window into a place yourself.",
    ),
)
def test_pooled_with_places(answers):
    """Pool with maxima, and remember where each maximum was."""
    random = np.random.default_rng(95)
    tied = random.integers(0, 2, (4, 6)).astype("float32")
    odd = random.permutation(35).reshape(5, 7).astype("float32")
    for image in SLIDE, tied, odd, np.zeros((2, 4), "float32"):
        judge_pooled(image, *two_maps(answers, "pooled_with_places", image))


def two_maps(answers, name, image):
    """What a function gives for a map: two maps of numbers, both a window a cell."""
    got = answers.call(name, image)
    if type(got) not in (tuple, list) or len(got) != 2:
        raise Wrong(f"{name} should return two arrays, the maxima and their places.")
    try:
        maps = [np.asarray(each) for each in got]
    except ValueError:
        maps = [np.array("")]
    shape = tuple(-(-side // 2) for side in image.shape)
    for each in maps:
        if each.dtype.kind not in "biuf":
            raise Wrong(f"{name} should return two arrays of numbers.")
        expect(
            each.shape == shape,
            f"For a map of {image.shape}, both results should have a cell for each window, also "
            "for those that overhang.",
            each.shape,
        )
    return maps


def judge_pooled(image, maxima, places):
    keras_own = layers.MaxPooling2D(padding="same")(image[None, ..., None])
    expect(
        same(maxima, np.asarray(keras_own)[0, ..., 0]),
        "The first map does not hold the maxima of the windows.",
        maxima,
    )
    expect(
        np.isin(places, range(4)).all(),
        "A place is a whole number from 0 to 3, counted within its window.",
        places,
    )
    chosen = np.zeros(image.shape, bool)

    def picture():
        maps = {"the map": image, "maxima": maxima, "your places": places}
        return plots.remembered(maps, {"the map": chosen})

    down, right = places.astype(int) // 2, places.astype(int) % 2
    rows, columns = 2 * np.arange(len(places))[:, None] + down, 2 * np.arange(places.shape[1])
    columns = columns + right
    inside = (rows < image.shape[0]) & (columns < image.shape[1])
    chosen[rows[inside], columns[inside]] = True
    expect(
        inside.all(),
        "A place lies beyond the map. In a window that overhangs, the cells that are there keep "
        "their numbers: below place 0 is place 2.",
        places,
        picture,
    )
    expect(
        same(image[rows, columns], maxima),
        "At a place that you give, there is no maximum. Your places are marked in the map.",
        places,
        picture,
    )
    for (row, column), place in np.ndenumerate(places):
        four = image[2 * row :, 2 * column :][:2, :2]
        equal = [2 * r + c for r, c in np.argwhere(four == four.max())]
        expect(
            place == min(equal),
            "Where a window has its maximum twice, the first place counts, row by row. Your places "
            "are marked in the map.",
            places,
            picture,
        )


@question(
    "9f",
    points=3,
    difficulty=3,
    hints=(
        "Four maps first, one for each place: the features where that place is remembered, and "
        "zeros elsewhere. How can the four be laid into one map, cell beside cell?",
        "ops.stack makes an axis of the four; a reshape makes rows and columns of a window of it. "
        "Then ops.transpose brings each of them next to the axis that it will be merged with, and "
        "a last reshape merges them.",
    ),
)
def test_unpooled(answers):
    """Unpool the maps of a batch with operations that a Keras model is made of."""
    random = np.random.default_rng(96)
    for batch, height, width, channels in (1, 2, 2, 1), (2, 3, 5, 4):
        shape = (batch, height, width, channels)
        features = random.permutation(np.prod(shape)).reshape(shape) - 1.5
        places = random.integers(0, 4, shape)
        student = answers.model("unpooling", height, width, channels)
        got = student.scores(np.concatenate([features, places], axis=-1))
        expect(
            got.shape == (batch, 2 * height, 2 * width, channels),
            f"Features of {shape} should become twice as high and twice as wide.",
            got.shape,
        )
        judge_unpooled(features, places, got)


def judge_unpooled(features, places, got):
    """Cell by cell, as slowly as it is obvious."""
    first = {"features": features[0, ..., 0], "places": places[0, ..., 0], "yours": got[0, ..., 0]}

    def picture():
        return plots.remembered(first, {"yours": got[0, ..., 0] != 0})

    expect(
        np.count_nonzero(got) == features.size,
        "Every window should hold one value and three zeros.",
        picture=picture,
    )
    expect(
        same(np.sort(got[got != 0]), np.sort(features.ravel())),
        "The values that come up are not those of the features.",
        picture=picture,
    )
    for n, row, column, channel in np.ndindex(features.shape):
        window = got[n, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2, channel]
        value, place = features[n, row, column, channel], places[n, row, column, channel]
        expect(
            value in window,
            "A value has come into the window of another cell, image or channel. In which order do "
            "the axes stand before the last reshape?",
            picture=picture,
        )
        expect(
            window.ravel()[place] == value,
            "A value is in its window, but not at its place. Places count row by row.",
            picture=picture,
        )


@question(
    "9g",
    points=3,
    difficulty=2,
    hints=(
        "A filter has a weight for each cell of its kernel and each channel that it reads, and one "
        "bias. Go through the layers one by one: what does each read?",
        "For the bytes: how many values has the map before pool i, in multiples of the page? And "
        "how many windows has pool i, in all its channels? Four windows share a byte.",
    ),
    numbers=lambda random: {
        "width": int(2 * random.integers(2, 8)),
        "rows": int(32 * random.integers(5, 20)),
        "columns": int(32 * random.integers(5, 20)),
    },
)
def test_what_it_costs(answers):
    """Compare what FCN, SegNet and U-Net pay for their way up: parameters and bytes."""
    width, rows, columns = answers.numbers
    factors = [factor * width for factor, count in BLOCKS for _ in range(count)]
    counts = {
        "dense": [(7, 8 * width, 64 * width), (1, 64 * width, 64 * width)],
        # Backwards, a convolution reads what it made forwards; the last one gives three scores.
        "mirrored": [(3, *pair) for pair in zip(factors[::-1], [*factors[-2::-1], 3])],
    }
    for name, convolutions in counts.items():
        got = answers.whole_number(name)
        expect(
            got == sum(parameters(*each) for each in convolutions),
            f"{name} is not what Keras counts. What does each layer read, and has it a bias?",
            got,
        )
    pool = layers.MaxPooling2D()
    kept, places, map_shape = 0, 0, (1, rows, columns, width)
    for factor, _ in BLOCKS:
        before = (*map_shape[:3], factor * width)
        map_shape = pool.compute_output_shape(before)
        kept += np.zeros(before, "float32").nbytes
        places += np.packbits(np.zeros((np.prod(map_shape), 2), bool)).nbytes
    judge_bytes(answers, "map_bytes", kept, "values before the pools")
    judge_bytes(answers, "place_bytes", places, "windows of the pools")


def parameters(side, read, filters):
    """What Keras counts for a convolution."""
    layer = layers.Conv2D(filters, side, kernel_initializer="zeros")
    layer.build((None, None, None, read))
    return layer.count_params()


def judge_bytes(answers, name, expected, what):
    got = answers.whole_number(name)
    expect(
        got != 8 * expected and got != expected / 4,
        f"{name}: mind the units; a byte has 8 bits, a float32 has 4 bytes.",
        got,
    )
    expect(got == expected, f"{name}: count the {what} again, level by level.", got)
