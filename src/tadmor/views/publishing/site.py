"""The site: the pages of the record, made once each, with links from page to page that need no server."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from tadmor.ledger.atlas import Atlas, Finding, FindingKind, Wanted
from tadmor.ledger.atlas import Page as AtlasPage
from tadmor.views.exports import Row
from tadmor.views.laying.encoding import encoded
from tadmor.views.page.bands import ribbon
from tadmor.views.page.templates import FOLDER, STATIC, early, environment
from tadmor.views.progress import Told, untold
from tadmor.views.publishing.items import Items
from tadmor.views.serving.looking import place_answer, rows

#: A question to the atlas that is answered page by page: `limit` and `after` are left to say.
Ask = Callable[..., AtlasPage]

#: Rows of a list's page, and claims below a place or a source.
_ROWS = 50
_EVERY = 1_000_000
#: Things that are read at once, to make a page of each.
MANY = 1000
#: Findings that have pages of their own.
_FOUND = (FindingKind.INCIDENT, FindingKind.TOLL, FindingKind.CONTRADICTION)
#: Places under the map, for whoever has no scripts.
_FIRST = 20
#: Letters that file names may not hold on any host; each is written as its bytes.
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def file_of(identity: str) -> str:
    """A file name for an id: the same in the map's script (`web/src/record/published.ts`)."""
    return _UNSAFE.sub(lambda match: "".join(f"~{byte:02x}" for byte in match.group().encode()), identity)


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
        self._case: Row = msgspec.json.decode(atlas.sheet("case"))
        self._holders: list[str] = msgspec.json.decode(atlas.sheet("holders"))
        self._shared = shared | {"case": self._case, "person": None, "as_of": None, "concluding": False}
        self._made: set[Path] = set()
        self._resting: Mapping[str, tuple[Finding, ...]] = {}  # on the claims whose pages are being made
        self._items = Items(atlas, _templates().get_template("served/pieces.html"), _links("../"))

    def write(self, told: Told = untold) -> None:
        """All pages.

        Args:
            told: is told of what things pages are made, how many were, and of how many.
        """
        told("making the lists", 0, 0)
        self._front()
        self._lists()
        ask = self._atlas
        things: list[tuple[str, Ask, Callable[[Row], None]]] = [
            ("places", ask.places, self._place),
            ("sources", ask.sources, self._source),
            ("actors", ask.actors, self._actor),
            ("documents", ask.documents, self._document),
            ("claims", partial(ask.claims, Wanted()), self._claim),
            *((f"{kind.value}s", partial(ask.findings, kind), partial(self._finding, kind)) for kind in _FOUND),
        ]
        for name, every, make in things:
            done = 0
            for _, page in pages(every, MANY):
                found = rows(page.values)
                self._resting = ask.resting_each([one["id"] for one in found]) if name == "claims" else {}
                for one in found:
                    make(one)
                    done += 1
                    told(f"making the pages of {name}", done, self._case.get(name, 0))

    def _show(self, path: str, template: str, **values: Any) -> None:
        root = "../" * path.count("/")
        page = _templates().get_template(template).render(self._shared, **values, link=_links(root), root=root)
        self._put(path, page.encode())

    def _put(self, path: str, data: bytes) -> None:
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        target.write_bytes(data)

    def _front(self) -> None:
        places = self._with_now(self._atlas.places(limit=_FIRST).values)
        self._show("index.html", "record.html", places=places, drawn=STATIC.is_dir(), ground=None, early=early())
        self._show("about/index.html", "about.html")
        self._show("withheld/index.html", "withheld.html")

    def _with_now(self, values: tuple[bytes, ...]) -> list[Row]:
        places = rows(values)
        for one in places:
            lasting = rows(self._atlas.findings(FindingKind.SPELL, place=one["id"], day="9999-12-31", limit=1).values)
            one["now"] = lasting[0] if lasting else None
        return places

    def _lists(self) -> None:
        ask = self._atlas
        self._list("places", ask.places, "places.html", self._with_now)
        self._list("sources", ask.sources, "sources.html")
        self._list("actors", ask.actors, "actors.html")
        self._list("documents", ask.documents, "documents.html")
        for name, template, kind in (
            ("contradictions", "contradictions.html", FindingKind.CONTRADICTION),
            ("incidents", "findings.html", FindingKind.INCIDENT),
            ("tolls", "findings.html", FindingKind.TOLL),
        ):
            self._list(name, partial(ask.findings, kind), template)
        for cursor, page in pages(partial(ask.claims, Wanted()), _ROWS):
            self._leaf("claims", cursor, self._items.of(page.values), page.after, "claims.html")

    def _list(self, name: str, ask: Ask, template: str, read: Callable[[tuple[bytes, ...]], list[Row]] = rows) -> None:
        """A list and its further pages; it is read in larger pieces than it is shown in, since each is counted off."""
        for cursor, page in pages(ask, MANY):
            for at in range(0, max(len(page.values), 1), _ROWS):
                found = read(page.values[at : at + _ROWS])
                last = page.after is None and at + _ROWS >= len(page.values)
                self._leaf(name, cursor + at, found, None if last else cursor + at + _ROWS, template)

    def _leaf(self, name: str, cursor: int, found: Sequence[Any], after: int | None, template: str) -> None:
        values = {"places": found, "claims": found, "found": found, "kind": name.removesuffix("s")}
        self._show(path_of([name], cursor), template, **values, after=after, asked={}, about=[])

    def _place(self, one: Row) -> None:
        """A place's page, and beside it the answer by which the map opens the place."""
        told = place_answer(self._atlas, one["id"])
        if told is None:
            return
        told["place"].pop("decided", None)  # decisions stay in the case, with who made them
        self._put(f"map/places/{file_of(one['id'])}.json", encoded(told))
        told["place"]["decided"] = None
        told["ribbon"] = ribbon(told["spells"], self._case["last_published"], self._holders)
        wanted = Wanted(place=one["id"])
        self._with_claims("places", one["id"], wanted, "place.html", told=told, name=told["place"]["name"])

    def _source(self, one: Row) -> None:
        one["decided"] = None
        moved = [(each, _read(self._atlas.claim(each["claim"]))) for each in one["moved"]]
        wanted = Wanted(source=one["id"])
        self._with_claims("sources", one["id"], wanted, "source.html", told=one, moved=moved, name=one["name"])

    def _actor(self, one: Row) -> None:
        one["decided"] = None
        held = rows(self._atlas.findings(FindingKind.SPELL, actor=one["id"], limit=500).values)
        wanted = Wanted(actor=one["id"])
        self._with_claims("actors", one["id"], wanted, "actor.html", told=one, spells=held, name=one["name"])

    def _with_claims(self, kind: str, identity: str, wanted: Wanted, template: str, **values: Any) -> None:
        """A thing with its first claims, and pages of further ones, which tell nothing else."""
        first = [kind, identity]
        for cursor, page in pages(partial(self._atlas.claims, wanted), _ROWS):
            told = {"claims": self._items.of(page.values), "after": page.after}
            if cursor:
                self._show(path_of(first, cursor), "further.html", **told, name=values["name"], first=first)
            else:
                self._show(path_of(first), template, **values, **told)

    def _document(self, one: Row) -> None:
        said = self._atlas.claims(Wanted(document=one["id"]), limit=_EVERY).values
        claims = zip((each["id"] for each in rows(said)), self._items.of(said), strict=True)
        self._show(path_of(["documents", one["id"]]), "document.html", told=one, claims=claims)

    def _claim(self, one: Row) -> None:
        resting = self._resting.get(one["id"], ())
        told = [{"kind": each.kind.value, "way": each.way, "finding": _read(each.value)} for each in resting]
        self._show(path_of(["claims", one["id"]]), "claim.html", told=one, findings=told)

    def _finding(self, kind: FindingKind, one: Row) -> None:
        name = kind.value
        if kind is FindingKind.CONTRADICTION:
            for side in one["sides"]:
                side["told"] = self._items.named(side["claims"])
        claims = self._items.named(one["claims"]) if "claims" in one else []
        self._show(path_of([f"{name}s", one["id"]]), f"{name}.html", told=one, claims=claims)


def _read(value: bytes | None) -> Row | None:
    return msgspec.json.decode(value) if value is not None else None


def pages(ask: Ask, limit: int) -> Iterator[tuple[int, AtlasPage]]:
    """All pages of an answer, each with the cursor that it was asked for with."""
    cursor: int | None = 0
    while cursor is not None:
        page = ask(limit=limit, after=cursor)
        yield cursor, page
        cursor = page.after


@cache
def _links(root: str) -> Callable[..., str]:
    def link(*parts: str, **asked: Any) -> str:
        """The address of a page from the one that it stands on; of claims of a place, that place's page."""
        cursor = asked.get("cursor")
        if parts == ("claims",) and asked.get("place"):
            return f"{root}{path_of(['places', asked['place']])}#claims"
        address = root + path_of([part for part in parts if part], cursor)
        return f"{address}?place={asked['place']}" if not parts and asked.get("place") else address

    return link
