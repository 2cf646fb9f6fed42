"""The child process that reads one PDF: bytes on standard input, `PdfText` as JSON on standard output."""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from tadmor.documents.columns import Box, reading_order

#: Bytes of address space the child may take: PDFium needs a few hundred MB for the largest files read.
MEMORY_LIMIT = 3_000_000_000
#: A line in the top or bottom tenth of so many pages, figures aside, is a running head or foot.
REPEATED_ON = 3
EDGE = 0.1

#: PDFium gives a hyphen that ends a line as a control character or a noncharacter.
_MARKS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x00: None}
_FIGURES = re.compile(r"\d+")


class PdfText(msgspec.Struct, frozen=True, kw_only=True):
    """Text in reading order, or the problem; `failed` are page numbers from 1."""

    text: str = ""
    problem: str | None = None
    failed: tuple[int, ...] = ()


class _PageText(msgspec.Struct, frozen=True, kw_only=True):
    boxes: tuple[Box, ...]
    bottom: float
    top: float


def main() -> None:
    """Read standard input, write standard output."""
    _limit_memory()
    found = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(found))


def read(data: bytes) -> PdfText:
    """The text of a PDF."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - only this process loads PDFium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return PdfText(problem=_why(str(error)))
    pages, failed = [], []
    for number in range(len(document)):
        try:
            pages.append(_page(document[number]))
        except (pdfium.PdfiumError, UnicodeError):
            failed.append(number + 1)
    document.close()
    return PdfText(text=_text(pages), failed=tuple(failed))


def _why(error: str) -> str:
    if "password" in error.lower():
        return "the PDF is protected by a password; save an unprotected copy and read that"
    return "the PDF is broken and cannot be opened; print it to a new PDF and read that"


def _page(page: Any) -> _PageText:
    _, bottom, _, top = page.get_bbox()
    text = page.get_textpage()
    boxes = []
    for index in range(text.count_rects()):
        x0, y0, x1, y1 = text.get_rect(index)
        words = " ".join(text.get_text_bounded(x0, y0, x1, y1).translate(_MARKS).split())
        if words:
            boxes.append(Box(left=x0, bottom=y0, right=x1, top=y1, text=words))
    text.close()
    return _PageText(boxes=tuple(boxes), bottom=bottom, top=top)


def _text(pages: Sequence[_PageText]) -> str:
    running = _running(pages)
    kept = [[box for box in page.boxes if not (_at_edge(box, page) and _sign(box) in running)] for page in pages]
    return "\n\n".join(filter(None, (reading_order(boxes) for boxes in kept)))


def _running(pages: Sequence[_PageText]) -> frozenset[str]:
    """Words that stand at the edge of several pages, and bare page numbers."""
    seen = Counter(sign for page in pages for sign in {_sign(box) for box in page.boxes if _at_edge(box, page)})
    return frozenset({"#", "page #", *(sign for sign, count in seen.items() if count >= REPEATED_ON)})


def _at_edge(box: Box, page: _PageText) -> bool:
    height = page.top - page.bottom
    return box.bottom > page.top - EDGE * height or box.top < page.bottom + EDGE * height


def _sign(box: Box) -> str:
    return _FIGURES.sub("#", box.text.lower())


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, hard))


if __name__ == "__main__":
    main()
