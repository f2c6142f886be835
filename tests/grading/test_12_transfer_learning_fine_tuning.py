"""Notebook 12, transfer learning: what the instant check runs, for what moves."""

import keras
import numpy as np
from keras import layers

from seglab.grading import expect, question, same

ROUNDING = 2e-3


@question(
    "12d",
    points=3,
    difficulty=2,
    hints=(
        "Write the parameters of every layer beside its line of the table. Which of the numbers of "
        "a batch normalisation does the gradient change?",
        "A batch normalisation has four numbers a channel: two are learnt by gradient, two are "
        "running averages. Without bias, a convolution has only its kernel.",
    ),
    numbers=lambda random: {
        "filters": 4 * random.integers(2, 9),
        "decoder": 8 * random.integers(2, 9),
        "classes": random.integers(3, 9),
    },
)
def test_trained_parameters(answers):
    """Count what a training changes while more and more of the encoder is thawed."""
    numbers = answers.numbers
    blocks = [block(n * numbers.filters) for n in (1, 2, 4)]
    decoder = [layers.Conv2D(numbers.decoder, 3), layers.Conv2D(numbers.classes, 1)]
    network = keras.Sequential([keras.Input((32, 32, 3)), *sum(blocks, []), *decoder])
    for layer in sum(blocks, []):
        layer.trainable = False
    counted = {"stage_0": learnt(network)}
    blocks[2][0].trainable = True
    counted["stage_1"] = learnt(network)
    blocks[2][1].trainable = True
    with_its_normalisation = learnt(network)
    for layer in network.layers:
        layer.trainable = True
    counted["everything"] = learnt(network)
    stage_0, stage_1, everything = (answers.whole_number(name) for name in counted)
    expect(
        stage_0 == counted["stage_0"],
        "stage_0: only the decoder learns. The first of its layers reads what block 3 makes, and "
        "both have biases.",
        stage_0,
    )
    expect(
        stage_1 != with_its_normalisation,
        "stage_1: the batch normalisation stays frozen, but you have counted what it could learn.",
        stage_1,
    )
    expect(
        stage_1 == counted["stage_1"],
        "stage_1: the convolution of block 3 learns, and the decoder. What does it read?",
        stage_1,
    )
    expect(
        everything != network.count_params(),
        "everything: running averages are no parameters that a gradient changes.",
        everything,
    )
    expect(
        everything == counted["everything"],
        "everything: all kernels learn, the decoder's biases, and of the batch normalisations what "
        "a gradient changes.",
        everything,
    )


def block(filters):
    return [layers.Conv2D(filters, 3, use_bias=False), layers.BatchNormalization()]


def learnt(network):
    return sum(int(np.prod(weight.shape)) for weight in network.trainable_weights)


@question(
    "12e",
    points=3,
    difficulty=2,
    hints=(
        "After each step, what is left of the distance to the new mean is `momentum` times what "
        "was left before. A loop does it.",
        "frozen: make a BatchNormalization, set trainable = False, call it with training=True, and "
        "look at its weights and at what it gives.",
    ),
    numbers=lambda random: {
        "momentum": float(random.choice([0.99, 0.995, 0.998, 0.999])),
        "steps": 10 * int(random.integers(5, 31)),
        "old": round(float(random.uniform(3, 6)), 1),
        "new": round(float(random.uniform(-2, 1)), 1),
    },
)
def test_running_mean(answers):
    """Follow a running mean, and say what freezing a batch normalisation does."""
    numbers = answers.numbers
    means = [numbers.old]
    while len(means) <= max(numbers.steps, 1) or away(means, numbers) > 0.1:
        means.append(numbers.momentum * means[-1] + (1 - numbers.momentum) * numbers.new)
    running, needed = answers.number("running"), answers.whole_number("needed")
    other = numbers.momentum * numbers.new + (1 - numbers.momentum) * numbers.old
    expect(
        abs(running - other) > ROUNDING,
        "running: the momentum belongs to the old mean, and what is left of 1 to the new one.",
        running,
    )
    inside = min(numbers.old, numbers.new) <= running <= max(numbers.old, numbers.new)
    expect(inside, "running: a running mean lies between the old and the new one.", running)
    expect(
        abs(running - means[numbers.steps]) <= ROUNDING,
        "running: that is not where a loop of so many steps arrives. Give three decimals.",
        running,
    )
    reached = next(i for i in range(len(means)) if away(means[: i + 1], numbers) <= 0.1)
    expect(needed > 0, "needed: it takes steps.", needed)
    expect(
        needed >= reached,
        "needed: after so many steps, more than a tenth of the way is still left.",
        needed,
    )
    expect(needed == reached, "needed: fewer steps would do.", needed)
    said, true = answers.choices("frozen", "abcde"), frozen_batch_normalization()
    for letter in "abcde":
        expect(
            (letter in said) <= (letter in true),
            f"frozen: {letter} does not happen. Try it: make such a layer, freeze it, and call it "
            "with training=True.",
            "".join(sorted(said)),
        )
    expect(said == true, "frozen: there is more that happens.", "".join(sorted(said)))


