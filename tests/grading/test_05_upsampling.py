"""Notebook 5, Up-sampling by hand: what the instant check runs, up to the stamps."""

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same

# The deck's printed example of a pool with indices (SegNet).
SLIDE = np.array([[1, 3, 2, 9], [7, 4, 1, 5], [8, 5, 2, 3], [4, 2, 1, 4]], "float32")


@question(
    "5a",
    points=2,
    difficulty=1,
    hints=(
        "Mark the middles of the old cells on a line, and those of the new ones, half as wide. "
        "Which old middle is nearest to a new one, and which is the next on its other side?",
        "A new middle lies a quarter of a cell from the nearest old middle, and three quarters "
        "from the other one. The nearer one counts more. Beyond the outermost middles nothing "
        "changes any more.",
    ),
    numbers=lambda random: {"row": tuple(4 * int(v) for v in random.permutation(9)[:3] + 1)},
)
def test_a_row_twice_as_long(answers):
    """Scale a row up by nearest, as a bed of nails, and bilinearly."""
    row = np.array(answers.numbers.row, "float32")
    nearest = np.array(answers.sizes("nearest", 6))
    expect(
        not same(nearest, np.concatenate([row, row])),
        "nearest: the whole row comes twice; each value should have its copy at its side.",
        nearest,
    )
    expect(
        same(nearest, scaled(row, "nearest")),
        "nearest: each new cell has the value of the old cell in which it lies.",
        nearest,
    )
    nails = np.array(answers.sizes("nails", 6))
    expect(
        same(np.sort(nails), np.sort([*row, 0, 0, 0])),
        "nails: each value should be there once, and all other cells should be empty.",
        nails,
    )
    expect(same(nails[::2], row), "nails: a value stands in the first cell of its pair.", nails)
    judge_bilinear(row, np.array(answers.sizes("bilinear", 6)))


def judge_bilinear(row, bilinear):
    def picture():
        return plots.interpolation(row, bilinear, "yours")

    expect(
        bilinear[0] == row[0] and bilinear[-1] == row[-1],
        "bilinear: beyond the outermost middles there is no second neighbour to mix with.",
        bilinear,
        picture,
    )
    expect(
        same(bilinear, scaled(row, "bilinear")),
        "bilinear: each new cell's middle has an old one on either side; mix these two by how near "
        "they are. Do your points lie on the line?",
        bilinear,
        picture,
    )


def scaled(row, interpolation):
    """A row twice as long, as Keras scales it."""
    layer = layers.UpSampling2D((1, 2), interpolation=interpolation)
    return np.asarray(layer(row[None, None, :, None]))[0, 0, :, 0]


@question(
    "5b",
    points=3,
    difficulty=2,
    hints=(
        "Two loops over the cells of `values` will do. Which block of `before` belongs to the cell "
        "in row r and column c?",
        "np.argmax of a block counts its cells row by row; divmod by the block's width makes a row "
        "and a column of that.",
    ),
)
def test_unpooled(answers):
    """Put values back to where a pool had found its maxima."""
    random = np.random.default_rng(52)
    other = random.permutation(24).reshape(4, 6).astype("float32")
    for before, values in (
        (SLIDE, maxima(SLIDE)),
        (SLIDE, np.array([[50, 60], [70, 80]], "float32")),
        (other, random.permutation(6).reshape(2, 3).astype("float32") + 30),
    ):
        shape = {"shape": before.shape, "asked": "(2h, 2w)"}
        judge_unpooled(before, values, answers.array("unpooled", values, before, **shape))


def judge_unpooled(before, values, got):
    def picture():
        return plots.number_grids({"before the pool": before, "values": values, "yours": got})

    blocks = [
        (got[2 * r : 2 * r + 2, 2 * c : 2 * c + 2], before[2 * r : 2 * r + 2, 2 * c : 2 * c + 2], v)
        for (r, c), v in np.ndenumerate(values)
    ]
    expect(
        all(np.count_nonzero(own) == 1 for own, _, _ in blocks),
        "Every block of four cells should hold one value and three zeros.",
        got,
        picture,
    )
    expect(
        all((own[own != 0] == v).all() for own, _, v in blocks),
        "A block holds another value than the one that is to come up there. It is not the value "
        "before the pool that comes back, only its place.",
        got,
        picture,
    )
    expect(
        all(seen[own != 0].item() == seen.max() for own, seen, _ in blocks),
        "A value stands where the block before the pool has no maximum.",
        got,
        picture,
    )
    expect(same(maxima(got), values), "Pooled again, your map should give the values.", got)


def maxima(image):
    """(H, W), pooled by Keras: (H/2, W/2)."""
    return np.asarray(layers.MaxPooling2D()(image[None, ..., None].astype("float32")))[0, ..., 0]


@question(
    "5c",
    points=3,
    difficulty=2,
    hints=(
        "Start from zeros, as many as the last stamp needs. Then go through the values: which "
        "slice of the result does the stamp of values[i] cover?",
        "A stamp is value * kernel, and as long as the kernel. What is there already must stay: "
        "add to the slice.",
    ),
)
def test_transposed(answers):
    """Compute a transposed convolution of a row, stamp by stamp."""
    random = np.random.default_rng(53)
    for values, kernel, stride in (
        ([2, 1, 3], [1, 2, 4], 2),
        ([1, 2, 3], [1, 10], 2),
        (random.integers(1, 9, 6), [3, 1, 2, 5], 3),
        (random.integers(1, 9, 5), [2, 7, 1], 1),
    ):
        values, kernel = np.array(values, "float32"), np.array(kernel, "float32")
        judge_transposed(answers, values, kernel, stride)


def judge_transposed(answers, values, kernel, stride):
    # A layer is linear: of one value at a time, it gives this value's stamp.
    layer = layers.Conv1DTranspose(1, len(kernel), strides=stride, use_bias=False)
    layer.build((None, len(values), 1))
    layer.set_weights([kernel[:, None, None]])
    stamps = np.asarray(layer(np.diag(values)[..., None]))[..., 0]
    outputs = stamps.sum(0)
    case = f"Values {values.astype(int)}, kernel {kernel.astype(int)}, stride {stride}: "
    got = answers.call("transposed", values, kernel, stride)

    def picture():
        return plots.stamped(values, stamps, got[: 2 * len(outputs)], name="yours")

    if isinstance(got, np.ndarray) and got.ndim == 1 and got.dtype.kind in "biuf":
        expect(
            got.shape == outputs.shape,
            f"{case}the result should end where the last stamp ends.",
            got,
            picture,
        )
    got = answers.array("transposed", values, kernel, stride, shape=outputs.shape)
    turned = layer(values[None, ::-1, None])[0, ::-1, 0]
    expect(
        same(got, outputs) or not same(got, turned),
        f"{case}the kernel is turned round. Its first weight goes to the stamp's first cell.",
        got,
        picture,
    )
    last = [written[written != 0][-1] for written in stamps.T]  # what stays if stamps overwrite
    expect(
        stride >= len(kernel) or not same(got, last),
        f"{case}where two stamps overlap, the later one has wiped out the earlier one.",
        got,
        picture,
    )
    expect(same(got, outputs), f"{case}your result is not the sum of the stamps.", got, picture)
