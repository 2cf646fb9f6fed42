"""What `tadmor verify` says of a case."""

import sys
from collections.abc import Mapping, Sequence

from tadmor.datamodel.issues import Issue, Severity
from tadmor.views.words import plural


def holds(issues: Sequence[Issue]) -> bool:
    """Is the case as it was written? A warning takes nothing from it."""
    return all(issue.severity is not Severity.ERROR for issue in issues)


def show_verdict(issues: Sequence[Issue], counts: Mapping[str, int]) -> None:
    """A line for each finding, and one for all."""
    for issue in issues:
        print(_line(issue), file=sys.stderr)
    checked = (
        f"{plural(counts['originals'], 'original')}, {plural(counts['claims'], 'quote')} and "
        f"{plural(counts['revisions'], 'revision')} checked"
    )
    print(f"{checked}: {_verdict(issues)}")


def _line(issue: Issue) -> str:
    return issue.line() if issue.severity is Severity.ERROR else f"warning: {issue.line()}"


def _verdict(issues: Sequence[Issue]) -> str:
    faults = sum(issue.severity is Severity.ERROR for issue in issues)
    verdict, warnings = plural(faults, "fault") if faults else "all hold", len(issues) - faults
    return f"{verdict}, {plural(warnings, 'warning')}" if warnings else verdict