def away(means, numbers):
    """Which part of the way to the new mean is left after these."""
    return abs((means[-1] - numbers.new) / (numbers.old - numbers.new))


def frozen_batch_normalization():
    """The letters of what happens, found by an experiment."""
    layer = layers.BatchNormalization(momentum=0.5, epsilon=1e-6)
    maps = np.random.default_rng(125).normal(3, 2, (64, 2)).astype("float32")
    layer.build(maps.shape)
    started = [np.array([1.5, 0.5]), np.array([0.25, -1.0]), np.array([1.0, 2.0]), np.ones(2)]
    layer.set_weights(started)
    layer.trainable = False
    given = np.asarray(layer(maps, training=True))
    gamma, beta, mean, variance = (np.asarray(weight) for weight in layer.weights)
    by_batch = (maps - maps.mean(0)) / maps.std(0) * gamma + beta
    by_running = (maps - started[2]) / started[3] ** 0.5 * gamma + beta
    kept = [same(now, then) for now, then in zip((gamma, beta, mean, variance), started)]
    happens = {
        "a": not layer.trainable_weights and kept[0] and kept[1],
        "b": same(given, by_batch, 1e-3),
        "c": kept[2] and kept[3],
        "d": same(given, by_running, 1e-3),
        "e": same(mean, np.zeros(2)) and same(variance, np.ones(2)),
    }
    return {letter for letter, true in happens.items() if true}


@question(
    "12f",
    points=3,
    difficulty=2,
    hints=(
        "With a steady gradient, how far is a weight after `steps` steps of Adam, each as long as "
        "the rate? How far may it be?",
        "The deepest levels stand at the end of the list. Those before them get 0.0; what if "
        "nothing is thawed at all?",
    ),
)
def test_rates(answers):
    """Choose a learning rate for each level, so that it forgets only so much."""
    for sizes, share, steps, thawed in (
        ((0.4, 0.2, 0.1), 0.1, 10, 3),
        ((0.3, 0.12, 0.08, 0.05), 0.25, 20, 2),
    ):
        expect_rates(answers, sizes, share, steps, thawed)


def expect_rates(answers, sizes, share, steps, thawed):
    """Adam itself walks with these rates."""
    case = f"For sizes {list(sizes)}, a share of {share}, {steps} steps, {thawed} thawed:"
    rates = answers.array("rates", list(sizes), share, steps, thawed, shape=(len(sizes),))
    rates = [float(rate) for rate in rates]
    frozen = len(sizes) - thawed
    expect(all(np.isfinite(rates)) and min(rates) >= 0, f"{case} a rate is 0 or more.", rates)
    learning = [i for i, rate in enumerate(rates) if rate > 0]
    expect(
        learning == list(range(frozen, len(sizes))),
        f"{case} other levels learn than the deepest ones. The list begins at the image.",
        rates,
    )
    for level in learning:
        gone = walked(rates[level], sizes[level], steps) / sizes[level]
        expect(
            same(gone, share, 1e-2),
            f"{case} with its rate, Adam takes a weight of level {level} away from where it was by "
            f"{gone:.3g} of its size.",
            rates,
        )


def walked(rate, size, steps):
    """How far Adam takes a weight whose gradient is always the same."""
    weight = keras.Variable(np.float32(size))
    optimizer = keras.optimizers.Adam(rate)
    for _ in range(steps):
        optimizer.apply([keras.ops.convert_to_tensor(np.float32(0.02))], [weight])
    return abs(float(weight) - size)
