"""The site: the pages of the record, made once each, with links from page to page that need no server."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from tadmor.ledger.atlas import Atlas, FindingKind, Wanted
from tadmor.ledger.atlas import Page as AtlasPage
from tadmor.views.exports import Row
from tadmor.views.page.bands import ribbon
from tadmor.views.page.templates import FOLDER, STATIC, early, environment
from tadmor.views.serving.looking import place_answer, rows

#: Rows of a list's page, and claims below a place or a source.
_ROWS = 50
_EVERY = 1_000_000
#: Places under the map, for whoever has no scripts.
_FIRST = 20
#: Letters that file names may hold on any host; every other one is written as its bytes.
_SAFE = re.compile(r"[A-Za-z0-9_-]")


def file_of(identity: str) -> str:
    """A file name for an id: the same in the map's script (`web/src/record/published.ts`)."""
    return "".join(
        one if _SAFE.fullmatch(one) else "".join(f"~{byte:02x}" for byte in one.encode()) for one in identity
    )


def path_of(parts: Sequence[str], cursor: int | None = None) -> str:
    """The file of a page: the map, a list or one of its further pages, or a thing."""
    if not parts:
        return "index.html"
    further = f"from-{cursor}" if cursor else ""
    if len(parts) == 1:
        return f"{parts[0]}/{further or 'index'}.html"
    return f"{parts[0]}/{file_of(parts[1])}{'.' + further if further else ''}.html"


@cache
def _templates() -> Environment:
    """The pages' templates, with those of a published site before them."""
    folder = FOLDER / "templates"
    loaders = [FileSystemLoader(folder / "published"), FileSystemLoader(folder)]
    served = PrefixLoader({"served": FileSystemLoader(folder)})
    found = environment().overlay(loader=ChoiceLoader([*loaders, served]))
    found.globals = dict(environment().globals)
    return found


