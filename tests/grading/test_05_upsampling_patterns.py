"""Notebook 5, Up-sampling by hand: what the instant check runs, from sizes to the kernel."""

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same

# Layers that double or treble a map: (kernel, stride); None: an up-scaling, then a convolution.
LAYERS = {"a": (2, 2), "b": (3, 2), "c": (4, 2), "d": (5, 3), "e": (6, 3), "f": None}
UNEVEN = [(k, s) for s in (2, 3, 4) for k in range(s + 1, 3 * s) if k % s]


@question(
    "5e",
    points=3,
    difficulty=2,
    hints=(
        "How many cells do all stamps reach together: where does the last one start, and where "
        "does it end? And how many does each cell of the map get if all get equally many?",
        "What is too much is shared out as evenly as it goes; an odd one is cut at the end. Then "
        "compare the middle of a stamp with the middle of the block of cells that belongs to it.",
    ),
    numbers=lambda random: dict(
        zip(("kernel", "stride"), UNEVEN[random.integers(len(UNEVEN))]),
        size=random.integers(9, 41),
    ),
)
def test_what_same_cuts(answers):
    """Find the sizes of a transposed convolution, and where `same` cuts."""
    kernel, stride, size = answers.numbers
    values = np.random.default_rng(55).random((1, size, 1))
    full = made(values, kernel, stride, "valid")
    cropped = made(values, kernel, stride, "same")
    starts = range(len(full) - len(cropped) + 1)
    start = next(i for i in starts if same(full[i : i + len(cropped)], cropped))
    valid_size, same_size = (answers.whole_number(name) for name in ("valid_size", "same_size"))
    expect(
        valid_size == len(full),
        "valid_size: the stamps of your layer reach another number of cells.",
        valid_size,
    )
    expect(same_size == len(cropped), "same_size is not what Keras gives.", same_size)
    before, after = (answers.whole_number(name) for name in ("before", "after"))
    expect(
        before + after == len(full) - len(cropped),
        "before and after: together, they are what `same` has less than `valid`.",
        (before, after),
    )
    expect(
        before == start,
        "before: the right number of cells goes, but not the right ones. Compare a `valid` with a "
        "`same` layer of the same kernel, number by number.",
        (before, after),
    )
    got, cell = answers.number("shift"), size // 2
    alone = np.zeros((1, size, 1), "float32")
    alone[0, cell] = 1
    written = np.flatnonzero(made(alone, kernel, stride, "same", "ones"))
    owned = np.flatnonzero(layers.UpSampling1D(stride)(alone))
    expect(
        got >= 0 or written.mean() == owned.mean(),
        "shift: towards the end counts as positive.",
        got,
    )
    expect(
        got == written.mean() - owned.mean(),
        "shift: how far is the middle of a stamp, after the cut, from the middle of its block?",
        got,
    )


def made(values, kernel, stride, padding, weights=None):
    """What Conv1DTranspose makes of one row, with weights that are all different, or ones."""
    layer = layers.Conv1DTranspose(1, kernel, strides=stride, padding=padding, use_bias=False)
    layer.build(values.shape)
    drawn = np.random.default_rng(5).random((kernel, 1, 1))
    layer.set_weights([np.ones_like(drawn) if weights == "ones" else drawn])
    return np.asarray(layer(values))[0, :, 0]


