"""What an incident cost: low, best and high for each harm and group, each bound with its reason.

One figure a voice: its latest document, and the largest figure there (smaller ones of the same people are parts of it:
"20 civilians, including seven of one family"). Low and high are the outermost bounds that any voice gives, a hedged
one's widened; best is the median of the voices' figures, weighed by how far each is believed. Nothing is ever added up:
groups and harms stand beside each other, because reports do not say which of them overlap.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tadmor.datamodel.claims import Harm, Modality, TollClaim, from_table
from tadmor.datamodel.findings import Incident, Toll
from tadmor.record.event import is_total
from tadmor.record.independence import Voices
from tadmor.record.matching import Told, figure
from tadmor.record.people import people_of
from tadmor.record.reliability import Reliability, Weighed, probability

#: A hedged bound is widened by this share, and a figure within this share of another agrees with it: newsroom rounding.
SLACK = 0.1
_CASUALTY = frozenset({Harm.KILLED, Harm.WOUNDED})


class Figure(NamedTuple):
    """What one voice says of one harm to one group."""

    voice: str
    name: str
    told: Told
    low: int | None
    best: int | None
    high: int | None
    weighed: Weighed


def tolls(found: Incident, members: Sequence[Told], voices: Voices, reliability: Reliability) -> list[Toll]:
    """The tolls of one incident, by harm and group."""
    counted: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for one in members:
        if isinstance(one.said, TollClaim):
            people = people_of(one.claim)
            counted[one.said.harm, people.status, people.group or ""].append(one)
    total, both = is_total(members), combined(members)
    ordered = sorted(counted.items(), key=lambda item: (item[0][0], item[0][1], item[1][0].id))
    return [
        _toll(found, Harm(harm), group, voices, reliability, total=total, both=both) for (harm, *_), group in ordered
    ]


def combined(told: Iterable[Told]) -> frozenset[str]:
    """Ids of tolls of dead and of wounded that share words and number: "killed or wounded" counts both.

    Of other harms the same people may suffer one after the other: captives, who are then killed.
    """
    alike: dict[tuple[str, tuple[float, float]], list[Told]] = defaultdict(list)
    for one in told:
        count = one.said.count
        if not isinstance(one.said, TollClaim) or from_table(one.said):  # a table has a column for each harm
            continue
        if one.said.harm in _CASUALTY and count is not None and count.known:
            alike[one.said.document, count.bounds()].append(one)
    return frozenset(
        one.id
        for group in alike.values()
        if len({each.said.harm for each in group if isinstance(each.said, TollClaim)}) > 1
        for one in group
        if any(_of_one_count(one, other) for other in group)
    )


def _of_one_count(one: Told, other: Told) -> bool:
    """Do two tolls of different harms stand in the same words?"""
    if not isinstance(one.said, TollClaim) or not isinstance(other.said, TollClaim):
        return False
    within = one.said.span.start >= other.said.span.start and one.said.span.end <= other.said.span.end
    around = one.said.span.start <= other.said.span.start and one.said.span.end >= other.said.span.end
    return one.said.harm is not other.said.harm and (within or around)


def figures(told: Iterable[Told], voices: Voices, reliability: Reliability) -> list[Figure]:
    """One figure a voice, by the voice's lowest claim id; voices that give no number are left out."""
    spoken: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.said.count is not None and one.said.count.known:
            spoken[voices.key(one.claim)].append(one)
    return [_figure(voice, own, reliability) for voice, own in spoken.items()]


def _figure(voice: str, own: Sequence[Told], reliability: Reliability) -> Figure:
    """The figure that a voice stands by: its latest, the largest of that day, with the bounds it gives anywhere."""
    latest = max(own, key=lambda one: (_published(one), _size(one), _closed(one), one.id))
    count = latest.said.count
    low, best, high = (count.low, figure(count), count.high) if count is not None else (None, None, None)
    if latest.said.modality is Modality.HEDGED:
        low = round(low * (1 - SLACK)) if low is not None else None
        high = round(high * (1 + SLACK)) if high is not None else None
    return Figure(voice, latest.claim.origin.name, latest, low, best, high, reliability.weigh(latest.claim))


