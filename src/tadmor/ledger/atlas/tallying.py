"""Claims that fit, counted by what they are tagged with, and what rests on them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    Table,
    TextualSelect,
    column,
    func,
    select,
    text,
)

from tadmor.ledger.atlas import tables
from tadmor.ledger.atlas.entries import FindingKind, Tag
from tadmor.ledger.atlas.memory import Memory, Resting
from tadmor.ledger.atlas.words import question

if TYPE_CHECKING:
    from tadmor.ledger.atlas.asking import Wanted
    from tadmor.ledger.atlas.numbers import Numbers

#: Claims counted; beyond, the first so many stand for all. Ten thousand take 0.1 s on a case of a million.
COUNTED = 10_000
#: Things of a type that are named, those with most claims first.
_NAMED = 25
#: No limit, to SQLite.
_ALL = -1
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


def packed(tags: Iterable[Tag]) -> str:
    """What a claim has as one string."""
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
        with self._engine.connect() as connection:
            if _words_alone(wanted):
                return self._memory.counted(connection.execute(_holding(wanted.words or "", COUNTED)).scalars())
            some = self._fit(connection, wanted, tables.claims.c.kind).limit(COUNTED).subquery()
            rows = connection.execute(select(some.c.kind, func.count()).group_by(some.c.kind)).all()
        return dict(sorted(tuple(row) for row in rows))

    def tallies(self, wanted: "Wanted") -> Tallies:
        """How many of the claims that fit are of what kind and modality, and have which place, actor, source, side."""
        table = tables.carried
        with self._engine.connect() as connection:
            some = (
                _holding(wanted.words or "", COUNTED + 1)
                if _words_alone(wanted)
                else self._fit(connection, wanted, tables.claims.c.number).limit(COUNTED + 1)
            ).subquery()
            query = select(table.c.packed).join(some, table.c.number == some.c.number)
            found = connection.execute(query).scalars().all()
            counts: dict[str, dict[str, int]] = defaultdict(dict)
            for tag, count in Counter(_BETWEEN.join(found[:COUNTED]).split(_BETWEEN)).items():
                kind, _, entity = tag.partition(_WITHIN)
                counts[kind][entity] = count
            by = {kind: tuple(_named(connection, kind, one)) for kind, one in sorted(counts.items()) if kind}
        return Tallies(min(len(found), COUNTED), len(found) <= COUNTED, by)

    def resting_on(self, kind: FindingKind, wanted: "Wanted") -> tuple[Resting, ...]:
        """The findings of a kind that rest on any claim that fits."""
        if not self._memory.findings(kind):
            return ()
        with self._engine.connect() as connection:
            return self._memory.resting_on(kind, self._numbers(connection, wanted))

    def claims_fitting(self, wanted: "Wanted") -> tuple[str, ...]:
        """The ids of all claims that fit, by the day that they speak of."""
        with self._engine.connect() as connection:
            numbers = self._numbers(connection, wanted)
        numbers.sort()
        return tuple(self._memory.ids()[numbers].astype(str).tolist()) if numbers.size else ()

    def _numbers(self, connection: Connection, wanted: "Wanted") -> "Numbers":
        """The numbers of all claims that fit."""
        from tadmor.ledger.atlas.numbers import column_of  # noqa: PLC0415 - numpy, where it is wanted

        if not _words_alone(replace(wanted, kind=None)):
            return column_of(connection, self._fit(connection, wanted, tables.claims.c.number).subquery(), "number")[0]
        # the kind is asked of the memory: half a million claims that hold a word are not looked up for it
        found = column_of(connection, _holding(wanted.words or "", _ALL).subquery(), "number")[0]
        return found if wanted.kind is None else self._memory.of_kind(found, wanted.kind)


def _words_alone(wanted: "Wanted") -> bool:
    """Are claims asked for by nothing but their words?"""
    return wanted.words is not None and wanted == type(wanted)(words=wanted.words)


def _holding(words: str, most: int) -> TextualSelect:
    """The numbers of the first claims that hold all the words."""
    index, asked = question(words)
    query = text(f"SELECT rowid AS number FROM claims_{index} WHERE claims_{index} MATCH :asked LIMIT :most")  # noqa: S608 - fixed names
    return query.bindparams(asked=asked, most=most).columns(column("number", Integer))


#: Where things of a type have their names; sides are actors.
_THINGS: dict[str, Table] = {
    "place": tables.places,
    "actor": tables.actors,
    "side": tables.actors,
    "source": tables.sources,
}


def _named(connection: Connection, type_: str, counts: Mapping[str, int]) -> Iterator[Tally]:
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_NAMED]
    table = _THINGS.get(type_)
    names: dict[str, str] = {}
    if table is not None:
        own = select(table.c.id, table.c.name).where(table.c.id.in_([key for key, _ in most]))
        names = {row.id: row.name for row in connection.execute(own)}
    yield from (Tally(key, names.get(key, key), count) for key, count in most)
