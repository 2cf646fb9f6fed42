"""Values in words, one way everywhere: days as ISO days where there are columns of them, written out on pages."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from tadmor.datamodel.claims import Change, ControlClaim, Degree, EventClaim, MovementClaim, PresenceClaim, TollClaim
from tadmor.datamodel.findings import State
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import When


def days(first: date | None, last: date | None, *, unknown: str = "undated") -> str:
    """Inclusive days: "2016-12-11", "2016-12-09 to 2016-12-11"."""
    if first is None or last is None:
        return unknown
    return first.isoformat() if first == last else f"{first} to {last}"


def spell_days(first: date | None, last: date | None) -> str:
    """The days of a spell: "2016-12-11 only", "2016-12-11 to now", "until 2016-12-10"; `None` at either end is open."""
    if first is None:
        return f"until {last}" if last is not None else "since when is not told"
    return f"{first} only" if first == last else f"{first} to {last or 'now'}"


def since(first: date | None) -> str:
    """Since when a state lasts: " since 2016-12-11", or nothing where that is not told."""
    return f" since {first}" if first is not None else ""


def brief_days(first: date | None, last: date | None) -> str:
    """Inclusive days in little room: "2016-12-09 to 11", "2016-11-29 to 12-02", "2016-12-29 to 2017-01-02"."""
    if first is None or last is None or first == last:
        return days(first, last)
    if first.year != last.year:
        return f"{first} to {last}"
    return f"{first} to {last.day:02}" if first.month == last.month else f"{first} to {last.month:02}-{last.day:02}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?: to (\d{4}-\d{2}-\d{2}))?\b")


def written_days(first: date, last: date) -> str:
    """Inclusive days as a reader writes them: "27 March 2016", "25 to 27 March 2016", "May 2015", "2015"."""
    month, year = f"{_MONTHS[last.month - 1]} {last.year}", first.year == last.year
    if first == last:
        return f"{last.day} {month}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1] and year:
        if first.month == last.month:
            return month
        if (first.month, last.month) == (1, 12):
            return str(last.year)
    if year and first.month == last.month:
        return f"{first.day} to {last.day} {month}"
    begun = f"{first.day} {_MONTHS[first.month - 1]}" + ("" if year else f" {first.year}")
    return f"{begun} to {last.day} {month}"


def written(text: str) -> str:
    """Words of tadmor's own with the ISO days in them written out; what is no day stays."""

    def days_of(found: re.Match[str]) -> str:
        try:
            return written_days(date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1]))
        except ValueError:
            return found[0]

    return _ISO.sub(days_of, text)


def when(told: When | None) -> str:
    """The days that a claim or a document speaks of."""
    return days(told.earliest, told.latest) if told is not None else "undated"


#: A count of people that nobody gives, and forces that nobody names.
_UNSTATED, _NOBODY = "an unstated number", "forces not named"


def number(value: int | None) -> str:
    """A bound of a count; not stated is not zero."""
    return "?" if value is None else f"{value:,}"


def sure(confidence: float) -> str:
    """How sure one may be, as percent: nothing that is concluded is certain, and rounding does not make it so."""
    return percent(min(max(confidence, 0.001), 0.999))


def persons(best: int | None) -> str:
    """The best count of people: "1,200", "an unstated number"."""
    return _UNSTATED if best is None else number(best)


def percent(share: float) -> str:
    """A share of one as percent; what is not quite sure is not rounded to certainty: 0.998 is "over 99%"."""
    if 0.995 <= share < 1:
        return "over 99%"
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def amount(count: Quantity | None) -> str:
    """A count: "12", "at least 12", "up to 40", "24-99", "?" where not stated."""
    if count is None or not count.known:
        return "?"
    if count.low is None:
        return f"up to {number(count.high)}"
    if count.high is None:
        return f"at least {number(count.low)}"
    return number(count.low) if count.low == count.high else f"{number(count.low)}-{number(count.high)}"


def people(count: Quantity | None) -> str:
    """How many people, where it is the whole of what is told: "12", "at least 12", "an unstated number"."""
    return amount(count) if count is not None and count.known else _UNSTATED


