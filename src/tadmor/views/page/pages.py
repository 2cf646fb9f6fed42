"""The addresses of the pages."""

import json
from collections.abc import Callable
from functools import partial
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from tadmor.datamodel.identities import Kind as Mergeable
from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Atlas, FindingKind, Wanted
from tadmor.ledger.atlas import Page as AtlasPage
from tadmor.views.deciding_things import now_one_with
from tadmor.views.exports import Row
from tadmor.views.page.bands import ribbon
from tadmor.views.page.captured import captured
from tadmor.views.page.deciding import decide_on, rejected
from tadmor.views.page.forms import Forms
from tadmor.views.page.made import Made as _Page
from tadmor.views.page.marking import stretches
from tadmor.views.page.problems import problem_page
from tadmor.views.page.refining import REFINED, refining
from tadmor.views.page.runs import issues_of
from tadmor.views.page.templates import ASSETS, STATIC, early
from tadmor.views.serving.conditions import Conditions
from tadmor.views.serving.days import Day
from tadmor.views.serving.ground import Ground, ground_route, ground_row
from tadmor.views.serving.looking import facets, found, meaning, place_answer, rows
from tadmor.views.serving.shelf import Shelf

#: Rows of a page, and most claims that are marked in one document.
_ROWS, _MARKED = 50, 5000
#: Places under the map, for whoever has no scripts: each is asked for, and the page waits for it.
_FIRST = 20
#: Characters of context on each side of a claim.
_CONTEXT = 500

Kind = Literal["", "control", "event", "presence", "movement", "toll"]
AsOf = Annotated[Day | Literal[""] | None, Query()]
Cursor = Annotated[int, Query(ge=0, le=2**63 - 1)]
Text = Annotated[str, Query(max_length=300)]


def pages(shelf: Shelf, forms: Forms, ground: Ground | None = None) -> APIRouter:
    """The pages over a shelf."""
    site = APIRouter()
    _front(site, shelf, ground)
    _search(site, shelf)
    _lists(site, shelf)
    _things(site, shelf)
    _claim(site, shelf, forms)
    _evidence(site, shelf)
    _findings(site, shelf)
    site.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    if ground is not None:
        site.include_router(ground_route(ground))
    if STATIC.is_dir():
        site.mount("/static", StaticFiles(directory=STATIC), name="static")
    return site


def _missing(kind: str, identity: str) -> Response:
    return problem_page(404, "Not found", f"the record has no {kind} {identity!r}")


def _front(site: APIRouter, shelf: Shelf, ground: Ground | None) -> None:
    own = ground_row(ground)

    @site.get("/")
    def record(as_of: AsOf = None) -> Response:
        page = _Page(shelf, as_of)
        places, _ = _places(page.atlas, 0, _FIRST)
        return page.show("record.html", places=places, drawn=STATIC.is_dir(), ground=own, early=early())

    @site.get("/places")
    def places(as_of: AsOf = None, cursor: Cursor = 0) -> Response:
        page = _Page(shelf, as_of)
        known, after = _places(page.atlas, cursor)
        return page.show("places.html", places=known, after=after)

    @site.get("/about")
    def about(as_of: AsOf = None) -> Response:
        return _Page(shelf, as_of).show("about.html", ground=own)


def _search(site: APIRouter, shelf: Shelf) -> None:
    @site.get("/search")
    def search(wanted: Conditions, q: Text = "", as_of: AsOf = None, cursor: Cursor = 0) -> Response:
        page = _Page(shelf, as_of)
        if wanted.words is None:
            return page.show("search.html", q=q, found=None)
        answer = found(page.atlas, wanted.words, wanted, _ROWS, cursor)
        asked = {"q": q} | {one: getattr(wanted, one) for one in REFINED if getattr(wanted, one)}
        refined = refining(facets(page.atlas, meaning(wanted, answer["meant"])), asked)
        return page.show("search.html", q=q, found=answer, asked=asked, facets=refined)


