"""The days that a page gives for itself: JSON-LD, meta tags, `<time>` inside the article, its address."""

import re
from collections.abc import Iterator
from datetime import date

from tadmor.documents.page import PUBLISHED_NAMES, Page, iso_day

_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{1,2})[/-]?(\d{1,2})(?=[/_-]|$)")


def rungs(page: Page) -> Iterator[tuple[date | None, str]]:
    """Days from the surest place to the least sure, each with where it stood."""
    linked = page.linked.get("datePublished")
    if isinstance(linked, str):
        yield iso_day(linked), f"the page's JSON-LD says {linked}"
    for name in PUBLISHED_NAMES:
        if name in page.meta:
            yield iso_day(page.meta[name]), f"the page's {name} says {page.meta[name]}"
    for words in page.times[:1]:
        yield iso_day(words), f"the article's <time> says {words}"
    match = _ADDRESS_DAY.search(page.address or "")
    if match is not None:
        yield iso_day("{}-{:0>2}-{:0>2}".format(*match.groups())), f"the address has {match.group()}"
