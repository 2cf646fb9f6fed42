"""Why the record says what it does of a place on a day: what else it could say, what would change it, what it lacks.

Every counterfactual concludes the place anew without some of its claims, by the same rules. How far the other voices
are believed stays as the whole case teaches it: a voice that is left out has still been heard on other matters.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from math import floor, log
from typing import NamedTuple

from tadmor.datamodel.findings import Chance, Explanation, Left, Needed, Spell, State, Verdict, Without
from tadmor.datamodel.sources import SourceKind
from tadmor.record.camps import sides_of
from tadmor.record.conclusion import spells_in
from tadmor.record.control import PlaceModel, models_of, probabilities
from tadmor.record.evidence import Statement, statements_of
from tadmor.record.footing import Footing
from tadmor.record.mapped import Stretch, is_mapped, stretches
from tadmor.record.odds import probability
from tadmor.record.reliability import at_first, weight
from tadmor.record.states import UNKNOWN

#: Voices, outlets and sides of which it is told what the finding would be without them: the heaviest of each.
_MOST = 8
#: States less likely than this are not listed.
_HARDLY = 0.005


class _Case(NamedTuple):
    """All statements of a case, and what its maps say together."""

    footing: Footing
    statements: Sequence[Statement]
    maps: Mapping[str, Sequence[Stretch]]
    place: str
    day: date


def explain(footing: Footing, place: str, day: date) -> Explanation:
    """Why the record says what it does of a place on a day.

    Args:
        footing: the case, as of a day (`footing_of`).
        place: the id of a place that claims of control are about.
        day: any day; before the first and after the last that is told of, what follows from those.
    """
    statements = statements_of(footing.facts, footing.reliability, footing.as_of)
    case = _Case(footing, statements, stretches(statements, footing.voices), place, day)
    finding, model = _concluded(case, statements, case.maps)
    bearing = {*finding.supports, *finding.opposes} if finding is not None else set()
    own = [one for one in statements if one.id in bearing]
    return Explanation(
        place=place,
        day=day,
        as_of=footing.as_of,
        finding=finding,
        chances=tuple(_chances(model, day)),
        without=tuple(_without(case, finding, own)),
        needed=tuple(_needed(model, footing, day)),
        not_known=tuple(_not_known(finding, own, case)),
    )


def _concluded(
    case: _Case, statements: Sequence[Statement], maps: Mapping[str, Sequence[Stretch]]
) -> tuple[Spell | None, PlaceModel | None]:
    """What follows from statements of the place on the day, and the place's model."""
    about = next((one.place for one in case.statements if one.place.id == case.place), None)
    near = {case.place} | ({about.relative_to, *about.parents[:1]} if about is not None else set())
    models = list(models_of(statements, case.footing.voices, maps, {one for one in near if one is not None}))
    found = (
        spell
        for spell in spells_in(models, case.footing)
        if spell.place == case.place
        and (spell.start is None or spell.start <= case.day)
        and (spell.end is None or spell.end >= case.day)
    )
    return next(found, None), next((one for one in models if one.place == case.place), None)


def _chances(model: PlaceModel | None, day: date) -> Iterator[Chance]:
    """The states of the place by their chance, the likeliest first."""
    if model is None:
        return
    table = probabilities(model, day)
    for state in sorted(table, key=lambda one: (-table[one], model.states.index(one))):
        if table[state] >= _HARDLY:
            yield Chance(state=state.state, holder=state.holder, probability=round(table[state], 4))


def _without(case: _Case, finding: Spell | None, own: Sequence[Statement]) -> Iterator[Without]:
    """The finding without each voice, outlet and side that bears on it, those with most claims first.

    An outlet or a side that brings the same claims as one before it is not told again.
    """
    if finding is None:
        return
    told: set[frozenset[str]] = set()
    for left_out, of in ((Left.VOICE, _voice(case)), (Left.OUTLET, _outlet), (Left.SIDE, _sides)):
        bearing: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in own:
            for key in of(one):
                bearing[key].add(one.id)
        for key in sorted(bearing, key=lambda each: (-len(bearing[each]), each))[:_MOST]:
            if (claims := frozenset(bearing[key])) not in told:
                told.add(claims)
                yield _left_out(case, finding, left_out, key, of, len(claims))