def plural(count: int, one: str, many: str | None = None) -> str:
    """A counted noun: "1 voice", "3 voices"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def one_line(text: str) -> str:
    """Words as quoted, with the line breaks of the page as spaces."""
    return " ".join(text.split())


def clip(text: str, length: int) -> str:
    """At most so many characters, cut at a word where that loses little."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > length * 0.7 else cut).rstrip(" ,;:") + "…"


def speaker(claim: GroundedClaim) -> str:
    """Who says it, through whom: "a military source, through Al-Masdar News"."""
    names = list(dict.fromkeys(source.name for source in reversed(claim.voices)))
    return names[0] if len(names) == 1 else f"{names[0]}, through {', '.join(names[1:])}"


def state(told: State, holder: str | None, besieger: str | None) -> str:
    """The state of a place: "held by X", "held by X, besieged by Y", "contested", "not known"."""
    match told:
        case State.HELD:
            return f"held by {holder}"
        case State.BESIEGED:
            return f"{f'held by {holder}, ' if holder else ''}besieged{f' by {besieger}' if besieger else ''}"
        case State.CONTESTED:
            return f"contested{f', {holder} inside' if holder else ''}"
        case State.UNKNOWN:
            return "not known"


def gist(claim: GroundedClaim) -> str:
    """What a claim says, in a few words, with how it is told where it is no plain fact."""
    said = claim.claim
    told = "" if said.modality.value == "asserted" else f" ({said.modality.value})"
    return f"{'not: ' if said.polarity.value == 'denied' else ''}{_proposition(claim)}{told}"


def _proposition(claim: GroundedClaim) -> str:
    match claim.claim:
        case ControlClaim() as said:
            return " ".join(part for part in _control(claim, said) if part)
        case EventClaim() as said:
            targets = who(claim, "targets")
            acts = f"{amount(said.count)} × " if said.count and said.count.known and said.count.low != 1 else ""
            by = who(claim, "actors")
            return f"{acts}{said.type.value.replace('_', ' ')}{f' by {by}' if by else ''}" + (
                f" on {targets}" if targets else ""
            )
        case TollClaim() as said:
            by = who(claim, "by")
            group = said.group.expression if said.group else said.status.value
            return f"{people(said.count)} {said.harm.value} ({one_line(group)}{f', by {by}' if by else ''})"
        case MovementClaim() as said:
            ends = (
                f"{word} {claim.places[role].name}"
                for word, role in (("from", "origin"), ("to", "destination"))
                if role in claim.places
            )
            return " ".join([one_line(said.what.expression) if said.what else who(claim, "actor") or _NOBODY, *ends])
        case PresenceClaim() as said:
            count = f"{amount(said.count)} " if said.count and said.count.known and said.count.low != 1 else ""
            return count + (one_line(said.what.expression) if said.what else who(claim, "actor") or _NOBODY)


def _control(claim: GroundedClaim, said: ControlClaim) -> Iterator[str]:
    holder, loser = who(claim, "holder"), who(claim, "loser")
    if said.degree is Degree.BESIEGED:
        yield _siege(holder, loser, said.change)
        return
    if said.degree is Degree.CONTESTED:
        yield f"contested{f', {holder} inside' if holder else ''}"
        return
    yield holder or ("" if loser else _NOBODY)
    yield f"{loser} lost" if not holder and loser else said.change.value
    yield "in part" if said.degree is Degree.PARTIAL else ""
    yield f"from {loser}" if holder and loser else ""


def _siege(besieger: str, besieged: str, change: Change) -> str:
    if change is Change.LOST:
        return f"siege{f' by {besieged or besieger}' if besieged or besieger else ''} broken"
    return f"siege{f' by {besieger}' if besieger else ''}{f' of {besieged}' if besieged else ''}"


def who(claim: GroundedClaim, role: str) -> str:
    """The actors in a role."""
    return ", ".join(dict.fromkeys(actor.name for actor in claim.actors.get(role, ())))


def some_of(names: Iterable[str], most: int) -> str:
    """The first names of a list, and how many more there are."""
    every = list(names)
    left = len(every) - most
    return ", ".join(every) if left <= 1 else f"{', '.join(every[:most])} and {left} more"
