"""Feeds, sitemaps and OPML: addresses out, and nothing followed."""

import gzip
from datetime import date

import pytest

from tadmor.documents.listings import MOST, ListKind, read_listing

HERE = "http://news.example/list/feed.xml"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>http://news.example/1</link><pubDate>Thu, 02 Mar 2017 23:30:00 -0500</pubDate></item>
<item><link>../2</link></item><item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/3"/><published>2017-03-02T10:00:00Z</published>
</entry></feed>"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> http://news.example/4 </loc><lastmod>2017-03-02</lastmod></url><url><loc>/5</loc></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>http://news.example/map.xml.gz</loc></sitemap></sitemapindex>"
OPML = b'<opml version="2.0"><body><outline text="a"><outline xmlUrl="http://a.example/feed"/></outline></body></opml>'


def addresses(listing):
    return [entry.url.rpartition("example")[2] for entry in listing.entries]


def test_feeds_give_pages_with_the_day_in_utc():
    """RSS and Atom; addresses told from where the feed lies, and only those of the web."""
    found = read_listing(RSS, HERE)
    assert (addresses(found), found.entries[0].day) == (["/1", "/2"], date(2017, 3, 3))
    found = read_listing(ATOM, HERE)
    assert (addresses(found), found.entries[0].day) == (["/3"], date(2017, 3, 2))


def test_sitemaps_give_pages_with_the_day_of_their_last_change():
    """Packed or not."""
    for data in (SITEMAP, gzip.compress(SITEMAP)):
        found = read_listing(data, HERE)
        assert (found.kind, addresses(found)) == (ListKind.PAGES, ["/4", "/5"])
        assert (found.entries[0].day, found.entries[0].changed) == (date(2017, 3, 2), True)


@pytest.mark.parametrize(("data", "url"), [(INDEX, "/map.xml.gz"), (OPML, "/feed")])
def test_indexes_and_opml_give_lists(data, url):
    """Which are read in turn."""
    found = read_listing(data, HERE)
    assert (found.kind, addresses(found)) == (ListKind.LISTS, [url])


def test_a_feed_cut_off_gives_what_stands_before():
    """As far as it can be read."""
    assert addresses(read_listing(RSS[:190], HERE)) == ["/1"]
    assert addresses(read_listing(SITEMAP[:-25], HERE)) == ["/4"]


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?>' + ENTITIES + RSS.partition(b"?>")[2].replace(b"One", b"&b;"),
        b'<?xml version="1.0"?>' + ENTITIES + SITEMAP.partition(b"?>")[2].replace(b"/5", b"&b;"),
        b'<?xml version="1.0"?>' + ENTITIES + OPML,
        gzip.compress(b"\0" * 60_000_000),
        gzip.compress(SITEMAP)[:-10],
        b"<html>no feed</html>",
        b"",
        b"/etc/passwd",
        b"http://169.254.169.254/",
    ],
    ids=["rss", "sitemap", "opml", "bomb", "cut", "html", "empty", "path", "address"],
)
def test_entities_bombs_and_what_is_no_list_are_refused(data):
    """In words; what looks like a path or an address is not opened."""
    found = read_listing(data, HERE)
    assert found.problem is not None
    assert found.entries == ()


def test_so_many_entries_are_taken_and_no_more():
    """What a sitemap may hold."""
    many = b"<urlset>" + b"<url><loc>http://news.example/x</loc></url>" * (MOST + 10) + b"</urlset>"
    assert len(read_listing(many, HERE).entries) == MOST
