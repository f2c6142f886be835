"""What a class's records say about its grades and about the questions."""

import math
from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np

from seglab.grading.gradebooks import question_order
from seglab.grading.records import GRADED, STATUSES, WRONG

MOST_BARS = 21  # of the distribution: a bar for each score up to 20 points
MOST_COMMON = 3


class QuestionStatistics(NamedTuple):
    """How a class did at one question.

    counts: {status: submissions}. share: of all its points that were reached; the more, the easier.
    discrimination: correlation of its points with those of all other questions; NaN where either
    is the same for everybody. sentences, values: the most common wrong ones, [(text, submissions)].
    """

    question: str
    of: int
    counts: dict
    share: float
    discrimination: float
    sentences: list
    values: list


class Bar(NamedTuple):
    """Submissions with a score from `low` to `high`."""

    low: int
    high: int
    count: int


def by_notebook(records):
    """The graded records of each notebook: {number: [Record]}; number None: of no known one."""
    groups = defaultdict(list)
    for record in sorted(records, key=lambda record: record.submission):
        if record.status == GRADED:
            groups[record.notebook].append(record)
    return dict(sorted(groups.items(), key=lambda item: (item[0] is None, item[0])))


def question_statistics(records):
    """Statistics of all questions of one notebook's graded records: [QuestionStatistics]."""
    results = defaultdict(list)
    for record in records:
        for result in record.results:
            results[result.question].append((result, record.score - result.points))
    found = []
    for question in sorted(results, key=question_order):
        mine = [result for result, _ in results[question]]
        counts = Counter(result.status for result in mine)
        of = sum(result.of for result in mine)
        wrong = [result for result in mine if result.status == WRONG]
        found.append(
            QuestionStatistics(
                question,
                max(result.of for result in mine),
                {status: counts[status] for status in STATUSES},
                sum(result.points for result in mine) / of if of else math.nan,
                correlation([(result.points, rest) for result, rest in results[question]]),
                _common(result.sentence for result in wrong),
                _common(result.got for result in wrong),
            )
        )
    return found


def correlation(pairs):
    """Pearson's correlation of pairs of numbers; NaN where one side does not vary."""
    one, other = np.array(pairs, float).reshape(-1, 2).T
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return math.nan
    return float(np.corrcoef(one, other)[0, 1])


def distribution(records):
    """How many records reached which scores: [Bar], from 0 to all points."""
    points = max((record.points for record in records), default=0)
    width = math.ceil((points + 1) / MOST_BARS)
    scores = Counter(record.score // width for record in records)
    return [
        Bar(index * width, min(index * width + width - 1, points), scores[index])
        for index in range(points // width + 1)
    ]


def _common(texts):
    counts = Counter(text for text in texts if text)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_COMMON]
