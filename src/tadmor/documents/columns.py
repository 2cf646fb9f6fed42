"""The order in which the words of a page are read: a recursive XY-cut over the boxes they stand in.

Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984: a page is cut along its white
gutters, columns before rows, until a block has none left.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

#: A gutter between columns is at least so wide, in heights of a line: word spaces are a quarter, gutters one and more.
GUTTER = 0.8
#: A column has at least so many lines; a gap in fewer is chance.
COLUMN_LINES = 3
#: A paragraph is set apart by at least so much more than the usual distance between lines.
APART = 1.35
#: A line so much taller than the page's usual ones is set in another size: a headline, a name of a paper. Ink of one
#: size differs by a third, with what letters a line has.
LARGE = 1.5
#: In a block of fewer lines the usual distance between lines is the page's.
FEW_LINES = 5
#: A single letter so much taller than the lines beside it is a drop cap.
TALL = 1.7


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """Words and where they stand, in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """Points."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Height of the middle above the foot of the page."""
        return (self.top + self.bottom) / 2


def reading_order(boxes: Sequence[Box]) -> str:
    """The text of a page: lines in order, a blank line where blocks or paragraphs are set apart."""
    if not boxes:
        return ""
    line = _median([box.height for box in boxes])
    blocks = [_lined(block) for block in _cut(list(boxes), line)]
    steps = [step for lines, _ in blocks if len(lines) >= FEW_LINES for step in _steps(lines)]
    return "\n\n".join(_block(lines, caps, line, _median(steps) if steps else None) for lines, caps in blocks)


def _cut(boxes: list[Box], line: float) -> list[list[Box]]:
    columns = _columns(boxes, line)
    if len(columns) > 1:
        return [block for column in columns for block in _cut(column, line)]
    rows = _rows(boxes, line)
    return [block for row in rows for block in _cut(row, line)] if len(rows) > 1 else [boxes]


def _columns(boxes: list[Box], line: float) -> list[list[Box]]:
    """The columns, where a gutter runs through from top to bottom."""
    columns = _apart(boxes, lambda box: (box.left, box.right), GUTTER * line)
    if len(columns) < 2 or any(_lines_high(column, line) < COLUMN_LINES for column in columns):
        return [boxes]
    return columns


def _rows(boxes: list[Box], line: float) -> list[list[Box]]:
    """Two rows, cut where that sets columns free: below what spans them, or above it."""
    rows = _apart(boxes, lambda box: (-box.top, -box.bottom), 0.0)
    for at in range(1, len(rows)):
        below = [box for row in rows[at:] for box in row]
        if len(_columns(below, line)) > 1:
            return [[box for row in rows[:at] for box in row], below]
    for at in range(len(rows) - 1, 0, -1):
        above = [box for row in rows[:at] for box in row]
        if len(_columns(above, line)) > 1:
            return [above, [box for row in rows[at:] for box in row]]
    return [boxes]


def _apart(boxes: Sequence[Box], side: Callable[[Box], tuple[float, float]], gap: float) -> list[list[Box]]:
    """Groups that at least `gap` lies between, along one side."""
    groups: list[list[Box]] = []
    reach = 0.0
    for box in sorted(boxes, key=lambda box: side(box)[0]):
        low, high = side(box)
        if groups and low - reach < max(gap, 1e-6):
            groups[-1].append(box)
            reach = max(reach, high)
        else:
            groups.append([box])
            reach = high
    return groups


def _lines_high(boxes: Sequence[Box], line: float) -> float:
    return (max(box.top for box in boxes) - min(box.bottom for box in boxes)) / line


def _lined(boxes: Sequence[Box]) -> tuple[list[list[Box]], list[Box]]:
    """One column's lines from top to bottom, and its drop caps."""
    usual = _median([box.height for box in boxes])
    tall = [box for box in boxes if len(box.text.strip()) == 1 and box.height > TALL * usual]
    return _lines([box for box in boxes if box not in tall]), tall


def _steps(lines: Sequence[Sequence[Box]]) -> list[float]:
    return [above[0].middle - below[0].middle for above, below in pairwise(lines)]


def _block(lines: Sequence[Sequence[Box]], tall: Sequence[Box], usual: float, page_step: float | None) -> str:
    """One column's lines; `usual` height and `page_step` of the page's lines, in points."""
    own = _steps(lines)
    step = page_step if page_step is not None and len(lines) < FEW_LINES else _median(own or [0.0])
    parts: list[str] = []
    for index, line in enumerate(lines):
        if index and (own[index - 1] > APART * step * _size(line, usual) or _resized(lines[index - 1], line, usual)):
            parts.append("")
        caps = [box for box in tall if _begins(box, line, lines[index - 1] if index else None)]
        if caps:
            parts.extend(["", *(box.text for box in caps)])
        parts.append(" ".join(box.text for box in line))
    return "\n".join(parts).strip("\n")


def _size(line: Sequence[Box], usual: float) -> float:
    """How many times as tall as usual; lines in small print are not set closer for this."""
    return max(1.0, max(box.height for box in line) / usual)


def _resized(above: Sequence[Box], below: Sequence[Box], usual: float) -> bool:
    """Is one of two lines set in large type, and the other not, or in type larger by as much?"""
    sizes = sorted(max(box.height for box in line) for line in (above, below))
    return sizes[1] > LARGE * usual and sizes[1] > LARGE * sizes[0]


def _begins(cap: Box, line: Sequence[Box], before: Sequence[Box] | None) -> bool:
    """Does a drop cap stand at the first of the lines it is as tall as?"""
    beside = cap.bottom <= line[0].middle <= cap.top
    return beside and (before is None or not cap.bottom <= before[0].middle <= cap.top)


def _lines(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes that stand at one height, from left to right."""
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -box.middle):
        last = lines[-1][0] if lines else None
        if last is not None and abs(last.middle - box.middle) < 0.5 * min(last.height, box.height):
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line, key=lambda box: box.left) for line in lines]


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
