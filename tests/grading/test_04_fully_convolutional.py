"""Notebook 4, Fully convolutional: what the instant check runs, up to pages of any size."""

import keras
import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

# The slide's convolutions but the last: (height, width, channels in, filters) of their kernels.
SLIDE = {"conv 1": (3, 3, 1, 40), "conv 2": (4, 4, 40, 40), "conv 3": (4, 4, 40, 80)}


@question(
    "4a",
    points=2,
    difficulty=2,
    hints=(
        "Which four axes has the kernel of a Conv2D, and in which order? The first axis of the "
        "dense kernel is three of them at once.",
        "Flatten lists a map row by row, and the channels of one cell stand side by side. NumPy's "
        "reshape reads numbers in the same order.",
    ),
)
def test_dense_as_convolution(answers):
    """Turn the kernel of a Dense layer into the kernel of a convolution."""
    random = np.random.default_rng(41)
    features = random.normal(size=(1, 3, 5, 4)).astype("float32")
    kernel = random.normal(size=(60, 7)).astype("float32")
    asked = {"shape": (3, 5, 4, 7), "asked": "(height, width, channels, units)"}
    filters = answers.array("dense_as_convolution", kernel, 3, 5, **asked)
    expect(
        same(np.sort(filters, axis=None), np.sort(kernel, axis=None)),
        "The same weights should be in it, each of them once.",
    )
    dense = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(7, use_bias=False)])
    dense.build(features.shape)
    dense.set_weights([kernel])
    slid = keras.ops.conv(features, filters.astype("float32"))
    expect(
        same(slid[0, 0, 0], dense(features)[0], 1e-3),
        "On a map of exactly its size, the convolution should give what the Dense layer gives; the "
        "weights meet other values of the map.",
        filters.shape,
    )


