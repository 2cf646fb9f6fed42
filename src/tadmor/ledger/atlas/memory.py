"""What an open atlas keeps in memory, so that a search needs it from no file: names, terms, and the kind of each claim.

An atlas never changes, so neither does this. Of a million claims it is some ten megabytes; it is read where it is first
wanted, or beforehand.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from threading import Lock

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError

from tadmor.ledger.atlas import tables
from tadmor.ledger.atlas.words import Vocabulary

#: Likeness from which a name may be meant, 0 to 100.
_LIKE = 80


class Memory:
    """Names, terms and kinds of an atlas; any number of threads may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._vocabulary: Vocabulary | None = None
        self._names: list[str] | None = None
        self._kinds: tuple[list[str], bytes] | None = None

    def prepare(self) -> None:
        """Read all of it, so that the first who searches does not wait: half a second of a million claims."""
        with suppress(DatabaseError):  # the file was let go of meanwhile; whoever asks is told
            self.vocabulary()
            self.names()
            self.kinds()

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