def _places(atlas: Atlas, cursor: int, limit: int = _ROWS) -> tuple[list[Row], int | None]:
    """Places with who holds each now."""
    page = atlas.places(limit=limit, after=cursor)
    known = rows(page.values)
    for one in known:
        lasting = rows(atlas.findings(FindingKind.SPELL, place=one["id"], day="9999-12-31", limit=1).values)
        one["now"] = lasting[0] if lasting else None
    return known, page.after


def _lists(site: APIRouter, shelf: Shelf) -> None:
    for name, template, ask in (
        ("sources", "sources.html", Atlas.sources),
        ("actors", "actors.html", Atlas.actors),
        ("documents", "documents.html", Atlas.documents),
        ("contradictions", "contradictions.html", partial(Atlas.findings, kind=FindingKind.CONTRADICTION)),
        ("incidents", "findings.html", partial(Atlas.findings, kind=FindingKind.INCIDENT)),
        ("tolls", "findings.html", partial(Atlas.findings, kind=FindingKind.TOLL)),
    ):
        _listing(site, shelf, name, template, ask)


def _listing(site: APIRouter, shelf: Shelf, name: str, template: str, ask: Callable[..., AtlasPage]) -> None:
    def every(as_of: AsOf = None, cursor: Cursor = 0) -> Response:
        page = _Page(shelf, as_of)
        known = ask(page.atlas, limit=_ROWS, after=cursor)
        return page.show(template, kind=name.removesuffix("s"), found=rows(known.values), after=known.after)

    site.add_api_route(f"/{name}", every, name=name)


def _things(site: APIRouter, shelf: Shelf) -> None:
    @site.get("/places/{identity:path}")
    def place(identity: str, as_of: AsOf = None) -> Response:
        page = _Page(shelf, as_of)
        told = place_answer(page.atlas, identity)
        if told is None:
            return _merged(shelf, "place", identity) or _missing("place", identity)
        told["ribbon"] = ribbon(told["spells"], page.case["last_published"], page.holders())
        told["kinds"] = page.atlas.facets(Wanted(place=identity))
        return page.show("place.html", told=told)

    @site.get("/sources/{identity:path}")
    def source(identity: str, as_of: AsOf = None, cursor: Cursor = 0) -> Response:
        page = _Page(shelf, as_of)
        told = page.read(page.atlas.source(identity))
        if told is None:
            return _missing("source", identity)
        said = page.atlas.claims(Wanted(source=identity), limit=_ROWS, after=cursor)
        moved = [(one, page.read(page.atlas.claim(one["claim"]))) for one in told["moved"]]
        return page.show("source.html", told=told, claims=rows(said.values), after=said.after, moved=moved)

    @site.get("/actors/{identity:path}")
    def actor(identity: str, as_of: AsOf = None, cursor: Cursor = 0) -> Response:
        page = _Page(shelf, as_of)
        told = page.read(page.atlas.actor(identity))
        if told is None:
            return _merged(shelf, "actor", identity) or _missing("actor", identity)
        held = rows(page.atlas.findings(FindingKind.SPELL, actor=identity, limit=500).values)
        said = page.atlas.claims(Wanted(actor=identity), limit=_ROWS, after=cursor)
        return page.show("actor.html", told=told, spells=held, claims=rows(said.values), after=said.after)


def _merged(shelf: Shelf, kind: Mergeable, identity: str) -> Response | None:
    """To the actor or place that one is really, where a person said so."""
    with Ledger.open(shelf.folder) as ledger:
        now = now_one_with(ledger, kind, identity)
    return RedirectResponse(f"/{kind}s/{quote(now, safe='')}", status_code=303) if now != identity else None


