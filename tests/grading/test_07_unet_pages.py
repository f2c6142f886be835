"""Notebook 7, U-Net: what the instant check runs, from the loss to tiles."""

import keras
import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

LARGEST = 10**9


@question(
    "7e",
    points=2,
    difficulty=2,
    hints=(
        "The true class has probability p where the label is 1. Which probability has it where the "
        "label is 0?",
        "First bring both arrays to one shape: scores[..., 0] is (n, H, W). np.where picks one of "
        "two values, pixel by pixel.",
    ),
)
def test_sigmoid_loss(answers):
    """Compute the log loss of one sigmoid channel, averaged over all pixels."""
    random = np.random.default_rng(75)
    labels = random.integers(0, 2, (3, 4, 5)).astype("uint8")
    scores = random.uniform(0.05, 0.95, (3, 4, 5, 1)).astype("float32")
    ones = np.ones_like(labels)
    for some, which in ((ones, "are 1"), (ones - ones, "are 0"), (labels, "differ")):
        got = loss_of(answers, some, scores)
        expect(np.isfinite(got), "Is a logarithm of 0 taken, or of less? This is no number.", got)
        expect(
            got >= 0,
            "Logarithms of probabilities are below 0, but a loss that can be brought down to 0 has "
            "to be above it.",
            got,
        )
        right = float(keras.losses.BinaryCrossentropy()(some, scores))
        expect(
            not same(got, right * some.size, 1e-3),
            "This is the sum over all pixels; take their mean.",
            got,
        )
        expect(
            same(got, right, 1e-3),
            f"The loss is wrong if the labels of all pixels {which}. It is the mean of "
            "-log(probability of the pixel's true class).",
            got,
        )


def loss_of(answers, labels, scores):
    """What the student's function gives, one number."""
    got = answers.call("sigmoid_loss", labels, scores)
    is_number = type(got) in (int, float) or isinstance(got, np.ndarray) and got.size == 1
    shape = f"an array of shape {got.shape}" if isinstance(got, np.ndarray) else got
    expect(is_number, "sigmoid_loss should return one number.", shape)
    return float(np.squeeze(got))


@question(
    "7f",
    points=2,
    difficulty=1,
    hints=(
        "Every pool halves, and every step up doubles. What can be halved four times without rest?",
        "kept: c1, c2, c3 and c4, each rows times columns times channels. Their rows and columns "
        "are those of the padded page, halved 0, 1, 2 and 3 times.",
    ),
    numbers=lambda random: {
        "rows": 16 * int(random.integers(18, 40)) + int(random.integers(1, 16)),
        "columns": 16 * int(random.integers(12, 28)),  # which need no padding
    },
)
def test_page_of_your_own(answers):
    """Fit a page of your own into the U-Net, and count what its skips keep."""
    numbers = answers.numbers
    fitting = [smallest_fitting(side) for side in numbers]
    fitted = answers.sizes("fitted", 2)
    swapped = fitted != tuple(fitting) and fitted == tuple(fitting[::-1])
    expect(not swapped, "fitted: rows come first, then columns.", fitted)
    for axis, got, side, best in zip(("rows", "columns"), fitted, numbers, fitting):
        expect(got >= side, f"fitted: some of the page's {axis} are missing.", fitted)
        expect(got < LARGEST and back(got) == got, f"fitted: {axis} do not come back.", fitted)
        expect(got == best, f"fitted: fewer {axis} would do.", fitted)
    kept, shape = 0, (None, *fitting, 16)
    for _ in range(4):
        kept += int(np.prod(shape[1:]))
        shape = keras.layers.MaxPooling2D().compute_output_shape((*shape[:3], 2 * shape[3]))
    got = answers.whole_number("kept")
    expect(
        got == kept,
        "kept: these are not the values of c1, c2, c3 and c4 together, for the padded page.",
        got,
    )
    got = answers.whole_number("cropped")
    expect(
        got == np.prod(fitting) - np.prod(numbers),
        "cropped: count the pixels of the padded page that are none of your page's.",
        got,
    )


def back(side):
    """What four pools and four steps up make of a side."""
    shape = (None, side, side, 1)
    for layer in 4 * [keras.layers.MaxPooling2D()] + 4 * [keras.layers.UpSampling2D()]:
        shape = layer.compute_output_shape(shape)
    return shape[1]


def smallest_fitting(side):
    return next(length for length in range(side, side + 99) if back(length) == length)


