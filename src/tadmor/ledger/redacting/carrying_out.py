"""A redaction carried out: the ledger built anew without the names, checked, and put in the old one's place."""

import shutil
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, func, insert, select, text, update

from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.withholding import Redaction, Withheld
from tadmor.errors import CaseDamagedError, CaseNotWritableError, UsageError
from tadmor.ledger import chain, redactions, tables
from tadmor.ledger.accounts.withholding import mask_audit
from tadmor.ledger.case import BUILT, PATIENCE, CaseFolder, sync
from tadmor.ledger.encoding import encode
from tadmor.ledger.redacting.contents import Told, told_by_rows
from tadmor.ledger.redacting.finding import left_in, originals_with
from tadmor.ledger.redacting.rewriting import Rewriting, Shingling
from tadmor.ledger.store import engine_of, transaction, upgrade, vacuum_into
from tadmor.ledger.verifying import verify

#: Built beside the ledger: a copy that still holds the names in its free pages, and what is made of it.
_COPY, _, _FRESH, _ = BUILT
#: Folders that are made anew from the ledger where they are missing.
_MADE_ANEW = ("concluded", "atlas")
#: Sorts whose revisions verify reads as one: later understandings stand behind the first.
_AS_CLAIMS = {"groundings": "claims"}


class _Word(NamedTuple):
    """Who decides, and why."""

    author: str
    reason: str


class Redacted(msgspec.Struct, frozen=True, kw_only=True):
    """What a redaction did: its number, the tombstone, and the files in which a name still stands."""

    number: int
    redaction: Redaction
    left: tuple[str, ...]


def redact(
    folder: Path, names: Withheld, *, author: str, reason: str, shingling: Shingling, patience: float = PATIENCE
) -> Redacted:
    """Take names out of a case.

    Killed before its end, the case is either as it was or without the names; what is left of files is removed by the
    next writer.

    Args:
        folder: the case's.
        names: what is withheld.
        author: who decides so.
        reason: why, which stays in the case.
        shingling: by what documents are compared, from their text.
        patience: seconds for which another writer is waited for.

    Raises:
        CaseNotFoundError: no case is there.
        CaseBusyError: another process writes to it.
        CaseDamagedError: it does not verify, before or after; then nothing is changed.
        CaseNotWritableError: the disk is full, gone or broken.
        UsageError: the reason holds a name, or no name stands in the case.
    """
    if names.within(reason) or names.within(author):
        message = "the reason and the author stay in the case: leave the name out of them"
        raise UsageError(message)
    case = CaseFolder(folder)
    case.find()
    with case.alone(patience):
        try:
            return _carried_out(case, names, shingling, _Word(author, reason))
        except OSError as error:
            raise CaseNotWritableError(folder, error.strerror or str(error)) from error
        finally:
            case.tidy()


def _carried_out(case: CaseFolder, names: Withheld, shingling: Shingling, word: _Word) -> Redacted:
    _copied(case)
    number, redaction = _rewritten(case, names, shingling, word)
    mask_audit(case.folder, names)  # before the ledger: a name that no ledger holds is not looked for again
    _in_place(case)
    case.forget(redaction.originals)
    for name in _MADE_ANEW:
        shutil.rmtree(case.folder / name, ignore_errors=True)
    case.tidy()
    return Redacted(number=number, redaction=redaction, left=tuple(left_in(case, names)))


def _copied(case: CaseFolder) -> None:
    """A whole copy of the ledger, which verifies."""
    engine = engine_of(case.ledger, writable=True)
    try:
        upgrade(engine, case.folder)
        with engine.connect() as connection:
            _check(case, list(verify(connection, case)))
        vacuum_into(engine, case.folder / _COPY)
    finally:
        engine.dispose()


def _rewritten(case: CaseFolder, names: Withheld, shingling: Shingling, word: _Word) -> tuple[int, Redaction]:
    """The copy without the names, which verifies, and what is free of its old pages."""
    engine = engine_of(case.folder / _COPY, writable=True, journal="DELETE")
    try:
        with transaction(engine, case.folder) as connection:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            for table in tables.metadata.tables:
                tables.allow_changes(connection, table)
            found = _redacted(connection, case, names, shingling, word)
            for table in tables.metadata.tables:
                tables.refuse_changes(connection, table)
        with engine.connect() as connection:
            _check(case, [one for one in verify(connection, case) if one.rule != redactions.KEPT])
        vacuum_into(engine, case.folder / _FRESH)
    finally:
        engine.dispose()
    return found


def _redacted(
    connection: Connection, case: CaseFolder, names: Withheld, shingling: Shingling, word: _Word
) -> tuple[int, Redaction]:
    number = int(connection.execute(select(func.count()).select_from(tables.redactions)).scalar_one()) + 1
    before = told_by_rows(connection)
    originals = sorted({*originals_with(connection, case, names)})
    Rewriting(connection, names, number, shingling).rewrite()
    connection.execute(tables.blocks.delete().where(tables.blocks.c.original.in_(originals)))
    changed = _changes(connection, before, told_by_rows(connection))
    if not changed and not originals:
        message = "no such name stands in the case"
        raise UsageError(message)
    now, revisions = datetime.now(UTC), len(changed)
    redaction = Redaction(
        made=now, author=word.author, reason=word.reason, revisions=revisions, originals=tuple(originals)
    )
    connection.execute(insert(tables.redactions), {"number": number, "value": encode(redaction)})
    for revision, told in changed:
        _withhold(connection, number, revision, told)
    chain.append(connection, "redaction", str(number), redactions.content(connection, number))
    return number, redaction


def _changes(connection: Connection, before: Sequence[Told], after: Sequence[Told]) -> list[tuple[int, Told]]:
    """The revisions of what was changed, by number, with what counts now."""
    table = tables.revisions
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    query = select(table.c.number, table.c.what, table.c.subject).order_by(table.c.number)
    for row in connection.execute(query):
        waiting[_AS_CLAIMS.get(row.what, row.what), row.subject].append(row.number)
    found = []
    for old, new in zip(before, after, strict=True):
        revision = waiting[old.what, old.subject].pop(0)
        if old != new:
            found.append((revision, new))
    return sorted(found)


def _withhold(connection: Connection, redaction: int, revision: int, told: Told) -> None:
    table = tables.revisions
    row = connection.execute(select(table).where(table.c.number == revision)).one()
    if row.subject != told.subject:
        connection.execute(update(table).where(table.c.number == revision).values(subject=told.subject))
    link = chain.link_digest(row.number, row.made, row.what, told.subject, row.content, row.previous)
    values = {"redaction": redaction, "revision": revision, "content": told.content, "link": link}
    connection.execute(insert(tables.redacted), values)


def _check(case: CaseFolder, issues: Sequence[Issue]) -> None:
    faults = [issue for issue in issues if issue.severity is Severity.ERROR]
    if faults:
        raise CaseDamagedError(case.ledger, f"it does not verify, so nothing was changed: {faults[0].line()}")


def _in_place(case: CaseFolder) -> None:
    """The ledger built anew in the old one's place: on the disk first, then in one step."""
    fresh = case.folder / _FRESH
    sync(fresh)
    for end in ("-wal", "-shm"):
        case.ledger.with_name(case.ledger.name + end).unlink(missing_ok=True)
    fresh.replace(case.ledger)
    sync(case.folder)
