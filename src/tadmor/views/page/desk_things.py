"""Pages of the desk on actors, places and sources, on documents that claims are added from, and on double coding."""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec
from fastapi import Response

from tadmor.datamodel.claims import CHOICES, KINDS, Modality, Polarity
from tadmor.datamodel.documents import Document
from tadmor.datamodel.history import GRADES
from tadmor.datamodel.spans import Span
from tadmor.errors import UsageError
from tadmor.ledger import ClaimFilter, Ledger
from tadmor.views.adding import USUAL, document_of, fields_for, span_said
from tadmor.views.codings import Coded, coded_twice
from tadmor.views.deciding_things import decided_on_things
from tadmor.views.exports import Row
from tadmor.views.page.desk_page import DeskPage, Failure
from tadmor.views.page.marking import stretches
from tadmor.views.page.problems import problem_page
from tadmor.views.page.wishes import number
from tadmor.views.quoting import quote as quoted

#: The kinds of things that have a page of their own on the desk, by their addresses.
THINGS = {"actors": "actor", "places": "place", "sources": "source"}
#: What the fields of a claim are called in its form, and how they are filled in.
_LABELS = {
    "place": ("Where", "as printed, a name, or an id"),
    "from": ("From", "as printed, a name, or an id"),
    "to": ("To", "as printed, a name, or an id"),
    "holder": ("Holder", "as printed, a name, or an id"),
    "actor": ("Who", "as printed, a name, or an id"),
    "actors": ("Who", "as printed; several; parted so"),
    "targets": ("On whom", "as printed; several; parted so"),
    "group": ("Of whom", "as printed, a name, or an id"),
    "by": ("By", "as printed, a name, or an id"),
    "what": ("What", "as printed"),
    "equipment": ("Weapon system", "an id of its table"),
    "when": ("When", "as printed, or 2016-03-27, or 2016-03-01..2016-03-05"),
    "count": ("How many", "12, 12-20, at least 12, dozens"),
    "attribution": ("Whom the text cites", "whoever relays first; the origin last"),
}


def thing(page: DeskPage, address: str, identity: str, failure: Failure | None) -> Response:
    """An actor, place or source, what was decided of it, and the form to decide."""
    kind = THINGS[address]
    row = {"actor": page.atlas.actor, "place": page.atlas.place, "source": page.atlas.source}[kind](identity)
    with Ledger.open(page.shelf.folder) as ledger:
        name = ledger.name_of(kind, identity)
        made = decided_on_things(ledger).get((kind, identity), [])
    if row is None and name is None:
        return problem_page(404, "Not found", f"the case has no {kind} {identity!r}")
    told: Row = msgspec.json.decode(row) if row is not None else {"name": name, "standings": []}
    return page.show(
        "desk_thing.html", failure, kind=kind, address=address, identity=identity, told=told, made=made, grades=GRADES
    )


def adding(page: DeskPage, identity: str, typed: Mapping[str, str], failure: Failure | None) -> Response:
    """A document to choose words of; where they are chosen, the form of the claim that they make."""
    with Ledger.open(page.shelf.folder) as ledger:
        try:
            document = document_of(ledger, identity)
        except UsageError as error:
            return problem_page(404, "Not found", str(error))
        known = [(one.id, one.claim.start, one.claim.end) for one in ledger.claims(ClaimFilter(document=identity))]
    span, amiss = _chosen(document, typed)
    kind = typed.get("kind", "")
    marked = [*known, ("chosen", span.start, span.end)] if span is not None else known
    return page.show(
        "desk_document.html",
        failure,
        document={"id": document.id, "name": document.name, "title": document.title, "language": document.language},
        stretches=[one._asdict() for one in stretches(document.text, marked)],
        kinds=KINDS,
        kind=kind if kind in KINDS else "",
        typed=dict(typed),
        amiss=amiss,
        chosen={"start": span.start, "end": span.end, "words": span.of(document.text)} if span is not None else None,
        fields=_fields(kind, typed) if kind in KINDS else [],
        modalities=tuple(Modality),
        polarities=tuple(Polarity),
    )


def _chosen(document: Document, typed: Mapping[str, str]) -> tuple[Span | None, str | None]:
    """The words that were chosen, or what is wrong with the choice; neither, where nothing was chosen yet."""
    if not any(typed.get(name) for name in ("start", "end", "words")):
        return None, None
    try:
        start, end = (number(typed[name]) if typed.get(name) else None for name in ("start", "end"))
        return span_said(document, start, end, typed.get("words")), None
    except UsageError as error:
        return None, str(error)


def _fields(kind: str, typed: Mapping[str, str]) -> list[Row]:
    """The fields of a form, each with what it is called, how it is filled in, and what was typed."""
    found = []
    for name in fields_for(kind):
        choices = CHOICES[kind].get(name)
        label, hint = _LABELS.get(name, (name.capitalize(), ""))
        value = typed.get(f"field.{name}", USUAL.get(name, ""))
        words = [str(one) for one in choices] if choices is not None else []
        found.append({"name": name, "label": label, "hint": hint, "value": value, "choices": words})
    return found


def codings(page: DeskPage, failure: Failure | None) -> Response:
    """What two or more persons coded and nobody settled: where they differ, and where they agree."""
    with Ledger.open(page.shelf.folder) as ledger:
        found = coded_twice(ledger.reviews())
        shown = [_shown(one, ledger) for one in found]
    mine = [one for one in shown if page.viewer in one["authors"]]
    return page.show("desk_codings.html", failure, found=shown, others=len(shown) - len(mine))


def _shown(one: Coded, ledger: Ledger) -> Row:
    answers: list[Row] = [
        {"answer": answer, "number": first, "authors": list(who)} for answer, first, who in one.answers
    ]
    return {
        "key": f"c{one.codings[0][0]}",
        "differ": one.differ,
        "claims": [quoted(ledger.claim(claim)) for claim in one.claims],
        "answers": answers,
        "authors": [name for answer in answers for name in answer["authors"]],
    }


def back_to(address: str, identity: str, done: int) -> str:
    """The page of a thing, after a decision."""
    return f"/desk/{address}/{quote(identity, safe='')}?done={done}"