def _left_out(case: _Case, finding: Spell, left_out: Left, key: tuple[str, str], of: "_Whose", claims: int) -> Without:
    kept = [one for one in case.statements if key not in of(one)]
    gone = {one.id for one in case.statements} - {one.id for one in kept}
    mapped = any(one.id in gone and is_mapped(one) for one in case.statements)
    then, _ = _concluded(case, kept, stretches(kept, case.footing.voices) if mapped else case.maps)
    state, holder = (then.state, then.holder) if then is not None else (State.UNKNOWN, None)
    return Without(
        left_out=left_out,
        id=key[0],
        name=key[1],
        claims=claims,
        state=state,
        holder=holder,
        confidence=then.confidence if then is not None else 0.0,
        verdict=then.verdict if then is not None else Verdict.UNSUPPORTED,
        differs=(state, holder) != (finding.state, finding.holder),
    )


#: Ids and names of whoever a statement is left out with.
_Whose = Callable[[Statement], Collection[tuple[str, str]]]


def _voice(case: _Case) -> _Whose:
    names: dict[str, str] = {}
    for one in case.statements:
        names.setdefault(case.footing.voices.key(one.claim), one.claim.origin.name)

    def whose(one: Statement) -> Collection[tuple[str, str]]:
        key = case.footing.voices.key(one.claim)
        return ((key, names[key]),)

    return whose


def _outlet(one: Statement) -> Collection[tuple[str, str]]:
    return ((one.claim.publisher.id, one.claim.publisher.name),)


def _sides(one: Statement) -> Collection[tuple[str, str]]:
    return [(side, side) for side in sides_of(one.claim.origin)]


def _needed(model: PlaceModel | None, footing: Footing, day: date) -> Iterator[Needed]:
    """For each other state that a voice may tell of: how many more would make it the likeliest.

    The chances of two states on a day stand to each other as before, times the likelihoods of the new words.
    """
    if model is None:
        return
    table = probabilities(model, day)
    best = max(table, key=lambda one: table[one])
    word = weight(at_first(footing.prior, SourceKind.OUTLET, 0), 1.0)
    each = word + (2 * probability(word) - 1) * log(max(len(model.states) - 1, 1))
    for state in model.states:
        if state not in (best, UNKNOWN) and 0 < table[state] <= table[best]:
            voices = floor(log(table[best] / table[state]) / each) + 1
            yield Needed(state=state.state, holder=state.holder, voices=voices)


def _not_known(finding: Spell | None, own: Sequence[Statement], case: _Case) -> Iterator[str]:
    """What the claims leave open, in words."""
    if finding is None:
        yield "no claim tells of this place on or before this day"
        return
    if finding.start is None:
        yield "since when it was so is not told"
    elif finding.change is not None and finding.change.days > 1:
        yield f"on which day it began, between {finding.change.start} and {finding.change.last}, is not told"
    yield from _silence(own, case)
    for_it = [one for one in own if one.id in finding.supports]
    outlets = {one.claim.publisher.name for one in for_it}
    if len(for_it) > 1 and len(outlets) == 1:
        yield f"all that speak for it are carried by one outlet, {next(iter(outlets))}"
    if for_it and all(one.claim.origin.kind is SourceKind.UNNAMED for one in for_it):
        yield "nobody who speaks for it is named"
    heard = {side for one in own for side in sides_of(one.claim.origin)}
    if finding.holder is not None and finding.holder in case.footing.enemies and not heard:
        yield "no party to the conflict has been heard on it, neither the holder nor its enemies"


def _silence(own: Sequence[Statement], case: _Case) -> Iterator[str]:
    """How far the nearest words lie from the day."""
    before = max((one.interval.last for one in own if one.interval.start <= case.day), default=None)
    after = min((one.interval.start for one in own if one.interval.start > case.day), default=None)
    if before is not None and before < case.day:
        yield f"the last word on it is of {before}, {(case.day - before).days} days before"
    if after is not None and (before is None or before < case.day):
        yield f"the next is of {after}, {(after - case.day).days} days after"
