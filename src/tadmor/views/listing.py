"""Lists of claims, contradictions, sources and cases."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from rich.text import Text

from tadmor.datamodel.findings import Moved
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place, PlaceFile
from tadmor.errors import CaseError
from tadmor.ledger import Ledger
from tadmor.pipeline import Imports
from tadmor.views.brief_screen import SHORT, show_disagreement
from tadmor.views.disagreeing import Disagreement, in_words
from tadmor.views.exports import Row
from tadmor.views.screen import Screen
from tadmor.views.speaking import INTERESTS, Speaking, fared_in_words
from tadmor.views.words import brief_days, clip, days, gist, one_line, plural, some_of, speaker, when


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
    """A table of sources, each with its grades where others could tell of enough of its words."""
    screen = Screen()
    screen.table(
        (">claims", "who", "kind", "sides", "through", "grades", "id"),
        [
            (
                str(one.claims),
                one.name,
                one.kind,
                ", ".join(one.sides) or "-",
                some_of(one.through, 3) or "-",
                _grades(one),
                one.id,
            )
            for one in found
        ],
        listed=True,
    )
    if not screen.plain:
        screen.say("Grades: A completely reliable to E unreliable, F cannot be judged. One: tadmor sources NAME", "dim")


def _grades(one: Speaking) -> str:
    """The grades of a source that can be judged: "B on control, C on toll for its own side"."""
    judged = [each for each in one.standings if each.grade != "F"]
    told = (f"{each.grade} on {each.about} {INTERESTS[each.interest]}".rstrip() for each in judged)
    return ", ".join(told) or "F"


def show_source(one: Speaking, claims: Mapping[str, GroundedClaim]) -> None:
    """One source: what it is, how it fared with each sort of words, and the claims that moved that most."""
    screen = Screen()
    screen.say(Text(one.name, style="bold"))
    sides = f", of the side of {', '.join(one.sides)}" if one.sides else ""
    through = f"; through {some_of(one.through, 3)}" if one.through else ""
    screen.say(f"{one.kind}{sides}, {plural(one.claims, 'claim')}{through} ({one.id})", "dim")
    if one.repeats is not None:
        told = one.repeats
        screen.say(
            f"Says again what {told.origin} said, {told.lag:.1f} days later on average and without naming it: "
            f"{told.repeated} of its {told.news} news. What it says itself counts as {told.origin}'s.",
            "yellow",
        )
    if not one.standings:
        screen.say("No other voice tells of what it tells of: how often it is right is not known beyond its kind.")
    for standing in one.standings:
        screen.heading(fared_in_words(standing))
        screen.say(f"{standing.kind.value} at first: {standing.first:.0%}. What moved it most:", "dim")
        for moved in standing.moved:
            _show_moved(screen, moved, claims)


def _show_moved(screen: Screen, moved: Moved, claims: Mapping[str, GroundedClaim]) -> None:
    """A claim, the chance that others give it, and how far it moved the standing."""
    claim = claims.get(moved.claim)
    if claim is None:
        return
    words = Text(f"“{clip(one_line(claim.claim.quote), 120)}” ")
    words.append(f"{claim.place.name if claim.place else '-'}, {when(claim.when)}; others: {moved.chance:.0%} ", "dim")
    words.append(f"[{claim.id[:SHORT]}]", style="dim")
    screen.pair(Text(f"{100 * moved.by:+.1f}", style="green" if moved.by > 0 else "red"), words, indent=2, room=7)


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