def _published(one: Told) -> date:
    return one.claim.published.earliest if one.claim.published is not None else date.min


def _closed(one: Told) -> bool:
    """Is it bounded on both sides? "217" says more than the "at least 217" of the next sentence."""
    return one.said.count is not None and one.said.count.low is not None and one.said.count.high is not None


def _size(one: Told) -> int:
    return (figure(one.said.count) or 0) if one.said.count is not None else 0


def _toll(  # what is counted, and what counting takes
    found: Incident,
    harm: Harm,
    told: Sequence[Told],
    voices: Voices,
    reliability: Reliability,
    *,
    total: bool,
    both: frozenset[str],
) -> Toll:
    of_one_harm = [one for one in told if one.id not in both]
    known = figures(of_one_harm, voices, reliability) or figures(told, voices, reliability)
    people = people_of(told[0].claim)
    low, why_low = _low(known)
    high, why_high = _high(known)
    best, confidence, why_best = _best(known)
    reasons = [why_low, why_best, why_high] if known else ["no number is given"]
    if len(of_one_harm) < len(told):
        mixed = "left out: a figure" if any(one.told.id not in both for one in known) else "a figure"
        reasons.append(f"{mixed} that counts this harm and another together")
    if total:
        reasons.append("a running total, kept apart from single incidents")
    reasons += [f"{one.name} {_leaning(one)}" for one in known if one.weighed.interest]
    return Toll(
        incident=found.id,
        place=found.place,
        when=found.when,
        harm=harm,
        status=people.status,
        group=people.group,
        low=low,
        best=best,
        high=high,
        reasons=tuple(reasons),
        claims=tuple(sorted(one.id for one in told)),
        independent_sources=voices.count(one.claim for one in told),
        confidence=round(confidence, 6),
    )


def _leaning(one: Figure) -> str:
    return "serves its own side with its figure" if one.weighed.interest < 0 else "speaks against its own side"


def _words(one: Figure) -> str:
    count = one.told.said.count
    return f"{one.name}: {count.expression or one.best}" if count is not None else one.name


def _low(known: Sequence[Figure]) -> tuple[int | None, str]:
    bounds = [(one.low, one) for one in known if one.low is not None]
    if not bounds:
        return None, "low: nobody gives one"
    value, one = min(bounds, key=lambda pair: (pair[0], pair[1].told.id))
    return value, f"low {value}: the least that any voice gives ({_words(one)})"


def _high(known: Sequence[Figure]) -> tuple[int | None, str]:
    if any(one.high is None for one in known) or not known:
        return None, "high: open, a voice gives only a least number" if known else "high: nobody gives one"
    value, one = max(((one.high or 0, one) for one in known), key=lambda pair: (pair[0], pair[1].told.id))
    return value, f"high {value}: the most that any voice gives ({_words(one)})"


def _best(known: Sequence[Figure]) -> tuple[int | None, float, str]:
    """The weighed median, and how far the voices that agree with it outweigh those that do not."""
    named = sorted(
        ((one.best, one) for one in known if one.best is not None), key=lambda pair: (pair[0], pair[1].told.id)
    )
    if not named:
        return None, 0.0, "best: no figure is given"
    half = sum(_credit(one) for _, one in named) / 2
    reached, best, chosen = 0.0, named[-1][0], named[-1][1]
    for value, one in named:
        reached += _credit(one)
        if reached >= half - 1e-9:
            best, chosen = value, one
            break
    agreeing = sum(one.weighed.value for _, one in named if _agrees(one, best))
    against = sum(one.weighed.value for _, one in named if not _agrees(one, best))
    return best, probability(agreeing - against), f"best {best}: the middle of {len(named)} voices ({_words(chosen)})"


def _credit(one: Figure) -> float:
    """Weight in the median: even a figure that nobody would believe alone has a little."""
    return max(one.weighed.value, 0.05)


def _agrees(one: Figure, value: int) -> bool:
    low = (one.low if one.low is not None else 0) * (1 - SLACK)
    high = (one.high if one.high is not None else float("inf")) * (1 + SLACK)
    return low <= value <= high
