"""The addresses of the API. Each reads; days are ISO; ids are those of the exports (docs/formats.md)."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Atlas, FindingKind, Page, Wanted
from tadmor.views.api.asked import (
    MOST,
    USUAL,
    AsOf,
    Cursor,
    Fields,
    Form,
    Id,
    Kind,
    Layer,
    Limit,
    Modality,
    Words,
)
from tadmor.views.api.describing import BYTES, PROBLEMS, listed_as, one_as
from tadmor.views.api.fields import ROWS, chosen, named
from tadmor.views.api.replying import FORMS, JSON, Answers, form_of, formed, listed, problem
from tadmor.views.laying.encoding import encoded
from tadmor.views.serving.conditions import Conditions
from tadmor.views.serving.days import Day
from tadmor.views.serving.looking import found, place_answer, rows
from tadmor.views.serving.shelf import Opened, Shelf

#: Places whose control on a day is told at once.
_EVERYWHERE = 1_000_000


def routes(shelf: Shelf) -> APIRouter:
    """The API over a shelf."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS)
    answers = Answers()
    _whole(api, shelf, answers)
    _control(api, shelf, answers)
    _lists(api, shelf, answers)
    _things(api, shelf, answers)
    _claims(api, shelf, answers)
    _documents(api, shelf, answers)
    _findings(api, shelf, answers)
    return api


