"""One claim in its context: the words marked, who says so through whom, and where the original lies."""

from collections.abc import Iterator

from rich.text import Text

from tadmor.datamodel.claims import ACTOR_ROLES, mentions
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review
from tadmor.views.screen import Screen
from tadmor.views.words import days, gist, when

#: Characters of context on each side of a claim.
CONTEXT = 400


def show_claim(claim: GroundedClaim, document: Document, original: str, review: Review | None = None) -> None:
    """A claim in its context; `original` is the path of the archived bytes, `review` the decision that stands."""
    screen = Screen()
    screen.say(Text(gist(claim), style="bold"))
    screen.say(f"{claim.kind} claim {claim.id}", "dim")
    screen.say("")
    screen.say(_context(screen, claim, document), indent=2)
    screen.say("")
    screen.table(
        ("", ""),
        [
            (Text(name, style="dim"), value)
            for name, value in (*_particulars(claim, document, original), *_decided(review))
        ],
    )


def _context(screen: Screen, claim: GroundedClaim, document: Document) -> Text:
    """The words around, to the nearest line or word; the claim's own between brackets where there is no colour."""
    said = claim.claim
    start, end = max(said.start - CONTEXT, 0), min(said.end + CONTEXT, len(document.text))
    before, after = document.text[start : said.start], document.text[said.end : end]
    if start:
        before = "…" + before.partition(" ")[2]
    if end < len(document.text):
        after = after.rpartition(" ")[0] + "…"
    text = Text(before)
    marked = document.text[said.start : said.end]
    text.append(f"[[{marked}]]" if screen.plain else marked, style="bold black on yellow3")
    text.append(after)
    return text


def _particulars(claim: GroundedClaim, document: Document, original: str) -> Iterator[tuple[str, str]]:
    said = claim.claim
    yield "told as", f"{said.modality.value}, {said.polarity.value}"
    yield "says so", _chain(claim)
    yield "when", _when(claim)
    for role, place in claim.places.items():
        at = f", {place.lat:.4f}, {place.lon:.4f}" if place.lat is not None and place.lon is not None else ""
        yield role, f"{place.name} ({place.level.value}{at}; {place.id}){_printed(claim, role)}"
    for role in ACTOR_ROLES[claim.kind]:
        if role in claim.actors:
            who = ", ".join(f"{actor.name} ({actor.id})" for actor in claim.actors[role])
            yield "from" if role == "loser" else role, who + _printed(claim, role)
    yield from _open_names(claim)
    yield from _provenance(claim, document, original)


def _decided(review: Review | None) -> Iterator[tuple[str, str]]:
    if review is not None:
        yield "decided", f"{review.decision.value}, by {review.author} on {review.made:%Y-%m-%d}: {review.reason}"


def _chain(claim: GroundedClaim) -> str:
    """Publisher to origin, each with its kind and side."""
    links = (
        f"{source.name} ({', '.join([source.kind.value, *(side.replace('_', ' ') for side in source.sides)])})"
        for source in claim.voices
    )
    return " → ".join(links)


def _when(claim: GroundedClaim) -> str:
    told = claim.when
    if told is None:
        return "not told"
    words = f", from “{told.expression}”" if told.expression else ""
    return f"{when(told)}, {told.extent.value} these days ({told.basis.value}{words})"


def _printed(claim: GroundedClaim, role: str) -> str:
    """How the text names it, and whether those words stand elsewhere in it."""
    said = mentions(claim.claim, role)
    if not said:
        return ""
    names = ", ".join(f"“{' '.join(one.expression.split())}”" for one in said)
    return f", printed {names}" + (" earlier in the text" if any(one.carried for one in said) else "")


def _open_names(claim: GroundedClaim) -> Iterator[tuple[str, str]]:
    for link in claim.links:
        if link.chosen is None and link.candidates:
            could = ", ".join(f"{one.name} ({one.id}, {one.score:.0%})" for one in link.candidates)
            yield link.role, f"“{link.expression}” could be {could}"


def _provenance(claim: GroundedClaim, document: Document, original: str) -> Iterator[tuple[str, str]]:
    published = document.published
    span = document.raw_span(claim.claim.span)
    yield "document", f"{document.name}: {document.title or 'no title'}"
    if published is None:
        yield "published", "no date can be told"
    else:
        reasons = "; ".join(published.reasons)
        yield "published", f"{days(published.earliest, published.latest)} ({published.basis.value}: {reasons})"
    yield "words at", f"characters {span.start} to {span.end} of the file as text"
    yield "read by", f"{claim.claim.reader}, sure {claim.claim.score:.0%}"
    yield "original", f"SHA-256 {document.original}"
    yield "archived", original
