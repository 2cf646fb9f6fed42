"""Questions to an atlas. Answers are JSON as they were laid out; an open atlas never changes."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, and_, func, literal_column, or_, select, text
from sqlalchemy import table as literal_table

from tadmor.ledger.atlas import tables
from tadmor.ledger.atlas.entries import FindingKind
from tadmor.ledger.atlas.memory import Memory
from tadmor.ledger.atlas.tallying import Tallying
from tadmor.ledger.atlas.words import question

#: From so many claims on, a tag is looked for claim by claim: most have it, and a page is full soon. Below, its claims
#: are listed first. Measured on a million claims: a page takes under 10 ms either way.
_MANY = 20_000

_TAGGED = ("place", "actor", "source", "side")


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which claims are asked for: all conditions hold. A place stands for all its ground; days are ISO, inclusive."""

    place: str | None = None
    actor: str | None = None
    source: str | None = None
    side: str | None = None
    kind: str | None = None
    modality: str | None = None
    polarity: str | None = None
    document: str | None = None
    first: str | None = None
    last: str | None = None
    least: float | None = None
    counted: bool | None = None
    words: str | None = None


class Page(NamedTuple):
    """Answers, and the cursor that the next ones follow; `None` after the last."""

    values: tuple[bytes, ...]
    after: int | None


class Finding(NamedTuple):
    """A finding, and whether it rests on a claim for (1) or against (-1) it."""

    kind: FindingKind
    id: str
    way: int
    value: bytes


class Tick(NamedTuple):
    """A claim of who held a place; `finding` is the id of the spell that it bears on, if any."""

    value: bytes
    finding: str | None
    way: int


class Name(NamedTuple):
    """A place, actor or source found by name."""

    type: str
    id: str
    claims: int


