"""The child process that reads one PDF: bytes on standard input, `PdfText` as JSON on standard output."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from tadmor.documents.columns import Box, reading_order

#: Bytes of address space the child may take: PDFium needs a few hundred MB for the largest files read.
MEMORY_LIMIT = 3_000_000_000
#: A line in the top or bottom tenth of so many pages, figures aside, is a running head or foot.
REPEATED_ON = 3
EDGE = 0.1
#: So is one at the same height of fewer pages, in points and in a wider edge.
SAME_PLACE_ON, SAME_PLACE, WIDE_EDGE = 2, 3.0, 0.15
#: Running heads of so many pages are told: left and right pages differ, and more repeat them.
TOLD_PAGES = 4

#: PDFium gives a hyphen that ends a line as a control character or a noncharacter.
_MARKS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x00: None}
_FIGURES = re.compile(r"\d+")
#: The number of a page beside a running head, set off by a mark.
_PAGE_NUMBER = re.compile(r"^\d{1,4}\s*[|•·]\s*|\s*[|•·]\s*\d{1,4}$")


class PdfText(msgspec.Struct, frozen=True, kw_only=True):
    """Text in reading order, or the problem; `margins` are running heads and feet; `failed` page numbers from 1."""

    text: str = ""
    margins: tuple[str, ...] = ()
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
    running = _running(pages)
    return PdfText(text=_text(pages, running), margins=_margins(running, pages), failed=tuple(failed))


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


def _text(pages: Sequence[_PageText], running: Sequence[Collection[Box]]) -> str:
    kept = [[box for box in page.boxes if box not in out] for page, out in zip(pages, running, strict=True)]
    return "\n\n".join(filter(None, (reading_order(boxes) for boxes in kept)))


def _running(pages: Sequence[_PageText]) -> list[set[Box]]:
    """For each page the boxes that are no text of it: what the edges of several pages have, and page numbers."""
    seen = Counter(sign for page in pages for sign in {_sign(box) for box in page.boxes if _at_edge(box, page, EDGE)})
    anywhere = {"#", "page #", *(sign for sign, count in seen.items() if count >= REPEATED_ON)}
    found = []
    for page, placed in zip(pages, _same_place(pages), strict=True):
        found.append({box for box in page.boxes if _at_edge(box, page, EDGE) and _sign(box) in anywhere} | placed)
    return found


def _same_place(pages: Sequence[_PageText]) -> list[set[Box]]:
    """For each page the boxes of its edge that stand at the same height of another."""
    placed: dict[str, list[tuple[int, Box]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for box in page.boxes:
            if _at_edge(box, page, WIDE_EDGE):
                placed[_sign(box)].append((number, box))
    found: list[set[Box]] = [set() for _ in pages]
    for boxes in placed.values():
        for number, box in boxes:
            there = {other for other, one in boxes if abs(one.bottom - box.bottom) <= SAME_PLACE}
            if len(there) >= SAME_PLACE_ON:
                found[number].add(box)
    return found


def _margins(running: Sequence[Collection[Box]], pages: Sequence[_PageText]) -> tuple[str, ...]:
    """The lines of the running heads and feet, each once, page numbers left out."""
    told: dict[str, str] = {}
    for page, boxes in list(zip(pages, running, strict=True))[:TOLD_PAGES]:
        middle = (page.top + page.bottom) / 2
        for half in ([box for box in boxes if box.bottom > middle], [box for box in boxes if box.bottom <= middle]):
            for line in (_PAGE_NUMBER.sub("", line) for line in reading_order(half).splitlines()):
                if re.search(r"[^\W\d_]{3}", line):
                    told.setdefault(_FIGURES.sub("#", line.lower()), line)
    return tuple(told.values())


def _at_edge(box: Box, page: _PageText, share: float) -> bool:
    height = (page.top - page.bottom) * share
    return box.bottom > page.top - height or box.top < page.bottom + height


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
