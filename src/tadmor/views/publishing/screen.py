"""What was published and what was withheld, on a screen."""

from pathlib import Path

from tadmor.views.publishing.publishing import Published
from tadmor.views.publishing.releasing import Released
from tadmor.views.screen import Screen
from tadmor.views.words import plural


def show_published(told: Published, folder: Path) -> None:
    """What was published into a folder, and what was withheld by which rule."""
    out = Screen()
    counts = f"{plural(told.claims, 'claim')} of {plural(told.documents, 'document')}"
    out.say(f"{folder}: {counts} published in {plural(told.files, 'file')}, all read again and found clean")
    out.heading("Withheld")
    for line in told.withheld:
        if line.count:
            out.say(f"{line.count:,}  {line.title}: {line.why}", indent=2)
    nothing = [line.title.lower() for line in told.withheld if not line.count]
    if nothing:
        out.say(f"none: {'; '.join(nothing)}", "dim", indent=2)
    out.say("The site works from any folder of a web server; opened as files, all pages work but the map.")


def show_released(told: Released, folder: Path) -> None:
    """A release, and how it differs from the one before."""
    out = Screen()
    out.say(f"{folder / told.version}: release of {plural(told.claims, 'claim')} in {plural(told.files, 'file')}")
    if told.previous is None:
        out.say("It is the first.")
        return
    out.heading(f"Since {told.previous}")
    for name, (added, removed, changed) in told.counts.items():
        out.say(f"{name}: {added:,} added, {removed:,} removed, {changed:,} changed", indent=2)
    out.say("Row by row in data/differences.json; the DataCite record is datacite.json.")
