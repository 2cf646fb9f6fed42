"""From the probabilities of a place's states to spells: stretches of days with their voices for and against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tadmor.datamodel.findings import Spell, State, Verdict, Weight
from tadmor.datamodel.times import DAY, Interval
from tadmor.record.independence import Voices
from tadmor.record.sieges import Siege
from tadmor.record.states import UNKNOWN, PlaceState, Says, agreement, bearing
from tadmor.record.turns import Observation, Turn, is_throughout

if TYPE_CHECKING:
    from tadmor.record.chain import Array

#: A finding is established from this probability (two outlets that agree, nobody against), and likely where one outlet
#: says so and nobody else; not yet measured against marked data. With less support than a rumour's nothing is likely,
#: however little stands against it.
ESTABLISHED = 0.75
LIKELY = 0.55
#: What is told with less weight than this (r = 0.59) is a rumour. By judgement.
RUMOUR = 0.35
#: Opposing voices are serious from this share of the supporting weight, and from this much in all (r = 0.62).
SERIOUS_SHARE = 0.4
SERIOUS = 0.5


class Reading(NamedTuple):
    """What is known of one place: probabilities, days x states, and the evidence behind them."""

    place: str
    states: tuple[PlaceState, ...]
    days: tuple[date, ...]
    table: "Array"
    observations: tuple[Observation, ...]
    turns: tuple[Turn, ...]
    sieges: tuple[Siege, ...]


class _Stretch(NamedTuple):
    """Consecutive told-of days in one state, `first` and `last` being rows."""

    state: int
    first: int
    last: int


#: A change lies between the days on which so much of its probability has come and is yet to come. By judgement: nine
#: tenths of it in all. Of 84 well-known changes that the record tells 62 lie between them, with the days told alone 48.
BEGUN = 0.05
#: Who holds a place is told in passing long after it came about; what reporters come back to within a month is news.
SILENT = 31
#: First day of a state that is known only from the change that ended it: since when it held is not told.
OPEN = date.min


class _Piece(NamedTuple):
    """Days in one state, with the evidence that bears on them; `end` is inclusive, `None` while it lasts."""

    state: PlaceState
    start: date
    end: date | None
    change: Interval | None
    confidence: float
    heard: tuple[Observation, ...]


def spells_of(reading: Reading, voices: Voices) -> list[Spell]:
    """The spells of one place in order of day; nothing before the first known state, the last one open."""
    pieces = _held(reading)
    for siege in reading.sieges:
        pieces = _under(siege, pieces)
    if pieces and pieces[0].state.state is State.HELD and not _is_begun(pieces[0]):
        pieces = [pieces[0]._replace(start=OPEN, change=None), *pieces[1:]]
    return [_spell(reading.place, piece, voices) for piece in pieces]


def _held(reading: Reading) -> list[_Piece]:
    """Who held the place, sieges aside."""
    stretches, by_row = _stretches(reading), _by_row(reading)
    while stretches and not _is_told(reading, stretches[0]._replace(last=stretches[0].first), by_row):
        first = stretches.pop(0)
        if first.first < first.last:
            stretches.insert(0, first._replace(first=first.first + 1))
    ending = _ending(reading)
    stretches = _from_the_day_told(reading, stretches, by_row, ending)
    begun = [_widened(_change(reading, stretch, ending), _passage(reading, stretch)) for stretch in stretches]
    pieces: list[_Piece] = []
    for index, stretch in enumerate(stretches):
        start, change = begun[index]
        if not index and _is_inferred(reading, stretch, by_row):
            start, change = OPEN, None
        end = begun[index + 1][0] - DAY if index + 1 < len(begun) else None
        if end is None or end >= start:
            rows = slice(stretch.first, stretch.last + 1)
            heard = _heard(stretch, by_row)
            confidence = float(reading.table[rows, stretch.state].max())
            pieces.append(_Piece(reading.states[stretch.state], start, end, change, confidence, tuple(heard)))
    return pieces


def _from_the_day_told(
    reading: Reading,
    stretches: Sequence[_Stretch],
    by_row: Mapping[int, Sequence[Observation]],
    ending: Mapping[date, Sequence[Turn]],
) -> list[_Stretch]:
    """The stretches, one whose state is first spoken of by a change told of later on in it begun with that change."""
    out = list(stretches[:1])
    for stretch in stretches[1:]:
        state = reading.states[stretch.state]
        rows = range(stretch.first, stretch.last + 1)
        speaking = (row for row in rows if any(_bears_out(one, state) for one in by_row.get(row, ())))
        first = next(speaking, stretch.first)
        told = any(bearing(turn.target, state) > 0 for turn in ending.get(reading.days[first], ()))
        if first == stretch.first or not told:
            out.append(stretch)
            continue
        out[-1] = out[-1]._replace(last=first - 1)
        out.append(stretch._replace(first=first))
    return out


def _bears_out(one: Observation, state: PlaceState) -> bool:
    return one.follows and agreement(one.target, state) > 0


def _heard(stretch: _Stretch, by_row: Mapping[int, Sequence[Observation]]) -> list[Observation]:
    return [one for row in range(stretch.first, stretch.last + 1) for one in by_row.get(row, ())]


def _is_told(reading: Reading, stretch: _Stretch, by_row: Mapping[int, Sequence[Observation]]) -> bool:
    """Does any claim speak for this state in these days, rather than only against another?"""
    state = reading.states[stretch.state]
    return state != UNKNOWN and any(agreement(one.target, state) > 0 for one in _heard(stretch, by_row))


def _is_inferred(reading: Reading, stretch: _Stretch, by_row: Mapping[int, Sequence[Observation]]) -> bool:
    """Do claims tell how a state ended ("taken from Y"), and none since when it held, by a gain or a whole stretch?"""
    state = reading.states[stretch.state]
    speaking = [one for one in _heard(stretch, by_row) if _tells(one, state)]
    begun = any(one.follows and (one.statement.turns or is_throughout(one.statement)) for one in speaking)
    return not begun and any(not one.follows for one in speaking)


def _is_begun(piece: _Piece) -> bool:
    """Does any claim tell since when a state held, by a gain or a whole stretch, rather than that it did?"""
    speaking = [one for one in piece.heard if _tells(one, piece.state)]
    return any(one.follows and (one.statement.turns or is_throughout(one.statement)) for one in speaking)


def _tells(one: Observation, state: PlaceState) -> bool:
    """Does it say that a state holds, rather than only fit it, or speak against another?"""
    return agreement(one.target, state) > 0 and bearing(one.target, state) > 0


def _under(siege: Siege, pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces with one siege laid over them: until it ends, or another camp holds the place."""
    out: list[_Piece] = []
    last = siege.end
    if pieces and siege.start < pieces[0].start and _held_out(siege, pieces[0]):
        pieces = [pieces[0]._replace(start=siege.start), *pieces[1:]]
    if not pieces or siege.start < pieces[0].start:
        before = pieces[0].start - DAY if pieces else None
        ends = min((day for day in (siege.end, before) if day is not None), default=None)
        state = PlaceState(State.BESIEGED, None, siege.besieger)
        out.append(_Piece(state, siege.start, ends, siege.change, siege.confidence, siege.observations))
        if not pieces and ends is not None:
            out.append(_Piece(UNKNOWN, ends + DAY, None, None, siege.confidence, ()))
    inside: str | None = None
    for piece in pieces:
        overlaps = (piece.end is None or piece.end >= siege.start) and (last is None or piece.start <= last)
        holder = piece.state.holder
        if overlaps and inside is not None and holder not in (None, inside):
            overlaps, last = False, piece.start - DAY
        inside = (holder or inside) if overlaps else inside
        can_be = piece.state.state in (State.HELD, State.UNKNOWN) and (holder is None or holder != siege.besieger)
        out.extend(_split(siege, last, piece) if overlaps and can_be else [piece])
    return out