@question(
    "7g",
    points=3,
    difficulty=2,
    hints=(
        "Follow one axis with paper and pencil: what does a valid convolution take away, a pool, a "
        "transposed convolution of 2 x 2 with stride 2? Write the size of each map down.",
        "cut: what comes up to the highest level is shorter than c1. The difference is cut away, "
        "half of it at either end.",
    ),
    numbers=lambda random: own_valid_unet(
        kernel=int(2 * random.integers(1, 3) + 1),
        pools=int(random.integers(2, 5)),
        spare=int(random.integers(1, 9)),
    ),
)
def test_valid_unet(answers):
    """Find what comes out of a U-Net without padding."""
    size, kernel, pools = answers.numbers
    first, comes_up, expected = valid_sides(size, kernel, pools)
    output, cut = answers.whole_number("output"), answers.whole_number("cut")
    expect(output != size, "output: without padding, each convolution takes pixels away.", output)
    expect(
        output == expected,
        "output: that is another size than Keras gives. On each level two convolutions take pixels "
        "away, down and up, and on the lowest one, too.",
        output,
    )
    expect(cut != first - comes_up, "cut: say how much is cut away at either end.", cut)
    expect(
        2 * cut == first - comes_up,
        "cut: c1 and what comes up to it do not have one size then.",
        cut,
    )
    larger = answers.whole_number("larger")
    expect(larger > size, "larger: it should be larger than your size.", larger)
    expect(
        larger < LARGEST and valid_sides(larger, kernel, pools) is not None,
        "larger: one of the pools gets an odd number of pixels, and drops the last.",
        larger,
    )
    between = [n for n in range(size + 1, min(larger, 2 * size)) if valid_sides(n, kernel, pools)]
    expect(not between, "larger: there is a size between yours and this one that fits.", larger)


def own_valid_unet(kernel, pools, spare):
    """A size that fits: `spare` more than the lowest level needs, and from there up."""
    size = 4 * (kernel - 1) + spare
    for _ in range(pools):
        size = 2 * size + 2 * (kernel - 1)
    return {"size": size, "kernel": kernel, "pools": pools}


def valid_sides(size, kernel, pools):
    """The sides of c1, of what comes up to it, of the output; None if a pool gets an odd one."""
    side, first = size, None
    for _ in range(pools):
        side = after(keras.layers.Conv2D(1, kernel), after(keras.layers.Conv2D(1, kernel), side))
        first = first or side
        if side % 2:
            return None
        side = after(keras.layers.MaxPooling2D(), side)
    for level in range(pools + 1):
        comes_up = after(keras.layers.Conv2DTranspose(1, 2, 2), side) if level else side
        side = after(keras.layers.Conv2D(1, kernel), comes_up)
        side = after(keras.layers.Conv2D(1, kernel), side)
    return first, comes_up, side


def after(layer, side):
    return layer.compute_output_shape((None, side, side, 1))[1]


@question(
    "7h",
    points=3,
    difficulty=3,
    hints=(
        "Think of the middles alone: they should lie side by side, the first one at the page's "
        "first pixel. How long is a middle?",
        "A tile starts `margin` pixels before its middle. range(start, stop, step) gives places at "
        "equal distances.",
    ),
)
def test_tile_starts(answers):
    """Say where the tiles lie whose middles cover a page."""
    for length, tile, margin in ((100, 40, 5), (90, 40, 5), (91, 40, 5), (20, 40, 5)):
        expect_cover(answers, length, tile, margin)


def expect_cover(answers, length, tile, margin):
    """Every pixel in a middle, and as few tiles as can be."""
    case = f"A page of {length} pixels, tiles of {tile} with margins of {margin}:"
    starts = answers.call("tile_starts", length, tile, margin)
    starts = starts.tolist() if isinstance(starts, np.ndarray) else starts
    is_list = type(starts) in (list, tuple) and all(type(start) is int for start in starts)
    expect(is_list, "tile_starts should return a list of whole numbers.", starts)
    expect(0 < len(starts) <= length, f"{case} that is no number of tiles for it.", starts)
    covered = np.zeros(length, int)
    for start in starts:
        covered[max(start + margin, 0) : max(start + tile - margin, 0)] += 1
    missing = int((covered == 0).sum())

    def picture():
        return plots.overlap_tiles(length, tile, margin, starts)

    expect(
        not missing,
        f"{case} {missing} of its pixels lie in no tile's middle; the first of them is pixel "
        f"{int(covered.argmin())}.",
        starts,
        picture,
    )
    fewest = next(n for n in range(1, length + 1) if n * (tile - 2 * margin) >= length)
    expect(len(starts) == fewest, f"{case} fewer tiles would do.", starts, picture)
