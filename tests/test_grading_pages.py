"""The pages: all of a record is there, nothing of a student's runs, nothing hidden shows."""

import math
from html.parser import HTMLParser

import pytest
import synthetic_class
from hypothesis import given, settings
from hypothesis import strategies as st

from seglab.grading import report_pages
from seglab.grading.class_statistics import (
    by_notebook,
    correlation,
    distribution,
    question_statistics,
)
from seglab.grading.feedback import feedback, public
from seglab.grading.lookalikes import Borrowed, Group
from seglab.grading.records import GRADED, NOT_SANDBOXED, STATUSES, UNREADABLE, Record, Result
from seglab.grading.report_pages import index_page, student_page

QUESTIONS = synthetic_class.questions()
CLASS = synthetic_class.records()
EVIL = "</code></pre><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x00\u202e{{ 7 * 7 }}"
VOID = {"meta", "rect", "line", "img", "br"}


class Page(HTMLParser):
    """A page's tags and texts; an AssertionError if a tag is not closed."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        self.open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def all_pages(records, **more):
    yield Page(index_page(records, QUESTIONS, **more))
    yield from (Page(student_page(record, QUESTIONS)) for record in records)


def evil_record():
    results = tuple(Result(EVIL, status, 0, 3, EVIL, EVIL, EVIL) for status in STATUSES)
    reflections = {EVIL: EVIL}
    return Record(EVIL, EVIL, 2, EVIL, GRADED, EVIL, EVIL, results, reflections, 1.0, EVIL)


def test_pages_are_whole_and_need_nothing_else():
    for page in all_pages(CLASS):
        assert not {"script", "link", "iframe", "img", "object", "form"} & set(page.tags)
        names = dict(page.attributes)
        assert "src" not in names and not any(name.startswith("on") for name in names)
        links = [value for name, value in page.attributes if name == "href"]
        assert all(link.startswith(("#q", "students/")) for link in links)
        assert ("lang", "en") in page.attributes and "main" in page.tags


def test_nothing_of_a_student_becomes_part_of_the_page():
    evil = evil_record()
    more = {"borrowed": [Borrowed(EVIL, EVIL, EVIL, EVIL)], "groups": [Group(EVIL, (EVIL,), 1, 9)]}
    records = [evil, evil._replace(status=UNREADABLE, sandbox=NOT_SANDBOXED)]
    for page in all_pages(records, **more):
        assert not {"script", "img"} & set(page.tags)
        assert "alert(1)" in page.text and "{{ 7 * 7 }}" in page.text
        assert "\x00" not in page.text and "\u202e" not in page.text


@settings(derandomize=True, database=None, deadline=None, max_examples=30)
@given(st.text(max_size=60))
def test_any_text_can_be_shown(text):
    record = CLASS[0]._replace(message=text, student=text, file=text)
    for page in all_pages([record, record._replace(status=UNREADABLE)]):
        assert page.tags[0] == "html"


def test_files_are_written_and_linked(tmp_path):
    records = [*CLASS, CLASS[0]._replace(submission="50 % & #1?")]
    report_pages.write(records, QUESTIONS, tmp_path)
    names = {file.name for file in (tmp_path / "students").iterdir()}
    assert names == {f"{record.submission}.html" for record in records}
    assert "students/50%20%25%20%26%20%231%3F.html" in (tmp_path / "index.html").read_text("utf-8")


def test_a_student_s_page_shows_all_that_is_theirs():
    for record in CLASS:
        page = Page(student_page(record, QUESTIONS)).text
        assert record.submission in page
        if record.status != GRADED:
            assert record.message in page and "could not be graded" in page
            continue
        assert f"{record.score} of {record.points} points" in page
        for result in record.results:
            assert result.answer.strip() in page
            assert f"{result.status}: {result.points} of {result.of}" in page
            hint = QUESTIONS[result.question].hints[0]
            assert (hint in page) == (result.status != "passed")


def test_a_student_s_page_shows_no_value_no_message_and_no_seconds():
    got = "[[17, 42], [4711, 1]]"
    message = "conv raised ValueError: hidden input 4711"
    results = (Result("2a", "wrong", 0, 3, message, got), Result("2b", "wrong", 2, 3, "No.", got))
    record = CLASS[0]._replace(results=results)
    page = student_page(record, QUESTIONS)
    assert "4711" not in page and "conv raised ValueError." in page
    assert page == student_page(record._replace(seconds=99.25), QUESTIONS)


@pytest.mark.parametrize(
    "sentence, shown",
    [
        ("f raised TypeError: secret\nsecret", "f raised TypeError."),
        ("f raised Secret17: x", "f raised an exception."),
        (
            "The model cannot take images of shape (1, 41, 43, 1): ValueError: secret",
            "The model cannot take images: ValueError.",
        ),
        (
            "x should be a number, text or a list; yours is a Secret17.",
            "x should be a number, text or a list.",
        ),
        ("f should return a Keras model; yours returns Secret.", "f should return a Keras model."),
        ("It should be a whole number.", "It should be a whole number."),
        ("In a further case: Sizes: rows first.", "In a further case: Sizes: rows first."),
    ],
)
def test_a_student_reads_types_and_not_messages(sentence, shown):
    assert public(sentence) == shown


def test_every_outcome_says_something():
    for status in STATUSES[1:]:
        assert (
            feedback(Result("2a", status, 0, 3), QUESTIONS["2a"]).hint == QUESTIONS["2a"].hints[0]
        )
    assert feedback(Result("2a", "not attempted", 0, 3)).sentence
    assert feedback(Result("2a", "timed out", 0, 3)).sentence
    assert feedback(Result("2a", "passed", 3, 3), QUESTIONS["2a"]) == ("", "")


def test_the_index_counts_and_names_everybody():
    page = Page(index_page(CLASS, QUESTIONS)).text
    assert "30 submissions" in page and "Not graded" in page
    assert all(record.submission in page for record in CLASS)
    assert "bubblewrap" in page and "Not sandboxed" not in page


def test_an_open_sandbox_is_an_alarm():
    records = [CLASS[0]._replace(sandbox=NOT_SANDBOXED), *CLASS[1:]]
    index, student, other, *_ = all_pages(records)
    assert "Not sandboxed: 1 of 30" in index.text and "Not sandboxed" in student.text
    assert ("class", "alarm") in index.attributes and "Not sandboxed" not in other.text


def test_an_empty_class_has_a_page():
    assert "0 submissions" in Page(index_page([], {})).text


def points_of(results):
    return [result.points for result in results]


def test_statistics_are_what_they_are_called():
    graded = by_notebook(CLASS)[2]
    assert len(graded) == 27
    for row in question_statistics(graded):
        results = [r for record in graded for r in record.results if r.question == row.question]
        assert sum(row.counts.values()) == 27
        assert row.share == pytest.approx(sum(points_of(results)) / (3 * 27))
        rest = [record.score - r.points for record, r in zip(graded, results)]
        assert row.discrimination == pytest.approx(correlation([*zip(rest, points_of(results))]))
        assert [count for _, count in row.sentences] == sorted(
            (count for _, count in row.sentences), reverse=True
        )
    assert by_notebook(CLASS[::-1])[2] == graded


def test_discrimination_is_the_correlation_with_the_rest():
    assert correlation([(0, 1), (1, 2), (2, 3)]) == pytest.approx(1)
    assert correlation([(0, 3), (3, 0)]) == pytest.approx(-1)
    for pairs in [], [(1, 1)], [(1, 1), (1, 2)], [(1, 4), (2, 4)]:
        assert math.isnan(correlation(pairs))
    alone = Record("a", "a", 2, "", GRADED, results=(Result("2a", "passed", 0, 0),))
    (row,) = question_statistics([alone])
    assert math.isnan(row.share) and math.isnan(row.discrimination)
    assert "–" in index_page([alone], QUESTIONS)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30), st.integers(60, 130))
def test_every_score_is_in_one_bar(scores, points):
    records = [
        Record("a", "a", 2, "", GRADED, results=(Result("2a", "", s, points),)) for s in scores
    ]
    bars = distribution(records)
    assert sum(bar.count for bar in bars) == len(scores) and len(bars) <= 21
    assert bars[0].low == 0 and bars[-1].high == points
    for bar in bars:
        assert bar.count == sum(bar.low <= score <= bar.high for score in scores)
    assert all(a.high + 1 == b.low for a, b in zip(bars, bars[1:]))
