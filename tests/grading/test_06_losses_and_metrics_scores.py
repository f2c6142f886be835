"""Notebook 6, Losses and metrics: what the instant check runs, for the scores."""

from collections import Counter

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same
from seglab.region_classes import IGNORE

ROUNDING = 5.001e-4  # half a unit of the third decimal: numbers may be computed by hand
DECIMALS = "{} is close: give it to at least three decimals."
NAMES = ("class 0", "class 1", "class 2", "class 3", "class 4")


def _two_label_images(random):
    """Blocks of text and graphic, 8 x 8, and a prediction that has them elsewhere."""
    while True:
        labels, predicted = np.zeros((2, 8, 8), int)
        top, left = random.integers(0, 3, 2)
        labels[top : top + random.integers(3, 5), left : left + random.integers(4, 6)] = 1
        labels[6:8, random.integers(3, 5) : 8] = 2
        predicted[labels == 1] = random.choice(3, (labels == 1).sum(), p=(0.1, 0.75, 0.15))
        predicted[labels == 2] = random.choice(3, (labels == 2).sum(), p=(0.1, 0.25, 0.65))
        predicted[labels == 0] = random.choice(3, (labels == 0).sum(), p=(0.85, 0.13, 0.02))
        counts = Counter(zip((labels == 1).flat, (predicted == 1).flat))
        wrong = counts[False, True], counts[True, False]
        if min(wrong) > 1 and wrong[0] != wrong[1]:
            rows = (tuple(map(tuple, each.tolist())) for each in (labels, predicted))
            return dict(zip(("labels", "predicted"), rows))


@question(
    "6d",
    points=3,
    difficulty=1,
    hints=(
        "Go through the prediction: each of its text pixels is either right or found too much. "
        "Then go through the truth, and look for text that the prediction lacks.",
        "(labels == 1) & (predicted == 1) is True where both say text, and .sum() counts that. The "
        "pixel accuracy asks for all classes, not for text alone.",
    ),
    numbers=_two_label_images,
)
def test_two_label_images(answers):
    """Count what is right and wrong about text, and give three scores."""
    labels, predicted = (np.array(each) for each in answers.numbers)
    truth, found = (
        {tuple(place) for place in np.argwhere(each == 1)} for each in (labels, predicted)
    )
    counts = {"tp": truth & found, "fp": found - truth, "fn": truth - found}
    kinds = {
        "tp": "text in truth and prediction",
        "fp": "text in the prediction, and something else in truth",
        "fn": "text in truth, and something else in the prediction",
    }
    hits = {name.upper(): np.zeros(labels.shape, bool) for name in counts}
    for name, places in counts.items():
        hits[name.upper()][tuple(np.transpose(list(places)))] = True
    for name, places in counts.items():
        got = answers.whole_number(name)
        sentence = f"{name} counts the pixels that are {kinds[name]}."
        expect(got == len(places), sentence, got, picture=lambda: plots.outcomes(hits, "text"))
    accuracy = answers.number("pixel_accuracy")
    expect(0 <= accuracy <= 1, "Shares are asked for. Is pixel_accuracy in percent?", accuracy)
    right = [one == other for one, other in zip(labels.flat, predicted.flat)]
    sentence = "pixel_accuracy is the share of all pixels whose class is right, whatever it is."
    if abs(accuracy - np.mean(right)) <= 10 * ROUNDING:
        sentence = DECIMALS.format("pixel_accuracy")
    elif abs(accuracy - 1 + len(truth ^ found) / 64) <= ROUNDING:
        sentence = "pixel_accuracy: a graphic pixel that is called background is wrong, too."
    expect(abs(accuracy - np.mean(right)) <= ROUNDING, sentence, accuracy)
    iou, dice = answers.number("iou"), answers.number("dice")
    for name, got in ("iou", iou), ("dice", dice):
        expect(0 <= got <= 1, f"Shares are asked for. Is {name} in percent?", got)
    sentence = "iou: text in truth and prediction, over text in truth or prediction. A pixel that "
    sentence += "is text in both is one pixel."
    overlap = len(truth & found) / len(truth | found)
    if abs(iou - overlap) <= 10 * ROUNDING:
        sentence = DECIMALS.format("iou")
    expect(abs(iou - overlap) <= ROUNDING, sentence, iou)
    sentence = "dice: what is right counts twice, above the line and below it."
    if abs(dice - iou) <= ROUNDING:
        sentence = "dice is your iou; the two weigh what is right differently."
    shared = (len(truth & found) + len(found & truth)) / (len(truth) + len(found))
    if abs(dice - shared) <= 10 * ROUNDING:
        sentence = DECIMALS.format("dice")
    expect(abs(dice - shared) <= ROUNDING, sentence, dice)


