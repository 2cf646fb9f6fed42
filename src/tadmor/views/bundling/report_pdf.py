"""The report as sheets of A4, drawn with one font that goes along: the same blocks give the same bytes."""

import io
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tadmor.errors import UsageError
from tadmor.views.bundling.report import Block, Facts, Heading, Text, Words
from tadmor.views.bundling.scripts import right_to_left, shaped, visual

#: Points: A4, its margins, and how far words of others stand in.
_WIDTH, _HEIGHT, _MARGIN, _INSET = 595.28, 841.89, 62.0, 16.0
_FONT = "DejaVuSans"
#: Sizes of headings by level, of text, and of what stands beneath words.
_HEADINGS = {1: 17.0, 2: 13.5, 3: 11.0, 4: 9.8}
_TEXT, _SMALL, _LEADING = 9.5, 7.8, 1.42
#: Share of the width for the names of facts.
_NAMES = 0.27
Colour = tuple[float, float, float]
_BLACK, _GREY, _BROWN = (0.1, 0.1, 0.1), (0.33, 0.33, 0.33), (0.54, 0.43, 0.23)
#: For what the font has no glyph of; the page and the texts show it.
_NONE = "\u25a1"


def as_pdf(blocks: Iterable[Block]) -> bytes:
    """The sheets.

    Raises:
        UsageError: the package that draws them is not installed.
    """
    every = list(blocks)
    sheets = _Sheets(next((one.text for one in every if isinstance(one, Heading)), ""))
    for block in every:
        sheets.put(block)
    return sheets.finish()


@cache
def _font() -> Any:
    """The font, registered once."""
    try:
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - only where a report is drawn
        from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    except ImportError as error:
        message = "the printed report needs reportlab; install it with `pip install reportlab`"
        raise UsageError(message) from error
    pdfmetrics.registerFont(TTFont(_FONT, str(Path(__file__).with_name("DejaVuSans.ttf"))))
    return pdfmetrics.getFont(_FONT)


