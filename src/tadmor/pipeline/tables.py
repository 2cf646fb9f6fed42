"""Tables of others -> documents and claims of the case, and corrections of earlier editions."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tadmor import __version__
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import KeptTable, RunInfo, TableInfo
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.tables import RowClaims
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.datamodel.uncollected import uncollected
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.pipeline.editions import Edition, changes
from tadmor.pipeline.faults import foreseen
from tadmor.pipeline.importing import places_of
from tadmor.pipeline.kept_tables import open_kept
from tadmor.pipeline.obtaining import Obtained, obtain
from tadmor.tables import (
    EVENTS,
    Layout,
    MappingError,
    Statuses,
    Survey,
    Table,
    controls,
    explained_by,
    open_table,
    parts,
    read_mapping,
    survey,
)

if TYPE_CHECKING:  # only importing needs it
    from tadmor.grounding.rows import RowGrounder

#: Rows between two signs of progress; places that are named one by one.
_TOLD, _NAMED = 200, 50
Progress = Callable[[int, int, str], None]


class TableCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the user says of the tables of one call.

    `kind` is "control", "events" or "mapped", and `mapping` the text of the user's mapping file; `source` whose tables
    they are; `columns` gives the tables' names for columns; `holders` says whom a status names; `replaces` the earlier
    file that each takes the place of; `sources` is the user's own table of sources.
    """

    kind: str
    source: str | None = None
    published: date | None = None
    columns: dict[str, str] = {}
    holders: dict[str, str] = {}
    replaces: str | None = None
    sources: Path | None = None
    mapping: str | None = None


class ImportedTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one table brought.

    Of its `rows`, `added` tell something new, `corrected` something else than an earlier edition, and `unchanged` what
    one told already; `withdrawn` rows of earlier editions stand no more, `missing` ones of the file `earlier` stand
    though this one does not have them. `left_out` rows tell of nothing that is kept.
    A file that was `imported` before adds nothing.
    """

    file: str
    layout: str
    source: str
    imported: bool = False
    rows: int = 0
    added: int = 0
    corrected: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    missing: int = 0
    earlier: str = ""
    left_out: int = 0
    claims: int = 0


class TableImports(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one call of `import_tables` did."""

    files: tuple[ImportedTable, ...]
    issues: tuple[Issue, ...]

    @property
    def complete(self) -> bool:
        """Was every row of every file read?"""
        return all(issue.severity is not Severity.ERROR for issue in self.issues)


def import_tables(
    paths: Sequence[Path], ledger: Ledger, call: TableCall, *, progress: Progress | None = None
) -> TableImports:
    """Bring tables into a case: of each all rows that can be read, in one transaction a file.

    Args:
        paths: the files, CSV or TSV, also packed with gzip; one that cannot be read becomes an issue.
        ledger: the case, open for writing.
        call: what the user says of them.
        progress: called with (rows done, rows in all, file) as they go in.

    Raises:
        UsageError: `replaces` names no file that was imported, or the mapping file cannot be followed.
    """
    _check(call, ledger.tables())
    call = _with_mapping(call)
    desk, files, issues = _Desk(ledger, call, progress), list[ImportedTable](), list[Issue]()
    for path in paths:
        taken = foreseen(path.name, partial(desk.take, path))
        told, found = taken if not isinstance(taken, Issue) else (None, [taken])
        issues.extend(found)
        if told is not None:
            files.append(told)
    return TableImports(files=tuple(files), issues=tuple(issues))


def _check(call: TableCall, kept: Sequence[KeptTable]) -> None:
    if call.replaces is not None and all(call.replaces not in (one.name, one.sha256) for one in kept):
        known = ", ".join(dict.fromkeys(one.name for one in kept)) or "none"
        message = f"no table {call.replaces!r} was imported into this case; those imported are: {known}"
        raise UsageError(message)


def _with_mapping(call: TableCall) -> TableCall:
    """The call with what its mapping file says of the source, the columns and the holders.

    Raises:
        UsageError: the mapping file cannot be followed.
    """
    if call.mapping is None:
        return call
    try:
        found = read_mapping(call.mapping)
    except MappingError as error:
        message = f"the mapping file, {error}"
        raise UsageError(message) from error
    return msgspec.structs.replace(
        call,
        source=call.source or found.source,
        columns={**found.columns, **call.columns},
        holders={**found.holders, **call.holders},
    )


