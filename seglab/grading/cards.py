"""What a student sees of a check or a hint: a small card in a notebook, text anywhere else.

Styles stand in the elements, since front ends drop style sheets; colours are readable on a white
page and on a dark one.
"""

import base64
import io
import re
from html import escape

import numpy as np

from seglab.grading.verdicts import NOT_ATTEMPTED, PASSED, WRONG

# Status: (sign, colour of its edge). Shape and word say it, too, for those who see no colours.
LOOK = {PASSED: ("✓", "#1a7f4e"), WRONG: ("✗", "#c2410c"), NOT_ATTEMPTED: ("○", "#64748b")}
HINT = ("?", "#0b62a8")
MOST_SHOWN = 300  # characters of a value
MOST_NUMBERS = 64  # of an array
LAYOUT = {"precision": 4, "separator": ", ", "suppress_small": True}  # of its numbers
ROWS = "white-space:pre;display:inline-block;vertical-align:top"  # one below the other
QUOTED = re.compile("`([^`]+)`")  # code within a sentence


class Card:
    """Something to display: HTML where there is a page, text in a terminal."""

    def __init__(self, look, heading, lines, got=None, picture=None, footer=""):
        self.look, self.heading, self.lines = look, heading, [line for line in lines if line]
        self.got, self.picture, self.footer = got, picture, footer

    def __repr__(self):
        got = [f"yours: {laid_out(self.got)}"] if self.got is not None else []
        parts = [f"{self.look[0]} {self.heading}", *self.lines, *got, self.footer]
        return "\n".join(part for part in parts if part).replace("\n", "\n  ")

    def _repr_html_(self):
        sign, colour = self.look
        lines = "".join(f'<div style="margin-top:4px">{_html(line)}</div>' for line in self.lines)
        got = picture = footer = ""
        if self.got is not None:
            value = laid_out(self.got)
            style = ROWS if "\n" in value else ""
            value = f'<code style="{style}">{escape(value)}</code>'
            got = f'<div style="margin-top:4px;overflow-x:auto">yours: {value}</div>'
        if self.picture is not None:
            picture = (
                f'<img alt="what went wrong" src="{_png(self.picture())}" '
                'style="margin-top:8px;max-width:100%;background:white">'
            )
        if self.footer:
            style = "margin-top:6px;opacity:.75;font-size:smaller"
            footer = f'<div style="{style}">{escape(self.footer)}</div>'
        return (
            f'<div class="seglab-card" style="border-left:5px solid {colour};padding:6px 12px;'
            'margin:4px 0;max-width:46em;line-height:1.45">'
            f'<div style="font-weight:600"><span style="color:{colour};margin-right:.5em">'
            f"{sign}</span>{escape(self.heading)}</div>{picture}{lines}{got}{footer}</div>"
        )


def verdict_card(question, verdict, reached, visible):
    """The card of a check. reached: points of the notebook so far, of so many visible ones."""
    lines, heading = [verdict.sentence], f"{question.id} {verdict.status}"
    if verdict.status == PASSED:
        heading += f": {points(verdict.points)}"
        if question.hidden_points:
            lines = [f"Further cases are worth {points(question.hidden_points)} when it is graded."]
    elif verdict.status == NOT_ATTEMPTED:
        where = f"Write your answer into the cell under the text of {question.id}"
        lines = [question.task, f"{where}, run it, check again."]
    else:
        lines.append(f'A hint: hint("{question.id}")')
    return Card(
        LOOK[verdict.status],
        heading,
        lines,
        verdict.got,
        verdict.picture,
        f"{reached} of {visible} points visible so far in this notebook",
    )


def hint_card(question, shown):
    """The first hints of a question, so many of them."""
    more = f'One more: hint("{question.id}") again.' if shown < len(question.hints) else ""
    return Card(HINT, f"{question.id} hint", [*question.hints[:shown], more])


def reflection_card(id):
    """What there is to say of a question in free text."""
    line = "It asks for an answer in your own words. It is collected, and earns no points."
    return Card(LOOK[NOT_ATTEMPTED], f"{id} is not checked", [line])


def points(count):
    return f"{count} point{'' if count == 1 else 's'}"


def shown(value):
    """A value in one short line."""
    if isinstance(value, np.ndarray):
        text = f"array of shape {value.shape}, {value.dtype}"
        if value.size <= MOST_NUMBERS:
            text = np.array2string(value, **LAYOUT)
    else:
        text = f"{value:g}" if type(value) is float else repr(value)
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} …"


def laid_out(value):
    """A value as a card has it: the rows of a small array stand under each other."""
    if isinstance(value, np.ndarray) and value.ndim > 1 and value.size <= MOST_NUMBERS:
        return np.array2string(value, max_line_width=200, **LAYOUT)
    return shown(value)


def show(card):
    """Display the card in a notebook, print it elsewhere."""
    from IPython.display import display

    display(card)


def _html(line):
    """A sentence as HTML, what stands between backticks as code."""
    return QUOTED.sub(r"<code>\1</code>", escape(line))


def _png(figure):
    """A figure as a data URL."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, bbox_inches="tight")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