class _Sheets:
    """Sheets being drawn, from the top of each down."""

    def __init__(self, title: str) -> None:
        self._font = _font()
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1, lang="en")
        self._canvas.setTitle(title)
        self._canvas.setCreator("tadmor")
        self._known: frozenset[int] = frozenset(self._font.face.charToGlyph)
        self._widths: dict[str, float] = {}
        self._page, self._y, self._unshown, self._outline = 1, _HEIGHT - _MARGIN, 0, -1

    def put(self, block: Block) -> None:
        """Draw a block below the last."""
        match block:
            case Heading():
                self._heading(block)
            case Text():
                self._down(3)
                self._paragraph(block.text, _TEXT)
            case Words():
                self._words(block)
            case Facts():
                self._down(3)
                for name, value in block.rows:
                    self._fact(name, value)

    def finish(self) -> bytes:
        """The file."""
        if self._unshown:
            told = f"{self._unshown} characters of scripts that the font of these sheets lacks are drawn as {_NONE};"
            self._down(10)
            self._paragraph(f"{told} report.html and the texts show them.", _SMALL, colour=_GREY)
        self._footer()
        self._canvas.save()
        return self._file.getvalue()

    def _heading(self, block: Heading) -> None:
        size = _HEADINGS[block.level]
        self._down({1: 0, 2: 20}.get(block.level, 11))
        self._room(size * 4)  # no heading at the foot of a sheet
        key = f"h{self._page}-{self._y:.0f}-{block.level}"
        self._canvas.bookmarkPage(key)
        self._outline = min(block.level - 1, self._outline + 1)
        self._canvas.addOutlineEntry(
            block.text.encode("utf-8", "replace").decode(), key, self._outline, closed=self._outline > 0
        )
        self._paragraph(block.text, size)
        if block.level == 2:
            self._rule(_MARGIN, self._y - 1, _WIDTH - _MARGIN)
            self._down(5)

    def _words(self, block: Words) -> None:
        self._down(6)
        self._room(_TEXT * 4)
        self._paragraph(block.words, _TEXT + 0.6, inset=_INSET, barred=True, quoted=True)
        if block.before.strip(" …") or block.after.strip(" …."):
            around = f"{block.before}[{block.words}]{block.after}".strip()
            self._paragraph(around, _SMALL + 0.5, inset=_INSET, colour=_GREY, barred=True, quoted=True)
        for line in block.beneath:
            self._paragraph(line, _SMALL, inset=_INSET, colour=_GREY, barred=True)

    def _fact(self, name: str, value: str) -> None:
        split = (_WIDTH - 2 * _MARGIN) * _NAMES
        names, values = (
            list(self._lines(name, _SMALL, split - 8)),
            list(self._lines(value, _TEXT, _WIDTH - 2 * _MARGIN - split)),
        )
        for at in range(max(len(names), len(values))):
            self._room(_TEXT * _LEADING)
            if at < len(names):
                self._draw(names[at], _SMALL, _MARGIN, _GREY)
            if at < len(values):
                self._draw(values[at], _TEXT, _MARGIN + split, _BLACK)
            self._down(_TEXT * _LEADING)

    def _paragraph(
        self,
        text: str,
        size: float,
        *,
        inset: float = 0,
        colour: Colour = _BLACK,
        barred: bool = False,
        quoted: bool = False,
    ) -> None:
        """Lines of a text; quoted words that begin from right to left are set flush right, with the bar there."""
        right = quoted and right_to_left(text)
        for line in self._lines(text, size, _WIDTH - 2 * _MARGIN - inset, leftward=right):
            self._room(size * _LEADING)
            left = _WIDTH - _MARGIN - inset - self._font.stringWidth(line, size) if right else _MARGIN + inset
            self._draw(line, size, left, colour)
            if barred:
                self._bar(_WIDTH - _MARGIN - 2 if right else _MARGIN, size * _LEADING)
            self._down(size * _LEADING)

    def _lines(self, text: str, size: float, width: float, *, leftward: bool = False) -> Iterator[str]:
        """A text cut into lines that fit, each in visual order."""
        line, filled, space = "", 0.0, self._wide(" ", size)
        for word in self._drawable(shaped(text)).split():
            for piece in self._fitting(word, size, width):
                wide = self._wide(piece, size)
                if line and filled + space + wide > width:
                    yield visual(line, leftward=leftward)
                    line, filled = piece, wide
                else:
                    line, filled = (f"{line} {piece}", filled + space + wide) if line else (piece, wide)
        yield visual(line, leftward=leftward)

    def _fitting(self, word: str, size: float, width: float) -> Iterator[str]:
        """A word, in pieces where it is wider than a line."""
        while self._wide(word, size) > width:
            at = len(word)
            while at > 1 and self._wide(word[:at], size) > width:
                at -= max(1, at // 8)
            yield word[:at]
            word = word[at:]
        yield word

    def _wide(self, word: str, size: float) -> float:
        """How wide a word is drawn, points; the font has no kerning, so that words add up."""
        found = self._widths.get(word)
        if found is None:
            found = self._widths[word] = self._font.stringWidth(word, 1000.0) / 1000
        return found * size

    def _drawable(self, text: str) -> str:
        """A text whose characters all have a glyph."""
        if all(ord(one) in self._known or one.isspace() for one in text):
            return text
        found = [one if ord(one) in self._known or one.isspace() else _NONE for one in text]
        self._unshown += sum(one != was for one, was in zip(found, text, strict=True))
        return "".join(found)

    def _draw(self, line: str, size: float, x: float, colour: Colour) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.setFont(_FONT, size)
        self._canvas.drawString(x, self._y - size, line)

    def _bar(self, x: float, height: float) -> None:
        self._canvas.setFillColorRGB(*_BROWN)
        self._canvas.rect(x, self._y - height, 2, height, stroke=0, fill=1)

    def _rule(self, x: float, y: float, end: float) -> None:
        self._canvas.setStrokeColorRGB(*_GREY)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(x, y, end, y)

    def _down(self, points: float) -> None:
        self._y -= points

    def _room(self, points: float) -> None:
        """Go on to another sheet where so much does not fit any more."""
        if self._y - points < _MARGIN:
            self._footer()
            self._canvas.showPage()
            self._page, self._y = self._page + 1, _HEIGHT - _MARGIN

    def _footer(self) -> None:
        self._canvas.setFillColorRGB(*_GREY)
        self._canvas.setFont(_FONT, _SMALL)
        self._canvas.drawRightString(_WIDTH - _MARGIN, _MARGIN / 2, f"{self._page}")
        self._canvas.drawString(_MARGIN, _MARGIN / 2, "tadmor proof bundle: report")
