"""Web pages: their text, their head, and the ladder of dates."""

from datetime import date

import pytest

from tadmor.datamodel.documents import Form
from tadmor.datamodel.times import Basis
from tadmor.documents.loading import load_bytes

BODY = """<p>Government forces entered the western quarter of Karsova on Friday after four days of street fighting,
two residents said.</p><p>They said that soldiers were going from house to house, and that nine bodies lay in the
streets near the market, which had burnt down in the night.</p><p>Rebels denied that the quarter had fallen and said
that their fighters still held the hospital and both schools.</p>"""
RELATED = """<aside class="related"><h3>Related</h3><ul><li><a href="/2011/01/01/x">An older story</a>
<time datetime="2011-01-01">1 January 2011</time></li></ul></aside>"""
LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle",
"headline": "Army enters Karsova", "datePublished": "2019-04-12T22:30:00+03:00", "author": {"name": "Ana Petrik"},
"publisher": {"@type": "Organization", "name": "The Lake Courier"}}]}</script>"""


def page(head="", article="", title="Army enters Karsova"):
    """A page with menus and related stories around an article."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title} - The Lake Courier</title>{head}</head><body>
<nav><a href="/">Home</a><a href="/war">War</a></nav>
<main><article><h1>{title}</h1>{article}{BODY}</article></main>{RELATED}<footer>All rights reserved</footer>
</body></html>""".encode()


def only_document(data):
    """The one document of a page."""
    loaded = load_bytes(data, "page.html")
    assert loaded.original.media_type == "text/html"
    (document,) = loaded.documents
    return document


def test_the_article_is_read_without_the_page_around_it():
    """Menus, related stories and footers stay out; the headline stands above the text."""
    document = only_document(page())
    assert document.title == "Army enters Karsova"
    assert document.text.startswith("Army enters Karsova\n\nGovernment forces entered")
    assert document.blocks[0].form is Form.HEADLINE
    for word in ("older story", "Home", "rights"):
        assert word not in document.text


def test_publisher_author_and_day_come_from_json_ld():
    """The graph's article tells them; the day is the one printed where it was published."""
    document = only_document(page(head=LINKED))
    assert (document.outlet, document.author) == ("The Lake Courier", "Ana Petrik")
    assert document.published.earliest == date(2019, 4, 12)


@pytest.mark.parametrize(
    ("head", "article"),
    [
        ('<meta property="article:published_time" content="2019-04-12T10:00:00Z">', ""),
        ('<meta name="pubdate" content="20190412">', ""),
        ("", '<time datetime="2019-04-12T10:00">Friday</time>'),
        ('<link rel="canonical" href="https://example.org/news/2019/04/12/army-enters-karsova">', ""),
        ("", "<p>12 April 2019</p>"),
    ],
)
def test_each_rung_of_the_ladder_gives_the_day(head, article):
    """Meta tags, the article's own time, the address, the printed date line; never the related story's."""
    document = only_document(page(head=head, article=article))
    assert document.published.earliest == date(2019, 4, 12)
    assert document.published.basis is Basis.STATED
    assert document.published.reasons


def test_a_related_storys_day_is_never_stated():
    """A page without a day of its own has none, or one that is flagged as a guess."""
    published = only_document(page()).published
    assert published is None or published.basis is Basis.INFERRED


def test_captions_are_told_from_the_text():
    """What stands under a picture is a caption where the extractor keeps it."""
    figure = "<figure><img src='a.jpg'><figcaption>A burnt-out tank at the gates of Karsova</figcaption></figure>"
    document = only_document(page(article=figure))
    forms = {block.span.of(document.text): block.form for block in document.blocks}
    assert forms.get("A burnt-out tank at the gates of Karsova", Form.CAPTION) is Form.CAPTION


def test_a_page_without_an_article_is_an_issue():
    """A menu, a cookie wall or an error message is nothing to read."""
    loaded = load_bytes(b"<!doctype html><html><body><nav><a href='/'>Home</a></nav></body></html>", "page.html")
    assert loaded.documents == ()
    assert [issue.rule for issue in loaded.issues] == ["no-text"]


@pytest.mark.parametrize("cut", range(50, 1200, 150))
def test_a_cut_off_page_never_raises(cut):
    """Whatever was obtained of a page gives a document or an issue."""
    loaded = load_bytes(page(head=LINKED)[:cut], "page.html")
    assert loaded.documents or loaded.issues


def test_the_declared_encoding_is_followed():
    """A page in Windows-1251 says so in its head."""
    head = '<meta charset="windows-1251">'
    data = page(head=head).decode().replace("two residents", "«two residents»").encode("cp1251")
    assert "«two residents»" in only_document(data).text
