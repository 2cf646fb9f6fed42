"""Claims that fit, counted by what they are tagged with, and what rests on them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, func, select, text

from tadmor.ledger.atlas import tables
from tadmor.ledger.atlas.entries import FindingKind, Tag
from tadmor.ledger.atlas.memory import Memory
from tadmor.ledger.atlas.words import question

if TYPE_CHECKING:
    from tadmor.ledger.atlas.asking import Wanted

#: Claims counted; beyond, the first so many stand for all. Ten thousand take 0.1 s on a case of a million.
COUNTED = 10_000
#: Things of a type that are named, those with most claims first.
_NAMED = 25
_BETWEEN, _WITHIN = "\x1e", "\x1f"


class Tally(NamedTuple):
    """A thing, its name, and how many of the claims have it."""

    id: str
    name: str
    claims: int


class Tallies(NamedTuple):
    """How many claims fit, whether these are all, and how many of them have what: by kind, place, side and so on."""

    counted: int
    all: bool
    by: dict[str, tuple[Tally, ...]]


class Resting(NamedTuple):
    """A finding that rests on a claim that fits: its id, its place, and the ISO day that it began."""

    id: str
    place: str | None
    first: str | None


def packed_tags(tags: Iterable[Tag]) -> str:
    """Tags as one string, for the answers' table."""
    return _BETWEEN.join(f"{kind}{_WITHIN}{entity}" for kind, entity in dict.fromkeys(tags))


class Tallying:
    """The part of an atlas that counts."""

    _engine: Engine
    _memory: Memory

    def _fitting(self, connection: Connection, wanted: "Wanted", *columns: ColumnElement[Any]) -> Select[Any]:
        raise NotImplementedError

    def _fit(self, connection: Connection, wanted: "Wanted", *columns: ColumnElement[Any]) -> Select[Any]:
        query = self._fitting(connection, wanted, *columns)
        return query if wanted.first is None else query.where(tables.claims.c.latest >= wanted.first)

    def facets(self, wanted: "Wanted") -> dict[str, int]:
        """How many claims fit, by kind; of more than `COUNTED` the first so many."""
        if wanted.words is not None and wanted == type(wanted)(words=wanted.words):
            return self._memory.counted(self._holding(wanted.words))
        with self._engine.connect() as connection:
            some = self._fit(connection, wanted, tables.claims.c.kind).limit(COUNTED).subquery()
            rows = connection.execute(select(some.c.kind, func.count()).group_by(some.c.kind)).all()
        return dict(sorted(tuple(row) for row in rows))

    def tallies(self, wanted: "Wanted") -> Tallies:
        """How many of the claims that fit are of what kind and modality, and have which place, actor, source, side."""
        claims, answers = tables.claims, tables.answers
        with self._engine.connect() as connection:
            columns = (claims.c.number, claims.c.kind, claims.c.modality)
            some = self._fit(connection, wanted, *columns).limit(COUNTED + 1).subquery()
            query = select(some.c.kind, some.c.modality, answers.c.tags)
            found = connection.execute(query.join(answers, answers.c.number == some.c.number)).all()
            counts: dict[str, Counter[str]] = defaultdict(Counter)
            for kind, modality, tags in found[:COUNTED]:
                for type_, entity in (("kind", kind), ("modality", modality), *_unpacked(tags)):
                    counts[type_][entity] += 1
            by = {type_: tuple(_named(connection, type_, one)) for type_, one in sorted(counts.items())}
        return Tallies(min(len(found), COUNTED), len(found) <= COUNTED, by)

    def _holding(self, words: str) -> Sequence[int]:
        """The numbers of the claims that hold all the words; of more than `COUNTED` the first so many."""
        index, asked = question(words)
        query = text(f"SELECT rowid FROM claims_{index} WHERE claims_{index} MATCH :asked LIMIT :most")  # noqa: S608 - fixed names
        with self._engine.connect() as connection:
            return connection.execute(query, {"asked": asked, "most": COUNTED}).scalars().all()

    def resting_on(self, kind: FindingKind, wanted: "Wanted") -> tuple[Resting, ...]:
        """The findings of a kind that rest on any claim that fits."""
        table, rests = tables.findings, tables.rests
        with self._engine.connect() as connection:
            fit = self._fit(connection, wanted, tables.claims.c.number)
            on_them = select(rests.c.finding).where(rests.c.claim.in_(fit))
            query = select(table.c.id, table.c.place, table.c.first).where(table.c.kind == kind.value)
            return tuple(Resting(*row) for row in connection.execute(query.where(table.c.number.in_(on_them))))

    def claims_fitting(self, wanted: "Wanted") -> tuple[str, ...]:
        """The ids of all claims that fit."""
        with self._engine.connect() as connection:
            return tuple(connection.execute(self._fit(connection, wanted, tables.claims.c.id)).scalars())


def _unpacked(tags: str) -> Iterator[Tag]:
    for one in filter(None, tags.split(_BETWEEN)):
        kind, _, entity = one.partition(_WITHIN)
        yield kind, entity


#: Where things of a type have their names; sides are actors.
_THINGS: dict[str, Table] = {
    "place": tables.places,
    "actor": tables.actors,
    "side": tables.actors,
    "source": tables.sources,
}


def _named(connection: Connection, type_: str, counts: Counter[str]) -> Iterator[Tally]:
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_NAMED]
    table = _THINGS.get(type_)
    names: dict[str, str] = {}
    if table is not None:
        own = select(table.c.id, table.c.name).where(table.c.id.in_([key for key, _ in most]))
        names = {row.id: row.name for row in connection.execute(own)}
    yield from (Tally(key, names.get(key, key), count) for key, count in most)
