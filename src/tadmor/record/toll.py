"""What an incident cost: low, best and high for each harm and group, each bound with its reason.

Which claims count the same victims is found by `casualties`. One figure a voice: its latest document, and the largest
figure there. Low and high are the outermost bounds that any voice gives, a hedged one's widened; best is the median of
the voices' figures, weighed by how far each is believed; the interval holds
what another voice would count. Nothing is ever added up: groups and harms stand beside each other, because reports do
not say which of them overlap.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tadmor.datamodel import findings
from tadmor.datamodel.claims import Harm, Modality, TollClaim, from_table
from tadmor.datamodel.findings import Incident, Toll, toll_id
from tadmor.record.camps import sides_of
from tadmor.record.casualties import Tally, spread_of
from tadmor.record.casualties.interval import Figured, Spread, estimated
from tadmor.record.event import is_total, place_of, when_of
from tadmor.record.independence import Voices
from tadmor.record.matching import Told, figure
from tadmor.record.odds import probability
from tadmor.record.people import People, part_of, people_of
from tadmor.record.reliability import Reliability, Weighed

#: A hedged bound is widened by this share, and a figure within this share of another agrees with it: newsroom rounding.
SLACK = 0.1
_CASUALTY = frozenset({Harm.KILLED, Harm.WOUNDED})
#: The kinds of voice that `casualties.interval` tells apart, by interest.
_KINDS = {0: 0, -1: 1, 1: 2}


class Figure(NamedTuple):
    """What one voice says of one harm to one group."""

    voice: str
    name: str
    told: Told
    low: int | None
    best: int | None
    high: int | None
    weighed: Weighed


class Ground(NamedTuple):
    """What all tolls of a case are reckoned with."""

    voices: Voices
    reliability: Reliability
    both: frozenset[str]  # ids of claims that count dead and wounded together
    spread: Spread


def tolls(
    happened: Sequence[tuple[Incident, Sequence[Told]]],
    tallies: Sequence[Tally],
    voices: Voices,
    reliability: Reliability,
) -> list[Toll]:
    """The tolls of all incidents: those with numbers by tally, those without by incident, harm and group."""
    both = frozenset().union(*(combined(members) for _, members in happened))
    counts = [_figured(_known(tally.told, both, voices, reliability)) for tally in tallies]
    ground = Ground(voices, reliability, both, spread_of(counts))
    of = {one.id: found for found, members in happened for one in members}
    numbered = {one.id for tally in tallies for one in tally.told}
    by_tally: list[_Counted] = [(of[tally.accounts[0].told[0].id], tally.id, tally.told) for tally in tallies]
    told = list(_with_mixed(by_tally, both))
    told += [
        (incident, toll_id(group[0].id), group)
        for incident, members in happened
        for group in _uncounted(members, numbered)
    ]
    found = [_toll(incident, identity, group, ground) for incident, identity, group in told]
    place = {incident.id: number for number, (incident, _) in enumerate(happened)}
    return sorted(found, key=lambda toll: (place[toll.incident], toll.harm, toll.status, toll.id))


_Counted = tuple[Incident, str, Sequence[Told]]


def _with_mixed(counted: Sequence[_Counted], both: frozenset[str]) -> Iterable[_Counted]:
    """Tallies; one that counts dead and wounded together stands with the first of its incident that counts the harm."""
    pure: dict[tuple[str, Harm, str | None], _Counted] = {}
    alone: list[_Counted] = []
    mixed: list[_Counted] = []
    for one in counted:
        if all(each.id in both for each in one[2]):
            mixed.append(one)
        elif pure.setdefault(_key(one), one) is not one:
            alone.append(one)
    for one in mixed:
        known = pure.get(_key(one))
        if known is None:
            alone.append(one)
        else:
            together = sorted([*known[2], *one[2]], key=lambda each: each.id)
            pure[_key(one)] = (known[0], known[1], together)
    yield from pure.values()
    yield from alone


def _key(one: _Counted) -> tuple[str, Harm, str | None]:
    first = one[2][0]
    harm = first.said.harm if isinstance(first.said, TollClaim) else Harm.KILLED
    return one[0].id, harm, part_of(first.claim)


def _uncounted(members: Sequence[Told], numbered: set[str]) -> Iterable[Sequence[Told]]:
    """Tolls told without a number, by harm and by whom they count."""
    groups: dict[tuple[str, People], list[Told]] = defaultdict(list)
    for one in members:
        if isinstance(one.said, TollClaim) and one.id not in numbered:
            groups[one.said.harm, people_of(one.claim)].append(one)
    return groups.values()


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


def _known(told: Sequence[Told], both: frozenset[str], voices: Voices, reliability: Reliability) -> list[Figure]:
    """The voices' figures; those that count dead and wounded together only where there are no others."""
    of_one_harm = [one for one in told if one.id not in both]
    return figures(of_one_harm, voices, reliability) or figures(told, voices, reliability)


