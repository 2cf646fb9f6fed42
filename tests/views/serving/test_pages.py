"""The pages: every link leads somewhere, nothing runs that is not tadmor's, documents change nothing but their own text."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from made_site import client

from tadmor.views.page.bands import ribbon
from tadmor.views.page.marking import stretches

_LINK = re.compile(r'href="([^"]+)"')


class Elements(HTMLParser):
    """Elements of a page with their attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def crawled(site, most=400):
    """Every page that links lead to, by address."""
    found, ahead = {}, ["/"]
    while ahead and len(found) < most:
        address = ahead.pop()
        if address in found:
            continue
        found[address] = site.get(address)
        if "html" in found[address].headers["content-type"]:
            links = (unescape(link).partition("#")[0] for link in _LINK.findall(found[address].text))
            ahead += [link for link in links if link.startswith("/") and not link.startswith("/static")]
    return found


def test_every_link_leads_somewhere(site):
    found = crawled(site)
    assert {address: page.status_code for address, page in found.items() if page.status_code != 200} == {}
    kinds = {address.split("/")[1].partition("?")[0] for address in found}
    assert {"places", "claims", "documents", "sources", "actors", "incidents", "tolls", "contradictions"} <= kinds


def test_no_page_runs_a_script_or_style_of_its_own(site):
    for page in crawled(site, most=120).values():
        if "html" not in page.headers["content-type"]:
            continue
        for tag, attributes in Elements(page.text).found:
            assert tag not in ("style", "iframe", "object", "embed")
            assert "style" not in attributes
            assert not any(name.startswith("on") for name in attributes)
            assert tag != "script" or attributes["src"].startswith("/")
            assert not (attributes.get("href") or "").casefold().startswith(("javascript:", "data:", "http"))


def test_every_page_has_one_heading_a_language_and_labelled_fields(site):
    for page in crawled(site, most=120).values():
        if "html" not in page.headers["content-type"]:
            continue
        elements = Elements(page.text).found
        assert [tag for tag, _ in elements].count("h1") == 1
        assert ("html", {"lang": "en"}) in elements


def test_a_place_shows_who_held_it_with_words_for_and_against(site):
    page = site.get("/places/gn:163808").text
    assert "held by Syrian government" in page
    assert "held by Islamic State" in page
    quotes = [one["best_for"] for one in site.get("/api/v1/places/gn:163808").json()["spells"] if one["best_for"]]
    assert quotes
    assert all(f"<bdi>{quote['words']}</bdi>" in page and f"/claims/{quote['claim']}" in page for quote in quotes)
    assert page.count("<rect class=") >= 2


def test_the_day_as_of_which_it_is_shown_stays_in_links(site):
    page = site.get("/places/gn:163808?as_of=2016-06-01").text
    assert "known at the end of 1 June 2016" in page
    assert "2016-12-11" not in page
    own = [unescape(link) for link in _LINK.findall(page) if link.startswith(("/claims", "/places"))]
    assert own
    assert all("as_of=2016-06-01" in link for link in own)


def test_a_document_is_shown_whole_with_its_claims_marked(site):
    document = site.get("/api/v1/documents").json()["documents"][0]
    page = site.get(f"/documents/{document['id']}").text
    for one in site.get(f"/api/v1/claims?document={document['id']}").json()["claims"]:
        assert f'id="{one["id"]}"' in page
    assert page.count("<mark>") >= 1


def test_a_claim_shows_its_words_in_their_context_and_the_digest_of_its_original(site):
    claim = site.get("/api/v1/claims?kind=control").json()["claims"][0]
    page = site.get(f"/claims/{claim['id']}").text
    assert f"<mark>{claim['quote']}</mark>" in page
    document = site.get(f"/api/v1/documents/{claim['document']['id']}").json()
    assert document["original"] in page


def test_what_is_not_there_is_a_page_that_says_so(site):
    answer = site.get("/claims/zz")
    assert (answer.status_code, "the record has no claim" in answer.text) == (404, True)
    assert site.get("/nowhere").status_code == 404


