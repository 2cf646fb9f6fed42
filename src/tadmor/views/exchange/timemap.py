"""TimeMap's events and its sources (Forensic Architecture), each a list, as its server gives them.

Fields are those that TimeMap's own checks know; further ones would have to be set up there.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tadmor.datamodel.entries import Account, Entry
from tadmor.views.exchange.edtf import entry_edtf
from tadmor.views.exchange.formats import DataSet, unreal
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.titles import title

_CARRIES = frozenset({
    "type", "days", "place", "place.point", "quote", "quote.more", "publisher", "published", "actors", "targets",
    "state", "holder", "original",
})  # fmt: skip


class TimeMapEvents:
    """An event an entry with a point and a day; its sources by their ids."""

    name = "timemap"
    suffix = ".json"
    about = "TimeMap's list of events (with timemap-sources)"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:  # noqa: ARG002
        """The list."""
        yield _listed([_event(entry) for entry in _mapped(entries, tally)])


class TimeMapSources:
    """A source a stretch of words that an event rests on."""

    name = "timemap-sources"
    suffix = ".json"
    about = "TimeMap's list of sources"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:  # noqa: ARG002
        """The list."""
        found = {_source_id(one): _source(one) for entry in _mapped(entries, tally) for one in entry.accounts}
        yield _listed(list(found.values()))


def _listed(rows: list[dict[str, Any]]) -> bytes:
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _mapped(entries: Sequence[Entry], tally: Tally) -> Iterator[Entry]:
    for entry in entries:
        no_point = entry.when is None or entry.ground.point is None
        why = unreal(entry) or ("an event needs a day and a point" if no_point else None)
        if why is not None or entry.when is None:
            tally.leave_out(entry, why or "an event needs a day")
            continue
        tally.carry(entry, _CARRIES)
        if entry.when.interval.days > 1:
            tally.lose("days", entry, "an event has one day; the stretch stands in its words")
        yield entry


def _event(entry: Entry) -> dict[str, Any]:
    when, point = entry.when, entry.ground.point
    assert when is not None  # noqa: S101 - entries without are left out
    assert point is not None  # noqa: S101
    quotes = " | ".join(dict.fromkeys(one.quote for one in entry.accounts))
    return {
        "id": entry.id,
        "description": f"{title(entry)}. {quotes}",
        "date": f"{when.earliest.month}/{when.earliest.day}/{when.earliest.year}",
        "time": "",
        "time_precision": "" if when.interval.days == 1 else (entry_edtf(entry) or ""),
        "location": entry.ground.name or "",
        "latitude": str(point[0]),
        "longitude": str(point[1]),
        "type": (entry.type or entry.state or entry.kind).replace("_", " "),
        "category": entry.kind,
        "associations": list(dict.fromkeys(one.name for one in _parties(entry))),
        "sources": [_source_id(one) for one in entry.accounts],
        "comments": "",
    }


def _parties(entry: Entry) -> tuple[Any, ...]:
    return (*entry.actors, *entry.targets, *((entry.holder,) if entry.holder is not None else ()))


def _source_id(one: Account) -> str:
    return f"{one.document}:{one.start}-{one.end}"


def _source(one: Account) -> dict[str, Any]:
    return {
        "id": _source_id(one),
        "title": one.title or one.file,
        "thumbnail": "",
        "paths": [],
        "type": "Text",
        "affil_s": [one.voices[0].name] if one.voices else [],
        "url": "",
        "description": one.quote,
        "author": one.voices[-1].name if one.voices else "",
        "date": one.published.latest.isoformat() if one.published is not None else "",
        "notes": f"sha256:{one.original}",
    }
