"""Notebook 10, Seeing wider: what the instant check runs, for several rates side by side."""

from collections import Counter

import keras
import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same


@question(
    "10f",
    points=3,
    difficulty=2,
    hints=(
        "All branches read the same map, none reads another branch. First without the image's "
        "mean: one Conv2D of 1 x 1, one of 3 x 3 for each rate, Concatenate, one Conv2D of 1 x 1.",
        "GlobalAveragePooling2D(keepdims=True) gives a map of one cell, which a 1 x 1 convolution "
        "can read. UpSampling2D((height, width)) makes it as large as the others.",
    ),
)
def test_aspp(answers):
    """Build an atrous spatial pyramid: several rates, and the whole image, side by side."""
    judge_aspp(answers, height=13, width=15, channels=2, filters=4, rates=(1, 2, 5))


def judge_aspp(answers, height, width, channels, filters, rates):
    student = answers.model("aspp", height, width, channels, filters, rates)
    student.expect_weights()
    expect_weights(student, channels, filters, rates)
    point = np.zeros((1, height, width, channels))
    point[0, height // 2, width // 2] = 1
    size = student.scores(point).shape
    asked = (1, height, width, filters)
    expect(
        size == asked, "The result should be as large as the map, with `filters` channels.", size
    )
    threes = [i for i, shape in enumerate(student.shapes) if shape[:2] == (3, 3)]
    maps = [student.scores(point, one_branch(student, i))[0, ..., 0] for i in threes]
    alone = {rate: spread(point, rate) for rate in rates}
    seen = {f"kernel {number}": each for number, each in enumerate(maps, 1)}
    fits = [[r for r in rates if same(each > 0, alone[r])] for each in maps]
    expect(
        all(fits) and Counter(fit[0] for fit in fits) == Counter(rates),
        "The 3 x 3 kernels do not read at the rates that were asked for. The picture shows what a "
        "point of ink in the middle of the map becomes by each of them.",
        picture=lambda: plots.feature_maps(seen),
    )
    expect_ones(student, point)
    expect_activations(student, point)


def expect_weights(student, channels, filters, rates):
    one, three = (1, 1, channels, filters), (3, 3, channels, filters)
    last = (1, 1, (len(rates) + 2) * filters, filters)
    kernels = Counter(shape for shape in student.shapes if len(shape) == 4)
    for shape, count, name in (
        (three, len(rates), "one kernel of 3 x 3 for each rate, which reads the map"),
        (one, 2, "two kernels of 1 x 1 that read the map or its mean"),
        (last, 1, "one kernel of 1 x 1 at the end, which reads all branches side by side"),
    ):
        expect(kernels[shape] == count, f"There should be {name}.", sorted(kernels))
    expect(
        Counter(student.shapes) == kernels + Counter({(filters,): len(rates) + 3}),
        "Each convolution should have a kernel and a bias; nothing else has weights.",
        student.shapes,
    )


def one_branch(student, chosen):
    """Ones in one kernel and in the last one, zeros elsewhere."""
    widest = max((s for s in student.shapes if len(s) == 4), key=lambda s: s[2] * (s[:2] == (1, 1)))
    wanted = [i == chosen or shape == widest for i, shape in enumerate(student.shapes)]
    return [np.full(s, float(on), "float32") for s, on in zip(student.shapes, wanted)]


def spread(point, rate):
    """Which cells a point reaches through a 3 x 3 kernel."""
    options = {"padding": "same", "dilation_rate": rate, "kernel_initializer": "ones"}
    return np.asarray(layers.Conv2D(1, 3, **options)(point))[0, ..., 0] > 0


def expect_ones(student, point):
    """Of the two 1 x 1 kernels, one sees each cell alone, the other one the mean of all."""
    reading = point.shape[-1]
    ones = [i for i, s in enumerate(student.shapes) if len(s) == 4 and s[:3] == (1, 1, reading)]
    maps = [student.scores(point, one_branch(student, i))[0, ..., 0] for i in ones]
    maps = sorted(maps, key=lambda each: np.count_nonzero(each))
    expect(
        same(maps[0] > 0, point[0, ..., 0] > 0),
        "Through one of the 1 x 1 kernels, a cell should see itself alone.",
        picture=lambda: plots.feature_maps({"a point of ink, through your kernel": maps[0]}),
    )
    filters = student.shapes[ones[0]][3]
    mean = reading * filters * point.mean()
    expect(
        np.ptp(maps[1]) < 1e-5 and maps[1].max() > 0,
        "The mean of the whole image should be the same everywhere, and it should arrive.",
        picture=lambda: plots.feature_maps({"a point of ink, through your kernel": maps[1]}),
    )
    expect(
        same(maps[1], np.full_like(maps[1], mean), 1e-3),
        "What comes from the whole image is not its mean.",
        float(maps[1][0, 0]),
    )
    level = np.where(np.indices(point.shape[1:3]).sum(0) % 2, -1.0, 1.0)  # a chessboard
    level = np.repeat((level - level.mean())[None, ..., None], reading, -1)
    board = [student.scores(level, one_branch(student, i)) for i in ones]
    expect(
        min(float(each.max()) for each in board) < 1e-4,
        "The mean of the whole image comes first, then the convolution with its ReLU: values above "
        "and below 0 should cancel.",
    )


def expect_activations(student, point):
    """With zeros for kernels, and biases of -1, a ReLU leaves nothing."""
    below = [np.full(s, -1.0 if len(s) == 1 else 0.0, "float32") for s in student.shapes]
    expect(
        student.scores(point, below).min() >= 0,
        "There are values below 0 at the end: the last convolution lacks its ReLU.",
    )
    widest = max((s for s in student.shapes if len(s) == 4), key=lambda s: s[2] * (s[:2] == (1, 1)))
    turned = [b - (s == widest) for b, s in zip(below, student.shapes)]
    expect(
        not student.scores(point, turned).any(),
        "The last convolution still reads values below 0: a branch lacks its ReLU.",
    )


@question(
    "10g",
    points=2,
    difficulty=1,
    hints=(
        "Two layers in a row: one 3 x 3 kernel for each channel alone, then a 1 x 1 convolution "
        "that reads all channels and makes the filters. Only the second one has biases.",
        "Every weight of a kernel is multiplied once for each cell of the result; biases are added "
        "only. Holes cost nothing.",
    ),
    numbers=lambda random: {
        "side": int(random.integers(16, 65)),
        "channels": 8 * int(random.integers(4, 33)),
        "filters": 8 * int(random.integers(4, 33)),
        "rate": 6 * int(random.integers(1, 4)),
    },
)
def test_separable(answers):
    """Count the parameters and the work of an atrous convolution, ordinary and separable."""
    side, channels, filters, rate = answers.numbers
    options = {"padding": "same", "dilation_rate": rate}
    whole = layers.Conv2D(filters, 3, **options)
    halves = layers.SeparableConv2D(filters, 3, **options)
    for name, layer in {"ordinary": whole, "separable": halves}.items():
        layer.build((None, side, side, channels))
        got = answers.whole_number(name)
        expect(
            got != layer.count_params() - filters,
            f"{name}: there are biases, too, one for each filter.",
            got,
        )
        expect(
            got <= 4 * whole.count_params(),
            f"{name}: there are no weights in the holes.",
            got,
        )
        expect(
            name == "ordinary" or got != layer.count_params() + channels,
            "separable: the first of the two layers has no bias, for nothing but the second one "
            "follows.",
            got,
        )
        expect(got == layer.count_params(), f"{name} is not what Keras counts.", got)
    for name, layer in {"work": whole, "work_separable": halves}.items():
        kernels = sum(w.size for w in map(keras.ops.convert_to_numpy, layer.weights) if w.ndim > 1)
        cells = np.prod(layer.compute_output_shape((1, side, side, channels))[1:3])
        got = answers.whole_number(name)
        expect(
            got != kernels * rate**2 * cells,
            f"{name}: the cells in the holes are multiplied by nothing.",
            got,
        )
        expect(
            got == kernels * cells,
            f"{name}: each weight of a kernel counts once for each cell of the result.",
            got,
        )