class _Desk:
    """Where the tables of one call are taken in: dictionaries, opened once."""

    def __init__(self, ledger: Ledger, call: TableCall, progress: Progress | None) -> None:
        from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - tables are read only where text is
        from tadmor.dictionaries.sources import load_sources  # noqa: PLC0415

        self._ledger, self._call, self._progress = ledger, call, progress
        self._actors = load_actors()
        self._sources = load_sources(call.sources)
        self._started = datetime.now(UTC)

    def take(self, path: Path) -> tuple[ImportedTable | None, list[Issue]]:
        """One file into the ledger."""
        obtained = obtain(path)
        if isinstance(obtained, Issue):
            return None, [obtained]
        table = open_table(path.name, obtained.text, self._layouts(), self._call.columns)
        if isinstance(table, Issue):
            return None, [*obtained.issues, table]
        source = self._call.source or table.layout.source
        if source is None:
            message = "does not say whose table it is; give --source NAME"
            return None, [Issue(where=path.name, rule="table-source", message=message)]
        info = TableInfo(
            layout=table.layout.name,
            source=source,
            columns=self._call.columns,
            holders=self._call.holders,
            mapping=self._call.mapping if self._call.mapping is not None else msgspec.UNSET,
        )
        if self._ledger.holds(obtained.original.sha256):
            known = ImportedTable(file=path.name, layout=info.layout, source=source, imported=True)
            return known, list(self._otherwise(path.name, obtained.original.sha256, info))
        with uncollected():
            found = survey(table, self._started.date())
        issues = [*obtained.issues, *found.issues, *self._strange(path.name, found)]
        if found.refused:
            return None, issues
        with uncollected():
            return self._add(obtained, table, found, info, issues)

    def _add(
        self, obtained: Obtained, table: Table, found: Survey, info: TableInfo, issues: list[Issue]
    ) -> tuple[ImportedTable, list[Issue]]:
        edition = Edition(name=table.name, made=self._started, replaces=self._call.replaces)
        changed = changes(self._ledger, list(self._earlier(info)), found, edition)
        issues += changed.issues
        run, grounder = self._run(info, found)
        unplaced: Counter[str] = Counter()
        read = parts(
            table,
            found,
            obtained.original.sha256,
            outlet=info.source,
            published=_published(self._call.published, found.last, self._started.date()),
            skip=changed.unchanged,
        )
        told = len(found.contents) - len(changed.unchanged)
        claims = self._ledger.add_table(
            run,
            obtained.original,
            obtained.data,
            self._understood(read, grounder, told, table.name, unplaced),
            issues=issues,
            withdrawn=changed.reviews,
        )
        lost = list(_unplaced(table.name, unplaced))
        self._ledger.add_issues(run, lost)
        brought = ImportedTable(
            file=table.name,
            layout=info.layout,
            source=info.source,
            rows=len(found.contents),
            added=told - changed.corrected,
            corrected=changed.corrected,
            unchanged=len(changed.unchanged),
            withdrawn=changed.withdrawn,
            missing=changed.missing if changed.unchanged or changed.corrected else 0,
            earlier=changed.edition,
            left_out=found.left_out,
            claims=claims,
        )
        return brought, [*issues, *lost]

    def _understood(
        self,
        read: Iterable[tuple[Document, tuple[RowClaims, ...]]],
        grounder: "RowGrounder",
        of: int,
        name: str,
        unplaced: Counter[str],
    ) -> Iterator[tuple[Document, list[GroundedClaim]]]:
        """The documents of a table, each with its claims as understood, told of as they come."""
        done = 0
        for document, rows in read:
            claims: list[GroundedClaim] = []
            for at in range(0, len(rows), _TOLD):
                told = rows[at : at + _TOLD]
                claims.extend(grounder.ground(document, told))
                done += len(told)
                if self._progress is not None:
                    self._progress(done, of, name)
            unplaced.update({claim.claim.place.expression for claim in claims if claim.claim.place and not claim.place})
            yield document, claims

    def _layouts(self) -> tuple[Layout, ...]:
        if self._call.mapping is not None:
            return (explained_by(read_mapping(self._call.mapping), self._actors),)
        return controls(self._actors, self._call.holders) if self._call.kind == "control" else EVENTS

    def _earlier(self, info: TableInfo) -> Iterator[tuple[KeptTable, Table]]:
        """The editions of a table that the case holds, each read as it was then."""
        mine = self._sources.lookup(info.source)
        for kept in self._ledger.tables():
            theirs = self._sources.lookup(kept.info.source)
            same = kept.info.source == info.source or (mine is not None and mine == theirs)
            if same and kept.info.layout == info.layout:
                table = open_kept(self._ledger, kept, self._actors)
                if table is not None:
                    yield kept, table

    def _run(self, info: TableInfo, found: Survey) -> "tuple[RunInfo, RowGrounder]":
        from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415 - only where there is something to link
        from tadmor.grounding.rows import RowGrounder  # noqa: PLC0415

        places = places_of(self._ledger, make=True)
        gazetteer = open_gazetteer(case=places) if places is not None else open_gazetteer()
        run = RunInfo(
            id=secrets.token_hex(8),
            started=datetime.now(UTC),
            tadmor=__version__,
            reader=f"table/{info.layout}",
            gazetteer=gazetteer.version,
            table=info,
        )
        return run, RowGrounder(gazetteer, self._actors, self._sources, found.names)

    def _strange(self, name: str, found: Survey) -> Iterator[Issue]:
        """Statuses and holders of which nobody knows whom they mean."""
        statuses = Statuses(self._actors, self._call.holders)
        if found.strange:
            rows = ", ".join(f"{word} ({count:,} rows)" for word, count in found.strange.most_common(8))
            given = " ".join(f"--holder {word}={statuses.guess(word)}" for word, _ in found.strange.most_common(3))
            message = (
                f"nothing was imported: it is not known whom these statuses name: {rows}; say so, as {given}"
                " (contested, besieged, or - for a status that names nobody, may stand for a name)"
            )
            yield Issue(where=name, rule="table-status", message=message)
        for holder in statuses.unknown_holders():
            message = f"no actor {holder!r} is known; it counts as one of its own: check its spelling"
            yield Issue(where=name, rule="table-holder", message=message, severity=Severity.WARNING)

    def _otherwise(self, name: str, sha256: str, info: TableInfo) -> Iterator[Issue]:
        """That a file was imported before, but read in another way."""
        kept = next((one for one in self._ledger.tables() if one.sha256 == sha256), None)
        if kept is None or kept.info != info:
            message = "was read before in another way, which stands; to read it anew, import it into a new case"
            yield Issue(where=name, rule="table-known", message=message, severity=Severity.WARNING)


def _published(given: date | None, last: date | None, today: date) -> When:
    """When a table came out: as the user says; else not before the last day it tells of, nor after today."""
    if given is not None:
        interval = Interval.of_days(given, given)
        reasons: tuple[str, ...] = ("given when the table was imported",)
        return When(interval=interval, grain=Grain.DAY, basis=Basis.STATED, reasons=reasons)
    interval = Interval.of_days(last or today, today)
    reasons = (f"not before the last day that it tells of, {interval.start}", f"not after it was imported, {today}")
    return When(interval=interval, grain=Grain.SPAN, basis=Basis.INFERRED, reasons=reasons)


def _unplaced(name: str, places: Counter[str]) -> Iterator[Issue]:
    """Places of which it stays open where they are."""
    for place in list(places)[:_NAMED]:
        message = f"no place is known, or several are, by the name {place!r}; give it a lat and lon, or a place_id"
        yield Issue(where=name, rule="table-place", message=message, severity=Severity.WARNING)
    if len(places) > _NAMED:
        message = f"{len(places) - _NAMED:,} more places are not known"
        yield Issue(where=name, rule="table-place", message=message, severity=Severity.WARNING)