def _figured(known: Iterable[Figure]) -> list[Figured]:
    return [Figured(one.voice, one.best, _KINDS[one.weighed.interest]) for one in known if one.best is not None]


def _toll(incident: Incident, identity: str, told: Sequence[Told], ground: Ground) -> Toll:
    known = _known(told, ground.both, ground.voices, ground.reliability)
    people, place = _people(told), place_of(told)
    best, confidence, _ = _best(known)
    bounds = estimated(_figured(known), ground.spread)
    first = told[0].said
    return Toll(
        id=identity,
        incident=incident.id,
        place=place.id if place is not None else incident.place,
        when=when_of(told) or incident.when,
        harm=first.harm if isinstance(first, TollClaim) else Harm.KILLED,
        status=people.status,
        group=people.group,
        low=_low(known)[0],
        best=best,
        high=_high(known)[0],
        interval=(bounds.low, bounds.high) if bounds is not None else None,
        figures=tuple(_told_figure(one, told, ground.voices) for one in known),
        reasons=tuple(_reasons(known, told, ground.both)),
        claims=tuple(sorted(one.id for one in told)),
        independent_sources=ground.voices.count(one.claim for one in told),
        confidence=round(confidence, 6),
    )


def _people(told: Sequence[Told]) -> People:
    """Whom most of the claims count, of equals the first."""
    counted = [people_of(one.claim) for one in told]
    return max(counted, key=lambda people: (Counter(counted)[people], -counted.index(people)))


def _told_figure(one: Figure, told: Sequence[Told], voices: Voices) -> findings.Figure:
    own = [each for each in told if voices.key(each.claim) == one.voice]
    origin = one.told.claim.origin
    return findings.Figure(
        voice=one.name,
        members=tuple(sorted({each.claim.publisher.id for each in own} | {origin.id})),
        sides=tuple(sorted(sides_of(origin))),
        interest=one.weighed.interest,
        low=one.low,
        best=one.best,
        high=one.high,
        claims=tuple(sorted(each.id for each in own)),
    )


def _reasons(known: Sequence[Figure], told: Sequence[Told], both: frozenset[str]) -> Iterable[str]:
    if known:
        yield from (_low(known)[1], _best(known)[2], _high(known)[1])
    else:
        yield "no number is given"
    if any(one.id in both for one in told):
        mixed = "left out: a figure" if any(one.told.id not in both for one in known) else "a figure"
        yield f"{mixed} that counts this harm and another together"
    if is_total(told):
        yield "a running total, kept apart from single incidents"
    yield from (f"{one.name} {_leaning(one)}" for one in known if one.weighed.interest)


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
    agreeing = sum(one.weighed.value for _, one in named if agrees(one, best))
    against = sum(one.weighed.value for _, one in named if not agrees(one, best))
    return best, probability(agreeing - against), f"best {best}: the middle of {len(named)} voices ({_words(chosen)})"


def _credit(one: Figure) -> float:
    """Weight in the median: even a figure that nobody would believe alone has a little."""
    return max(one.weighed.value, 0.05)


def agrees(one: Figure, value: int) -> bool:
    """Does a voice's figure allow for a number, as far as newsrooms round?"""
    low = (one.low if one.low is not None else 0) * (1 - SLACK)
    high = (one.high if one.high is not None else float("inf")) * (1 + SLACK)
    return low <= value <= high
