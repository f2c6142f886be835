"""Notebook 9, From FCN-8 to SegNet: what the instant check runs, for the network and its stages."""

from collections import Counter

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

ENCODER = (1, 16, 24, 32, 64, 96)  # channels of the image and of pool1 to pool5
POOL4, POOL3, DOUBLING = (1, 1, 64, 3), (1, 1, 32, 3), (4, 4, 3, 3)  # kernels, for three classes
LAST = (1, 1, 128, 3)


@question(
    "9c",
    points=5,
    difficulty=3,
    hints=(
        "First without skips: five times a convolution and a pool, fc6, score_fr, upscore32, "
        "cropped. Keep the pools in a list; the skips read two of them.",
        "A skip is four steps: score the pool, enlarge what is there, crop it like the pool's "
        "scores, add. The factor of the last layer is halved by every skip.",
    ),
)
def test_fcn(answers):
    """Build FCN-32, FCN-16 and FCN-8, for pages of any size."""
    page = np.random.default_rng(93).random((1, 75, 91, 1))
    for skips in 0, 1, 2:
        student = answers.model("fcn", skips, 75, 91, 3)
        name = f"fcn({skips}, 75, 91, 3)"
        expect_kernels(student, name, kernels(skips))
        expect_names(student, name, kernels(skips))
        scores = student.scores(page)
        expect(
            scores.shape == (1, 75, 91, 3),
            f"{name} should give three scores for each pixel of an image (1, 75, 91, 1).",
            scores.shape,
        )
        expect(
            same(scores.sum(-1), np.ones((1, 75, 91)), 1e-4) and scores.min() >= 0,
            f"{name}: the three scores of a pixel should be probabilities that sum to 1.",
            float(scores[0, 0, 0].sum()),
        )
        expect_sums(student, name, page, [LAST, POOL4, POOL3][: skips + 1])
        expect_sources(student, name, page, skips)
        expect_full_strength(student, name, page, skips)


def kernels(skips):
    """The layers of the table: {name: shape of the kernel}."""
    named = {f"conv{i}": (3, 3, *ENCODER[i - 1 : i + 1]) for i in range(1, 6)}
    named |= {"fc6": (3, 3, 96, 128), "score_fr": LAST}
    if skips > 0:
        named |= {"score_pool4": POOL4, "upscore2": DOUBLING}
    if skips > 1:
        named |= {"score_pool3": POOL3, "upscore_pool4": DOUBLING}
    factor = (32, 16, 8)[skips]
    return named | {f"upscore{factor}": (2 * factor, 2 * factor, 3, 3)}


def expect_kernels(student, name, named):
    """Kernels of these shapes and no others; all but those of the up-sampling with a bias."""
    student.expect_weights()
    found = [shape for shape in student.shapes if len(shape) == 4]
    missing = Counter(named.values()) - Counter(found)
    layers = " or ".join(layer for layer, shape in named.items() if shape in list(missing)[:1])
    left = list((Counter(found) - Counter(named.values())).elements())
    expect(
        not missing,
        f"{name} lacks a kernel like that of {layers}. Look at its size, at the channels that it "
        "reads, and at its filters. Here is what fits no layer.",
        left,
    )
    expect(
        len(found) == len(named),
        f"{name} has layers that the table does not have. Here are their kernels.",
        left,
    )
    biases = len(named) - sum(layer.startswith("up") for layer in named)
    expect(
        len(student.shapes) == len(found) + biases,
        f"{name}: every convolution has a kernel and a bias, an up-sampling has a kernel alone, "
        "and nothing else has weights.",
        student.shapes,
    )


def expect_names(student, name, named):
    """The names of the table, where a model is made of Keras's own layers."""
    found = {config["name"] for _, config in student.layers}
    lacking = [each for each in named if each not in found]
    expect(
        not found or not lacking,
        f"{name} has no layer with the name {(lacking or [''])[0]}. By its name, a layer will get "
        "what the coarser network has learnt.",
        sorted(found),
    )


def drawn_weights(shapes, only=None, sign=1, changed=None):
    """Weights that depend on the shape of their kernel alone, whatever their order.

    only: of the layers that give scores, this kernel shape counts, the others get zeros; None: all.
    sign: of these kernels. changed: a kernel shape that gets other weights. No biases, but in fc6
    and before it.
    """
    scoring, weights, kernel = (LAST, POOL4, POOL3), [], None
    for shape in shapes:
        kernel = shape if len(shape) == 4 else kernel
        random = np.random.default_rng([kernel == changed, len(shape), *kernel])
        values = 1.5 * np.prod(kernel[:3]) ** -0.5 * random.normal(size=shape)
        if kernel in scoring:
            values *= sign * (only in (None, kernel)) * (len(shape) == 4)
        weights.append(values.astype("float32"))
    return weights


def centred(student, page, **drawn):
    """What goes into the softmax, less its mean over the classes: (H, W, 3)."""
    scores = student.scores(page, drawn_weights(student.shapes, **drawn))[0]
    logs = np.log(np.maximum(scores, 1e-30))
    return logs - logs.mean(-1, keepdims=True)


