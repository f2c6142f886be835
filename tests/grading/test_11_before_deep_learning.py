"""Notebook 11, Before deep learning: what the instant check runs, for histograms and k-means."""

import numpy as np
from scipy.cluster.vq import kmeans2, vq
from scipy.spatial.distance import cdist

from seglab import plots
from seglab.grading import expect, question

# Ink densities of the three classes as pages have them, more or less: pixels in six bins.
USUAL = np.array([(60, 16, 6, 3, 1, 1), (4, 9, 24, 18, 5, 2), (2, 5, 4, 8, 9, 7)])
UNITS = np.array([1.0, 10.0])  # of the two features, once these are measured otherwise


def drawn_counts(random):
    """Pixels of three classes in six bins: no bin has two winners, and no two cuts are best."""
    while True:
        counts = USUAL + random.integers(0, 7, USUAL.shape)
        most = np.sort(counts, axis=0)
        graphic_wins = counts[2] == most[-1]
        of_cuts = sorted(right_with(cut, counts) for cut in range(7))
        if (most[-1] > most[-2]).all() and graphic_wins[3:].any() and of_cuts[-1] > of_cuts[-2]:
            names = ("background", "text", "graphic")
            return {name: tuple(row.tolist()) for name, row in zip(names, counts)}


def right_with(cut, counts):
    """How many pixels are right if bins below `cut` are background and the others text."""
    called = [0] * cut + [1] * (counts.shape[1] - cut)
    return sum(int(counts[each, place]) for place, each in enumerate(called))


@question(
    "11a",
    points=3,
    difficulty=1,
    hints=(
        "A bin can be given one class only. Which one makes most of its pixels right?",
        "Try all cuts, from 0 (all is text) to 6 (all is background): the background below the cut "
        "is right, and the text from the cut on.",
    ),
    numbers=drawn_counts,
)
def test_histogram(answers):
    """Classify pixels by a histogram of their ink density, and by one threshold."""
    counts = np.array(answers.numbers)
    classes = answers.sizes("classes", 6)
    expect(set(classes) <= {0, 1, 2}, "classes: the classes are 0, 1 and 2.", classes)
    for place, own in enumerate(classes):
        expect(
            counts[own, place] == counts[:, place].max(),
            f"classes: in bin {place}, another class has more pixels than the one you name. What "
            "counts are the pixels of this bin alone.",
            classes,
        )
    right = answers.whole_number("histogram_right")
    expect(
        right != counts.sum(),
        "histogram_right: those are all pixels. In a bin, only the pixels of its class are right.",
        right,
    )
    expect(
        right == sum(int(counts[own, place]) for place, own in enumerate(classes)),
        "histogram_right: add up, over the bins, the pixels whose class is the bin's.",
        right,
    )
    cut = answers.whole_number("cut")
    expect(0 <= cut <= 6, "cut: there are six bins, so a cut is one of 0 to 6.", cut)
    expect(
        all(right_with(cut, counts) >= right_with(other, counts) for other in range(7)),
        "cut: with another cut, more pixels are right. Graphics are wrong wherever it is.",
        cut,
    )
    got = answers.whole_number("threshold_right")
    expect(
        got != right_with(cut, counts) + counts[2].sum(),
        "threshold_right: no graphic is called one, so no graphic is right.",
        got,
    )
    expect(
        got == right_with(cut, counts),
        "threshold_right: background below the cut is right, and text from the cut on.",
        got,
    )


def drawn_pixels(random):
    """Six pixels and two centres: the centres move to whole numbers, and scaling changes groups."""
    while True:
        points, centres = random.integers(0, 13, (6, 2)), random.integers(0, 13, (2, 2))
        if a_tie(points, centres) or len({*map(tuple, points)}) < 6:
            continue
        moved, groups = one_step(points, centres)
        if len(set(groups)) < 2 or (moved % 1).any() or (moved == centres).all(1).any():
            continue
        others = groups != vq(points * UNITS, centres * UNITS)[0]
        if 0 < others.sum() < 4 and not a_tie(points * UNITS, centres * UNITS):
            return {
                "pixels": tuple(map(tuple, points.tolist())),
                "centres": tuple(map(tuple, centres.tolist())),
            }


def a_tie(points, centres):
    """True if a point is equally far from both centres."""
    return bool(np.isclose(*cdist(points, centres).T).any())


def one_step(points, centres):
    """The centres after one step of k-means by SciPy, and the groups before it."""
    groups, _ = vq(points.astype(float), centres.astype(float))
    if len(set(groups)) < 2:
        return centres, groups
    return kmeans2(points.astype(float), centres.astype(float), 1, minit="matrix")[0], groups


@question(
    "11b",
    points=3,
    difficulty=2,
    hints=(
        "For each pixel: how far is it from either centre, along both features? Squares of "
        "distances will do. The nearer centre gets it.",
        "A centre moves to the mean of its own pixels, feature by feature. For `changed`, start "
        "from the old centres, and multiply the second feature of pixels and centres by 10.",
    ),
    numbers=drawn_pixels,
)
def test_k_means(answers):
    """Take one step of k-means by hand, and see what units do to it."""
    points, centres = np.array(answers.numbers.pixels), np.array(answers.numbers.centres)
    moved, groups = one_step(points, centres)
    got = np.array(answers.sizes("groups", 6))
    own = [answers.sizes(name, 2) for name in ("first", "second")]

    def picture():
        return plots.clusters(points, got, centres, np.array(own))

    expect(set(got) <= {0, 1}, "groups: the centres have the numbers 0 and 1.", got)
    for feature, name in enumerate(("first", "second")):
        along_one = abs(points[:, None] - centres)[..., feature].argmin(1)
        expect(
            (got == groups).all() or (got != along_one).any(),
            f"groups: these are the groups by the {name} feature alone.",
            got,
            picture,
        )
    expect(
        (got == groups).all(),
        f"groups: for {np.sum(got != groups)} of your pixels the other centre is nearer. Distances "
        "are straight lines: dx² + dy².",
        got,
        picture,
    )
    for number, (name, place) in enumerate(zip(("first", "second"), own)):
        expect(
            tuple(place) != tuple(points[groups == number].sum(0)) or (groups == number).sum() == 1,
            f"{name}: that is the sum of the pixels of the group, not their mean.",
            place,
        )
        expect(
            np.allclose(place, moved[number]),
            f"{name}: a centre goes to the mean of the pixels of its group, of each feature by "
            "itself. The old centre does not count.",
            place,
            picture,
        )
    _, scaled = one_step(points * UNITS, centres * UNITS)
    changed = answers.whole_number("changed")
    expect(
        changed == (scaled != groups).sum(),
        "changed: compare the groups that the old centres make, before and after the second "
        "feature of pixels and centres is multiplied by 10.",
        changed,
    )
