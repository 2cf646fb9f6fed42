"""Ledger -> record."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

import tadmor
from tadmor.datamodel.findings import Explanation, Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import judgements_of, standing
from tadmor.datamodel.keys import digest
from tadmor.datamodel.uncollected import uncollected
from tadmor.ledger import Ledger
from tadmor.record import conclude, explain, footing_of, leaving_out
from tadmor.record.asking import Question, questions
from tadmor.record.memory import Memory, Parts

#: Files that a record may hang on: code and tables.
_TOLD_BY = frozenset({".py", ".yaml", ".tsv"})


def record(
    ledger: Ledger, *, as_of: date | None = None, without: Sequence[str] = ()
) -> tuple[Record, tuple[GroundedClaim, ...]]:
    """What the case concludes, with the claims it rests on; `without` some sources or sides, as if they were silent.

    What was concluded before is remembered beside the case until something is written to it.

    Raises:
        UsageError: the case has no source and no side of such a name.
    """
    with uncollected():
        claims = tuple(ledger.claims(standing=as_of))
    if without:
        claims = tuple(leaving_out(claims, without))
        return _concluded(ledger, claims, as_of, _memory(ledger)), claims
    head = ledger.head()
    key = digest(head, code(), as_of.isoformat() if as_of is not None else None)
    known = _decoded(ledger.remembered.recall(key))
    if known is not None:
        return known, claims
    memory = _memory(ledger)
    found = _concluded(ledger, claims, as_of, memory)
    if ledger.head() == head:  # else somebody wrote meanwhile, and it is of neither state
        ledger.remembered.remember(key, msgspec.msgpack.encode(found))
    if as_of is None and memory.anew:
        ledger.remembered.remember_parts(msgspec.msgpack.encode(_Kept(code(), memory.kept)))
    return found, claims


def _concluded(ledger: Ledger, claims: Sequence[GroundedClaim], as_of: date | None, memory: Memory) -> Record:
    judgements = judgements_of(ledger.reviews())
    return conclude(claims, copies=ledger.copies(), judgements=judgements, as_of=as_of, memory=memory)


class _Kept(msgspec.Struct, frozen=True):
    """Parts of a case, and by which code they were reckoned."""

    code: str
    parts: Parts


def _memory(ledger: Ledger) -> Memory:
    """What the last record of the whole case reckoned of its parts; nothing where another code did."""
    told = ledger.remembered.recall_parts()
    try:
        kept = msgspec.msgpack.decode(told, type=_Kept) if told is not None else None
    except msgspec.DecodeError:
        return Memory()
    return Memory(kept.parts) if kept is not None and kept.code == code() else Memory()


def _decoded(told: bytes | None) -> Record | None:
    try:
        return msgspec.msgpack.decode(told, type=Record) if told is not None else None
    except msgspec.DecodeError:  # written by a tadmor that told it otherwise
        return None


@cache
def code() -> str:
    """Which tadmor concludes: its files by name, size and time, so that a changed rule or table makes all anew."""
    root = Path(tadmor.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in _TOLD_BY)
    told = ((path.relative_to(root).as_posix(), path.stat()) for path in files)
    return digest(*(part for name, stat in told for part in (name, stat.st_size, stat.st_mtime_ns)))


def asked(ledger: Ledger, *, as_of: date | None = None) -> tuple[list[Question], tuple[GroundedClaim, ...]]:
    """What a person could settle, those questions first whose answers are worth most, with all claims known."""
    found, claims = record(ledger, as_of=as_of)
    known = tuple(claim for claim in claims if as_of is None or claim.known_by(as_of))
    return asked_of(ledger, found, known), known


def asked_of(ledger: Ledger, found: Record, known: Sequence[GroundedClaim]) -> list[Question]:
    """The same, of a record that is concluded already; `known` are the claims that had come out by its day."""
    reviews = ledger.reviews()
    with uncollected():
        return questions(found, known, judgements_of(reviews), standing(reviews).keys(), _memory(ledger))


def explanation(
    ledger: Ledger, claims: Sequence[GroundedClaim], place: str, day: date | None, *, as_of: date | None = None
) -> Explanation:
    """Why the record says what it does of a place on a day.

    Args:
        ledger: the case.
        claims: all its claims.
        place: an id.
        day: `None`: the last on which anything that is known came out, or is told to have happened.
        as_of: use only what had been said by the end of this day; `None`: all.
    """
    memory, judgements = _memory(ledger), judgements_of(ledger.reviews())
    with uncollected():
        footing = footing_of(
            claims, copies=ledger.copies(), judgements=judgements, as_of=as_of, memory=memory, tallied=False
        )
    told = [when.latest for claim in footing.used if (when := claim.published or claim.when) is not None]
    return explain(footing, place, day or max(told, default=date.max))
