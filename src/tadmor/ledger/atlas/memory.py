"""What an open atlas keeps in memory, so that a search needs it from no file.

Names, terms, the kind and id of each claim, and what rests on it. An atlas never changes, so neither does this. Of a
million claims it is some sixty megabytes; it is read where it is first wanted, or beforehand.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError

from tadmor.ledger.atlas import tables
from tadmor.ledger.atlas.entries import FindingKind
from tadmor.ledger.atlas.words import Vocabulary

if TYPE_CHECKING:
    from tadmor.ledger.atlas.numbers import Ids, Numbers

#: Likeness from which a name may be meant, 0 to 100.
_LIKE = 80


class Resting(NamedTuple):
    """A finding that rests on a claim that fits: its id, its place, and the ISO day that it began."""

    id: str
    place: str | None
    first: str | None


class Memory:
    """Names, terms, kinds, ids and what rests on what in an atlas; any number of threads may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._vocabulary: Vocabulary | None = None
        self._names: list[str] | None = None
        self._kinds: tuple[list[str], bytes] | None = None
        self._ids: Ids | None = None
        self._rests: tuple[Numbers, Numbers] | None = None
        self._findings: dict[FindingKind, dict[int, Resting]] = {}

    def prepare(self) -> None:
        """Read all of it, so that the first who searches does not wait: two seconds of a million claims."""
        with suppress(DatabaseError):  # the file was let go of meanwhile; whoever asks is told
            self.vocabulary()
            self.names()
            self.kinds()
            self.ids()
            self.rests()
            for kind in FindingKind:
                self.findings(kind)

    def vocabulary(self) -> Vocabulary:
        """The terms of the claims, each with how many of them hold it."""
        with self._lock:
            if self._vocabulary is None:
                with self._engine.connect() as connection:
                    rows = connection.execute(text("SELECT term, doc FROM claims_terms")).all()
                self._vocabulary = Vocabulary(dict(map(tuple, rows)))
            return self._vocabulary

    def names(self) -> list[str]:
        """The folded names of places, actors and sources."""
        with self._lock:
            if self._names is None:
                with self._engine.connect() as connection:
                    self._names = list(connection.execute(select(tables.names.c.name).distinct()).scalars())
            return self._names

    def kinds(self) -> tuple[list[str], bytes]:
        """The kinds that claims have, and which of them each has, by its number; 0 is no claim's."""
        with self._lock:
            if self._kinds is None:
                self._kinds = self._read_kinds()
            return self._kinds

    def ids(self) -> "Ids":
        """The ids of the claims, each at the place of its number."""
        from tadmor.ledger.atlas.numbers import ids_by_number  # noqa: PLC0415 - numpy, where it is wanted

        with self._lock:
            if self._ids is None:
                with self._engine.connect() as connection:
                    self._ids = ids_by_number(connection, tables.claims)
            return self._ids

    def rests(self) -> "tuple[Numbers, Numbers]":
        """Claims and the findings that rest on them, pair by pair, as numbers."""
        from tadmor.ledger.atlas.numbers import column_of  # noqa: PLC0415 - numpy, where it is wanted

        with self._lock:
            if self._rests is None:
                with self._engine.connect() as connection:
                    claims, findings = column_of(connection, tables.rests, "claim", "finding")
                self._rests = claims, findings
            return self._rests

    def findings(self, kind: FindingKind) -> dict[int, Resting]:
        """The findings of a kind by their numbers, in their order."""
        table = tables.findings
        query = select(table.c.number, table.c.id, table.c.place, table.c.first).where(table.c.kind == kind.value)
        with self._lock:
            if kind not in self._findings:
                with self._engine.connect() as connection:
                    rows = connection.execute(query.order_by(table.c.number))
                    self._findings[kind] = {number: Resting(*row) for number, *row in rows}
            return self._findings[kind]

    def resting_on(self, kind: FindingKind, numbers: "Numbers") -> tuple[Resting, ...]:
        """The findings of a kind that rest on any of the claims of these numbers."""
        from tadmor.ledger.atlas.numbers import marked  # noqa: PLC0415 - numpy, where it is wanted

        (claims, findings), known = self.rests(), self.findings(kind)
        if not known or not claims.size or not numbers.size:
            return ()
        fits = marked(numbers, int(max(claims.max(), numbers.max())) + 1)
        rested = marked(findings[fits[claims]], int(max(findings.max(), next(reversed(known)))) + 1)
        return tuple(one for number, one in known.items() if rested[number])

    def of_kind(self, numbers: "Numbers", kind: str) -> "Numbers":
        """Those of the claims of these numbers that are of a kind."""
        from tadmor.ledger.atlas.numbers import of_kind  # noqa: PLC0415 - numpy, where it is wanted

        kinds, of = self.kinds()
        return of_kind(numbers, of, kinds.index(kind)) if kind in kinds else numbers[:0]

    def likest(self, words: str) -> str | None:
        """The folded name that a mistyped one is likest to, if any is like it."""
        from rapidfuzz import process  # noqa: PLC0415 - only where nothing was found

        found = process.extractOne(words, self.names(), score_cutoff=_LIKE)
        return found[0] if found is not None else None

    def counted(self, numbers: Iterable[int]) -> dict[str, int]:
        """How many of the claims of these numbers are of which kind."""
        kinds, of = self.kinds()
        return dict(sorted((kinds[kind], count) for kind, count in Counter(map(of.__getitem__, numbers)).items()))

    def _read_kinds(self) -> tuple[list[str], bytes]:
        number, kind = tables.claims.c.number, tables.claims.c.kind
        with self._engine.connect() as connection:
            last = connection.execute(select(number).order_by(number.desc()).limit(1)).scalar() or 0
            kinds = list(connection.execute(select(kind).distinct().order_by(kind)).scalars())
            of = bytearray(last + 1)
            for place, one in enumerate(kinds):
                for own in connection.execute(select(number).where(kind == one)).scalars():
                    of[own] = place
        return kinds, bytes(of)
