"""How a document came into the case, for its page: captures of the pages of it, and what they said over time."""

from pathlib import Path

from tadmor.datamodel.captures import Capture, versions_of
from tadmor.ledger import Ledger
from tadmor.views.exports import Row
from tadmor.views.versions import differences

#: Captures of a page that are shown, the latest; and lines of what a version says otherwise.
_SHOWN, _LINES = 20, 60


def captured(folder: Path, original: str) -> list[Row]:
    """Of each page that an original is of, or each archive that it stood in, what is known of how it came in."""
    with Ledger.open(folder) as ledger:
        own = ledger.captures(original=original)
        pages = dict.fromkeys(one.page for one in own if one.page is not None)
        members = (one for one in own if one.page is None)
        return [
            *(_page(ledger, page) for page in pages),
            *(_member(one, ledger.evidence.name_of_original(one.archive)) for one in members),
        ]


def _page(ledger: Ledger, page: str) -> Row:
    own = sorted(ledger.captures(page), key=lambda one: one.made)
    versions = versions_of(own).get(page, ())
    changed = dict(differences(ledger, versions))
    told = [
        {
            "seen": f"{one.seen:%Y-%m-%d %H:%M}",
            "until": f"{one.until:%Y-%m-%d %H:%M}" if one.until is not None else None,
            "captures": one.captures,
            "document": next((found.id for found in ledger.of_original(one.original or "")), None),
            "withdrawn": one.original is None,
            "changes": changed.get(one, [])[2 : 2 + _LINES],  # behind the two lines that name the days
            "more": max(0, len(changed.get(one, [])) - 2 - _LINES),
        }
        for one in versions
    ]
    shown = [_row(one) for one in own[-_SHOWN:]]
    return {"page": page, "versions": told, "captures": shown, "earlier": len(own) - len(shown), "archive": None}


def _row(one: Capture) -> Row:
    return {
        "made": f"{one.made:%Y-%m-%d %H:%M:%S}",
        "outcome": one.outcome.value,
        "status": one.status,
        "address": one.address,
        "final": one.final if one.final != one.page else None,
        "hops": list(one.hops),
        "tool": one.tool,
        "original": one.original,
        "archive": one.archive,
        "position": one.position,
        "dates": [{"day": day.day.isoformat(), "said": day.said} for day in one.dates],
        "notes": list(one.notes),
    }


def _member(one: Capture, name: str) -> Row:
    """What stood in an archive and is of no page: a message, a row."""
    return {"page": None, "versions": [], "captures": [_row(one)], "earlier": 0, "archive": name}