def _evidence(site: APIRouter, shelf: Shelf) -> None:
    @site.get("/claims")
    def claims(
        place: Text = "",
        actor: Text = "",
        source: Text = "",
        kind: Kind = "",
        q: Text = "",
        as_of: AsOf = None,
        cursor: Cursor = 0,
    ) -> Response:
        page = _Page(shelf, as_of)
        asked = {"place": place, "actor": actor, "source": source, "kind": kind}
        words = q.replace("\x00", " ").strip()
        wanted = Wanted(
            place=place or None, actor=actor or None, source=source or None, kind=kind or None, words=words or None
        )
        known = page.atlas.claims(wanted, limit=_ROWS, after=cursor)
        names = {"place": page.atlas.place, "actor": page.atlas.actor, "source": page.atlas.source}
        about = [page.read(names[key](asked[key])) for key in names if asked[key]]
        return page.show(
            "claims.html",
            claims=rows(known.values),
            after=known.after,
            asked=asked | {"q": q},
            about=[one for one in about if one],
        )

    @site.get("/documents/{identity}")
    def document(identity: str, as_of: AsOf = None) -> Response:
        page = _Page(shelf, as_of)
        told = page.read(page.atlas.document(identity))
        if told is None:
            return _missing("document", identity)
        said = rows(page.atlas.claims(Wanted(document=identity), limit=_MARKED).values)
        said.sort(key=lambda one: (one["text_span"], one["id"]))
        issues, more_issues = issues_of(shelf.folder, document=identity)
        marked = stretches(_text(shelf, identity), ((one["id"], *one["text_span"]) for one in said))
        return page.show(
            "document.html",
            told=told,
            claims=said,
            stretches=[one._asdict() for one in marked],
            issues=issues,
            more_issues=more_issues,
            captured=captured(shelf.folder, told["original"]),
        )


def _claim(site: APIRouter, shelf: Shelf, forms: Forms) -> None:
    @site.get("/claims/{identity}")
    def claim(request: Request, identity: str, as_of: AsOf = None) -> Response:
        page = _Page(shelf, as_of)
        told = page.read(page.atlas.claim(identity))
        if told is None and rejected(shelf.folder, identity):
            return RedirectResponse(f"/desk/claims/{identity}", status_code=303)
        if told is None:
            return _missing("claim", identity)
        document = page.read(page.atlas.document(told["document"]["id"]))
        resting = [
            {"kind": one.kind.value, "way": one.way, "finding": json.loads(one.value)}
            for one in page.atlas.resting(identity)
        ]
        start, end = told["text_span"]
        text = _text(shelf, told["document"]["id"])
        before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
        context = {"before": before, "words": text[start:end], "after": after}
        form = forms.shown(request) | {"blind": False}
        decide = decide_on(shelf.folder, identity, resting, viewer=form["author"])
        shown = page.show(
            "claim.html",
            told=told,
            document=document,
            findings=resting,
            context=context,
            decide=decide,
            form=form,
        )
        return forms.remembered(request, shown)


def _text(shelf: Shelf, document: str) -> str:
    with Ledger.open(shelf.folder) as ledger:
        return ledger.document(document).text


def _findings(site: APIRouter, shelf: Shelf) -> None:
    @site.get("/contradictions/{identity}")
    def contradiction(identity: str, as_of: AsOf = None) -> Response:
        page = _Page(shelf, as_of)
        told = page.read(page.atlas.finding(FindingKind.CONTRADICTION, identity))
        if told is None:
            return _missing("contradiction", identity)
        for side in told["sides"]:
            side["told"] = _claims(page, side["claims"])
        return page.show("contradiction.html", told=told)

    @site.get("/incidents/{identity}")
    def incident(identity: str, as_of: AsOf = None) -> Response:
        page = _Page(shelf, as_of)
        told = page.read(page.atlas.finding(FindingKind.INCIDENT, identity))
        if told is None:
            return _missing("incident", identity)
        return page.show("incident.html", told=told, claims=_claims(page, told["claims"]))

    @site.get("/tolls/{identity}")
    def toll(identity: str, as_of: AsOf = None) -> Response:
        page = _Page(shelf, as_of)
        told = page.read(page.atlas.finding(FindingKind.TOLL, identity))
        if told is None:
            return _missing("toll", identity)
        return page.show("toll.html", told=told, claims=_claims(page, told["claims"]))


def _claims(page: _Page, identities: list[str]) -> list[Row]:
    return [json.loads(value) for value in map(page.atlas.claim, identities) if value is not None]
