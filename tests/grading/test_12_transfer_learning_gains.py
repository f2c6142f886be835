"""Notebook 12, transfer learning: what the instant check runs, for the learning curve."""

import numpy as np

from seglab import plots
from seglab.grading import expect, question

PAGES = tuple(6 * 2**step for step in range(7))
GAIN = 0.02  # of mean IoU, as the task says


def curves(random):
    """Learning curves of a made-up measurement, and a number of pages on the one of them."""
    number = np.array(PAGES) / PAGES[0]
    while True:
        best = random.uniform(0.74, 0.84)
        scratch = best - random.uniform(0.45, 0.58) * number ** -random.uniform(0.55, 0.75)
        lead = random.uniform(0.18, 0.26) * number ** -random.uniform(0.5, 0.8)
        pretrained = best - random.uniform(0.0, 0.02) - lead
        few = int(random.choice(PAGES[1:3]))
        gains = (pretrained - scratch).round(3)
        reached = pretrained[PAGES.index(few)]
        clear = (abs(gains - GAIN) > 0.004).all() and gains[-1] < GAIN < gains[2]
        if clear and scratch[-2] > reached > scratch[PAGES.index(few) + 1]:
            break
    return {
        "pages": PAGES,
        "scratch": tuple(float(each) for each in scratch.round(3)),
        "pretrained": tuple(float(each) for each in pretrained.round(3)),
        "few": few,
    }


@question(
    "12g",
    points=3,
    difficulty=2,
    hints=(
        "Find the dot of the pre-trained curve at `few` pages. Go to the right, at the same "
        "height, until you meet the other curve. Which number of pages is there?",
        "np.interp(score, scores, numbers) reads between dots, the scores rising. On an axis where "
        "the numbers double, take their logarithms, and undo it in the end.",
    ),
    numbers=curves,
)
def test_what_it_is_worth(answers):
    """Read from a learning curve how many pages pre-training is worth."""
    numbers = answers.numbers
    of_pretrained = dict(zip(numbers.pages, numbers.pretrained))
    of_scratch = dict(zip(numbers.pages, numbers.scratch))
    worth = answers.number("worth")

    def picture():
        drawn = {"from random weights": numbers.scratch, "pre-trained": numbers.pretrained}
        reading = (numbers.few, of_pretrained[numbers.few], worth)
        return plots.learning_curves(numbers.pages, drawn, reading)

    expect(worth > 0, "worth: it is a number of pages.", worth)
    expect(
        worth > numbers.few,
        "worth: from random weights it takes more pages than that to get as far.",
        worth,
    )
    right = crossing(of_scratch, of_pretrained[numbers.few])
    side = "less than" if worth < right else "more than"
    expect(
        abs(worth / right - 1) <= 0.1,
        f"worth: a network from random weights reaches {side} the score in question with so many "
        "pages.",
        worth,
        picture,
    )
    last = answers.whole_number("last")
    expect(last in of_scratch, "last: choose one of the numbers of pages that were measured.", last)
    expect(
        of_pretrained[last] - of_scratch[last] >= GAIN,
        "last: with so many pages, pre-training gains less than 0.02.",
        last,
    )
    later = [n for n in numbers.pages if n > last and of_pretrained[n] - of_scratch[n] >= GAIN]
    expect(not later, "last: with more pages, too, pre-training still gains 0.02.", last)


def crossing(of_scratch, score):
    """Where straight lines between the dots pass the score, the numbers of pages doubling."""
    fine = np.geomspace(PAGES[0], PAGES[-1], 20_001)
    heights = np.interp(np.log(fine), np.log(list(of_scratch)), list(of_scratch.values()))
    return float(fine[np.argmax(heights >= score)])