def _whole(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    @api.get("/case", summary="The case at a glance", responses=one_as("Case"))
    def case(request: Request, as_of: AsOf = None) -> Response:
        opened = shelf.atlas(as_of)
        told = {"as_of": as_of, "concluding": opened.concluding}
        return answers.reply(request, opened, lambda: encoded(json.loads(opened.atlas.sheet("case")) | told))

    @api.get(
        "/activity",
        summary="Claims of each kind by the day that they speak of, in columns",
        responses=one_as("Activity"),
    )
    def activity(request: Request, as_of: AsOf = None) -> Response:
        opened = shelf.atlas(as_of)
        return answers.reply(request, opened, lambda: opened.atlas.sheet("activity"))

    @api.get("/layers/{name}", summary="Marks of one layer of the map, in columns", responses=one_as("Layer"))
    def layer(request: Request, name: Layer, as_of: AsOf = None) -> Response:
        opened = shelf.atlas(as_of)
        return answers.reply(request, opened, lambda: opened.atlas.sheet(name))

    @api.get(
        "/search",
        summary="Claims, documents, places, actors and sources by words, in any script",
        responses=one_as("Found"),
    )
    def search(
        request: Request,
        q: Words,
        wanted: Conditions,
        as_of: AsOf = None,
        limit: Limit = 20,
        cursor: Cursor = 0,
    ) -> Response:
        opened = shelf.atlas(as_of)
        return answers.reply(request, opened, lambda: encoded(found(opened.atlas, q, wanted, limit, cursor)))


def _control(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    @api.get(
        "/control",
        summary="Who held each place on a day, as GeoJSON, JSON, JSON Lines or CSV",
        responses=listed_as("control"),
    )
    async def control(
        request: Request, day: Day, as_of: AsOf = None, form: Form = None, fields: Fields = None
    ) -> Response:
        opened = shelf.ready(as_of) or await _waited(shelf, as_of)
        wanted, some = form_of(request, form), named(fields, "control")

        def make() -> bytes:
            if wanted == "geojson" and not some:
                features = opened.atlas.features(day.isoformat())
                return b'{"type":"FeatureCollection","features":[%s]}\n' % b",".join(features)
            spells = opened.atlas.findings(FindingKind.SPELL, day=day.isoformat(), limit=_EVERYWHERE).values
            return page_of("control", Page(spells, None), wanted, some)

        return answers.reply(request, opened, make, media_of(wanted))

    @api.get(
        "/control/spells", summary="Who held what when: all places and spells, in columns", responses=one_as("Columns")
    )
    def spells(request: Request, as_of: AsOf = None) -> Response:
        opened = shelf.atlas(as_of)
        return answers.reply(request, opened, lambda: opened.atlas.sheet("spells"))


async def _waited(shelf: Shelf, as_of: date | None) -> Opened:
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415

    return await run_in_threadpool(shelf.atlas, as_of)


#: Lists of things, each with how an atlas gives it.
_LISTS: dict[str, tuple[str, Callable[..., Page]]] = {
    "places": ("Places, those with most claims first", Atlas.places),
    "actors": ("Actors, those with most claims first", Atlas.actors),
    "sources": ("Who speaks, those with most claims first, and how each fared", Atlas.sources),
    "documents": ("Documents by the day that they came out", Atlas.documents),
}


def _lists(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    for name in _LISTS:
        _listing(api, shelf, answers, name)


def _listing(api: APIRouter, shelf: Shelf, answers: Answers, name: str) -> None:
    summary, ask = _LISTS[name]

    def every(
        request: Request,
        as_of: AsOf = None,
        limit: Limit = USUAL,
        cursor: Cursor = 0,
        form: Form = None,
        fields: Fields = None,
    ) -> Response:
        opened = shelf.atlas(as_of)
        return _list(request, opened, answers, name, lambda atlas: ask(atlas, limit=limit, after=cursor), form, fields)

    api.add_api_route(f"/{name}", every, name=name, summary=summary, responses=listed_as(name))


def _things(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    @api.get("/places/{identity:path}", summary="A place, with all that is known of it", responses=one_as("PlaceTold"))
    def place(request: Request, identity: str, as_of: AsOf = None) -> Response:
        return _one(request, shelf.atlas(as_of), answers, lambda atlas: _encoded(place_answer(atlas, identity)))

    @api.get("/actors/{identity:path}", summary="An actor, and what it held", responses=one_as("ActorTold"))
    def actor(request: Request, identity: str, as_of: AsOf = None) -> Response:
        def ask(atlas: Atlas) -> bytes | None:
            known = atlas.actor(identity)
            held = atlas.findings(FindingKind.SPELL, actor=identity, limit=MOST).values
            return known and encoded(json.loads(known) | {"spells": rows(held)})

        return _one(request, shelf.atlas(as_of), answers, ask)

    @api.get("/sources/{identity:path}", summary="A source: its side, its grades and why", responses=one_as("Source"))
    def source(request: Request, identity: str, as_of: AsOf = None) -> Response:
        return _one(request, shelf.atlas(as_of), answers, lambda atlas: atlas.source(identity))


def _claims(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    @api.get(
        "/claims",
        summary="Claims that fit all conditions, by the day that they speak of",
        responses=listed_as("claims"),
    )
    def claims(  # noqa: PLR0913, PLR0917 - a condition each
        request: Request,
        place: Id | None = None,
        actor: Id | None = None,
        source: Id | None = None,
        side: Id | None = None,
        document: Id | None = None,
        kind: Kind | None = None,
        modality: Modality | None = None,
        polarity: Literal["affirmed", "denied"] | None = None,
        first: Annotated[Day | None, Query(alias="from")] = None,
        last: Annotated[Day | None, Query(alias="to")] = None,
        least: Annotated[float | None, Query(ge=0, le=1, description="Read at least so surely.")] = None,
        counted: Annotated[bool | None, Query(description="That a finding rests on, or that none does.")] = None,
        q: Annotated[str | None, Query(max_length=200)] = None,
        as_of: AsOf = None,
        limit: Limit = USUAL,
        cursor: Cursor = 0,
        form: Form = None,
        fields: Fields = None,
    ) -> Response:
        wanted = Wanted(
            place=place,
            actor=actor,
            source=source,
            side=side,
            document=document,
            kind=kind,
            modality=modality,
            polarity=polarity,
            first=first.isoformat() if first is not None else None,
            last=last.isoformat() if last is not None else None,
            least=least,
            counted=counted,
            words=q.replace("\x00", " ") if q else None,
        )
        ask = lambda atlas: atlas.claims(wanted, limit=limit, after=cursor)  # noqa: E731
        return _list(request, shelf.atlas(as_of), answers, "claims", ask, form, fields)

    @api.get("/claims/{identity}", summary="A claim, and the findings that rest on it", responses=one_as("ClaimTold"))
    def claim(request: Request, identity: str, as_of: AsOf = None) -> Response:
        def ask(atlas: Atlas) -> bytes | None:
            known = atlas.claim(identity)
            resting = [
                {"kind": one.kind.value, "id": one.id, "way": one.way, "finding": json.loads(one.value)}
                for one in atlas.resting(identity)
            ]
            return known and encoded(json.loads(known) | {"findings": resting})

        return _one(request, shelf.atlas(as_of), answers, ask)


def _documents(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    @api.get(
        "/documents/{identity}/original", summary="The bytes as obtained", responses=BYTES, response_class=Response
    )
    def original(identity: str) -> Response:
        known = shelf.atlas().atlas.document(identity)
        if known is None:
            return _missing("document", identity)
        row = json.loads(known)
        data = original_of(shelf, row["original"])
        # never shown by the browser itself: what an outlet's page would run, it does not run here
        headers = {"content-disposition": f'attachment; filename="{row["original"]}"', "etag": f'"{row["original"]}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)

    @api.get("/documents/{identity}", summary="A document with its text", responses=one_as("DocumentTold"))
    def document(request: Request, identity: str, as_of: AsOf = None) -> Response:
        def ask(atlas: Atlas) -> bytes | None:
            known = atlas.document(identity)
            if known is None:
                return None
            with Ledger.open(shelf.folder) as ledger:
                return encoded(json.loads(known) | {"text": ledger.document(identity).text})

        return _one(request, shelf.atlas(as_of), answers, ask)


def original_of(shelf: Shelf, sha256: str) -> bytes:
    """The bytes of an original."""
    with Ledger.open(shelf.folder) as ledger:
        return ledger.original(sha256)


def _findings(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    for kind in (FindingKind.INCIDENT, FindingKind.TOLL, FindingKind.CONTRADICTION, FindingKind.SPELL):
        _finding(api, shelf, answers, kind)


def _finding(api: APIRouter, shelf: Shelf, answers: Answers, kind: FindingKind) -> None:
    name = f"{kind.value}s"

    def every(  # noqa: PLR0913, PLR0917
        request: Request,
        place: Id | None = None,
        actor: Id | None = None,
        as_of: AsOf = None,
        limit: Limit = USUAL,
        cursor: Cursor = 0,
        form: Form = None,
        fields: Fields = None,
    ) -> Response:
        ask = lambda atlas: atlas.findings(kind, place=place, ground=True, actor=actor, limit=limit, after=cursor)  # noqa: E731
        return _list(request, shelf.atlas(as_of), answers, name, ask, form, fields)

    def one(request: Request, identity: str, as_of: AsOf = None) -> Response:
        return _one(request, shelf.atlas(as_of), answers, lambda atlas: atlas.finding(kind, identity))

    api.add_api_route(
        f"/{name}", every, name=name, summary=f"Findings: {name}, the heaviest first", responses=listed_as(name)
    )
    api.add_api_route(
        f"/{name}/{{identity}}",
        one,
        name=kind.value,
        summary=f"One {kind.value}",
        responses=one_as(ROWS[name].__name__),
    )


def _list(
    request: Request,
    opened: Opened,
    answers: Answers,
    name: str,
    ask: Callable[[Atlas], Page],
    form: str | None,
    fields: str | None,
) -> Response:
    wanted, some = form_of(request, form), named(fields, name)
    return answers.reply(request, opened, lambda: page_of(name, ask(opened.atlas), wanted, some), media_of(wanted))


def media_of(form: str | None) -> str:
    """The media type of a form."""
    return FORMS[form][0] if form is not None else JSON


def page_of(name: str, page: Page, form: str | None, some: Sequence[str]) -> bytes:
    """A page of a list, in the form and with the fields wanted."""
    if form is not None:
        return formed(page.values, form, some)
    values = [encoded(chosen(json.loads(one), some)) for one in page.values] if some else page.values
    return listed(name, values, page.after)


def _one(request: Request, opened: Opened, answers: Answers, ask: Callable[[Atlas], bytes | None]) -> Response:
    found_one = ask(opened.atlas)
    if found_one is None:
        kind, _, identity = request.url.path.removeprefix("/api/v1/").partition("/")
        return _missing(kind.removesuffix("s"), identity)
    return answers.reply(request, opened, lambda: found_one)


def _missing(kind: str, identity: str) -> Response:
    return problem(404, "Not found", f"the record has no {kind} {identity!r}")


def _encoded(value: Any) -> bytes | None:
    return encoded(value) if value is not None else None