@question(
    "6e",
    points=3,
    difficulty=2,
    hints=(
        "First throw away the pixels without a truth, in both images. Then every pixel adds 1 to "
        "one cell of the matrix.",
        "np.add.at(matrix, (rows, columns), 1) adds 1 at each pair, as often as the pair comes. "
        "A loop over all pairs does, too.",
    ),
)
def test_confusion_matrix(answers):
    """Count the pixels by true and by predicted class."""
    random = np.random.default_rng(65)
    labels = random.choice(4, (9, 12), p=(0.5, 0.3, 0.2, 0.0)).astype("uint8")
    predicted = np.where(random.random(labels.shape) < 0.4, random.integers(0, 3, (9, 12)), labels)
    said = predicted.astype("uint8")
    some = np.where(random.random(labels.shape) < 0.3, np.uint8(IGNORE), labels)
    for truth, count, many, where in (
        (labels, 3, 1, "Without any 255"),
        (labels, 5, 1, "With classes that no pixel has"),
        (some, 3, 1, "With 255 among the labels"),
        (some, 3, 4, "On a larger page"),
    ):
        truth, predicted = np.tile(truth, (many, many)), np.tile(said, (many, many))
        listed = isinstance(answers.call("confusion_matrix", truth, predicted, count), list | tuple)
        sentence = "confusion_matrix returns a list; make an array of it. Arrays can be added, as "
        expect(not listed, sentence + "the matrices of many pages will be.")
        shape = {"shape": (count, count), "asked": "(num_classes, num_classes)"}
        matrix = answers.array("confusion_matrix", truth, predicted, count, **shape)
        pairs = Counter(zip(truth.ravel().tolist(), predicted.ravel().tolist(), strict=True))
        right = np.array([[pairs[row, column] for column in range(count)] for row in range(count)])
        scored = int((truth != IGNORE).sum())
        sentence = f"{where}: every scored pixel is in one cell, so the cells should sum to the "
        sentence += "number of scored pixels."
        if matrix.sum() == truth.size > scored:
            sentence = f"{where}: pixels without a truth are counted, too."
        elif matrix.dtype.itemsize == 1:
            sentence = f"{where}: your cells are {matrix.dtype}, which cannot count so far."
        picture = {"picture": lambda m=matrix: plots.confusion_table(m, NAMES)}
        expect(matrix.sum() == scored, sentence, int(matrix.sum()), **picture)
        sentence = f"{where}: a cell has another number. Row: class of the truth; column: class of "
        sentence += "the prediction."
        if same(matrix, right.T):
            sentence = f"{where}: rows and columns have changed places; rows are the truth."
        expect(same(matrix, right), sentence, matrix, **picture)


@question(
    "6f",
    points=3,
    difficulty=2,
    hints=(
        "For class c, TP is on the diagonal. The row of c sums to TP + FN, its column to TP + FP.",
        "np.diagonal(confusion), confusion.sum(axis=1) and confusion.sum(axis=0) hold all that is "
        "needed. np.nanmean leaves NaN out.",
    ),
)
def test_report(answers):
    """Read pixel accuracy, IoU and Dice off one confusion matrix."""
    full = np.array([[40, 3, 2], [6, 21, 1], [5, 0, 8]])
    absent = np.array([[30, 0, 4, 0], [0, 0, 0, 0], [6, 0, 9, 0], [0, 0, 0, 0]])
    invented = np.array([[30, 5, 0], [0, 0, 0], [2, 3, 20]])
    for confusion, where in (
        (full, "With three classes that all occur"),
        (invented, "With a class that is predicted, but not true"),
        (absent, "With classes that neither truth nor prediction has"),
    ):
        scores = answers.call("report", confusion)
        expect(type(scores) is dict, "report should return a dict.", scores)
        for name, each in {"pixel_accuracy": 0, "iou": 1, "dice": 1, "mean_iou": 0}.items():
            expect(name in scores, f"The dict lacks {name!r}.", list(scores))
            kind = "a number for each class" if each else "one number"
            shaped = _shape(scores[name]) == (len(confusion),) * each
            expect(shaped, f"{name!r} should hold {kind}.", scores[name])
        _expect_scores(scores, confusion, where)


def _shape(value):
    """The shape of numbers; None for anything else."""
    try:
        return np.shape(np.asarray(value, float))
    except (TypeError, ValueError):
        return None


def _expect_scores(scores, confusion, where):
    """The scores of a matrix, pixel by pixel with sets."""
    pixels = [pair for pair, count in np.ndenumerate(confusion) for _ in range(count)]
    right = np.mean([row == column for row, column in pixels])
    got = scores["pixel_accuracy"]
    expect(same(got, right), f"{where}, pixel_accuracy is not the share of right pixels.", got)
    ious = np.full(len(confusion), np.nan)
    for name in ("iou", "dice"):
        got = np.asarray(scores[name], float)
        for c in range(len(confusion)):
            truth, found = ({i for i, p in enumerate(pixels) if p[k] == c} for k in (0, 1))
            both, either = len(truth & found), len(truth | found)
            if not either:
                sentence = f"{where}, {name} of such a class should be NaN: nothing can be said."
                expect(np.isnan(got[c]), sentence, got)
                continue
            ious[c] = both / either
            correct = ious[c] if name == "iou" else (both + both) / (len(truth) + len(found))
            sentence = f"{where}, {name} of class {c} is not right. What counts is coloured."
            picture = {"picture": lambda c=c: plots.confusion_table(confusion, NAMES, marked=c)}
            expect(same(got[c], correct), sentence, got, **picture)
    got = scores["mean_iou"]
    expect(
        same(got, np.mean(ious[~np.isnan(ious)])),
        f"{where}, mean_iou is not the mean over the classes that truth or prediction has.",
        got,
    )