def _held_out(siege: Siege, first: _Piece) -> bool:
    """Is whoever is first told to hold a place besieged there by then? It has held it since the siege began."""
    inside = first.state.state is State.HELD and first.state.holder != siege.besieger
    return inside and (siege.end is None or siege.end >= first.start)


def _split(siege: Siege, last: date | None, piece: _Piece) -> list[_Piece]:
    """One piece before, during and after a siege that shares days with it."""
    out: list[_Piece] = []
    start = piece.start
    if siege.start > start:
        out.append(piece._replace(end=siege.start - DAY))
        start = siege.start
    over = last is not None and (piece.end is None or last < piece.end)
    state = PlaceState(State.BESIEGED, piece.state.holder, siege.besieger)
    heard = (*siege.observations, *piece.heard)
    change = siege.change if start == siege.start else piece.change
    confidence = min(siege.confidence, piece.confidence) if piece.state.holder else siege.confidence
    out.append(_Piece(state, start, last if over else piece.end, change, confidence, heard))
    if over and last is not None:
        out.append(piece._replace(start=last + DAY, change=None))
    return out


def _stretches(reading: Reading) -> list[_Stretch]:
    """The likeliest state of each told-of day, equal neighbours as one; where two are as likely, none is known."""
    unknown = reading.states.index(UNKNOWN)
    out: list[_Stretch] = []
    for row, values in enumerate(reading.table.round(9).tolist()):
        best = max(values)
        state = values.index(best) if values.count(best) == 1 else unknown
        if out and out[-1].state == state:
            out[-1] = out[-1]._replace(last=row)
        else:
            out.append(_Stretch(state, row, row))
    return out


