"""What a page said otherwise from one version to the next."""

from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the store is loaded only where a case is opened
    from tadmor.datamodel.captures import Version
    from tadmor.ledger import Ledger

#: Lines of a text that are compared: comparing takes time by the square of them (3,000 that all differ: 2 s).
_MOST = 3000


def differences(ledger: "Ledger", versions: "tuple[Version, ...]") -> Iterator[tuple["Version", list[str]]]:
    """Each version but the first, with what it says otherwise than the one before: lines as a unified diff has them."""
    for before, after in pairwise(versions):
        old, new = (_lines(ledger, one.original) for one in (before, after))
        days = f"{before.last_seen:%Y-%m-%d %H:%M}", f"{after.seen:%Y-%m-%d %H:%M}"
        if max(len(old), len(new)) > _MOST:
            yield after, [f"more than {_MOST:,} lines: not compared"]
        else:
            yield after, list(unified_diff(old, new, *days, lineterm="", n=0))


def _lines(ledger: "Ledger", original: str | None) -> list[str]:
    return list(islice((line for text in ledger.texts(original or "") for line in text.splitlines()), _MOST + 1))
