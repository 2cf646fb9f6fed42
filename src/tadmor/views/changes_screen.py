"""What the record changed, on a screen."""

from tadmor.views.changes import Change, Changes
from tadmor.views.screen import Screen
from tadmor.views.words import plural, some_of

_NAMES = {"control": "Control", "toll": "Tolls", "incident": "Incidents", "contradiction": "Contradictions"}
#: Documents and decisions named for one change.
_NAMED = 4


def show_changes(told: Changes) -> None:
    """Changes by kind, each with what was told before, what is now, and why."""
    out = Screen()
    done = f"{plural(told.documents, 'document')} read and {plural(told.decisions, 'decision')} made"
    out.say(f"Since {told.since}: {done}; {plural(len(told.changes), 'finding')} told otherwise")
    for kind, name in _NAMES.items():
        own = [one for one in told.changes if one.kind == kind]
        if own:
            out.heading(name, f"{len(own)} changed")
        for one in own:
            _show(out, one)


def _show(out: Screen, one: Change) -> None:
    out.say(one.place or "somewhere", "bold")
    for words in one.before:
        out.say(f"- {words}", "dim", indent=2)
    for words in one.now:
        out.say(f"+ {words}", indent=2)
    out.say(f"because of {_why(one)}", "dim", indent=2)


def _why(one: Change) -> str:
    read = [f"{each.name} ({plural(len(each.claims), 'claim')})" for each in one.documents]
    made = [f"{each.decision} by {each.author}, {each.made:%Y-%m-%d}: {each.reason}" for each in one.decisions]
    gone = [f"{each.name}, which its page no longer says since {each.seen:%Y-%m-%d}" for each in one.pages]
    parts = [some_of(each, _NAMED) for each in (read, gone, made) if each]
    return "; ".join(parts) or "how far its voices are believed, as the rest of the case teaches"
