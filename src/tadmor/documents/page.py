"""What a web page says of itself outside its text: titles, publisher, author, dates, captions.

Read with the standard library's parser, which takes any markup. Only what belongs to the article counts: a `<time>`
in a list of related stories is some other article's.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

import msgspec

#: Parts of a page whose dates and captions are not the article's.
_ASIDE_TAGS = frozenset({"aside", "nav", "footer", "form", "select"})
_ASIDE_NAMES = re.compile(
    r"\b(?:related|recommend\w*|more-?(?:stories|news|from)|most-?(?:read|popular|viewed)|popular|trending|latest|sidebar|"
    r"also|teaser\w*|promo\w*|comments?|widget|newsletter|latest-news|read-?next|see-?also)\b",
    re.IGNORECASE,
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_ARTICLE_TYPE = re.compile(r"(?:Article|Report|BlogPosting|Review|LiveBlogPosting)$")
#: Names under which pages give their publication day, surest first.
PUBLISHED_NAMES = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "citation_publication_date",
    "date",
)
_ISO_DAY = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What was found; dates as printed, in their own words."""

    meta: dict[str, str]
    things: tuple[dict[str, Any], ...]  # JSON-LD objects that are articles
    times: tuple[str, ...]  # <time datetime> inside the article
    captions: tuple[str, ...]
    headline: str | None  # the first <h1>
    title: str | None  # <title>
    address: str | None  # canonical address
    language: str | None

    @property
    def linked(self) -> dict[str, Any]:
        """The JSON-LD of the article itself: the one at the page's address, else the first."""
        at_home = (one for one in self.things if self.address and self.address in json.dumps(one))
        return next(at_home, self.things[0] if self.things else {})


def read_page(markup: str) -> Page:
    """Read a page's own account of itself. Broken markup gives what could be found in it."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return Page(
        meta=reader.meta,
        things=tuple(thing for script in reader.scripts for thing in _articles(script)),
        times=tuple(reader.times),
        captions=tuple(filter(None, (" ".join(text.split()) for text in reader.captions))),
        headline=_squeezed(reader.headlines),
        title=_squeezed(reader.titles),
        address=reader.address or reader.meta.get("og:url"),
        language=reader.language,
    )


def iso_day(words: str) -> date | None:
    """The day in "2016-05-11T08:00:00+03:00", as printed where it was written."""
    match = _ISO_DAY.search(words)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def named(value: object) -> str | None:
    """The name in a JSON-LD value: a string, an object with a name, or a list of those."""
    if isinstance(value, list):
        names = [name for one in value if (name := named(one))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _squeezed(texts: list[str]) -> str | None:
    return " ".join(texts[0].split()) or None if texts else None


def _articles(script: str) -> Iterator[dict[str, Any]]:
    """Article objects at the top of a JSON-LD script or in its graph; lists of other stories are passed over."""
    try:
        found = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    for thing in found if isinstance(found, list) else [found]:
        if isinstance(thing, dict):
            graph = thing.get("@graph")
            for one in [thing, *(graph if isinstance(graph, list) else [])]:
                if isinstance(one, dict) and _is_article(one):
                    yield one


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.scripts: list[str] = []
        self.times: list[str] = []
        self.captions: list[str] = []
        self.headlines: list[str] = []
        self.titles: list[str] = []
        self.address: str | None = None
        self.language: str | None = None
        self._count = Counter[str]()  # of what is open
        self._open: list[tuple[str, bool]] = []  # tag, and whether it or one above it is an aside
        self._into: list[str] | None = None
        self._until = ""
        self._articles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag tells, and where in the page we are."""
        known = {name: value or "" for name, value in attrs}
        aside = self._aside or tag in _ASIDE_TAGS or bool(_ASIDE_NAMES.search(_names(known)))
        if tag not in _VOID:
            self._open.append((tag, aside))
            self._count[tag] += 1
            self._articles += tag in {"article", "main"}
        if tag == "meta":
            self._keep_meta(known)
        elif tag == "link" and known.get("rel") == "canonical":
            self.address = self.address or known.get("href")
        elif tag == "html":
            self.language = known.get("lang") or None
        elif tag == "time" and not aside and self._articles and known.get("datetime"):
            self.times.append(known["datetime"])
        else:
            self._listen(tag, known, aside=aside)

    def _keep_meta(self, known: dict[str, str]) -> None:
        name = known.get("property") or known.get("name") or known.get("itemprop")
        if name and known.get("content"):
            self.meta.setdefault(name.lower(), " ".join(known["content"].split()))

    def _listen(self, tag: str, known: dict[str, str], *, aside: bool) -> None:
        wanted = {
            "script": self.scripts if known.get("type", "").startswith("application/ld+json") else None,
            "figcaption": self.captions if not aside else None,
            "h1": self.headlines if not aside else None,
            "title": self.titles,
        }.get(tag)
        if wanted is not None and self._into is None:
            wanted.append("")
            self._into, self._until = wanted, tag

    def handle_endtag(self, tag: str) -> None:
        """Close the tag and whatever was left open inside it."""
        if tag == self._until:
            self._into, self._until = None, ""
        if not self._count[tag]:  # looked for among all that is open, it would take the square of the page's length
            return
        at = next(at for at in range(len(self._open) - 1, -1, -1) if self._open[at][0] == tag)
        self._articles -= sum(name in {"article", "main"} for name, _ in self._open[at:])
        self._count.subtract(name for name, _ in self._open[at:])
        del self._open[at:]

    def handle_data(self, data: str) -> None:
        """Text goes to whatever is listening."""
        if self._into is not None:
            self._into[-1] += data

    @property
    def _aside(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def _names(known: dict[str, str]) -> str:
    return f"{known.get('class', '')} {known.get('id', '')} {known.get('role', '')}"
