"""A case and its places."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from tadmor import pipeline
from tadmor.datamodel.documents import Document
from tadmor.datamodel.findings import Record, Spell
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.errors import UsageError
from tadmor.ledger import ClaimFilter, Ledger
from tadmor.notebook.drawing import case_html, place_html
from tadmor.notebook.rows import Rows
from tadmor.views.brief import find_place, told_spell
from tadmor.views.exporting import EXPORTS, rows_of
from tadmor.views.exports import Names, Row
from tadmor.views.findings_rows import spell_id, spell_row
from tadmor.views.words import spell_days

#: Places of a case that are shown.
_PLACES = 12


class Case:
    """A case opened for reading. Each question sees it as it stands then; `as_of` asks what was known by a day."""

    def __init__(self, folder: Path | str, *, as_of: date | str | None = None) -> None:
        self.folder = Path(folder)
        self.as_of = _day(as_of)
        with self._opened() as ledger:
            self.name = ledger.name

    def __repr__(self) -> str:
        """For a prompt."""
        return f"tadmor.open({str(self.folder)!r})"

    def claims(self, *, as_of: date | str | None = None, **wanted: Any) -> Rows:
        """Claims; `wanted` as `tadmor claims` has it: `place`, `actor`, `source`, `kind`, `text`, by name or id."""
        try:
            asked = ClaimFilter(as_of=self._known_by(as_of), **wanted)
        except TypeError as error:
            raise UsageError(str(error)) from error
        with self._opened() as ledger:
            return Rows(rows_of(ledger, ledger.claims(asked)))

    def control(self, *, as_of: date | str | None = None) -> Rows:
        """Who held what from when to when, one row a spell."""
        return self._exported("control", as_of)

    def incidents(self, *, as_of: date | str | None = None) -> Rows:
        """What happened."""
        return self._exported("incidents", as_of)

    def tolls(self, *, as_of: date | str | None = None) -> Rows:
        """What it cost."""
        return self._exported("tolls", as_of)

    def contradictions(self, *, as_of: date | str | None = None) -> Rows:
        """Accounts that cannot all hold."""
        return self._exported("contradictions", as_of)

    def sources(self, *, as_of: date | str | None = None) -> Rows:
        """How voices that others could check fared."""
        return self._exported("sources", as_of)

    def issues(self) -> Rows:
        """What was wrong with the input."""
        return self._exported("issues", None)

    def place(self, name: str, *, as_of: date | str | None = None) -> "Place":
        """A place by name or id.

        Raises:
            UsageError: the case tells of no such place; the message names the closest.
        """
        known_by = self._known_by(as_of)
        with self._opened() as ledger:
            record, claims = _record(ledger, known_by)
            found = find_place(name, claims, ledger)
        return Place(self, found.id, found.name, known_by, Rows(_spells(record, claims, found.id)), _last(claims))

    def _exported(self, what: str, as_of: date | str | None) -> Rows:
        with self._opened() as ledger:
            return Rows(EXPORTS[what](ledger, self._known_by(as_of)))

    def _opened(self) -> Ledger:
        return Ledger.open(self.folder)

    def _known_by(self, as_of: date | str | None) -> date | None:
        return _day(as_of) if as_of is not None else self.as_of

    def _repr_html_(self) -> str:
        """What the case holds, and who holds the places that most is told of."""
        with self._opened() as ledger:
            record, claims = _record(ledger, self.as_of)
            documents = sum(self.as_of is None or _out(one, self.as_of) for one in ledger.documents())
        counts = {
            "documents": documents,
            "claims": len(claims),
            "sources": len({one.id for claim in claims for one in claim.voices}),
            "incidents": sum(one.type is not None for one in record.incidents),
            "tolls": len(record.tolls),
            "contradictions": len(record.contradictions),
        }
        most = Counter(claim.place.id for claim in claims if claim.place is not None).most_common(_PLACES)
        names = Names(claims)
        places = [(names.place_name(key), _spells(record, claims, key)) for key, _ in most]
        return case_html(self.name, counts, places, _last(claims), self.as_of)


class Place:
    """A place of a case as it was known when it was asked for."""

    def __init__(
        self, case: Case, identity: str, name: str, as_of: date | None, spells: Rows, last: str | None
    ) -> None:
        self.id, self.name, self.as_of = identity, name, as_of
        #: Who held it from when to when: rows of control, with `id`, `words` and `days`.
        self.spells = spells
        self._case, self._last = case, last

    def __repr__(self) -> str:
        """For a prompt."""
        return f"<{self.name} ({self.id})>"

    def claims(self) -> Rows:
        """What is claimed of it."""
        return self._case.claims(place=self.id, as_of=self.as_of)

    def _repr_html_(self) -> str:
        """Its ribbon: who held it over time, how surely."""
        return place_html(self.name, self.spells, self._last, self.as_of)


def _record(ledger: Ledger, as_of: date | None) -> tuple[Record, tuple[GroundedClaim, ...]]:
    """The record as of a day, and the claims that had come out by then."""
    record, claims = pipeline.record(ledger, as_of=as_of)
    return record, tuple(one for one in claims if as_of is None or one.known_by(as_of))


def _out(document: Document, as_of: date) -> bool:
    return document.published is None or document.published.latest <= as_of


def _spells(record: Record, claims: tuple[GroundedClaim, ...], place: str) -> list[Row]:
    """The spells of a place as exported, with words for drawing them."""
    names, as_of = Names(claims), record.as_of.isoformat() if record.as_of is not None else None

    def told(spell: Spell) -> Row:
        words = {
            "id": spell_id(spell),
            "words": told_spell(spell, names).words,
            "days": spell_days(spell.start, spell.end),
        }
        return spell_row(spell, names, as_of) | words

    found = (one for one in record.spells if one.place == place)
    return [told(one) for one in sorted(found, key=lambda one: one.start or date.min)]


def _last(claims: tuple[GroundedClaim, ...]) -> str | None:
    """The last day that anything came out."""
    days = [claim.published.latest for claim in claims if claim.published is not None]
    return max(days).isoformat() if days else None


def _day(told: date | str | None) -> date | None:
    if told is None or isinstance(told, date):
        return told
    try:
        return date.fromisoformat(told)
    except ValueError:
        message = f"{told!r} is no day; write it as 2016-12-11"
        raise UsageError(message) from None
