"""Lists of claims, contradictions, sources and cases."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rich.text import Text

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place, PlaceFile
from tadmor.errors import CaseError
from tadmor.ledger import Ledger
from tadmor.pipeline import Imports
from tadmor.views.brief_screen import SHORT, show_disagreement
from tadmor.views.disagreeing import Disagreement, in_words
from tadmor.views.exports import Row
from tadmor.views.screen import Screen
from tadmor.views.speaking import Speaking
from tadmor.views.words import brief_days, clip, days, gist, one_line, plural, speaker, when


def timeline_of(place: Place, claims: Iterable[GroundedClaim]) -> tuple[GroundedClaim, ...]:
    """Claims about a place or told from it, by the day that they are about; undated ones last."""
    here = [
        claim for claim in claims if any(place.id in (found.id, found.relative_to) for found in claim.places.values())
    ]
    return tuple(sorted(here, key=_by_day))


def _by_day(claim: GroundedClaim) -> tuple[date, str]:
    return (claim.when.earliest if claim.when is not None else date.max, claim.id)


def show_claims(claims: Sequence[GroundedClaim]) -> None:
    """Claims with their words; when piped, a line each."""
    screen = Screen()
    if screen.plain:
        screen.table(
            ("claim", "when", "kind", "where", "says", "who says so", "words"),
            [
                (
                    claim.id[:SHORT],
                    when(claim.when),
                    claim.kind,
                    claim.place.name if claim.place else "-",
                    gist(claim),
                    speaker(claim),
                    one_line(claim.claim.quote),
                )
                for claim in claims
            ],
            listed=True,
        )
        return
    for claim in claims:
        _show_in_short(screen, claim)
    screen.say(f"{plural(len(claims), 'claim')}. Open one: tadmor show CLAIM" if claims else "No claim fits.", "dim")


def _show_in_short(screen: Screen, claim: GroundedClaim) -> None:
    """Two lines: of which days, what and where; then the words and who says so."""
    told = claim.when
    head = Text(f"{brief_days(told.earliest, told.latest) if told is not None else 'undated':<24}  ", style="cyan")
    head.append(f"{claim.kind:<8}  ", style="dim")
    head.append(gist(claim), style="bold not dim")
    head.append(f" · {claim.place.name}" if claim.place is not None else "", style="not bold")
    words = Text(f"“{clip(one_line(claim.claim.quote), 200)}” ")
    words.append(f"{speaker(claim)} [{claim.id[:SHORT]}]", style="dim")
    screen.say(head)
    screen.say(words, indent=26)


def show_contradictions(found: Sequence[Disagreement]) -> None:
    """Accounts side by side."""
    screen = Screen()
    if screen.plain:
        screen.table(
            ("nature", "about", "days", "account", "who", "claims", "rests on it", "if it is right"),
            [
                (
                    one.nature.value,
                    one.about,
                    days(one.earliest, one.latest),
                    side.value,
                    ", ".join(side.sources),
                    " ".join(identity[:SHORT] for identity in side.claims),
                    in_words(side.rests),
                    side.then or "-",
                )
                for one in found
                for side in one.accounts
            ],
            listed=True,
        )
        return
    for one in found:
        show_disagreement(screen, one)
    screen.say(plural(len(found), "contradiction"), "dim")


def show_sources(found: Sequence[Speaking]) -> None:
    """A table of sources."""
    Screen().table(
        (">claims", "who", "kind", "sides", "through", "id"),
        [
            (str(one.claims), one.name, one.kind, ", ".join(one.sides) or "-", ", ".join(one.through) or "-", one.id)
            for one in found
        ],
        listed=True,
    )


def show_imports(told: Imports) -> None:
    """A line for each file of places: what it brought."""
    for one in told.files:
        if one.imported:
            print(f"{one.file}: imported before, nothing added")
            continue
        left_out = f", {plural(one.left_out, 'row')} of other features left out" if one.left_out else ""
        print(
            f"{one.file} ({one.layout}): {plural(one.places, 'place')}, {one.added:,} of them new, {one.known:,} known"
            f" and given more names{left_out}"
        )


def show_place_files(kept: Sequence[PlaceFile]) -> None:
    """A table of files of places."""
    Screen().table(
        (">places", "layout", "imported", "file", "licence"),
        [
            (str(one.places), one.layout, one.imported.date().isoformat(), one.name, one.licence or "not told")
            for one in kept
        ],
        listed=True,
    )


def cases_below(folder: Path) -> list[Row]:
    """Folders with a ledger, with their counts; what cannot be opened says why."""
    found: list[Row] = []
    for ledger in sorted(folder.rglob("ledger.db")):
        try:
            with Ledger.open(ledger.parent) as opened:
                found.append({"case": str(ledger.parent), **opened.counts()})
        except CaseError as error:
            print(f"tadmor: {error}", file=sys.stderr)
    return found


def show_cases(found: Sequence[Row]) -> None:
    """A table of cases."""
    Screen().table(
        (">documents", ">claims", "case"),
        [(str(row["documents"]), str(row["claims"]), row["case"]) for row in found],
        listed=True,
    )
