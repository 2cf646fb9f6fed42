"""A table's text to rows and documents: which layout it has, what is wrong with it, its claims part by part."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from tadmor.datamodel.documents import Block, Document
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.spans import OffsetMap, Run
from tadmor.datamodel.tables import RowClaims
from tadmor.datamodel.times import When
from tadmor.tables.cells import Row, rows
from tadmor.tables.columns import BadRowError, Columns, cells_of
from tadmor.tables.layouts import HEADLESS, Layout, UnknownStatusError
from tadmor.tables.making import Page

#: Rows in one document: what is held in memory together, about 60 MB with what is understood of them.
PART = 5_000
#: Rows that are named one by one when they cannot be read; of more, how many: then the table is not what it seems.
NAMED = 1_000
#: Characters in one row: UCDP's longest has 40,000, where it lists its sources.
LONGEST = 1_000_000
#: Characters of a table whose rows are kept when they have been cut once, as they are gone through twice: five times as
#: much memory (75 MB for UCDP's 14 MB of Syria), for a sixth of the time.
KEPT = 20_000_000
#: Places without a point that are judged together, by name; more of them change nothing about which country it is.
_NAMES = 2_000


class Table:
    """A text with its layout and columns."""

    def __init__(self, name: str, raw: str, layout: Layout, columns: Columns, *, head: bool) -> None:
        self.name = name
        self.raw = raw
        self.layout = layout
        self._columns = columns
        self._head = head
        self._nul = "\0" in raw
        self._rows: list[Row] | None = None

    def rows(self) -> Iterator[Row]:
        """The rows below the head."""
        if self._rows is not None:
            return iter(self._rows)
        found = rows(self.raw)
        if self._head:
            next(found, None)
        if len(self.raw) > KEPT:
            return found
        self._rows = list(found)
        return iter(self._rows)

    def read(self, row: Row, page: Page) -> RowClaims | None:
        """What a row says; `None` for one that is left out on purpose.

        Raises:
            BadRowError: it cannot be read.
        """
        self._check(row)
        return self.layout.read(cells_of(row, self._columns), page)

    def _check(self, row: Row) -> None:
        if row.end - row.start > LONGEST:
            message = f"is {row.end - row.start:,} characters long; no row of a table is: check its quotation marks"
            raise BadRowError(message)
        if self._nul and "\0" in self.raw[row.start : row.end]:
            message = "holds a NUL character; write the file anew as UTF-8 text"
            raise BadRowError(message)

    def cells(self, row: Row) -> dict[str, str]:
        """The filled cells of a row that can be read, by column."""
        return cells_of(row, self._columns).by_column()


class Survey(msgspec.Struct, kw_only=True):
    """What reading a table through found.

    `contents` and `subjects` give, by the key of each row, a digest of what it says and what it tells of; `lines` its
    line. `names` are places told by name alone. `strange` counts statuses that nobody explained.
    """

    contents: dict[str, str] = {}
    subjects: dict[str, str] = {}
    lines: dict[str, int] = {}
    names: dict[str, None] = {}
    left_out: int = 0
    bad: int = 0
    last: date | None = None
    issues: list[Issue] = []
    strange: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def refused(self) -> bool:
        """Is nothing of it to be imported?"""
        return not self.contents or bool(self.strange)


def open_table(
    name: str, raw: str, layouts: Sequence[Layout], called: Mapping[str, str] | None = None
) -> Table | Issue:
    """The table in a text, or why it is none that can be read.

    Args:
        name: the file's name.
        raw: its text.
        layouts: those that it may have, in the order tried.
        called: the table's names for columns that the layouts know by other names.
    """
    first = next(rows(raw), None)
    if first is None or first.cells is None:
        return _refused(name, "is no table: its first line cannot be read; save it as CSV in UTF-8")
    names = [cell.text for cell in first.cells]
    columns = Columns(names, called)
    if columns.missing:
        return _refused(name, f"has no column {columns.missing[0]!r}; its columns are {', '.join(names)[:300]}")
    for layout in layouts:
        if layout.fits(columns):
            return Table(name, raw, layout, columns, head=True)
    if len(names) == len(HEADLESS) and not any(letter.isalpha() for letter in names[0]):
        bare = Columns(HEADLESS)
        for layout in layouts:
            if layout.fits(bare):
                return Table(name, raw, layout, bare, head=False)
    return _refused(name, _unfit(names, layouts))


def _unfit(names: Sequence[str], layouts: Sequence[Layout]) -> str:
    known = " or ".join(layout.name for layout in layouts)
    wanted = (
        "place, status, first day, last day"
        if known == "control"
        else "date, place, type or killed, or those of UCDP or ACLED"
    )
    return (
        f"its first line shows no table of {known}; it needs the columns {wanted} (name yours with --column ROLE=NAME),"
        f" and has {', '.join(names)[:200]}"
    )


def survey(table: Table, today: date) -> Survey:
    """Read a table through.

    Args:
        table: the table.
        today: the day on which it is read: no row can tell of a later one.
    """
    found, page = Survey(), Page("", 0, table.raw)
    for row in table.rows():
        told = _told(table, row, page, found, today)
        if told is None:
            continue
        first = found.lines.setdefault(told.key, told.line)
        if first != told.line:
            _note(found, table.name, row.line, f"tells again what line {first} tells; the first is kept: leave one out")
            continue
        for doubt in told.doubts:
            _note(found, table.name, row.line, doubt, Severity.WARNING)
        found.contents[told.key] = told.content
        found.subjects[told.key] = told.subject
        found.last = max(found.last or told.when.latest, told.when.latest)
        if told.spot.lat is None and told.claims[0].place is not None and len(found.names) < _NAMES:
            found.names.setdefault(told.claims[0].place.expression)
    _summed_up(table.name, found)
    return found


def _told(table: Table, row: Row, page: Page, found: Survey, today: date) -> RowClaims | None:
    try:
        told = table.read(row, page)
        if told is not None and told.when.latest > today:
            message = (
                f"tells of {told.when.latest}, which is yet to come; leave the last day empty where it still holds"
            )
            raise BadRowError(message)  # noqa: TRY301 - a row that cannot be read, as those that `read` finds
    except UnknownStatusError as error:
        found.strange[error.status] += 1
        return None
    except BadRowError as error:
        _note(found, table.name, row.line, str(error))
        return None
    found.left_out += told is None
    return told


def _note(found: Survey, name: str, line: int, message: str, severity: Severity = Severity.ERROR) -> None:
    found.bad += 1
    if found.bad <= NAMED:
        found.issues.append(Issue(where=name, rule="table-row", message=f"line {line}: {message}", severity=severity))


def _summed_up(name: str, found: Survey) -> None:
    if found.bad > NAMED:
        message = f"{found.bad - NAMED:,} more rows cannot be read or are doubtful; check that it is the right file"
        found.issues.append(Issue(where=name, rule="table-row", message=message))
    if not found.contents and not found.strange and not found.issues:
        found.issues.append(
            Issue(where=name, rule="table-empty", message="tells of nothing; check that it is the right file")
        )


def parts(
    table: Table, found: Survey, original: str, *, outlet: str, published: When | None, skip: Container[str] = ()
) -> Iterator[tuple[Document, tuple[RowClaims, ...]]]:
    """The documents of a table, `PART` rows each, with the claims of their rows.

    Args:
        table: the table.
        found: its survey: rows that it does not have are passed over.
        original: SHA-256 of its bytes.
        outlet: whose table it is.
        published: when it came out.
        skip: keys of rows that tell nothing new.
    """
    for index, stretch in enumerate(_stretches(table)):
        document = _document(table, original, index, stretch, outlet=outlet, published=published)
        page, told = Page(document.id, stretch.start, table.raw), []
        for row in stretch.rows:
            claims = _again(table, row, page)
            if claims is not None and found.lines.get(claims.key) == claims.line and claims.key not in skip:
                told.append(claims)
        yield document, tuple(told)


class _Stretch(NamedTuple):
    """A stretch of the text, and the rows in it."""

    start: int
    end: int
    rows: Sequence[Row]


def _stretches(table: Table) -> Iterator[_Stretch]:
    """The text in stretches of `PART` rows: together they are all of it, the first with the head."""
    held: list[Row] = []
    start = 0
    for row in table.rows():
        if len(held) == PART:
            yield _Stretch(start, row.start, held)
            start, held = row.start, []
        held.append(row)
    yield _Stretch(start, len(table.raw), held)


def _again(table: Table, row: Row, page: Page) -> RowClaims | None:
    try:
        return table.read(row, page)
    except BadRowError:
        return None  # the survey has named it


def _document(
    table: Table, original: str, index: int, stretch: _Stretch, *, outlet: str, published: When | None
) -> Document:
    start, end, rows_ = stretch
    size = end - start
    lines = f"lines {rows_[0].line:,} to {rows_[-1].line:,}" if rows_ else "no rows"
    return Document(
        original=original,
        name=table.name,
        index=index,
        raw=table.raw,
        text=table.raw[start:end],
        offsets=OffsetMap(runs=(Run(0, size, start, size, True),)),
        blocks=(Block(start=0, end=size),),
        title=f"{table.layout.name} table, {lines}",
        outlet=outlet,
        published=published,
    )


class ToldRow(NamedTuple):
    """A row as read again: where it begins in the text, what it says, and its cells by column."""

    start: int
    claims: RowClaims
    cells: dict[str, str]


def told_rows(table: Table) -> Iterator[ToldRow]:
    """The rows of a table that say something, as `parts` takes them, with their cells as obtained."""
    seen: set[str] = set()
    page = Page("", 0, table.raw)
    for row in table.rows():
        told = _again(table, row, page)
        if told is not None and told.key not in seen:
            seen.add(told.key)
            yield ToldRow(row.start, told, table.cells(row))


def _refused(name: str, message: str) -> Issue:
    return Issue(where=name, rule="table-layout", message=message)