class Atlas(Tallying):
    """An open atlas; any number of threads may ask it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._memory = Memory(engine)

    def prepare(self) -> None:
        """Read beforehand what searches need."""
        self._memory.prepare()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def sheet(self, name: str) -> bytes:
        """An answer about the whole case.

        Raises:
            KeyError: an atlas has none of that name.
        """
        found = self._one(select(tables.sheets.c.value).where(tables.sheets.c.name == name))
        if found is None:
            raise KeyError(name)
        return found

    def place(self, identity: str) -> bytes | None:
        """A place."""
        return self._thing(tables.places, identity)

    def actor(self, identity: str) -> bytes | None:
        """An actor."""
        return self._thing(tables.actors, identity)

    def source(self, identity: str) -> bytes | None:
        """A source."""
        return self._thing(tables.sources, identity)

    def document(self, identity: str) -> bytes | None:
        """A document, without its text."""
        return self._thing(tables.documents, identity)

    def claim(self, identity: str) -> bytes | None:
        """A claim by its id."""
        claims, answers = tables.claims, tables.answers
        query = select(answers.c.value).join(claims, claims.c.number == answers.c.number)
        return self._one(query.where(claims.c.id == identity))

    def places(self, *, limit: int, after: int = 0) -> Page:
        """Places, those with most claims first."""
        return self._things(tables.places, limit, after)

    def actors(self, *, limit: int, after: int = 0) -> Page:
        """Actors, those with most claims first."""
        return self._things(tables.actors, limit, after)

    def sources(self, *, limit: int, after: int = 0) -> Page:
        """Sources, those with most claims first."""
        return self._things(tables.sources, limit, after)

    def documents(self, *, limit: int, after: int = 0) -> Page:
        """Documents by the day that they came out, the undated last."""
        table = tables.documents
        order = (table.c.published.is_(None), table.c.published, table.c.id)
        return self._paged(select(table.c.value).order_by(*order), limit, after)

    def finding(self, kind: FindingKind, identity: str) -> bytes | None:
        """A finding by its id."""
        table = tables.findings
        return self._one(select(table.c.value).where(table.c.kind == kind.value, table.c.id == identity))

    def features(self, day: str) -> tuple[bytes, ...]:
        """The spells that hold on an ISO day, as GeoJSON."""
        query = select(tables.findings.c.feature).where(_on(day), tables.findings.c.kind == FindingKind.SPELL.value)
        with self._engine.connect() as connection:
            return tuple(connection.execute(query.order_by(tables.findings.c.number)).scalars())

    def findings(
        self,
        kind: FindingKind,
        *,
        place: str | None = None,
        ground: bool = False,
        actor: str | None = None,
        day: str | None = None,
        limit: int,
        after: int = 0,
    ) -> Page:
        """Findings of a kind, the heaviest first; spells by place and day.

        Args:
            kind: what they are about.
            place: of this place only.
            ground: of all that lies in the place, too.
            actor: that name this actor.
            day: that hold on this ISO day.
            limit: how many at most.
            after: the cursor of the page before.
        """
        table = tables.findings
        query = select(table.c.value).where(table.c.kind == kind.value).order_by(table.c.number)
        if place is not None:
            query = query.where(table.c.place.in_(_ground(place)) if ground else table.c.place == place)
        if actor is not None:
            query = query.where(table.c.number.in_(select(tables.named.c.finding).where(tables.named.c.actor == actor)))
        if day is not None:
            query = query.where(_on(day))
        return self._paged(query, limit, after)

    def resting(self, claim: str) -> tuple[Finding, ...]:
        """The findings that rest on a claim."""
        return self.resting_each([claim]).get(claim, ())

    def resting_each(self, claims: Sequence[str]) -> dict[str, tuple[Finding, ...]]:
        """The findings that rest on each of some claims; on what none rests is not there."""
        table, rests, own = tables.findings, tables.rests, tables.claims
        query = (
            select(own.c.id.label("claim"), table.c.kind, table.c.id, rests.c.way, table.c.value)
            .join(rests, rests.c.finding == table.c.number)
            .join(own, own.c.number == rests.c.claim)
            .where(own.c.id.in_(claims))
            .order_by(table.c.number)
        )
        found: dict[str, tuple[Finding, ...]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                one = Finding(FindingKind(row.kind), row.id, row.way, row.value)
                found[row.claim] = (*found.get(row.claim, ()), one)
        return found

    def ticks(self, place: str) -> tuple[Tick, ...]:
        """Every claim of who held a place, by day, once for each spell that it bears on."""
        claims, rests, spells = tables.claims, tables.rests, tables.findings
        here = and_(spells.c.kind == FindingKind.SPELL.value, spells.c.place == place)
        bearing = (
            select(rests.c.claim, rests.c.way, spells.c.id).join(spells, spells.c.number == rests.c.finding).where(here)
        ).subquery()
        query = (
            select(tables.answers.c.value, bearing.c.id, func.coalesce(bearing.c.way, 0))
            .select_from(claims)
            .join(tables.answers, tables.answers.c.number == claims.c.number)
            .outerjoin(bearing, bearing.c.claim == claims.c.number)
            .where(claims.c.kind == "control", claims.c.number.in_(_of_tag("place", place)))
            .order_by(claims.c.number, bearing.c.id)
        )
        with self._engine.connect() as connection:
            return tuple(Tick(*row) for row in connection.execute(query))

    def claims(self, wanted: Wanted, *, limit: int, after: int = 0) -> Page:
        """Claims that fit, by the day that they speak of, those without a day last; the cursor is a claim's number."""
        with self._engine.connect() as connection:
            numbers: list[int] = []
            for part in _parts(connection, wanted, after):
                query = self._fitting(connection, wanted, tables.claims.c.number).where(*part).order_by(_order(wanted))
                numbers += connection.execute(query.limit(limit + 1 - len(numbers))).scalars()
                if len(numbers) > limit:
                    break
            table = tables.answers
            own = select(table.c.number, table.c.value).where(table.c.number.in_(numbers[:limit]))
            values = {row.number: row.value for row in connection.execute(own)}
        return Page(tuple(values[one] for one in numbers[:limit]), numbers[limit - 1] if len(numbers) > limit else None)

    def _fitting(self, connection: Connection, wanted: Wanted, *columns: ColumnElement[Any]) -> Select[Any]:
        claims = tables.claims
        query = select(*columns)
        if wanted.words is not None:
            index, asked = question(wanted.words)
            # the plus keeps SQLite from looking each claim up in the index: the index leads, in the order of its rows,
            # and stops when the page is full
            joined = literal_table(f"claims_{index}").join(
                claims, claims.c.number == literal_column(f"+claims_{index}.rowid")
            )
            query = query.select_from(joined).where(text(f"claims_{index} MATCH :asked").bindparams(asked=asked))
        for column in (claims.c.kind, claims.c.modality, claims.c.polarity, claims.c.document, claims.c.counted):
            value = getattr(wanted, column.name)
            if value is not None:
                query = query.where(column == value)
        if wanted.last is not None:
            query = query.where(claims.c.earliest <= wanted.last)
        if wanted.least is not None:
            query = query.where(claims.c.score >= wanted.least)
        for kind in _TAGGED:
            value = getattr(wanted, kind)
            if value is not None:
                query = query.where(_tagged(connection, kind, value))
        return query

    def names(self, words: str, *, limit: int) -> tuple[Name, ...]:
        """Places, actors and sources whose folded name begins so, those with most claims first."""
        table = tables.names
        # a range, as the index knows no LIKE; the last code point is above any name in any script
        query = (
            select(table.c.type, table.c.id, func.max(table.c.claims))
            .where(table.c.name >= words, table.c.name < words + chr(sys.maxunicode))
            .group_by(table.c.type, table.c.id)
            .order_by(func.max(table.c.claims).desc(), table.c.id)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return tuple(Name(*row) for row in connection.execute(query)) if words else ()

    def named(self, found: Sequence[Name]) -> dict[str, list[bytes]]:
        """The places, actors and sources of such names, by type, in the order found."""
        every = {"place": tables.places, "actor": tables.actors, "source": tables.sources}
        values: dict[str, list[bytes]] = {}
        with self._engine.connect() as connection:
            for kind, table in every.items():
                own = [one.id for one in found if one.type == kind]
                rows = connection.execute(select(table.c.id, table.c.value).where(table.c.id.in_(own))) if own else ()
                known = {row.id: row.value for row in rows}
                values[kind] = [known[one] for one in own if one in known]
        return values

    def likest(self, words: str) -> str | None:
        """The folded name that a mistyped one is likest to, if any is like it."""
        return self._memory.likest(words)

    def found_documents(self, words: str, *, limit: int) -> tuple[bytes, ...]:
        """Documents that hold all the words, the most telling first."""
        index, asked = question(words)
        name = f"documents_{index}"
        within = (
            text(f"SELECT rowid AS number FROM {name} WHERE {name} MATCH :asked ORDER BY rank LIMIT :most")  # noqa: S608 - fixed names
            .bindparams(asked=asked, most=limit)
            .columns(literal_column("number"))
            .subquery()
        )
        table = tables.documents
        query = (
            select(table.c.value)
            .join(tables.indexed, tables.indexed.c.id == table.c.id)
            .join(within, within.c.number == tables.indexed.c.number)
        )
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def corrected(self, words: str) -> str | None:
        """The words with those that stand nowhere put right as the terms of the case suggest; `None` if none is."""
        return self._memory.vocabulary().corrected(words)

    def _thing(self, table: Table, identity: str) -> bytes | None:
        return self._one(select(table.c.value).where(table.c.id == identity))

    def _things(self, table: Table, limit: int, after: int) -> Page:
        return self._paged(select(table.c.value).order_by(table.c.claims.desc(), table.c.id), limit, after)

    def _paged(self, query: Select[Any], limit: int, after: int) -> Page:
        with self._engine.connect() as connection:
            found: Sequence[bytes] = connection.execute(query.limit(limit + 1).offset(after)).scalars().all()
        return Page(tuple(found[:limit]), after + limit if len(found) > limit else None)

    def _one(self, query: Select[Any]) -> bytes | None:
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return bytes(found) if found is not None else None


def _parts(connection: Connection, wanted: Wanted, after: int) -> Iterator[list[ColumnElement[bool]]]:
    """Conditions on the numbers of the claims that speak of a day or later, in the order of the claims.

    First those that reach into it from before, which an index of spans finds, then those that begin on it or later,
    which are all numbers from one on: no claim before that day is looked at.
    """
    number, order = tables.claims.c.number, _order(wanted)
    if wanted.first is None:
        yield [order > after]
        return
    first = day_number(wanted.first)
    # numbers go by days, so that the first of the index is the lowest: asked for the least, it would look at them all
    earliest = tables.claims.c.earliest
    later = select(number).where(earliest >= wanted.first).order_by(earliest, number).limit(1)
    begins = connection.execute(later).scalar()
    reaching = (
        text(f"SELECT number FROM {tables.SPANS} WHERE earliest < :first AND latest >= :first")  # noqa: S608 - fixed name
        .bindparams(first=first)
        .columns(literal_column("number"))
    )
    yield [order > after, number.in_(reaching)]
    if begins is not None:
        # those without a day have higher numbers than all others, and speak of none
        yield [order > max(after, begins - 1), tables.claims.c.earliest.is_not(None)]


def day_number(day: str | None) -> int:
    """An ISO day as the number of its day, counted from 1 January of the year 1."""
    return date.fromisoformat(day).toordinal() if day is not None else 0


def _order(wanted: Wanted) -> ColumnElement[Any]:
    """By number, told of the index that leads: SQLite does not see that both are one."""
    if wanted.words is None:
        return tables.claims.c.number
    return literal_column(f"claims_{question(wanted.words)[0]}.rowid")


def _on(day: str) -> ColumnElement[bool]:
    """That a finding holds on a day; an open end is open."""
    first, last = tables.findings.c.first, tables.findings.c.last
    return and_(or_(first.is_(None), first <= day), or_(last.is_(None), last >= day))


def _ground(place: str) -> Select[Any]:
    return select(tables.grounds.c.ground).where(tables.grounds.c.place == place)


def _of_tag(kind: str, entity: str) -> Select[Any]:
    tags = tables.tags
    own = tags.c.entity.in_(_ground(entity)) if kind == "place" else tags.c.entity == entity
    return select(tags.c.claim).where(tags.c.type == kind, own)


def _tagged(connection: Connection, kind: str, entity: str) -> ColumnElement[bool]:
    """That a claim has a tag."""
    some = connection.execute(select(func.count()).select_from(_of_tag(kind, entity).limit(_MANY).subquery())).scalar()
    if (some or 0) < _MANY:
        return tables.claims.c.number.in_(_of_tag(kind, entity))
    tags = tables.tags
    own = tags.c.entity.in_(_ground(entity)) if kind == "place" else tags.c.entity == entity
    return select(tags.c.claim).where(tags.c.type == kind, own, tags.c.claim == tables.claims.c.number).exists()
