"""What a format could not carry: counted field by field, so that nobody takes a file for the whole record."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tadmor.datamodel.claims import Harm, Modality, Polarity
from tadmor.datamodel.entries import Account, Entry, Ground, Party
from tadmor.datamodel.places import Level

#: The fields of an entry, and what each is, in words.
FIELDS: Mapping[str, str] = {
    "type": "the kind of act",
    "days": "the first and last day",
    "days.extent": "that it was so throughout its days",
    "days.basis": "that its days are worked out, not stated",
    "days.open": "that its begin or end is not told",
    "days.began": "the days between which a state began",
    "place": "the name of the place",
    "place.words": "the words for the place",
    "place.id": "the id of the place",
    "place.point": "latitude and longitude",
    "place.reach": "how far the place reaches",
    "place.level": "whether it is a site, a town, a district or a province",
    "place.within": "what the place lies in",
    "actors": "who acted",
    "actors.id": "the ids of those who acted",
    "targets": "who was hit",
    "targets.id": "the ids of those who were hit",
    "killed": "how many were killed",
    "wounded": "how many were wounded",
    "captured": "how many were captured",
    "missing": "how many are missing",
    "displaced": "how many were displaced",
    "toll.range": "the least and the most of a number",
    "toll.parts": "the numbers of parts",
    "toll.status": "whether civilians or fighters suffered it",
    "toll.group": "whose people suffered it",
    "toll.by": "who did it to them",
    "holder": "who holds the place",
    "holder.id": "the id of the holder",
    "loser": "who lost the place",
    "change": "whether the place was gained, held or lost",
    "degree": "how much of the place",
    "state": "the state of the place over its days",
    "what": "what was seen or moved",
    "equipment": "the kind of equipment",
    "count": "how many were seen or moved",
    "origin": "where a movement began",
    "destination": "where a movement went",
    "modality": "that it is hedged, planned or predicted",
    "polarity": "that it is denied",
    "score": "how likely the text says this",
    "confidence": "how sure the record is",
    "verdict": "the verdict",
    "independent_sources": "how many independent sources tell it",
    "opposed": "the claims against it",
    "publisher": "whose document it stands in",
    "chain": "whom the source cites, link by link",
    "published": "when the document came out",
    "quote": "the words it rests on",
    "quote.more": "the words of further sources",
    "offsets": "where the words stand in the document",
    "claims": "the ids of the claims",
    "original": "the digest of the file",
    "row": "the cells of the table's row that are no field of the record",
}
#: Ids given as examples for each loss: enough to look one up.
_EXAMPLES = 5


class Tally:
    """What one file carries and what not.

    Args:
        name: the format.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries = 0
        self.rows = 0
        self._lost: dict[tuple[str, str], list[str]] = {}
        self._left_out: dict[tuple[str, str], list[str]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._out: Counter[tuple[str, str]] = Counter()
        self.escaped = 0

    def lose(self, field: str, entry: Entry, reason: str) -> None:
        """A field of an entry is not carried, or coarser."""
        if field not in FIELDS:
            message = f"no field {field!r}"
            raise AssertionError(message)
        _note(self._lost, self._counts, (field, reason), entry.id)

    def leave_out(self, entry: Entry, reason: str) -> None:
        """A whole entry stays behind."""
        _note(self._left_out, self._out, (entry.kind, reason), entry.id)

    def carry(self, entry: Entry, carries: frozenset[str], rows: int = 1) -> None:
        """An entry went out; what is told of it and not in `carries` is lost."""
        self.entries += 1
        self.rows += rows
        for field in told(entry):
            if field not in carries:
                self.lose(field, entry, "the format has no place for it")

    @property
    def left(self) -> int:
        """How many entries stay behind."""
        return sum(self._out.values())

    def fields_lost(self) -> frozenset[str]:
        """The fields of which anything was lost."""
        return frozenset(field for field, _ in self._counts)

    def lost_of(self, entry: str) -> frozenset[str]:
        """The fields lost of one entry that is among the examples."""
        return frozenset(field for (field, _), ids in self._lost.items() if entry in ids)

    def report(self, behind: Mapping[str, int] | None = None) -> dict[str, Any]:
        """The loss report, for programs; `behind` counts what of the record is no entry."""
        return {
            "format": self.name,
            "entries": self.entries,
            "rows": self.rows,
            "lost": [
                {"field": field, "what": FIELDS[field], "why": reason, "entries": count, "examples": ids}
                for (field, reason), count, ids in _counted(self._counts, self._lost)
            ],
            "left_out": [
                {"kind": kind, "why": reason, "entries": count, "examples": ids}
                for (kind, reason), count, ids in _counted(self._out, self._left_out)
            ],
            "not_in_any_format": dict(behind or {}),
            "escaped_cells": self.escaped,
        }

    def lines(self, file: str, behind: Mapping[str, int] | None = None) -> Iterator[str]:
        """The same in short, for a person: the losses that concern most entries first."""
        for (kind, reason), count, _ in _counted(self._out, self._left_out):
            yield f"{file}: left out {count:,} of kind {kind}: {reason}"
        fields: Counter[str] = Counter()
        for (field, _), count in self._counts.items():
            fields[field] = max(fields[field], count)
        if fields:
            told_ = ", ".join(f"{field} ({count:,})" for field, count in fields.most_common())
            yield f"{file}: not carried, or not in full, of {self.entries:,}: {told_}"
        for kind, count in (behind or {}).items():
            yield f"{file}: {count:,} {kind} of the record are in no row"


def _note(
    ids: dict[tuple[str, str], list[str]], counts: Counter[tuple[str, str]], key: tuple[str, str], identity: str
) -> None:
    counts[key] += 1
    held = ids.setdefault(key, [])
    if len(held) < _EXAMPLES:
        held.append(identity)


def _counted(
    counts: Counter[tuple[str, str]], ids: Mapping[tuple[str, str], list[str]]
) -> Iterator[tuple[tuple[str, str], int, list[str]]]:
    for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield key, count, ids[key]


def told(entry: Entry) -> Iterator[str]:
    """The fields of an entry that say something."""
    yield from _told_when(entry)
    yield from _told_ground(entry.ground)
    yield from _told_parties("actors", entry.actors)
    yield from _told_parties("targets", entry.targets)
    yield from _told_tolls(entry)
    if entry.holder is not None:
        yield "holder"
        yield "holder.id"
    for name in ("type", "loser", "change", "degree", "state", "what", "equipment", "count", "origin", "destination"):
        if getattr(entry, name) is not None:
            yield name
    if entry.modality is not Modality.ASSERTED:
        yield "modality"
    if entry.polarity is not Polarity.AFFIRMED:
        yield "polarity"
    for name in ("score", "confidence", "verdict", "independent_sources"):
        if getattr(entry, name) is not None:
            yield name
    if entry.opposed:
        yield "opposed"
    yield from _told_accounts(entry.accounts)
    if entry.row is not None:
        yield "row"


def _told_when(entry: Entry) -> Iterator[str]:
    if entry.when is None:
        return
    yield "days"
    if entry.when.extent.value == "throughout":
        yield "days.extent"
    if entry.when.basis.value != "stated":
        yield "days.basis"
    if entry.open_start or entry.open_end:
        yield "days.open"
    if entry.began is not None:
        yield "days.began"


def _told_ground(ground: Ground) -> Iterator[str]:
    if ground.name is not None:
        yield "place"
    if ground.words is not None and ground.words != ground.name:
        yield "place.words"
    if ground.point is not None:
        yield "place.point"
    if ground.within:
        yield "place.within"
    if ground.place is not None:
        yield "place.id"
        if ground.place.radius_m is not None:
            yield "place.reach"
        if ground.place.level is not Level.SETTLEMENT:
            yield "place.level"


def _told_parties(field: str, parties: tuple[Party, ...]) -> Iterator[str]:
    if parties:
        yield field
        yield f"{field}.id"


def _told_tolls(entry: Entry) -> Iterator[str]:
    harms = [one.harm for one in entry.harmed]
    yield from (harm.value for harm in Harm if harm in harms)
    if len(harms) > len(set(harms)):
        yield "toll.parts"
    for one in entry.harmed:
        if len({one.low, one.best, one.high}) > 1:
            yield "toll.range"
            break
    if any(one.status.value != "unstated" for one in entry.harmed):
        yield "toll.status"
    if any(one.group is not None for one in entry.harmed):
        yield "toll.group"
    if any(one.by is not None for one in entry.harmed):
        yield "toll.by"


def _told_accounts(accounts: tuple[Account, ...]) -> Iterator[str]:
    if not accounts:
        return
    yield from ("publisher", "quote", "offsets", "claims", "original")
    if any(len(one.voices) > 1 for one in accounts):
        yield "chain"
    if any(one.published is not None for one in accounts):
        yield "published"
    if len(accounts) > 1:
        yield "quote.more"