def expect_sums(student, name, page, parts):
    """Scores are sums of the parts that each scoring layer gives, and linear in its kernel."""
    together = centred(student, page)
    alone = [centred(student, page, only=part) for part in parts]
    titles = ["score_fr", "score_pool4", "score_pool3"]
    seen = dict(zip([f"{title} alone" for title in titles], (each[..., 0] for each in alone)))
    for title, part in zip(titles, alone):
        expect(
            abs(part).max() > 1e-4,
            f"{name}: where {title} alone gives scores, nothing of them comes to the end.",
            picture=lambda: plots.feature_maps(seen),
        )
    negated = centred(student, page, sign=-1)
    expect(
        same(negated, -together, 1e-3),
        f"{name}: with the weights of all score layers negated, the scores before the softmax "
        "should be negated. Is there a ReLU where scores may be below 0, or another bias?",
    )
    expect(
        same(sum(alone), together, 1e-3),
        f"{name}: before the softmax, the scores are not the sum of what the score layers give "
        "alone.",
        picture=lambda: plots.feature_maps(seen | {"together": together[..., 0]}),
    )


def expect_sources(student, name, page, skips):
    """score_pool4 reads what conv4 makes, and not conv5; score_pool3 what conv3 makes."""
    for level, part in [(4, POOL4), (3, POOL3)][:skips]:
        before = centred(student, page, only=part)
        for number in level, level + 1:
            changed = (3, 3, *ENCODER[number - 1 : number + 1])
            moved = abs(centred(student, page, only=part, changed=changed) - before).max()
            expect(
                (moved > 1e-4) == (number == level),
                f"{name}: score_pool{level} does not read pool{level}: other weights in "
                f"conv{number} change its scores {'too' if moved > 1e-4 else 'not at all'}.",
            )


def expect_full_strength(student, name, page, skips):
    """A score of 1 that the last skip brings arrives as 1: scores are added, not averaged."""
    factor, part = 32 // 2**skips, (LAST, POOL4, POOL3)[skips]
    weights, kernel = [], None
    for shape in student.shapes:
        kernel = shape if len(shape) == 4 else kernel
        values = np.zeros(shape, "float32")
        if shape[:2] == (2 * factor, 2 * factor):
            values += np.eye(3) / 4  # of which four overlap
        if kernel == part and len(shape) == 1:
            values[0] = 1
        weights.append(values)
    middle = slice(factor, -factor)
    logs = np.log(student.scores(page, weights)[0, middle, middle])
    lead = logs[..., 0] - logs[..., 1]
    expect(
        same(lead, np.ones_like(lead), 1e-3),
        f"{name}: a score that is 1 in every cell of the last map does not arrive as 1. Is "
        "something averaged that should be added?",
        float(lead.ravel()[0]),
    )


@question(
    "9d",
    points=3,
    difficulty=2,
    hints=(
        "A score is the sum of weights times features, plus the bias. If a feature is 3, by how "
        "much does the loss change when its weight grows by a little, and the slope of the loss "
        "for the score is known?",
        "A weight moves against its slope: by rate times slope, and its slope is the error times "
        "the feature that it meets. The bias meets a 1. And what comes down to pool4 has been "
        "multiplied by the weights as they are.",
    ),
    numbers=lambda random: {
        "features": tuple(int(each) for each in random.permutation(9)[:3] + 1),
        "error": float(random.choice([-0.5, -0.4, -0.2, 0.2, 0.4, 0.5])),
        "rate": 0.1,
    },
)
def test_a_silent_start(answers):
    """Take the first step of a score layer that starts at zero."""
    features, error, rate = answers.numbers
    weights = np.zeros(4)  # the bias is the last one

    def loss(weights):  # near the start, a straight line
        return error * (weights @ [*features, 1])

    tiny = 1e-3 * np.eye(4)
    slopes = np.array([loss(weights + each) - loss(weights - each) for each in tiny]) / 2e-3
    stepped = weights - rate * slopes
    weight, after = answers.number("weight"), answers.number("after")
    expect(weight != 0, "weight: the gradient is not 0, although the weight is.", weight)
    expect(
        np.sign(weight) == np.sign(stepped[0]),
        "weight: a step of gradient descent goes against the slope of the loss.",
        weight,
    )
    expect(
        same(weight, stepped[0], 1e-4),
        "weight: how does the loss change with this weight, and how far does the step go?",
        weight,
    )
    without = stepped[:3] @ features
    expect(
        not same(after, without, 1e-4), "after: the bias has taken a step of its own, too.", after
    )
    expect(
        same(after, stepped @ [*features, 1], 1e-4),
        "after: give the three features of the same cell to the layer with its new weights.",
        after,
    )
    judge_zero(answers.choices("zero", "abcde"))


def judge_zero(zero):
    got = "".join(sorted(zero))
    expect("a" in zero, "zero: what does a layer give whose weights are all 0?", got)
    expect(
        not zero & set("bc"),
        "zero: a gradient is listed that is not 0; `weight` and the bias have just moved.",
        got,
    )
    expect(
        zero >= set("de"),
        "zero: one is missing. On its way down, an error is multiplied by the weights that it "
        "passes; the gradient of a weight is multiplied by the feature that it meets.",
        got,
    )