@pytest.fixture(scope="module")
def hostile(tadmor, tmp_path_factory):
    """A case whose one report would take the page over."""
    folder = tmp_path_factory.mktemp("hostile") / "reports"
    folder.mkdir()
    report = folder / '"><script>alert(1)</script>.txt'.replace("/", "_")
    report.write_text(
        "<script>alert(1)</script> seize Palmyra\n<img src=x onerror=alert(2)>\n2016-12-11\n\n"
        "Islamic State captured Palmyra on Sunday, said \u202eevil\u202c [a](javascript:alert(3)) sources. "
        "At least 12 soldiers were killed in Palmyra, said <b onmouseover=alert(4)>AFP</b>.\n",
        encoding="utf-8",
    )
    done = tadmor("read", folder, "--case", folder.parent / "case", "--source", "<script>alert(5)</script>")
    assert done.returncode == 0, done.stderr
    return folder.parent / "case"


def test_a_hostile_report_changes_nothing_but_its_own_text(hostile):
    with client(hostile) as site:
        pages = crawled(site)
        assert len(pages) > 10
        for page in pages.values():
            if "html" in page.headers["content-type"]:
                tags = Elements(page.text).found
                assert not any("onerror" in attributes or "onmouseover" in attributes for _, attributes in tags)
                assert not any(tag == "script" and "src" not in attributes for tag, attributes in tags)
                assert not any((one.get("href") or "").startswith("javascript:") for _, one in tags)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in "".join(page.text for page in pages.values())


def test_stretches_join_to_the_text_and_begin_where_claims_do():
    text = "The army took the city and lost the hill."
    spans = [("a", 0, 22), ("b", 9, 22), ("c", 27, 40), ("out", 30, 99)]
    found = stretches(text, spans)
    assert "".join(one.text for one in found) == text
    for claim, start, end in spans[:3]:
        assert "".join(one.text for one in found if claim in one.claims) == text[start:end]
        assert sum(claim in one.begins for one in found) == 1
    assert not any("out" in one.claims for one in found)


def spell(first, last, holder, state="held"):
    return {
        "id": first or "x",
        "from": first,
        "to": last,
        "holder": {"id": holder, "name": holder} if holder else None,
        "state": state,
        "confidence": 0.9,
        "days": "days",
        "words": "words",
    }


def test_a_ribbon_covers_its_days_and_gives_each_holder_a_colour():
    drawn = ribbon([spell(None, "2016-01-10", "A"), spell("2016-01-11", "2016-01-20", "B")], "2016-01-20")
    by_place = sorted(drawn.bands, key=lambda one: one.x)
    assert [(one.x, one.colour) for one in by_place] == [(0.0, 0), (pytest.approx(9.091, abs=0.01), 1)]
    assert by_place[1].x + by_place[1].width == pytest.approx(100, abs=0.3)
    assert ribbon([], None) is None


def test_a_search_is_refined_by_links_and_widened_again(site):
    """Without scripts: a facet is a link with its count, and once followed offers the way back."""
    page = site.get("/search?q=palmyra").text
    links = [unescape(one) for one in re.findall(r'href="(/search\?[^"#]*source=[^"#]*)#claims"', page)]
    assert links
    refined = site.get(links[0]).text
    assert "any, not only" in refined
    assert refined.count('<li class="claim') < page.count('<li class="claim')
    back = unescape(re.findall(r'href="(/search\?[^"]*)" aria-label="Source: any', refined)[0])
    assert site.get(back).text.count('<li class="claim') == page.count('<li class="claim')


def test_a_search_keeps_its_refinement_on_the_next_day_known(site):
    """The day as of which the record is shown stays in the links."""
    page = site.get("/search?q=palmyra&as_of=2016-12-31").text
    assert all("as_of=2016-12-31" in one for one in re.findall(r'href="(/search\?[^"]*)"', page))
