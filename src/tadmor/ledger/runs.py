"""Which runs read a case, and what was wrong with their input, by run and by file."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec
from sqlalchemy import Connection, Engine, Select, String, cast, func, or_, select

from tadmor.datamodel.history import RunInfo
from tadmor.datamodel.issues import Issue
from tadmor.ledger import tables
from tadmor.ledger.store import reading


class ReadRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run, with how much it added and how many issues of each severity it met."""

    info: RunInfo
    originals: int
    documents: int
    claims: int
    issues: Mapping[str, int]


class ToldIssue(msgspec.Struct, frozen=True, kw_only=True):
    """An issue, counted from 1 over the case, with its run and the documents of its file; none where it gave none."""

    number: int
    run: str
    issue: Issue
    documents: tuple[str, ...]


class Runs:
    """Asks a ledger for its runs and their issues."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def every(self) -> tuple[ReadRun, ...]:
        """All runs, the latest first."""
        with reading(self._engine) as connection:
            table = tables.runs
            values = connection.execute(select(table.c.value).order_by(table.c.started.desc(), table.c.id)).scalars()
            infos = [msgspec.json.decode(value, type=RunInfo) for value in values]
            added, issues = _added(connection), _issues_by_run(connection)
        return tuple(
            ReadRun(
                info=info,
                originals=added.get(info.id, (0, 0, 0))[0],
                documents=added.get(info.id, (0, 0, 0))[1],
                claims=added.get(info.id, (0, 0, 0))[2],
                issues=issues.get(info.id, {}),
            )
            for info in infos
        )

    def issues(
        self, *, run: str | None = None, document: str | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[ToldIssue, ...]:
        """What was wrong with the input, in the order met, from the one behind number `after` on."""
        table = tables.issues
        query: Select[tuple[int, str, bytes]] = select(table.c.number, table.c.run, table.c.value)
        query = query.where(table.c.number > after)
        query = query.order_by(table.c.number).limit(limit)
        if run is not None:
            query = query.where(table.c.run == run)
        with reading(self._engine) as connection:
            if document is not None:
                own = _of_document(connection, query, document)
                if own is None:
                    return ()
                query = own
            found = [
                (row.number, row.run, msgspec.json.decode(row.value, type=Issue)) for row in connection.execute(query)
            ]
            documents = _documents(connection, {(one, _file(issue)) for _, one, issue in found})
        return tuple(
            ToldIssue(number=number, run=one, issue=issue, documents=documents[one, _file(issue)])
            for number, one, issue in found
        )

    def documents(self, originals: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """The documents of originals, by SHA-256, each with how many claims were taken from it."""
        documents, claims = tables.documents, tables.claims
        query = select(documents.c.original, documents.c.id, func.count(claims.c.number))
        query = query.outerjoin(claims, claims.c.document == documents.c.id)
        query = query.where(documents.c.original.in_(originals)).group_by(documents.c.id)
        found = defaultdict[str, dict[str, int]](dict)
        with reading(self._engine) as connection:
            for original, document, count in connection.execute(query.order_by(documents.c.position)):
                found[original][document] = count
        return found

    def told(self) -> int:
        """The number of the last issue: another one, once any was added."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.max(tables.issues.c.number))).scalar() or 0


def _file(issue: Issue) -> str:
    """The name of the file that an issue is about: some name it with its folders."""
    return PurePosixPath(issue.where).name


def _of_document(
    connection: Connection, query: Select[tuple[int, str, bytes]], document: str
) -> Select[tuple[int, str, bytes]] | None:
    """The issues of the file of a document, in the run that read it; `None` where there is no such document."""
    documents, originals, issues = tables.documents, tables.originals, tables.issues
    asked = select(originals.c.run, originals.c.name).join(documents, documents.c.original == originals.c.sha256)
    found = connection.execute(asked.where(documents.c.id == document)).first()
    if found is None:
        return None
    where = func.json_extract(cast(issues.c.value, String), "$.where")
    named = or_(where == found.name, where.endswith(f"/{found.name}", autoescape=True))
    return query.where(issues.c.run == found.run, named)


def _documents(connection: Connection, files: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The documents of files, by the run that read each and its name."""
    asked = set(files)
    found = defaultdict[tuple[str, str], tuple[str, ...]](tuple)
    documents, originals = tables.documents, tables.originals
    query = select(originals.c.run, originals.c.name, documents.c.id)
    query = query.join(documents, documents.c.original == originals.c.sha256)
    query = query.where(originals.c.run.in_({run for run, _ in asked})).order_by(
        originals.c.sha256, documents.c.position
    )
    for row in connection.execute(query):
        if (row.run, row.name) in asked:
            found[row.run, row.name] += (row.id,)
    return found


def _added(connection: Connection) -> Mapping[str, tuple[int, int, int]]:
    """Originals, documents and claims by the run that added them."""
    originals, documents, claims = tables.originals, tables.documents, tables.claims
    # claims are counted by document, in an index: the rows themselves are large
    counted = select(claims.c.document, func.count().label("claims")).group_by(claims.c.document).subquery()
    query = select(
        originals.c.run,
        func.count(originals.c.sha256.distinct()),
        func.count(documents.c.id),
        func.coalesce(func.sum(counted.c.claims), 0),
    )
    query = query.outerjoin(documents, documents.c.original == originals.c.sha256)
    query = query.outerjoin(counted, counted.c.document == documents.c.id).group_by(originals.c.run)
    return {run: (files, texts, made) for run, files, texts, made in connection.execute(query)}


def _issues_by_run(connection: Connection) -> Mapping[str, Mapping[str, int]]:
    """How many issues of each severity a run met."""
    issues = tables.issues
    severity = func.coalesce(func.json_extract(cast(issues.c.value, String), "$.severity"), "error")
    query: Sequence[tuple[str, str, int]] = [
        (run, one, count)
        for run, one, count in connection.execute(
            select(issues.c.run, severity, func.count()).group_by(issues.c.run, severity)
        )
    ]
    found = defaultdict[str, dict[str, int]](dict)
    for run, one, count in query:
        found[run][one] = count
    return found
