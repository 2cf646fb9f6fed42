"""STIX 2.1 (OASIS): incidents, identities, locations, the relations between them, and notes with the words.

Ids of objects follow from what they are of (UUID 5 over tadmor's ids), so that the same case gives the same file.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Harm
from tadmor.datamodel.entries import Account, Entry, Ground, Party
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.views.exchange.formats import DataSet, unreal
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.titles import title

#: The name space of the ids: a UUID of tadmor's own, drawn once.
_SPACE = uuid.UUID("5f1c2a52-3b8e-4c0f-9a53-6d3c0d4f7b21")
_CARRIES = frozenset({
    "type", "days", "days.open", "place", "place.point", "place.reach", "place.id", "actors", "actors.id", "targets",
    "targets.id", "holder", "holder.id", "quote", "quote.more", "publisher", "chain", "confidence", "original",
    "claims",
})  # fmt: skip
_CLASSES = {
    ActorKind.PERSON: "individual",
    ActorKind.CIVILIANS: "class",
    ActorKind.GENERIC: "class",
    ActorKind.ARMED_GROUP: "group",
    ActorKind.COALITION: "group",
}
Object = dict[str, Any]


class Stix:
    """A bundle."""

    name = "stix"
    suffix = ".json"
    about = "STIX 2.1 bundle"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The bundle; what has no event nor holder of a place is left out."""
        desk = _Desk(data)
        for entry in entries:
            why = _left_out(entry)
            if why is not None:
                tally.leave_out(entry, why)
                continue
            tally.carry(entry, _CARRIES)
            _note(entry, tally)
            desk.add(entry)
        body = {"type": "bundle", "id": _id("bundle", data.case), "objects": list(desk.objects.values())}
        yield (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _left_out(entry: Entry) -> str | None:
    if entry.kind in ("presence", "movement"):
        return "the standard has sightings of threats alone, not of forces"
    if entry.kind == "control" and (entry.holder is None or entry.ground.name is None):
        return "control of a place needs a holder and a place"
    return unreal(entry)


def _note(entry: Entry, tally: Tally) -> None:
    for harm in Harm:
        if entry.of_harm(harm) is not None:
            tally.lose(harm.value, entry, "an incident has no numbers of victims: they stand in its description")
    if entry.kind == "control" and entry.state is not None:
        tally.lose("state", entry, "contested and besieged places go out as controlled, said so in words")
    if entry.when is not None and entry.ground.name is None:
        tally.lose("days", entry, "the days are those of the relation to a place, and none is told")


class _Desk:
    """Where the objects of a bundle are made, each once."""

    def __init__(self, data: DataSet) -> None:
        self._made = _stamp(data.made)
        self.objects: dict[str, Object] = {}

    def add(self, entry: Entry) -> None:
        """An entry with all that it names."""
        place = self._location(entry.ground) if entry.ground.name is not None else None
        if entry.kind == "control":
            assert entry.holder is not None  # noqa: S101 - others are left out
            assert place is not None  # noqa: S101
            subject = self._relation(entry, self._party(entry.holder), "controls", place)
        else:
            subject = self._incident(entry)
            if place is not None:
                self._relation(entry, subject, "located-at", place)
            for party in entry.actors:
                self._relation(entry, subject, "attributed-to", self._party(party))
            for party in entry.targets:
                self._relation(entry, subject, "targets", self._party(party))
        for account in entry.accounts:
            self._words(entry, account, subject)

    def _keep(self, kind: str, key: str, fields: Object) -> str:
        identity = _id(kind, key)
        head = {"type": kind, "spec_version": "2.1", "id": identity, "created": self._made, "modified": self._made}
        self.objects.setdefault(identity, head | {name: value for name, value in fields.items() if value is not None})
        return identity

    def _incident(self, entry: Entry) -> str:
        return self._keep(
            "incident",
            entry.id,
            {
                "name": title(entry),
                "description": _description(entry) or None,
                "labels": [str(one).replace("_", "-") for one in (entry.kind, entry.type) if one is not None],
                "confidence": _confidence(entry),
            },
        )

    def _relation(self, entry: Entry, one: str, kind: str, other: str) -> str:
        begin, end = _moments(entry)
        return self._keep(
            "relationship",
            f"{entry.id} {one} {kind} {other}",
            {
                "relationship_type": kind,
                "source_ref": one,
                "target_ref": other,
                "description": title(entry),
                "start_time": _stamp(begin) if begin is not None else None,
                "stop_time": _stamp(end) if end is not None else None,
                "confidence": _confidence(entry),
            },
        )

    def _party(self, party: Party) -> str:
        return self._keep(
            "identity",
            f"actor {party.id}",
            {
                "name": party.name,
                "identity_class": _CLASSES.get(party.kind, "organization"),
                "external_references": [{"source_name": "tadmor", "external_id": party.id}],
            },
        )

    def _source(self, source: Source) -> str:
        person = source.kind is SourceKind.PERSON
        return self._keep(
            "identity",
            f"source {source.id}",
            {
                "name": source.name,
                "identity_class": "individual" if person else "organization",
                "roles": [source.kind.value],
                "external_references": [{"source_name": "tadmor", "external_id": source.id}],
            },
        )

    def _location(self, ground: Ground) -> str:
        place, point = ground.place, ground.point
        reach = place.radius_m if place is not None and point is not None else None
        key = f"{place.id if place is not None else ground.words} {point}"
        fields: Object = {
            "name": ground.name,
            "latitude": point[0] if point is not None else None,
            "longitude": point[1] if point is not None else None,
            "precision": reach,
            "country": ground.country,
            "administrative_area": next((name for name, one in ground.within if one.startswith("adm1:")), None),
        }
        if point is None and ground.country is None:
            fields["region"] = "unknown"
        if place is not None:
            fields["external_references"] = [{"source_name": "tadmor", "external_id": place.id}]
        return self._keep("location", key, fields)

    def _words(self, entry: Entry, account: Account, subject: str) -> None:
        chain = [self._source(source) for source in account.voices]
        self._keep(
            "note",
            f"{entry.id} {account.document} {account.start} {account.end}",
            {
                "abstract": f"{account.file}, characters {account.start} to {account.end}",
                "content": account.quote or "(no words)",
                "authors": [source.name for source in account.voices] or None,
                "object_refs": [subject, *dict.fromkeys(chain)],
                "external_references": [
                    {
                        "source_name": account.title or account.file,
                        "hashes": {"SHA-256": account.original},
                        "description": " ".join(account.claims),
                    }
                ],
            },
        )


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(_SPACE, f'{kind} {key}')}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def _moments(entry: Entry) -> tuple[datetime | None, datetime | None]:
    """Begin of the first day and end of the last; open ends are none."""
    if entry.when is None:
        return None, None
    begin = None if entry.open_start else _midnight(entry.when.interval.start)
    end = None if entry.open_end else _midnight(entry.when.interval.end) - timedelta(milliseconds=1)
    return begin, end


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _confidence(entry: Entry) -> int | None:
    return round(100 * entry.confidence) if entry.confidence is not None else None


def _description(entry: Entry) -> str:
    told = [
        f"{one.harm.value}{' of ' + one.group.name if one.group is not None else ''}:"
        f" low {_said(one.low)}, best {_said(one.best)}, high {_said(one.high)}"
        for one in entry.harmed
    ]
    return "; ".join(told)


def _said(number: int | None) -> str:
    return "not told" if number is None else str(number)
