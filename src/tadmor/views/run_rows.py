"""The rows of runs and of what was wrong with their input (`docs/formats.md`)."""

from tadmor.datamodel.issues import Severity
from tadmor.ledger import Ledger
from tadmor.ledger.runs import ReadRun, ToldIssue
from tadmor.views.exports import Row, issue_row


def run_row(run: ReadRun) -> Row:
    """A reading of files: its versions, what it added, and how many issues it met."""
    info = run.info
    return {
        "id": info.id,
        "started": info.started.isoformat(),
        "tadmor": info.tadmor,
        "reader": info.reader,
        "gazetteer": info.gazetteer,
        "table": f"{info.table.layout}, {info.table.source}" if info.table is not None else None,
        "files": run.originals,
        "documents": run.documents,
        "claims": run.claims,
        "issues": {one.value: run.issues.get(one.value, 0) for one in Severity},
    }


def told_issue_row(told: ToldIssue) -> Row:
    """An issue with its number, its run and the documents of its file."""
    return {"number": told.number, "run": told.run, "documents": list(told.documents), **issue_row(told.issue)}


def state_of(ledger: Ledger) -> str:
    """What answers on runs and issues depend on: the history, and the issues of cases from before they were in it."""
    return f"{ledger.head()}/{ledger.runs.told()}"
