"""Notebook 9, From FCN-8 to SegNet: what the instant check runs, for sizes and the kernel."""

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same

# Sides of a page with which every map of the way up overhangs.
SIDES = [side for side in range(200, 1000) if side % 8 and -side % 32 != -side % 8]


@question(
    "9a",
    points=3,
    difficulty=2,
    hints=(
        "Halve your rows five times, one pool after the other, and look at each result: where it "
        "is odd, a last window overhangs, and still gives a cell.",
        "Then the way back: how many rows do the cells of a map cover, each as many pixels high as "
        "its stride? What they cover beyond the page is cut.",
    ),
    numbers=lambda random: dict(zip(("rows", "columns"), random.choice(SIDES, 2, replace=False))),
)
def test_sizes_at_strides(answers):
    """Find the sizes of the maps at strides 8, 16, 32, and what has to be cut off again."""
    page = (1, *answers.numbers, 1)
    shapes = [page]
    for _ in range(5):
        shapes.append(layers.MaxPooling2D(padding="same").compute_output_shape(shapes[-1]))
    for level in 3, 4, 5:
        judge_map(answers, level, shapes)
    for name, factor, level in ("cut32", 32, 5), ("cut8", 8, 3):
        enlarged = layers.UpSampling2D(factor).compute_output_shape(shapes[level])
        cut = tuple(have - want for have, want in zip(enlarged[1:3], page[1:3]))
        got = answers.sizes(name, 2)
        expect(
            all(0 <= each < factor for each in got),
            f"{name}: less than one cell's side is cut, along either axis.",
            got,
        )
        expect(
            got == cut or got[::-1] != cut,
            f"{name}: rows come first, then columns.",
            got,
        )
        expect(
            got == cut,
            f"{name}: how many pixels do all cells cover that are enlarged {factor}-fold, and how "
            "many has the page?",
            got,
        )


def judge_map(answers, level, shapes):
    name, page = f"pool{level}", shapes[0][1:3]
    got = answers.sizes(name, 2)
    side, shape = 2**level, shapes[level][1:3]

    def picture():
        return plots.overhang(page, {f"your {name}": (side, got)}, corner=3 * side)

    expect(got == shape or got[::-1] != shape, f"{name}: rows come first, then columns.", got)
    lost = all(g <= s for g, s in zip(got, shape))
    expect(
        got == shape or not lost,
        f"{name}: cells are missing; a part of the page would have no scores. A window that "
        "overhangs counts, too. Here is the lower right corner of your page.",
        got,
        picture,
    )
    expect(
        got == shape,
        f"{name}: there are more cells than windows, or fewer along one axis.",
        got,
        picture,
    )


@question(
    "9b",
    points=2,
    difficulty=1,
    hints=(
        "Start from zeros of the right shape. Which part of them is the kernel that leads from the "
        "scores of class 0 to the scores of class 0?",
        "Along a line, a weight falls evenly from the kernel's middle to nothing, over one cell. "
        "Multiply a column of such weights with a row of them; then put it where the class that "
        "is read and the class that is written are the same.",
    ),
)
def test_upsampling_kernel(answers):
    """Give FCN's up-sampling layer its first weights."""
    for factor, num_classes in (2, 3), (4, 2), (8, 3):
        side = 2 * factor
        shape = (side, side, num_classes, num_classes)
        asked = "(2 · factor, 2 · factor, num_classes, num_classes)"
        kernel = answers.array(
            "upsampling_kernel", factor, num_classes, shape=shape, asked=asked
        ).astype("float32")
        judge_upsampling_kernel(kernel, factor, num_classes)


def judge_upsampling_kernel(kernel, factor, num_classes):
    pairs = [(i, o) for i in range(num_classes) for o in range(num_classes)]
    ones = np.ones((6, 6, num_classes))

    def picture():
        one = np.zeros((6, 6, num_classes))
        one[2:4, 2:4, 0] = 1
        made = enlarged(one, kernel, factor)
        return plots.feature_maps(
            {"a blot of class 0": one[..., 0]}
            | {f"made of it: class {c}": made[..., c] for c in range(num_classes)}
        )

    expect(
        all(not kernel[:, :, o, i].any() for i, o in pairs if i != o),
        "The scores of one class leak into those of another one.",
        picture=picture,
    )
    expect(
        all(kernel[:, :, c, c].any() for c in range(num_classes)),
        "The scores of some class get lost: its own kernel is 0.",
        picture=picture,
    )
    even = enlarged(ones, kernel, factor)
    expect(
        np.ptp(even) < 1e-4,
        "Scores that are equal everywhere do not stay equal: contributions to neighbouring pixels "
        "have different sums.",
        even[:factor, :factor, 0],
    )
    expect(
        same(even, np.ones_like(even), 1e-4),
        "A score of 1 everywhere should stay 1; here it comes out as another number.",
        float(even[0, 0, 0]),
    )
    cells = np.random.default_rng(92).normal(size=(6, 6, num_classes))
    up = layers.UpSampling2D(factor, interpolation="bilinear")
    keras_own = np.asarray(up(cells[None].astype("float32")))[0]
    expect(
        same(enlarged(cells, kernel, factor), keras_own[factor:-factor, factor:-factor], 1e-4),
        "Away from the border, the scores of a class are not what bilinear up-scaling makes of "
        "them. How should a weight fall with the distance from the kernel's middle?",
        kernel[:, :, 0, 0],
    )


def enlarged(cells, kernel, factor):
    """Cells (h, w, classes) after a layer with this kernel, without the outermost cells' pixels."""
    layer = layers.Conv2DTranspose(
        cells.shape[-1], len(kernel), strides=factor, padding="same", use_bias=False
    )
    layer.build((None, *cells.shape))
    layer.set_weights([kernel])
    made = np.asarray(layer(cells[None].astype("float32")))[0]
    return made[factor:-factor, factor:-factor]
