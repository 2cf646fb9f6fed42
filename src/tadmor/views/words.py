"""Values in words, one way everywhere."""

from collections.abc import Iterable, Iterator
from datetime import date

from tadmor.datamodel.claims import ControlClaim, EventClaim, MovementClaim, PresenceClaim, TollClaim
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


def when(told: When | None) -> str:
    """The days that a claim or a document speaks of."""
    return days(told.earliest, told.latest) if told is not None else "undated"


def number(value: int | None) -> str:
    """A bound of a count; not stated is not zero."""
    return "?" if value is None else f"{value:,}"


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
            return f"{acts}{said.type.value.replace('_', ' ')} by {who(claim, 'actors') or '?'}" + (
                f" on {targets}" if targets else ""
            )
        case TollClaim() as said:
            by = who(claim, "by")
            group = said.group.expression if said.group else said.status.value
            return f"{amount(said.count)} {said.harm.value} ({one_line(group)}{f', by {by}' if by else ''})"
        case MovementClaim() as said:
            ends = (
                f"{word} {claim.places[role].name}"
                for word, role in (("from", "origin"), ("to", "destination"))
                if role in claim.places
            )
            return " ".join([one_line(said.what.expression) if said.what else who(claim, "actor") or "?", *ends])
        case PresenceClaim() as said:
            count = f"{amount(said.count)} " if said.count and said.count.known and said.count.low != 1 else ""
            return count + (one_line(said.what.expression) if said.what else who(claim, "actor") or "?")


def _control(claim: GroundedClaim, said: ControlClaim) -> Iterator[str]:
    holder, loser = who(claim, "holder"), who(claim, "loser")
    yield holder or ("" if loser else "?")
    yield f"{loser} lost" if not holder and loser else said.change.value
    yield said.degree.value if said.degree.value != "full" else ""
    yield f"from {loser}" if holder and loser else ""


def who(claim: GroundedClaim, role: str) -> str:
    """The actors in a role."""
    return ", ".join(actor.name for actor in claim.actors.get(role, ()))


def some_of(names: Iterable[str], most: int) -> str:
    """The first names of a list, and how many more there are."""
    every = list(names)
    left = len(every) - most
    return ", ".join(every) if left <= 1 else f"{', '.join(every[:most])} and {left} more"
