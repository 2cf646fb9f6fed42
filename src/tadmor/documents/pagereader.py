"""The process that parses pages: markup in, `PageText` out, one after another until nobody asks."""

import sys
from typing import IO

import msgspec

from tadmor.documents.apart import LENGTH
from tadmor.documents.page import Page, read_page
from tadmor.documents.pagedates import rungs

#: Bytes of address space that it may take: markup of 50 MB takes 1.5 GB as a tree.
MEMORY_LIMIT = 3_000_000_000
#: A page whose text has fewer characters is a menu, a cookie wall or an error message.
SHORTEST = 80


class PageText(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself, its article, and the day that htmldate guesses where `page` gives none."""

    page: Page
    text: str | None
    guessed: str | None = None


def main() -> None:
    """Answer standard input on standard output."""
    _limit_memory()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(length := asked.read(LENGTH)) == LENGTH:
        found = msgspec.json.encode(read(asked.read(int.from_bytes(length, "big")).decode("utf-8")))
        _write(answers, found)


def _write(answers: IO[bytes], found: bytes) -> None:
    answers.write(len(found).to_bytes(LENGTH, "big") + found)
    answers.flush()


def read(markup: str) -> PageText:
    """Parse one page."""
    page = read_page(markup)
    text = _main_text(markup)
    dated = any(day is not None for day, _ in rungs(page))
    return PageText(page=page, text=text, guessed=_guessed(markup) if text is not None and not dated else None)


def _main_text(markup: str) -> str | None:
    import trafilatura  # noqa: PLC0415 - takes 0.3-0.5 s to import

    for recall in (False, True):
        text = trafilatura.extract(
            markup, include_comments=False, include_tables=True, favor_recall=recall, deduplicate=False
        )
        if isinstance(text, str) and len(text) >= SHORTEST:
            return text
    return None


def _guessed(markup: str) -> str | None:
    from htmldate import find_date  # noqa: PLC0415 - comes with trafilatura, heavy

    found = find_date(markup, original_date=True, extensive_search=False)
    return found if isinstance(found, str) else None


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, hard))


if __name__ == "__main__":
    main()