@question(
    "4b",
    points=3,
    difficulty=1,
    hints=(
        "An Input whose height and width are None takes pages of any size.",
        "Go down the table line by line; each line is one layer of keras.layers. The softmax may "
        "be the activation of the last convolution.",
    ),
)
def test_fcn(answers):
    """Build the FCN with up-scaling from its slide."""
    student = answers.model("fcn", 4)
    student.expect_weights()
    expect_kernels(student, num_classes=4)
    taken = getattr(student.model, "input_shape", None) or (None,) * 4
    expect(
        taken[1:3] == (None, None),
        "The Input is made for pages of one size; what stands for a size that is not yet known?",
        taken,
    )
    random = np.random.default_rng(42)
    for size in (16, 24), (40, 8):
        images = random.random((2, *size, 1))
        scores = expect_probabilities(student, images, num_classes=4)
        cells = scores.reshape(2, size[0] // 8, 8, size[1] // 8, 8, 4)
        upper_left = cells[:, :, :1, :, :1]
        first = scores[0, ..., 0]
        maps = {"your scores of class 0, less their mean": first - first.mean()}
        expect(
            same(cells, np.broadcast_to(upper_left, cells.shape)),
            "The scores differ within a cell of 8 x 8 pixels, but up-scaling by nearest only "
            "copies. Three pools, then one up-scaling?",
            picture=lambda maps=maps: plots.feature_maps(maps),
        )


def expect_kernels(student, num_classes):
    """The slide's convolutions, and no other weights."""
    kernels = [shape for shape in student.shapes if len(shape) == 4]
    for name, shape in SLIDE.items():
        expect(
            shape in kernels,
            f"No kernel is like {name}'s on the slide; look at its size, at its filters, and at "
            "the channels that it reads.",
            kernels,
        )
    others = [shape for shape in kernels if shape not in SLIDE.values()]
    expect(
        len(others) == 1 and others[0][:2] == (1, 1) and others[0][3] == num_classes,
        "Besides the three convolutions, there should be one of 1 x 1, a filter for each class.",
        kernels,
    )
    expect(
        len(student.shapes) == 2 * len(kernels),
        "Every convolution has a kernel and a bias; nothing else has weights.",
        student.shapes,
    )


def expect_probabilities(student, images, num_classes):
    """Scores of every pixel that are probabilities, with weights of ours; returns them."""
    random = np.random.default_rng(4)
    weights = [random.normal(size=s) * np.prod(s[:-1]) ** -0.5 for s in student.shapes]
    scores = student.scores(images, weights)
    expect(
        scores.shape == (*images.shape[:3], num_classes),
        f"Images {images.shape} should give scores for each of their pixels and each of "
        f"{num_classes} classes.",
        scores.shape,
    )
    expect(
        scores.min() >= 0 and same(scores.sum(-1), np.ones(scores.shape[:3]), 1e-4),
        "At every pixel, the scores of all classes should sum to 1.",
        scores[0, 0, 0],
    )
    return scores


@question(
    "4c",
    points=2,
    difficulty=1,
    hints=(
        "Every unit of a Dense layer has a weight for every value that it reads, and a bias.",
        "Build the layer on a map of zeros and ask it: layer.count_params().",
    ),
    numbers=lambda random: {
        "num_classes": random.integers(3, 8),
        "small": (8 * int(random.integers(4, 7)), 8 * int(random.integers(3, 6))),
        "large": (8 * int(random.integers(9, 13)), 8 * int(random.integers(8, 10))),
    },
)
def test_what_grows_with_the_page(answers):
    """Count the parameters of a convolutional and of a dense head on two pages."""
    numbers = answers.numbers
    heads = {}
    for name, size in {"small": numbers.small, "large": numbers.large}.items():
        height, width = size[0] // 8, size[1] // 8
        units = height * width * numbers.num_classes
        convolution = keras.layers.Conv2D(numbers.num_classes, 1)
        dense = keras.layers.Dense(units, kernel_initializer="zeros")
        convolution.build((None, height, width, 80))
        dense.build((None, height * width * 80))
        heads[f"conv_{name}"] = convolution.count_params()
        heads[f"dense_{name}"] = dense.count_params()
    for name, expected in heads.items():
        got = answers.whole_number(name)
        rule = (
            "A filter's weights are the same for every cell; count them once, and a bias each."
            if name.startswith("conv")
            else "A unit for each cell and each class; each has a weight for every value of the "
            "map, and a bias."
        )
        expect(got == expected, f"{name} is not what Keras counts. {rule}", got)


@question(
    "4d",
    points=2,
    difficulty=1,
    hints=(
        "How many rows are missing? Look at -601 % 8 in a cell of your own.",
        "np.pad takes, for each axis, how much to add before and after it.",
    ),
)
def test_padded(answers):
    """Pad a page with paper to a multiple in height and width."""
    random = np.random.default_rng(44)
    for height, width in (13, 21), (16, 24), (1, 8):
        image = (random.random((height, width, 1)) > 0.4).astype("float32")
        got = answers.call("padded", image, 8)
        numbers = isinstance(got, np.ndarray) and got.dtype.kind in "bfiu"
        is_image = numbers and got.ndim == 3 and got.shape[2] == 1
        expect(is_image, "It should return an image (rows, columns, 1).", np.shape(got))
        maps = {"the page": image[..., 0], "padded by you": got[..., 0]}
        rows, columns, _ = got.shape
        expect(
            rows % 8 == columns % 8 == 0,
            "Height and width should be multiples of 8 now.",
            got.shape,
        )
        expect(
            rows - height in range(8) and columns - width in range(8),
            f"A page of {height} x {width} should get no more rows and columns than it needs, and "
            "lose none.",
            got.shape,
        )
        expect(
            same(got[:height, :width], image),
            "The page should be in the upper left corner, as it was; then the labels can be "
            "cropped there.",
            picture=lambda maps=maps: plots.feature_maps(maps),
        )
        expect(
            got.sum() == image.sum(),
            "What is added should be paper, and paper is 0.",
            picture=lambda maps=maps: plots.feature_maps(maps),
        )
