"""Notebook 11, Before deep learning: what the instant check runs, for regions as things."""

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same


@question(
    "11g",
    points=3,
    difficulty=3,
    hints=(
        "Two loops: for each true thing and each predicted one, the pixels that both have, and "
        "those that at least one has. A match is a pair with an IoU above a half.",
        "With the IoU of all matches in a list: its length is TP. How many true things are then "
        "without a match, and how many predicted ones?",
    ),
)
def test_panoptic_quality(answers):
    """Compute the panoptic quality of predicted things of one class."""
    example = np.array([[1, 1, 1, 1, 0, 2, 2, 0, 0]]), np.array([[1, 1, 1, 0, 0, 0, 4, 4, 0]])
    judge_quality(answers, *example)
    page = np.zeros((10, 12), int)
    page[1:4, 1:6], page[1:4, 7:11], page[6:9, 1:11] = 1, 2, 3
    judge_quality(answers, page, page)
    judge_quality(answers, page, np.where(page == 2, 0, page))  # one is missed
    joined = np.where(page == 2, 1, page)
    joined[1:4, 6] = 1
    judge_quality(answers, page, joined)
    judge_quality(answers, joined, page)
    other = np.zeros_like(page)
    other[1:4, 2:6], other[2:4, 7:12], other[5:8, 1:8], other[9, :3] = 5, 2, 9, 3
    judge_quality(answers, page, other)
    half = np.array([[1, 1, 0, 2, 2, 2]]), np.array([[1, 0, 0, 3, 3, 3]])
    judge_quality(answers, *half)


def judge_quality(answers, true, predicted):
    got = answers.call("panoptic_quality", true, predicted)
    expect(
        isinstance(got, int | float) and 0 <= got <= 1,
        "panoptic_quality should return one number between 0 and 1.",
        got,
    )

    def picture():
        return plots.instances({"true things": true, "predicted things": predicted})

    things = [
        [image == n for n in set(image.ravel().tolist()) - {0}] for image in (true, predicted)
    ]
    overlaps = [[(a & b).sum() / (a | b).sum() for b in things[1]] for a in things[0]]
    good = [value for line in overlaps for value in line if value > 0.5]
    both = (len(things[0]) + len(things[1])) / 2
    quality = sum(good) / both
    at_half = [value for line in overlaps for value in line if value >= 0.5]
    any_at_all = [value for line in overlaps for value in line if value > 0]
    for wrong, sentence in (
        (sum(at_half) / both, "an IoU of exactly a half is no match yet"),
        (sum(any_at_all) / both, "things that share a few pixels are not a match"),
        (len(good) / both, "a match counts with its IoU, not with 1"),
        (sum(good) / (2 * both - len(good)), "what is missed and what is invented counts half"),
        (sum(good) / len(things[0]), "what is invented counts against it, too"),
        (sum(good) / len(things[1]), "what is missed counts against it, too"),
        (sum(good) / max(len(good), 1), "only the matches count: what came is their mean IoU"),
    ):
        right = same(got, quality) or not same(got, wrong)
        expect(right, f"Here {sentence}.", got, picture)
    expect(
        same(got, quality),
        "The sum of the matches' IoU, by TP + FP/2 + FN/2: count the matches of the two pictures, "
        "and what is left over in either.",
        got,
        picture,
    )