@question(
    "5f",
    points=3,
    difficulty=2,
    hints=(
        "First along a line: write down for a few neighbouring outputs which stamps reach them. "
        "The pattern comes back after every stride.",
        "A pixel is reached by a stamp if its row and its column are. So what holds along a line "
        "holds twice, and the two numbers multiply.",
    ),
    numbers=lambda random: dict(zip(("kernel", "stride"), UNEVEN[random.integers(len(UNEVEN))])),
)
def test_contributions(answers):
    """Count what a pixel is made of, and find the layers that make a checkerboard."""
    kernel, stride = answers.numbers
    counts = contributions(np.ones((9, 9)), kernel, stride)
    inside = counts[kernel:-kernel, kernel:-kernel]
    most, fewest = answers.whole_number("most"), answers.whole_number("fewest")

    def picture():
        return plots.transposed_convolution(5, kernel, stride)

    for name, got, expected in (
        ("most", most, inside.max()),
        ("fewest", fewest, inside.min()),
    ):
        along = round(float(expected) ** 0.5)
        expect(
            got != along or got == expected,
            f"{name}: that is right along a line. A page has rows and columns.",
            got,
        )
        expect(
            got == expected,
            f"{name}: count again. The picture shows the first stamps of your kernel along a line; "
            "away from the ends, how many of them stand above one output?",
            got,
            picture,
        )
    uneven = answers.choices("uneven", list(LAYERS))
    for letter, layer in LAYERS.items():
        flat = layer is None or np.ptp(contributions(np.ones((9, 9)), *layer)[7:-7, 7:-7]) == 0
        expect(
            not (flat and letter in uneven),
            f"uneven: away from the border, all pixels of layer {letter} are made of equally many "
            "contributions.",
            "".join(sorted(uneven)),
        )
        expect(
            flat or letter in uneven,
            "uneven: a layer is missing whose pixels are not all made of equally many "
            "contributions.",
            "".join(sorted(uneven)),
        )


def contributions(cells, kernel, stride):
    """How many stamps reach each pixel, counted by a layer whose weights are all 1."""
    layer = layers.Conv2DTranspose(1, kernel, strides=stride, kernel_initializer="ones")
    return np.asarray(layer(np.asarray(cells, "float32")[None, ..., None]))[0, ..., 0]


@question(
    "5g",
    points=3,
    difficulty=3,
    hints=(
        "First along a line: how much of a cell's value should a pixel get that is as far away as "
        "the next cell's middle? How much one that is half as far?",
        "How far is each place of the kernel from the kernel's middle, counted in cells? Of that "
        "distance the weight follows. np.outer makes a square of a line.",
    ),
)
def test_bilinear_kernel(answers):
    """Find the kernel with which a transposed convolution scales up bilinearly."""
    for factor in (2, 4):
        side = 2 * factor
        asked = "(2 · factor, 2 · factor)"
        kernel = answers.array("bilinear_kernel", factor, shape=(side, side), asked=asked)
        judge_bilinear_kernel(kernel, factor)


def judge_bilinear_kernel(kernel, factor):
    kernel = kernel.astype("float32")

    def picture():
        return plots.number_grids({f"your kernel, factor {factor}": kernel})

    expect(
        kernel.min() >= 0 and same(kernel, kernel[::-1, ::-1]) and same(kernel, kernel.T),
        "The kernel should look the same from all four sides.",
        kernel,
        picture,
    )
    even = enlarged(np.ones((6, 6)), kernel, factor)
    expect(
        np.ptp(even) < 1e-4,
        "An even grey does not stay even: the contributions to neighbouring pixels have different "
        "sums.",
        even[:factor, :factor],
        lambda: plots.feature_maps({"an even grey, scaled up with your kernel": even}),
    )
    expect(
        same(even, np.ones_like(even), 1e-4),
        "A grey of 1 should stay 1; here it comes out as another grey.",
        float(even[0, 0]),
    )
    cells = np.random.default_rng(57).random((6, 6))
    up = layers.UpSampling2D(factor, interpolation="bilinear")
    keras_own = np.asarray(up(cells[None, ..., None].astype("float32")))[0, ..., 0]
    expect(
        same(enlarged(cells, kernel, factor), keras_own[factor:-factor, factor:-factor], 1e-4),
        "Away from the border, the layer with your kernel does not give what bilinear up-scaling "
        "gives. How should a weight fall with the distance from the middle?",
        kernel,
        picture,
    )


def enlarged(cells, kernel, factor):
    """Cells (h, w), scaled up by a layer with this kernel, without the outermost cells' pixels."""
    layer = layers.Conv2DTranspose(1, len(kernel), strides=factor, padding="same", use_bias=False)
    layer.build((None, *cells.shape, 1))
    layer.set_weights([kernel[..., None, None]])
    made = np.asarray(layer(cells[None, ..., None].astype("float32")))[0, ..., 0]
    return made[factor:-factor, factor:-factor]
