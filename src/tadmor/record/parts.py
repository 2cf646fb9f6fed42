"""The whole of a town to one voice, while another has a part of it in other hands on the same days: scope."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.places import Place
from tadmor.datamodel.times import DAY
from tadmor.record.contradiction import Found, contradiction, hanging
from tadmor.record.control import PlaceModel
from tadmor.record.disagreement import NARROW
from tadmor.record.evidence import Statement
from tadmor.record.independence import Voices
from tadmor.record.naming import Names
from tadmor.record.nearness import lies_in
from tadmor.record.states import Says


def parts_and_wholes(places: Sequence[PlaceModel], voices: Voices, names: Names) -> Iterator[Found]:
    """Wholes said to be held that are set against parts said to be in other hands."""
    by_id = {model.place: model for model in places}
    for part in places:
        place = _place(part)
        whole = by_id.get(place.parents[0]) if place is not None and place.parents else None
        if place is not None and whole is not None and _lies_in(place, _place(whole)):
            for found in _between(part, whole, voices, names):
                yield Found(found, hanging(found, ()))


def _place(model: PlaceModel) -> Place | None:
    return model.observations[0].statement.place if model.observations else None


def _lies_in(part: Place, whole: Place | None) -> bool:
    return whole is not None and lies_in(part, whole)


def _between(part: PlaceModel, whole: PlaceModel, voices: Voices, names: Names) -> Iterator[Contradiction]:
    """By the camps of both: all that is told of days that meet."""
    all_of_it = _holding(whole)
    starts = [one.interval.start for one in all_of_it]
    met: dict[tuple[str, str], list[tuple[Statement, Statement]]] = defaultdict(list)
    for piece in _holding(part):
        first = bisect_left(starts, piece.interval.start - DAY * NARROW)
        for other in all_of_it[first : bisect_right(starts, piece.interval.last)]:
            if other.interval.overlaps(piece.interval) and _camp(other) != _camp(piece):
                met[_camp(other), _camp(piece)].append((other, piece))
    for camps, pairs in met.items():
        for group in _by_days(pairs):
            found = _contradiction(camps, group, voices, names)
            if found is not None:
                yield found


def _holding(model: PlaceModel) -> list[Statement]:
    """What is told, of a few days, of who holds a place as a whole."""
    unique = {one.statement.id: one.statement for one in model.observations if one.follows}
    told = [
        one
        for one in unique.values()
        if one.after is not None
        and one.after.says is Says.HELD
        and one.after.holds
        and one.claim.when is not None
        and one.interval.days <= NARROW
    ]
    return sorted(told, key=lambda one: (one.interval, one.id))


def _camp(one: Statement) -> str:
    return (one.after.camp if one.after is not None else None) or ""


def _by_days(pairs: Sequence[tuple[Statement, Statement]]) -> Iterator[list[tuple[Statement, Statement]]]:
    """Pairs in groups whose days hang together, in order of day."""
    group: list[tuple[Statement, Statement]] = []
    for pair in sorted(pairs, key=lambda pair: (pair[1].interval, pair[1].id, pair[0].id)):
        if group and pair[1].interval.start > group[-1][1].interval.last:
            yield group
            group = []
        group.append(pair)
    if group:
        yield group


def _contradiction(
    camps: tuple[str, str], pairs: Sequence[tuple[Statement, Statement]], voices: Voices, names: Names
) -> Contradiction | None:
    """The two accounts; a voice that tells of the part does not stand for the whole as well."""
    pieces = [piece for _, piece in pairs]
    careful = {voices.key(piece.claim) for piece in pieces}
    wholes = [other for other, _ in pairs if voices.key(other.claim) not in careful]
    if not wholes:
        return None
    days = wholes[0].interval
    for one in (*wholes, *pieces):
        days = days.hull(one.interval)
    place, part = wholes[0].place, pieces[0].place
    return contradiction(
        Nature.SCOPE,
        f"whether all of {names.of(place.id)} was held by {names.of(camps[0])}",
        [
            (f"held by {names.of(camps[0])}", [one.claim for one in wholes]),
            (f"{names.of(part.id)} held by {names.of(camps[1])}", [one.claim for one in pieces]),
        ],
        place=place.id,
        when=days,
        explanation=f"one account may leave {names.of(part.id)} out of account",
    )
