"""Notebook 7, U-Net: what the instant check runs, for two convolutions."""

import keras
import numpy as np

from seglab.grading import expect, question


@question(
    "7a",
    points=2,
    difficulty=1,
    hints=(
        "Make a layer, then call it on x. What it gives is the x of the next layer.",
        "Two Conv2D of 3 x 3, each with padding and activation; return what the second one gives.",
    ),
)
def test_convolved(answers):
    """Two convolutions, the block that every level of the U-Net is made of."""
    student = answers.model("block", 3, 5)
    student.expect_weights()
    kernels = [shape for shape in student.shapes if len(shape) == 4]
    expect(
        sorted(kernels) == [(3, 3, 3, 5), (3, 3, 5, 5)],
        "block(3, 5) should have two kernels of 3 x 3, each with 5 filters: the first one reads x, "
        "the second one what the first one makes.",
        kernels,
    )
    expect(
        len(student.shapes) == 4,
        "Both convolutions have a kernel and a bias; nothing else has weights.",
        student.shapes,
    )
    random = np.random.default_rng(71)
    images = random.normal(size=(2, 9, 14, 3))
    maps = student.scores(images, [random.normal(size=shape) for shape in student.shapes])
    expect(
        maps.shape == (2, 9, 14, 5),
        "Height and width should stay as they are, and there should be a channel for each filter.",
        maps.shape,
    )
    expect(maps.min() >= 0, "There are values below 0: a ReLU is missing at the end.", maps.min())
    # The first map is -1 everywhere, which the second convolution would turn into 45.
    weights = [np.full(shape, 0.0 if shape == (3, 3, 3, 5) else -1.0) for shape in student.shapes]
    expect(
        not student.scores(images, weights).any(),
        "The second convolution still reads values below 0: there is no ReLU after the first one.",
    )


@question(
    "7b",
    points=2,
    difficulty=1,
    hints=(
        "Only the first of several convolutions reads your channels; the next reads the filters of "
        "the one before.",
        "Each 3 x 3 convolution sees one pixel more at either end. A filter has a weight for each "
        "cell of its kernel and each channel that it reads, and one bias.",
    ),
    numbers=lambda random: {
        "channels": 8 * random.integers(1, 12),
        "filters": 8 * random.integers(2, 9),
        "convolutions": random.integers(2, 5),
    },
)
def test_two_small_or_one_large(answers):
    """Compare several convolutions of 3 x 3 with a single one that sees as much."""
    numbers = answers.numbers
    pixel = np.zeros((1, 1, 99, 1), "float32")
    pixel[0, 0, 49] = 1
    for _ in range(numbers.convolutions):
        spread = keras.layers.Conv2D(1, (1, 3), padding="same", kernel_initializer="ones")
        pixel = spread(pixel)
    reached = int(np.count_nonzero(pixel))  # a pixel reaches as many as one of the last map sees
    field = answers.whole_number("field")
    expect(field % 2 == 1, "field: as many pixels before the middle one as after it.", field)
    expect(field == reached, "field: follow a pixel of the last map back, layer by layer.", field)
    several = keras.Sequential([keras.Input((99, 99, numbers.channels))])
    for _ in range(numbers.convolutions):
        several.add(keras.layers.Conv2D(numbers.filters, 3))
    single = keras.layers.Conv2D(numbers.filters, reached, kernel_initializer="zeros")
    single.build((None, 99, 99, numbers.channels))
    for name, counted in {"small": several, "large": single}.items():
        got = answers.whole_number(name)
        expect(
            got == counted.count_params(),
            f"{name} is not what Keras counts. What does each layer read, and how many biases "
            "does it have?",
            got,
        )