class Site:
    """Makes the pages of an atlas into a folder."""

    def __init__(self, atlas: Atlas, folder: Path, shared: Row) -> None:
        """Set what pages are made of.

        Args:
            atlas: the published record.
            folder: where they are written.
            shared: what all of them show: `policy`, `withheld`, `files`.
        """
        self._atlas, self._folder = atlas, folder
        self._case: Row = json.loads(atlas.sheet("case"))
        self._holders: list[str] = json.loads(atlas.sheet("holders"))
        self._shared = shared | {"case": self._case, "person": None, "as_of": None, "concluding": False}
        self._made: set[Path] = set()

    def write(self) -> None:
        """All pages."""
        self._front()
        self._lists()
        for one in self._every(Atlas.places):
            self._place(one)
        for one in self._every(Atlas.sources):
            self._source(one)
        for one in self._every(Atlas.actors):
            self._actor(one)
        for one in self._every(Atlas.documents):
            self._document(one)
        for page in self._pages(lambda limit, after: self._atlas.claims(Wanted(), limit=limit, after=after)):
            for one in rows(page.values):
                self._claim(one)
        for kind in (FindingKind.INCIDENT, FindingKind.TOLL, FindingKind.CONTRADICTION):
            for one in rows(self._atlas.findings(kind, limit=_EVERY).values):
                self._finding(kind, one)

    def _show(self, path: str, template: str, **values: Any) -> None:
        depth = path.count("/")
        root = "../" * depth
        page = (
            _templates()
            .get_template(template)
            .render(**(self._shared | values), link=_links(root), root=root, here=path)
        )
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        target.write_text(page, encoding="utf-8")

    def _front(self) -> None:
        places = self._with_now(rows(self._atlas.places(limit=_FIRST).values))
        self._show("index.html", "record.html", places=places, drawn=STATIC.is_dir(), ground=None, early=early())
        self._show("about/index.html", "about.html")
        self._show("withheld/index.html", "withheld.html")

    def _with_now(self, places: list[Row]) -> list[Row]:
        for one in places:
            lasting = rows(self._atlas.findings(FindingKind.SPELL, place=one["id"], day="9999-12-31", limit=1).values)
            one["now"] = lasting[0] if lasting else None
        return places

    def _lists(self) -> None:
        ask = self._atlas
        self._list("places", lambda limit, after: ask.places(limit=limit, after=after), "places.html", self._with_now)
        self._list("sources", lambda limit, after: ask.sources(limit=limit, after=after), "sources.html")
        self._list("actors", lambda limit, after: ask.actors(limit=limit, after=after), "actors.html")
        self._list("documents", lambda limit, after: ask.documents(limit=limit, after=after), "documents.html")
        self._list("claims", lambda limit, after: ask.claims(Wanted(), limit=limit, after=after), "claims.html")
        for name, template, kind in (
            ("contradictions", "contradictions.html", FindingKind.CONTRADICTION),
            ("incidents", "findings.html", FindingKind.INCIDENT),
            ("tolls", "findings.html", FindingKind.TOLL),
        ):
            self._list(name, lambda limit, after, kind=kind: ask.findings(kind, limit=limit, after=after), template)

    def _list(
        self, name: str, ask: Callable[..., AtlasPage], template: str, more: Callable[[list[Row]], list[Row]] = list
    ) -> None:
        cursor = 0
        while True:
            page = ask(_ROWS, cursor)
            found = more(rows(page.values))
            values = {"places": found, "claims": found, "found": found, "kind": name.removesuffix("s")}
            self._show(path_of([name], cursor), template, **values, after=page.after, asked={}, about=[])
            if page.after is None:
                return
            cursor = page.after

    def _pages(self, ask: Callable[[int, int], AtlasPage]) -> Iterator[AtlasPage]:
        cursor: int | None = 0
        while cursor is not None:
            page = ask(1000, cursor)
            yield page
            cursor = page.after

    def _every(self, ask: Callable[..., AtlasPage]) -> Iterator[Row]:
        for page in self._pages(lambda limit, after: ask(self._atlas, limit=limit, after=after)):
            yield from rows(page.values)

    def _place(self, one: Row) -> None:
        told = place_answer(self._atlas, one["id"])
        if told is None:
            return
        told["place"]["decided"] = None  # decisions stay in the case, with who made them
        told["ribbon"] = ribbon(told["spells"], self._case["last_published"], self._holders)
        told["kinds"] = self._atlas.facets(Wanted(place=one["id"]))
        self._with_claims("places", one["id"], Wanted(place=one["id"]), "place.html", told=told)

    def _source(self, one: Row) -> None:
        one["decided"] = None
        moved = [(each, self._read(self._atlas.claim(each["claim"]))) for each in one["moved"]]
        self._with_claims("sources", one["id"], Wanted(source=one["id"]), "source.html", told=one, moved=moved)

    def _actor(self, one: Row) -> None:
        one["decided"] = None
        held = rows(self._atlas.findings(FindingKind.SPELL, actor=one["id"], limit=500).values)
        self._with_claims("actors", one["id"], Wanted(actor=one["id"]), "actor.html", told=one, spells=held)

    def _with_claims(self, kind: str, identity: str, wanted: Wanted, template: str, **values: Any) -> None:
        """A thing with its claims, and further pages of them."""
        cursor = 0
        while True:
            page = self._atlas.claims(wanted, limit=_ROWS, after=cursor)
            path = path_of([kind, identity], cursor)
            self._show(path, template, **values, claims=rows(page.values), after=page.after)
            if page.after is None:
                return
            cursor = page.after

    def _document(self, one: Row) -> None:
        said = rows(self._atlas.claims(Wanted(document=one["id"]), limit=_EVERY).values)
        self._show(path_of(["documents", one["id"]]), "document.html", told=one, claims=said)

    def _claim(self, one: Row) -> None:
        resting = [
            {"kind": each.kind.value, "way": each.way, "finding": json.loads(each.value)}
            for each in self._atlas.resting(one["id"])
        ]
        document = self._read(self._atlas.document(one["document"]["id"])) if one["document"] else None
        self._show(path_of(["claims", one["id"]]), "claim.html", told=one, document=document, findings=resting)

    def _finding(self, kind: FindingKind, one: Row) -> None:
        name = kind.value
        if kind is FindingKind.CONTRADICTION:
            for side in one["sides"]:
                side["told"] = self._claims(side["claims"])
        claims = self._claims(one["claims"]) if "claims" in one else []
        self._show(path_of([f"{name}s", one["id"]]), f"{name}.html", told=one, claims=claims)

    def _claims(self, identities: Sequence[str]) -> list[Row]:
        return [json.loads(value) for value in map(self._atlas.claim, identities) if value is not None]

    def _read(self, value: bytes | None) -> Row | None:
        return json.loads(value) if value is not None else None


def _links(root: str) -> Callable[..., str]:
    def link(*parts: str, **asked: Any) -> str:
        """The address of a page from the one that it stands on; of claims of a place, that place's page."""
        cursor = asked.get("cursor")
        if parts == ("claims",) and asked.get("place"):
            return f"{root}{path_of(['places', asked['place']])}#claims"
        address = root + path_of([part for part in parts if part], cursor)
        return f"{address}?place={asked['place']}" if not parts and asked.get("place") else address

    return link