def _by_row(reading: Reading) -> dict[int, list[Observation]]:
    rows = {day: row for row, day in enumerate(reading.days)}
    found: dict[int, list[Observation]] = defaultdict(list)
    for one in reading.observations:
        found[rows[one.day]].append(one)
    return found


def _ending(reading: Reading) -> dict[date, list[Turn]]:
    """The changes told of, by the last of their days."""
    ending: dict[date, list[Turn]] = defaultdict(list)
    for turn in reading.turns:
        ending[turn.interval.last].append(turn)
    return ending


def _change(reading: Reading, stretch: _Stretch, ending: Mapping[date, Sequence[Turn]]) -> tuple[date, Interval | None]:
    """The first day of a stretch, and the days between which it began.

    Where a change is told of, its days and their middle, or their last where it is dated only by its report; else the
    first day that the state is told of, and all the days since it was last told otherwise; the middle of these where
    they are many and the state is told as one that holds.
    """
    day = reading.days[stretch.first]
    since = reading.days[stretch.first - 1] + DAY if stretch.first else None
    state = reading.states[stretch.state]
    told = [turn for turn in ending.get(day, ()) if bearing(turn.target, state) > 0]
    if told:
        tightest = min((turn.interval for turn in told), key=lambda interval: (interval.days, interval))
        change = (tightest.intersection(Interval(since, day + DAY)) if since is not None else None) or tightest
        dated = any(one.dated for turn in told for one in turn.statements)
        return (change.start + (change.last - change.start) // 2 if dated else day), change
    silent = Interval(since, day + DAY) if since is not None else None
    if silent is not None and state.state is State.HELD and silent.days > SILENT:
        return silent.start + (silent.last - silent.start) // 2, silent
    return day, silent


def _passage(reading: Reading, stretch: _Stretch) -> tuple[date, date]:
    """The told-of days between which a state's probability passes from its low before a stretch to its height in it."""
    chances = reading.table[:, stretch.state]
    top = stretch.first + int(chances[stretch.first : stretch.last + 1].argmax())
    low = stretch.first
    while low and chances[low - 1] <= chances[low]:
        low -= 1
    risen = (chances[low : top + 1] - chances[low]).round(9)
    first, last = (low + int((risen >= share * risen[-1]).argmax()) for share in (BEGUN, 1 - BEGUN))
    return reading.days[first], reading.days[last]


def _widened(begun: tuple[date, Interval | None], passage: tuple[date, date]) -> tuple[date, Interval | None]:
    """The first day of a state with the days told for it, these taken as far as the evidence is spread."""
    day, change = begun
    if change is None:
        return begun
    return day, Interval(min(change.start, passage[0]), max(change.last, passage[1]) + DAY)


def _spell(place: str, piece: _Piece, voices: Voices) -> Spell:
    state = piece.state
    weights = _weights(state, piece.heard, voices)
    voiced = [one for one in piece.heard if bearing(one.target, state) > 0 and _speaks_of(one, state)]
    independent = voices.count(one.statement.claim for one in voiced)
    verdict, reasons = _verdict(piece, weights, voiced, independent)
    return Spell(
        place=place,
        state=state.state,
        holder=state.holder,
        besieger=state.besieger,
        start=piece.start if piece.start != OPEN else None,
        end=piece.end,
        change=piece.change,
        confidence=round(min(piece.confidence, 1.0), 6),
        verdict=verdict,
        independent_sources=independent,
        supports=tuple(sorted({claim for weight in weights if weight.value > 0 for claim in weight.claims})),
        opposes=tuple(sorted({claim for weight in weights if weight.value < 0 for claim in weight.claims})),
        weights=tuple(weights),
        reasons=tuple(reasons),
    )


def _speaks_of(one: Observation, state: PlaceState) -> bool:
    """Does it speak of the siege, where the state is one? That a place is held is no word on its siege."""
    return state.state is not State.BESIEGED or one.target.says is Says.BESIEGED


def _weights(state: PlaceState, heard: Sequence[Observation], voices: Voices) -> list[Weight]:
    """What each voice brought for and against: its heaviest word of either sort, the heaviest voices first."""
    brought: dict[tuple[str, bool], list[tuple[float, Observation]]] = defaultdict(list)
    speaking = {one.statement.id for one in heard if one.follows and bearing(one.target, state) > 0}
    for one in heard:
        agreeing = bearing(one.target, state)
        if agreeing < 0 and not one.follows and one.statement.id in speaking:
            continue  # it tells of the same state, from a later day on
        if agreeing:
            value = agreeing * one.value
            brought[voices.key(one.statement.claim), value >= 0].append((value, one))
    weights = [_weight(words, voices) for words in brought.values()]
    return sorted(weights, key=lambda weight: (-abs(weight.value), weight.claims))


def _weight(words: Iterable[tuple[float, Observation]], voices: Voices) -> Weight:
    ordered = sorted(words, key=lambda pair: (-abs(pair[0]), pair[1].day, pair[1].statement.id))
    value, heaviest = min(ordered, key=lambda pair: voices.takes(pair[1].statement.claim))
    claims = {one.statement.id: one.statement.claim for _, one in ordered}
    group = voices.group(claims.values())[0]
    carriers = sorted({claim.publisher.name for claim in claims.values() if voices.takes(claim)})
    carried = f"; said again by {', '.join(carriers)}, which repeats it elsewhere too" if carriers else ""
    return Weight(
        voice=group.name,
        members=group.members,
        claims=tuple(sorted(claims)),
        value=round(value, 4),
        reason=heaviest.statement.weighed.reason + carried,
        grade=heaviest.statement.weighed.grade,
    )


def _verdict(
    piece: _Piece, weights: Sequence[Weight], voiced: Sequence[Observation], independent: int
) -> tuple[Verdict, list[str]]:
    """How firmly it stands, with the reasons in words."""
    support = sum(weight.value for weight in weights if weight.value > 0)
    against = -sum(weight.value for weight in weights if weight.value < 0)
    unselfish = any(one.statement.weighed.interest >= 0 for one in voiced)
    reasons = [f"{independent} independent {'voice' if independent == 1 else 'voices'} for it"]
    if against:
        reasons.append(f"{sum(weight.value < 0 for weight in weights)} against it")
    if piece.start == OPEN:
        told = any(one.follows for one in voiced)
        reasons.append(f"{'' if told else 'inferred from the change that ended it; '}since when is not told")
    if voiced and not unselfish:
        reasons.append("all that say so serve their own side by it")
    if piece.state.state is State.UNKNOWN:
        return Verdict.UNSUPPORTED, [*reasons, "who holds it since is not told"]
    if against >= SERIOUS and against >= SERIOUS_SHARE * support:
        return Verdict.DISPUTED, [*reasons, "the voices against weigh too much to set aside"]
    if piece.confidence >= ESTABLISHED and independent > 1 and unselfish:
        return Verdict.ESTABLISHED, reasons
    if piece.confidence >= LIKELY and support >= RUMOUR:
        return Verdict.LIKELY, reasons
    return Verdict.UNSUPPORTED, [*reasons, f"too little to go by ({piece.confidence:.0%})"]
