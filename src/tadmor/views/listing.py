"""Lists of claims, sources, contradictions and cases; one claim in its context; rows for export."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
from rich.text import Text

from tadmor import pipeline
from tadmor.datamodel.claims import ControlClaim, EventClaim, MovementClaim, PresenceClaim, TollClaim
from tadmor.datamodel.documents import Document
from tadmor.datamodel.findings import Contradiction
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place
from tadmor.datamodel.quantities import Quantity
from tadmor.ledger import ClaimFilter, Ledger
from tadmor.views.brief import speaker
from tadmor.views.exports import Names, Row, claim_row, contradiction_row, spell_row
from tadmor.views.terminal import Screen

#: Characters of context on each side of a claim.
CONTEXT = 400


def rows_of(ledger: Ledger, claims: Iterable[GroundedClaim]) -> Iterator[Row]:
    """Claims as export rows; the document of neighbouring claims is read once."""
    document: Document | None = None
    for claim in claims:
        if document is None or document.id != claim.claim.document:
            document = ledger.document(claim.claim.document)
        yield claim_row(claim, document)


def _claims(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    yield from rows_of(ledger, ledger.claims(ClaimFilter(as_of=as_of)))


def _control(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    record, claims = pipeline.record(ledger, as_of=as_of)
    names = Names(claims)
    for spell in record.spells:
        yield spell_row(spell, names, as_of.isoformat() if as_of else None)


def _contradictions(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    record, claims = pipeline.record(ledger, as_of=as_of)
    names = Names(claims)
    for found in record.contradictions:
        yield contradiction_row(found, names)


EXPORTS: dict[str, Callable[[Ledger, date | None], Iterator[Row]]] = {
    "claims": _claims,
    "control": _control,
    "contradictions": _contradictions,
}


def timeline_of(place: Place, claims: Sequence[GroundedClaim]) -> tuple[GroundedClaim, ...]:
    """Claims about a place or told from it, by the day they are about; undated ones last."""
    here = [
        claim for claim in claims if any(place.id in (found.id, found.relative_to) for found in claim.places.values())
    ]
    return tuple(
        sorted(here, key=lambda claim: (claim.when is None, claim.when.earliest if claim.when else date.max, claim.id))
    )


def show_claims(claims: Sequence[GroundedClaim]) -> None:
    """A table of claims."""
    screen = Screen()
    screen.table(
        ("claim", "when", "kind", "where", "says", "who says so", "words"),
        [
            (
                claim.id[:8],
                _days(claim),
                claim.kind,
                claim.place.name if claim.place else "-",
                gist(claim),
                speaker(claim),
                " ".join(claim.claim.quote.split()),
            )
            for claim in claims
        ],
    )
    if not screen.plain:
        screen.say(f"{len(claims)} claims. Open one: tadmor show CLAIM", "dim")


def _days(claim: GroundedClaim) -> str:
    if claim.when is None:
        return "undated"
    one = claim.when.earliest == claim.when.latest
    return str(claim.when.earliest) if one else f"{claim.when.earliest} to {claim.when.latest}"


def gist(claim: GroundedClaim) -> str:
    """What a claim says, in a few words, with how it is told where it is no plain fact."""
    said = claim.claim
    told = "" if said.modality.value == "asserted" else f" ({said.modality.value})"
    denied = " DENIED" if said.polarity.value == "denied" else ""
    return f"{_proposition(claim)}{told}{denied}"


def _proposition(claim: GroundedClaim) -> str:
    match claim.claim:
        case ControlClaim() as said:
            how = said.degree.value if said.degree.value != "full" else ""
            return " ".join(part for part in (_who(claim, "holder"), said.change.value, how) if part)
        case EventClaim() as said:
            targets = _who(claim, "targets")
            return f"{said.type.value.replace('_', ' ')} by {_who(claim, 'actors') or '?'}" + (
                f" on {targets}" if targets else ""
            )
        case TollClaim() as said:
            return f"{amount(said.count)} {said.harm.value} ({_who(claim, 'group') or said.status.value})"
        case MovementClaim() as said:
            ends = [
                f"{word} {claim.places[role].name}"
                for word, role in (("from", "origin"), ("to", "destination"))
                if role in claim.places
            ]
            return " ".join([said.what.expression if said.what else "?", *ends])
        case PresenceClaim() as said:
            return f"{amount(said.count) + ' ' if said.count else ''}{said.what.expression if said.what else '?'}"


def _who(claim: GroundedClaim, role: str) -> str:
    return ", ".join(actor.name for actor in claim.actors.get(role, ()))


def amount(count: Quantity | None) -> str:
    """A count in words: "12", "at least 12", "up to 40", "24-99", "?" where not stated."""
    if count is None or not count.known:
        return "?"
    if count.low is None:
        return f"up to {count.high:,}"
    if count.high is None:
        return f"at least {count.low:,}"
    return f"{count.low:,}" if count.low == count.high else f"{count.low:,}-{count.high:,}"


def show_claim(claim: GroundedClaim, document: Document) -> None:
    """A claim in its context."""
    screen = Screen()
    said = claim.claim
    screen.say(f"claim {claim.id}", "bold")
    screen.say(f"{claim.kind}: {gist(claim)}")
    screen.say("")
    start, end = max(said.start - CONTEXT, 0), min(said.end + CONTEXT, len(document.text))
    text = Text("…" if start else "")
    text.append(document.text[start : said.start])
    marked = document.text[said.start : said.end]
    text.append(marked if not screen.plain else f"[[{marked}]]", style="bold black on yellow3")
    text.append(document.text[said.end : end])
    text.append("…" if end < len(document.text) else "")
    screen.draw(text)
    screen.say("")
    span = document.raw_span(said.span)
    screen.table(
        ("what", "is"), [(name, value) for name, value in _particulars(claim, document, f"{span.start}-{span.end}")]
    )


def _particulars(claim: GroundedClaim, document: Document, span: str) -> Iterator[tuple[str, str]]:
    yield "told as", f"{claim.claim.modality.value}, {claim.claim.polarity.value}"
    yield "when", _days(claim) + (f" ({claim.when.basis.value})" if claim.when else "")
    for role, place in claim.places.items():
        at = f", {place.lat:.4f}, {place.lon:.4f}" if place.lat is not None and place.lon is not None else ""
        yield role, f"{place.name} ({place.id}, {place.level.value}{at})"
    for role, actors in claim.actors.items():
        yield role, ", ".join(f"{actor.name} ({actor.id})" for actor in actors)
    yield "who says so", " → ".join(f"{source.name} ({source.kind.value})" for source in claim.voices)
    yield "document", f"{document.name}: {document.title or 'no title'}"
    yield "published", str(document.published.earliest) if document.published else "no date can be told"
    yield "words at", f"{span} of the file as text"
    yield "original", f"sha256 {document.original}"
    open_links = [link for link in claim.links if link.chosen is None and link.candidates]
    for link in open_links:
        yield (
            f"{link.role} open",
            f"{link.expression!r} could be "
            + ", ".join(f"{one.name} ({one.id}, {one.score:.0%})" for one in link.candidates),
        )


def show_contradictions(found: Sequence[Contradiction], claims: Sequence[GroundedClaim]) -> None:
    """Accounts side by side."""
    screen = Screen()
    by_id = {claim.id: claim for claim in claims}
    if screen.plain:
        rows = [
            (
                one.nature.value,
                one.about,
                side.value,
                ", ".join(side.sources),
                " ".join(identity[:8] for identity in side.claims),
            )
            for one in found
            for side in one.sides
        ]
        screen.table(("nature", "about", "account", "who", "claims"), rows)
        return
    for one in found:
        screen.say("")
        screen.say(f"{one.nature.value}: {one.about}", "bold")
        for side in one.sides:
            screen.say(f"  {side.value}, says {', '.join(side.sources)}")
            for identity in side.claims[:2]:
                if identity in by_id:
                    screen.say(f"      “{' '.join(by_id[identity].claim.quote.split())}”  [{identity[:8]}]", "dim")
        if one.explanation:
            screen.say(f"  perhaps: {one.explanation}", "dim")
    screen.say("")
    screen.say(f"{len(found)} contradictions", "dim")


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """A source with what it says in a case."""

    id: str
    name: str
    kind: str
    sides: tuple[str, ...]
    claims: int
    through: tuple[str, ...]


def sources_of(claims: Sequence[GroundedClaim]) -> tuple[Speaking, ...]:
    """Origins with the number of their claims and who relays them, the most telling first."""
    counts = Counter(claim.origin.id for claim in claims)
    origins = {claim.origin.id: claim.origin for claim in claims}
    through: dict[str, set[str]] = {}
    for claim in claims:
        if len(claim.voices) > 1:
            through.setdefault(claim.origin.id, set()).add(claim.publisher.name)
    return tuple(
        Speaking(
            id=key,
            name=origins[key].name,
            kind=origins[key].kind.value,
            sides=origins[key].sides,
            claims=count,
            through=tuple(sorted(through.get(key, ()))),
        )
        for key, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    )


def show_sources(found: Sequence[Speaking]) -> None:
    """A table of sources."""
    Screen().table(
        ("claims", "who", "kind", "sides", "through", "id"),
        [
            (str(one.claims), one.name, one.kind, ", ".join(one.sides) or "-", ", ".join(one.through) or "-", one.id)
            for one in found
        ],
    )


def cases_below(folder: Path) -> list[Row]:
    """Folders with a ledger, with their counts; what cannot be opened says why."""
    from tadmor.errors import CaseError  # noqa: PLC0415

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
        ("case", "documents", "claims"), [(row["case"], str(row["documents"]), str(row["claims"])) for row in found]
    )
