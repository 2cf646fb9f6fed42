"""`tadmor why`: what the record concludes of a place on a day, why, and what would change it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec
from rich.text import Text

from tadmor.datamodel.findings import Explanation, Left, Needed, Spell, State, Verdict, Weight, Without
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place
from tadmor.views.brief_screen import SHORT
from tadmor.views.exports import Names
from tadmor.views.quoting import Quote, quote
from tadmor.views.screen import Screen
from tadmor.views.words import clip, percent, plural, spell_days, state

#: Most claims quoted of one voice, and most voices told of each way.
QUOTED, VOICES = 2, 8
_WORDS = {3.0: "weighs very much", 2.0: "weighs much", 1.0: "has weight", 0.3: "weighs little", 0.0: "hardly weighs"}


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A voice for or against a finding: its grade, its weight in log-odds and in words, why, and what it said."""

    name: str
    grade: str
    weight: float
    words: str
    reason: str
    members: tuple[str, ...]
    claims: tuple[str, ...]
    quotes: tuple[Quote, ...]


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """The finding without somebody, in words."""

    left_out: Left
    name: str
    claims: int
    words: str
    confidence: float
    verdict: Verdict
    differs: bool


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """An explanation with names for ids."""

    place: Place
    day: date
    as_of: date | None
    words: str
    confidence: float | None
    verdict: Verdict | None
    first: date | None
    last: date | None
    reasons: tuple[str, ...]
    voices_for: tuple[Voice, ...]
    voices_against: tuple[Voice, ...]
    chances: tuple[tuple[str, float], ...]
    without: tuple[Other, ...]
    would_change_it: tuple[str, ...]
    not_known: tuple[str, ...]


def weighs(value: float) -> str:
    """How much a voice weighs, in words, by its weight in log-odds."""
    return next(words for least, words in _WORDS.items() if abs(value) >= least)


def why_of(told: Explanation, place: Place, names: Names) -> Why:
    """An explanation in words."""
    finding = told.finding
    weights = finding.weights if finding is not None else ()
    return Why(
        place=place,
        day=told.day,
        as_of=told.as_of,
        words=_state(finding.state, finding.holder, finding.besieger, names) if finding is not None else "not known",
        confidence=round(finding.confidence, 3) if finding is not None else None,
        verdict=finding.verdict if finding is not None else None,
        first=finding.start if finding is not None else None,
        last=finding.end if finding is not None else None,
        reasons=finding.reasons if finding is not None else (),
        voices_for=tuple(_voice(one, names.claims) for one in weights if one.value > 0),
        voices_against=tuple(_voice(one, names.claims) for one in weights if one.value < 0),
        chances=tuple((_state(one.state, one.holder, None, names), one.probability) for one in told.chances),
        without=tuple(_other(one, names) for one in told.without),
        would_change_it=tuple(_changes(finding, told.needed, told.without, names)),
        not_known=told.not_known,
    )


def _state(told: State, holder: str | None, besieger: str | None, names: Names) -> str:
    return state(told, names.actor_name(holder), names.actor_name(besieger))


def _voice(one: Weight, claims: Mapping[str, GroundedClaim]) -> Voice:
    known = [claims[identity] for identity in one.claims if identity in claims]
    return Voice(
        name=one.voice,
        grade=one.grade,
        weight=one.value,
        words=weighs(one.value),
        reason=one.reason,
        members=one.members,
        claims=one.claims,
        quotes=tuple(quote(claim) for claim in known[:QUOTED]),
    )


def _other(one: Without, names: Names) -> Other:
    name = names.actor_name(one.id) if one.left_out is Left.SIDE else one.name
    return Other(
        left_out=one.left_out,
        name=name or one.name,
        claims=one.claims,
        words=_state(one.state, one.holder, None, names),
        confidence=round(one.confidence, 3),
        verdict=one.verdict,
        differs=one.differs,
    )


def _changes(
    finding: Spell | None, needed: Sequence[Needed], without: Sequence[Without], names: Names
) -> Iterator[str]:
    """What would make the record say otherwise, or say it more firmly."""
    if finding is None:
        yield "any dated claim of who held it"
        return
    for one in sorted(needed, key=lambda each: each.voices)[:3]:
        what = _state(one.state, one.holder, None, names)
        yield f"{plural(one.voices, 'more independent outlet')} saying of this day that it was {what}"
    for left in (one for one in without if one.differs):
        yield f"the withdrawal of what {_other(left, names).name} says"
    if finding.independent_sources == 1 and finding.verdict is Verdict.LIKELY:
        yield "a second independent voice would establish it"


def show_why(screen: Screen, why: Why) -> None:
    """The explanation on a screen."""
    screen.say(Text(f"{why.place.name.upper()} on {why.day}", style="bold"))
    screen.say(f"({why.place.id}); as known {f'on {why.as_of}' if why.as_of is not None else 'now'}", "dim")
    screen.say("")
    line = Text(why.words[0].upper() + why.words[1:], style="bold")
    if why.verdict is not None and why.confidence is not None:
        line.append(f" ({why.verdict.value}, {percent(why.confidence)}), {spell_days(why.first, why.last)}")
    screen.say(line)
    screen.say("; ".join(why.reasons), "dim")
    _voices(screen, "For it", why.voices_for)
    _voices(screen, "Against it", why.voices_against)
    if len(why.chances) > 1:
        screen.heading("How likely each is on this day", "one day's chances; the finding's is its surest day's")
        screen.table((">chance", "state"), [(f"{chance:.1%}", words) for words, chance in why.chances])
    if why.without:
        screen.heading("Without", "what the finding would be if they had said nothing of it")
        screen.table(
            ("who", "", ">claims", "then it would be", ">sure", "verdict"),
            [
                (one.name, one.left_out.value, str(one.claims), _then(one), percent(one.confidence), one.verdict.value)
                for one in why.without
            ],
        )
    _list(screen, "What would change it", why.would_change_it)
    _list(screen, "Not known", why.not_known)
    screen.say("")
    screen.say("Open any claim: tadmor show CLAIM.  Grades: tadmor sources.  For programs: --json.", "dim")


def _then(one: Other) -> Text:
    return Text(one.words, style="bold yellow") if one.differs else Text("the same", style="dim")


def _voices(screen: Screen, title: str, voices: Sequence[Voice]) -> None:
    if not voices:
        return
    screen.heading(title, f"{plural(len(voices), 'voice')}, the heaviest first")
    for one in voices[:VOICES]:
        line = Text(f"{one.words} ({one.weight:+.1f}): {one.reason}")
        screen.pair(Text(one.grade, style="bold"), line, indent=0, room=4)
        for found in one.quotes:
            words = Text(f"“{clip(found.words, 160)}”")
            words.append(f" {found.published or 'undated'} [{found.claim[:SHORT]}]", style="dim")
            screen.say(words, indent=4)
        if len(one.claims) > QUOTED:
            screen.say(f"and {len(one.claims) - QUOTED} more", "dim", indent=4)
    if len(voices) > VOICES:
        screen.say(f"and {plural(len(voices) - VOICES, 'voice')} more: --json", "dim")


def _list(screen: Screen, title: str, lines: Sequence[str]) -> None:
    if lines:
        screen.heading(title)
        for line in lines:
            screen.say(f"· {line}")
