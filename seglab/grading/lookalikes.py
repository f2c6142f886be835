"""Answers that look like another student's: a reason to talk with both, never a penalty."""

import io
import re
import tokenize
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from seglab.grading.verdicts import PASSED, WRONG

SHORTEST = 80  # characters of one's own; shorter answers are alike by themselves
LONGEST = 2_000  # characters that are compared; the time grows with their square
OWNERS = 3  # an answer that is right for more students than that is nobody's own
THRESHOLD = 0.9  # of Indel similarity: one character in ten is another
BLANK = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


class Borrowed(NamedTuple):
    """A wrong answer that is right for the numbers of another student, the owner."""

    submission: str
    owner: str
    question: str
    got: str


class NearCopy(NamedTuple):
    """Two submissions with nearly the same answer. similarity: up to 1."""

    a: str
    b: str
    question: str
    similarity: float


class Group(NamedTuple):
    """Submissions whose answers to a question are linked by near copies. similarity: the lowest.

    of: how many own answers there are. A large share of them speaks for an answer that suggests
    itself, a small one for two heads together.
    """

    question: str
    submissions: tuple
    similarity: float
    of: int


def borrowed(records):
    """Wrong answers that are exactly what another student's numbers make right: [Borrowed]."""
    numbered = [(record, result) for record in records for result in record.results if result.given]
    right = defaultdict(list)
    for record, result in numbered:
        if result.status == PASSED:
            right[result.question, result.given].append(record.submission)
    found = []
    for record, result in numbered:
        owners = right.get((result.question, result.given), ())
        if result.status == WRONG and len(owners) <= OWNERS:
            for owner in owners:
                found.append(Borrowed(record.submission, owner, result.question, result.given))
    return found


def alike(records, handout):
    """Groups of near copies among the answers of a class: [Group].

    records: `records.Record`s. handout: {question: source of the cell as it was handed out}, whose
    lines are no one's own.
    """
    answers = own_answers(records, handout)
    return groups(near_copies(answers), answers)


def near_copies(answers, threshold=THRESHOLD):
    """Pairs of submissions with nearly the same long answer: [NearCopy].

    answers: what `own_answers` gives.
    """
    found = []
    for question, texts_by_name in answers.items():
        names, texts = list(texts_by_name), list(texts_by_name.values())
        ratios = process.cdist(
            texts, texts, scorer=fuzz.ratio, score_cutoff=100 * threshold, dtype=np.float32
        )
        for i, j in np.argwhere(np.triu(ratios, 1)):
            found.append(NearCopy(names[i], names[j], question, float(ratios[i, j]) / 100))
    return found


def groups(copies, answers):
    """Near copies as groups, the smallest and most alike first: [Group].

    answers: what `own_answers` gives.
    """
    found = []
    for question in answers:
        pairs = [copy for copy in copies if copy.question == question]
        partners = defaultdict(set)
        for pair in pairs:
            partners[pair.a].add(pair.b)
            partners[pair.b].add(pair.a)
        while partners:
            members, waiting = set(), [next(iter(partners))]
            while waiting:
                name = waiting.pop()
                if name in partners:
                    members.add(name)
                    waiting += partners.pop(name)
            lowest = min(pair.similarity for pair in pairs if pair.a in members)
            found.append(Group(question, tuple(sorted(members)), lowest, len(answers[question])))
    return sorted(found, key=lambda g: (len(g.submissions), -g.similarity, g))


def own_answers(records, handout):
    """The long answers as they are compared: {question: {submission: text}}."""
    answers = defaultdict(dict)
    for record in records:
        for result in record.results:
            text = own_text(result.answer, handout.get(result.question, ""))
            if len(text) >= SHORTEST:
                answers[result.question][record.submission] = text
    return dict(answers)


def own_text(answer, handout):
    """An answer without comments, space and the lines that were handed out."""
    given = {_bare(line) for line in handout.splitlines()}
    lines = answer[: 4 * LONGEST].splitlines()
    return _bare("\n".join(line for line in lines if _bare(line) not in given))[:LONGEST]


@lru_cache(4096)  # many have the same lines
def _bare(source):
    """Python without comments and without space; of what is no Python, as much as there is."""
    words = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in BLANK:
                words.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        words = [re.sub(r"#.*", "", line) for line in source.splitlines()]
    return re.sub(r"\s+", "", "".join(words))
