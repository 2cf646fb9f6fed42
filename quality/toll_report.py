"""The report of `quality.tolls`: incidents that several outlets tell, who says what, what contradicts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tadmor.datamodel.documents import Document
from tadmor.datamodel.findings import Contradiction, Figure, Record, Toll
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.matching import LONG
from tadmor.views.exports import Names

#: Outlets that must tell of an incident.
SEVERAL = 3
_INTEREST = {-1: "serves its own side", 0: "", 1: "against its own side"}


def report(concluded: Record, claims: Sequence[GroundedClaim], documents: Mapping[str, Document]) -> Iterator[str]:
    """Lines of Markdown: each incident with its tolls, each figure with its voice, side, words and place."""
    names = Names(claims)
    told: dict[str, list[Toll]] = defaultdict(list)
    for toll in concluded.tolls:
        if len(_outlets(toll, names)) >= SEVERAL and toll.figures:
            told[toll.incident].append(toll)
    against = _by_claim(concluded.contradictions)
    yield f"# {len(told)} incidents whose toll {SEVERAL} or more outlets tell"
    yield ""
    yield "Running totals of months stand last."
    for number, tolls in enumerate(sorted(told.values(), key=_order), 1):
        yield ""
        yield f"## {number}. {_heading(tolls[0], names)}"
        for toll in tolls:
            yield from _toll(toll, names, documents)
        found = {one.id: one for toll in tolls for claim in toll.claims for one in against.get(claim, ())}
        yield from (_contradiction(one) for one in found.values())


def _order(tolls: Sequence[Toll]) -> tuple[bool, str, str]:
    when = tolls[0].when
    total = when is not None and when.days >= LONG
    return total, when.start.isoformat() if when is not None else "", tolls[0].id


def _outlets(toll: Toll, names: Names) -> set[str]:
    return {names.claims[claim].publisher.id for claim in toll.claims}


def _heading(toll: Toll, names: Names) -> str:
    days = f"{toll.when.start} to {toll.when.last}" if toll.when is not None else "no day told"
    return f"{names.place_name(toll.place)}, {days} (incident {toll.incident})"


def _toll(toll: Toll, names: Names, documents: Mapping[str, Document]) -> Iterator[str]:
    group = names.actor_name(toll.group) or toll.status.value
    bounds = f", 80 % {toll.interval[0]} to {toll.interval[1]}" if toll.interval is not None else ""
    outlets = len(_outlets(toll, names))
    yield ""
    yield (
        f"**{toll.harm.value}, {group}: best {toll.best}, low {toll.low}, high {toll.high}{bounds}**; "
        f"{outlets} outlets, {toll.independent_sources} independent voices (toll {toll.id})"
    )
    yield ""
    for figure in toll.figures:
        yield _figure(figure, names)
        for identity in figure.claims:
            yield _claim(names.claims[identity], documents)


def _figure(figure: Figure, names: Names) -> str:
    sides = ", ".join(filter(None, map(names.actor_name, figure.sides))) or "no side known"
    interest = f"; {_INTEREST[figure.interest]}" if figure.interest else ""
    return f"- {figure.voice} ({sides}{interest}): {figure.best}"


def _claim(claim: GroundedClaim, documents: Mapping[str, Document]) -> str:
    document = documents[claim.claim.document]
    span = document.raw_span(claim.claim.span)
    words = " ".join(claim.claim.quote.split())
    return f'  - {claim.publisher.name}, {document.name} {span.start}-{span.end}: "{words}" [{claim.id[:8]}]'


def _by_claim(contradictions: Sequence[Contradiction]) -> Mapping[str, list[Contradiction]]:
    found: dict[str, list[Contradiction]] = defaultdict(list)
    for one in contradictions:
        for claim in {claim for side in one.sides for claim in side.claims}:
            found[claim].append(one)
    return found


def _contradiction(one: Contradiction) -> str:
    sides = " / ".join(f"{side.value} ({', '.join(side.sources)})" for side in one.sides)
    explained = f"; {one.explanation}" if one.explanation else ""
    return f"- contradiction, {one.nature.value}: {one.about}: {sides}{explained}"
