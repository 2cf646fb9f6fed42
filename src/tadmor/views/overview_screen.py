"""A whole case on a screen."""

from collections import Counter

from rich.text import Text

from tadmor.datamodel.issues import Severity
from tadmor.views.brief_screen import ROWS, show_disagreement
from tadmor.views.overview import Overview, Spot, Told
from tadmor.views.screen import Screen
from tadmor.views.words import clip, plural, since

#: Most documents shown.
DOCUMENTS = 40
#: Contradictions shown; `tadmor contradictions` has the rest.
FIRST = 3


def show_overview(screen: Screen, overview: Overview, folder: str) -> None:
    """A case at a glance."""
    claims = sum(overview.kinds.values())
    screen.say(Text(f"CASE {folder}", style="bold"))
    screen.say(
        f"{plural(len(overview.documents), 'document')}, {plural(claims, 'claim')} "
        f"({', '.join(f'{count} {kind}' for kind, count in overview.kinds.items())}) by "
        f"{plural(overview.sources, 'origin')}"
    )
    known = f" as known on {overview.as_of}" if overview.as_of is not None else ""
    screen.say(
        f"The record{known}: {plural(overview.spells, 'spell')} of control, {plural(overview.incidents, 'incident')}, "
        f"{plural(overview.tolls, 'toll')}, {plural(len(overview.contradictions), 'contradiction')}",
    )
    _places(screen, overview)
    _contradictions(screen, overview)
    _documents(screen, overview)
    _issues(screen, overview)
    screen.say("")
    screen.say("One place: tadmor brief PLACE.  All claims: tadmor claims.  Who speaks: tadmor sources.", "dim")


def _places(screen: Screen, overview: Overview) -> None:
    screen.heading("Places told of most")
    screen.table(
        (">claims", "place", "level", "at the end", "id"),
        [(str(spot.claims), spot.name, spot.level, _state(spot), spot.id) for spot in overview.places[:ROWS]],
    )
    if len(overview.places) > ROWS:
        screen.say(f"{len(overview.places) - ROWS} more: --json", "dim")


def _state(spot: Spot) -> str:
    if spot.now is None:
        return "-"
    return f"{spot.now.words}{since(spot.now.first)} ({spot.now.verdict.value})"


def _contradictions(screen: Screen, overview: Overview) -> None:
    if not overview.contradictions:
        return
    screen.heading("Accounts that disagree", "those on which most hangs")
    for found in overview.contradictions[:FIRST]:
        show_disagreement(screen, found)
    if len(overview.contradictions) > FIRST:
        screen.say(f"{len(overview.contradictions) - FIRST} more: tadmor contradictions", "dim")


def _documents(screen: Screen, overview: Overview) -> None:
    screen.heading("Documents, and how each is dated")
    often = Counter(told.file for told in overview.documents)
    screen.table(
        ("published", "file", ">claims", "how it is dated; copies"),
        [
            (told.published, _file(told, often[told.file]), str(told.claims), _dating(told))
            for told in overview.documents[:DOCUMENTS]
        ],
    )
    if len(overview.documents) > DOCUMENTS:
        screen.say(f"{len(overview.documents) - DOCUMENTS} more: --json", "dim")


def _file(told: Told, often: int) -> str:
    """The file, with the title of a document that is not the only one in it."""
    return f"{told.file}: {clip(told.title, 40)}" if often > 1 and told.title else told.file


def _dating(told: Told) -> Text:
    why = "; ".join(told.reasons) or "no date can be told"
    line = Text(clip(f"{told.basis}: {why}" if told.reasons else why, 140), style="" if told.reasons else "yellow")
    for copy in told.copies:
        line.append(f" · {copy}", style="cyan")
    return line


def _issues(screen: Screen, overview: Overview) -> None:
    amiss = [issue for issue in overview.issues if issue.severity is not Severity.NOTE]
    if amiss:
        screen.heading("Problems with the input")
    for issue in amiss[:ROWS]:
        screen.say(f"• {issue.line()}", "red" if issue.severity is Severity.ERROR else "yellow", indent=2)
    if len(amiss) > ROWS:
        screen.say(f"{len(amiss) - ROWS} more: --json", "dim")
    doubtful = len(overview.issues) - len(amiss)
    if doubtful:
        screen.say(f"{plural(doubtful, 'passage')} too doubtful to take a claim from: tadmor export issues", "dim")
