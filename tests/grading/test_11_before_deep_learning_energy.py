"""Notebook 11, Before deep learning: what the instant check runs, for superpixels and the CRF."""

from itertools import pairwise, product

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

PIXELS = list(product(range(3), range(3)))
# The pairs of pixels of 3 x 3 that share an edge, each of them once.
PAIRS = [(a, b) for a in PIXELS for b in PIXELS if a < b and np.abs(np.subtract(a, b)).sum() == 1]


@question(
    "11e",
    points=3,
    difficulty=2,
    hints=(
        "One superpixel first: its pixels have several classes. Which class for the whole "
        "superpixel makes most of them right, and how many are these?",
        "np.unique gives the superpixels, np.bincount counts the classes within one; a sum over "
        "all superpixels, by all scored pixels.",
    ),
)
def test_best_accuracy(answers):
    """Find the best accuracy that labels given to whole superpixels can reach."""
    random = np.random.default_rng(115)
    labels = np.array([[0, 0, 1, 1], [0, 1, 1, 1], [2, 2, 2, 1]])
    parts = np.array([[7, 7, 3, 3], [7, 7, 3, 3], [4, 4, 4, 4]])
    judge_best(answers, labels, parts)
    for height, width in (8, 12), (10, 9):
        rows, columns = np.mgrid[:height, :width]
        judge_best(answers, ((rows + columns) // 6) % 3, rows // 3 * 8 + columns // 4)
    judge_best(answers, random.integers(0, 3, (6, 6)), random.integers(0, 5, (6, 6)))


def judge_best(answers, labels, parts):
    got = answers.call("best_accuracy", labels.astype("uint8"), parts)
    expect(
        isinstance(got, int | float) and 0 <= got <= 1,
        "best_accuracy should return one share between 0 and 1.",
        got,
    )
    shares = {}
    for number in set(parts.ravel().tolist()):
        inside = labels[parts == number].tolist()
        shares[number] = max(inside.count(name) for name in inside), len(inside)
    best = sum(right for right, _ in shares.values()) / labels.size

    def picture():
        return plots.numbered_labels({"labels": labels, "superpixels, modulo 5": parts % 5}, 2)

    of_parts = np.mean([right / size for right, size in shares.values()])
    expect(
        same(got, best) or not same(got, of_parts),
        "This is the mean over superpixels; a small one should count less than a large one.",
        got,
        picture,
    )
    pure = sum(size for right, size in shares.values() if right == size) / labels.size
    expect(
        same(got, best) or not same(got, pure),
        "This counts the superpixels of one class only. In the others, some pixels are right, too.",
        got,
        picture,
    )
    expect(
        same(got, best),
        "Other classes for the superpixels would make "
        + ("more" if got < best else "fewer")
        + " pixels right, at best.",
        got,
        picture,
    )


def drawn_costs(random):
    """Costs of two classes for 3 x 3 pixels: an island in the middle, perhaps one in a corner."""
    outside = int(random.integers(2))
    costs = np.zeros((2, 3, 3), int)
    costs[outside] = random.integers(1, 3, (3, 3))
    costs[1 - outside] = random.integers(4, 7, (3, 3))
    corner = tuple(random.choice([0, 2], 2))
    costs[outside][corner], costs[1 - outside][corner] = random.integers(3, 8), 0
    costs[outside][1, 1], costs[1 - outside][1, 1] = random.integers(2, 4), 0
    grids = {
        name: tuple(map(tuple, costs[number].tolist()))
        for number, name in enumerate(("background", "text"))
    }
    return grids | {"weight": int(random.integers(1, 3))}


@question(
    "11f",
    points=3,
    difficulty=3,
    hints=(
        "Draw the cheapest classes into a grid of 3 x 3, and mark every border between two "
        "different neighbours: each mark costs `weight`, once. For `lowest`, try what happens "
        "when an island gives in; itertools.product(range(2), repeat=9) tries everything.",
        "For `middle`: first the probability of text of each of the four neighbours by its own "
        "costs. Their sum, times `weight`, is what speaks for text in the middle; what is left of "
        "four speaks for background.",
    ),
    numbers=drawn_costs,
)
def test_energy(answers):
    """Compute energies of labellings of a tiny page, and one step of mean field."""
    costs = np.array(answers.numbers[:2])
    weight = answers.numbers.weight
    cheapest = costs.argmin(0)
    before = answers.number("before")

    def picture():
        return plots.numbered_labels({"the cheapest classes": cheapest})

    alone = sum(costs[cheapest[place]][place] for place in PIXELS)
    unlike = sum(cheapest[a] != cheapest[b] for a, b in PAIRS)
    for wrong, sentence in (
        (alone, "the pairs of different neighbours are missing"),
        (alone + 2 * weight * unlike, "each pair of neighbours counts once, not from either side"),
        (alone + unlike, "each pair of different neighbours costs `weight`"),
        (alone + weight * (12 - unlike), "it is different neighbours that cost something"),
    ):
        right = same(before, energy(cheapest, costs, weight)) or not same(before, wrong)
        expect(right, f"before: {sentence}.", before, picture)
    expect(
        same(before, energy(cheapest, costs, weight)),
        "before: add the costs of the cheapest classes, and the borders between different "
        "neighbours. The picture shows the labels.",
        before,
        picture,
    )
    lowest = answers.number("lowest")
    everything = [np.reshape(each, (3, 3)) for each in product(range(2), repeat=9)]
    energies = [energy(each, costs, weight) for each in everything]
    expect(
        lowest <= min(energies) or lowest not in energies,
        "lowest: that is the energy of a labelling, but another one has less.",
        lowest,
    )
    expect(lowest == min(energies), "lowest: no labelling has this energy.", lowest)
    judge_middle(answers.number("middle"), costs, weight)


def judge_middle(middle, costs, weight):
    at_first = np.exp(-costs) / np.exp(-costs).sum(0)
    after = middle_after(at_first, costs, weight)
    expect(0 <= middle <= 1, "middle: a probability lies between 0 and 1.", middle)
    for wrong, sentence in (
        (at_first[1, 1, 1], "that is its probability before the step"),
        (1 - after, "that is the probability of background"),
        (
            middle_after(costs.argmin(0) == [[[0]], [[1]]], costs, weight),
            "neighbours speak with their probabilities, not with their cheapest classes",
        ),
        (middle_after(at_first, 0 * costs, weight), "its own costs count, too"),
    ):
        expect(
            same(middle, after, 1e-3) or not same(middle, wrong, 1e-3),
            f"middle: {sentence}.",
            middle,
        )
    expect(
        same(middle, after, 1e-3),
        "middle: what do its own cost and its four neighbours say for text, and what for "
        "background? The two powers of e, made to sum to 1.",
        middle,
    )


def energy(labels, costs, weight):
    """The energy of labels (3, 3): costs of pixels and of borders, one after the other."""
    total = 0
    for row, column in PIXELS:
        total += costs[labels[row, column], row, column]
    for lines in labels.tolist(), labels.T.tolist():
        total += sum(weight for line in lines for left, right in pairwise(line) if left != right)
    return total


def middle_after(chances, costs, weight):
    """The middle's probability of text after a step: by all 16 things its neighbours may say."""
    places = [(0, 1), (1, 0), (1, 2), (2, 1)]
    expected = np.array(costs[:, 1, 1], float)
    for said in product(range(2), repeat=4):
        chance = np.prod([chances[each][place] for each, place in zip(said, places)])
        for own in range(2):
            expected[own] += chance * weight * sum(each != own for each in said)
    return np.exp(-expected[1]) / np.exp(-expected).sum()
