"""A column of type: lines broken, justified and set downwards, around whatever stands in it."""

import numpy as np

from .sheet import TEXT


class Column:
    """The space between `left` and `right`, filled from `y` down to `bottom` on a line grid.

    `sheet` takes the ink; `pitch` is the distance of baselines. Lines set since the last
    `close_zone` belong together and become one text zone. `obstacles` are boxes (drop capitals,
    pictures) which lines run around.
    """

    def __init__(self, sheet, left, right, top, bottom, pitch):
        self.sheet, self.left, self.right = sheet, left, right
        self.top = self.y = top
        self.bottom, self.pitch = bottom, pitch
        self.boxes, self.obstacles = [], []

    @property
    def width(self):
        return self.right - self.left

    @property
    def room(self):
        """Height that is left."""
        return self.bottom - self.y

    def measure(self, height=None):
        """(left, right) free for a line at y, beside the obstacles there."""
        left, right = self.left, self.right
        for x0, y0, x1, y1 in self.obstacles:
            if y0 < self.y + (height or self.pitch) and self.y < y1:
                if x0 + x1 < self.left + self.right:
                    left = max(left, x1)
                else:
                    right = min(right, x0)
        return left, right

    def skip(self, distance):
        """Leave white; a wide gap ends the zone."""
        if distance > 1.6 * self.pitch:
            self.close_zone()
        self.y += distance

    def align(self):
        """Go down to the next line of the grid."""
        self.y = self.top + np.ceil((self.y - self.top) / self.pitch - 0.01) * self.pitch

    def clear(self):
        """Go below all obstacles."""
        self.y = max([self.y] + [y1 for _, _, _, y1 in self.obstacles])

    def close_zone(self):
        """Turn the lines set so far into a text zone."""
        if self.boxes:
            self.sheet.text_zone(self.boxes, 0.05 * self.pitch)
        self.boxes = []

    def set_line(self, words, fount, x, space, height=None):
        """Set spelt words at x with a given space and go down by `height` (one pitch)."""
        height = height or self.pitch
        placed, cursor = [], 0.2 * fount.size
        for word in words:
            placed.append((cursor, word))
            cursor += fount.width(word) + space
        end = cursor - space
        strip, baseline_in_strip = fount.strip(placed, end + 0.5 * fount.size)
        baseline = self.y + 0.5 * (height + fount.ascent - fount.descent)
        x -= 0.2 * fount.size
        self.sheet.press(strip, x, baseline - baseline_in_strip, TEXT)
        self.boxes.append(
            (x + placed[0][0], baseline - fount.ascent, x + end, baseline + fount.descent)
        )
        self.y += height

    def aligned_line(self, text, fount, align="centre", height=None):
        """Set one line of text left, right or centred in the measure."""
        words = fount.spell(text).split()
        if not words:
            return
        left, right = self.measure(height)
        width = sum(map(fount.width, words)) + fount.space * (len(words) - 1)
        share = {"left": 0, "centre": 0.5, "right": 1}[align]
        self.set_line(words, fount, left + share * (right - left - width), fount.space, height)

    def paragraph(self, words, fount, indent=0.0, hang=0.0, justify=True, align="left"):
        """Set words as a paragraph down to the bottom; the first line starts at `indent`."""
        rest = [word for word in map(fount.spell, words) if word]
        first = True
        while rest and self.room >= 0.99 * self.pitch:
            left, right = self.measure()
            left += indent if first else hang
            line, rest = break_line(rest, fount, right - left)
            width = sum(map(fount.width, line))
            space = fount.space
            if justify and rest and len(line) > 1:
                space = min((right - left - width) / (len(line) - 1), 5 * fount.space)
            slack = right - left - width - space * (len(line) - 1)
            self.set_line(line, fount, left + (0.5 * slack if align == "centre" else 0), space)
            first = False

    def display(self, text, fount, leading=1.3):
        """Set centred lines of a larger (or any other) fount, as many as the text needs."""
        rest = fount.spell(text).split()
        while rest and self.room >= leading * fount.size:
            left, right = self.measure(leading * fount.size)
            line, rest = break_line(rest, fount, right - left, hyphenate=False)
            width = sum(map(fount.width, line)) + fount.space * (len(line) - 1)
            x = left + 0.5 * (right - left - width)
            self.set_line(line, fount, x, fount.space, leading * fount.size)


def break_line(words, fount, measure, hyphenate=True):
    """What fits on one line: (line, rest). A line is never empty: a word too long is cut."""
    width, count = 0.0, 0
    for word in words:
        if width + fount.width(word) > measure:
            break
        width += fount.width(word) + fount.space
        count += 1
    line, rest = words[:count], words[count:]
    if not rest or (line and not hyphenate):
        return line, rest
    room = measure - width
    if not line or room > 3 * fount.space:
        head, tail = hyphenated(rest[0], fount, room if line else measure)
        if head or not line:
            line, rest = [*line, head or rest[0][:1]], [tail] * bool(tail) + rest[1:]
    return line, rest


def hyphenated(word, fount, room):
    """The longest part of a word that fits with a hyphen, and the rest; the part may be empty."""
    for length in range(len(word) - 2, 1, -1):
        head = word[:length] + "-"
        if fount.width(head) <= room:
            return head, word[length:]
    return "", word
