"""The page of a document tells how it came into the case, and what its page said before and since."""

import pytest
from fastapi.testclient import TestClient
from made_web import answer, article

from tadmor import pipeline
from tadmor.ledger import Ledger
from tadmor.network import Fetcher, Manners
from tadmor.settings import Settings
from tadmor.views.laying import lay
from tadmor.views.serving.app import application
from tadmor.views.serving.shelf import Shelf
from tadmor.views.uploading.queue import Uploads

WORDS = "The Syrian army captured {} from Islamic State on Sunday, <officials> said."


@pytest.fixture
def case(web, tmp_path):
    """A page that was reached by a redirect, then said something else, then was gone."""
    fetcher = Fetcher(Manners(delay=0, private=True, waits=()))
    web.pages["/from"] = answer(b"", "302 Found", Location="/to")
    with Ledger.create(tmp_path / "case") as ledger:
        for page in (article("The road", WORDS.format("Homs")), article("The road", WORDS.format("Hama")), None):
            if page is None:
                web.pages["/to"] = answer(b"", "410 Gone")
            else:
                web.put("/to", page)
            wanted = [pipeline.Wanted(url=f"{web.url}/from")]
            pipeline.fetch(
                wanted,
                ledger,
                fetcher,
                settings=Settings(reader="rules", workers=1),
                call=pipeline.FetchCall(anew=True),
            )
        lay(ledger, None)
    return tmp_path / "case"


def test_captures_and_versions_stand_on_the_page_of_the_document(case, web):
    """When, from where, by which address, with which digests; what was changed, and since when it is gone."""
    with Ledger.open(case) as ledger:
        first, second = sorted(ledger.documents(), key=lambda one: "Hama" in one.text)
        captures = ledger.captures()

    def nobody(*_):
        raise AssertionError

    site = TestClient(application(Shelf(case, nobody), queue=Uploads(case, nobody, None)), base_url="http://localhost")
    page = site.get(f"/documents/{first.id}").text
    assert f"<bdi>{web.url}/from</bdi>, captured 3 times, 3 versions, gone since " in page
    assert f"answered by <bdi>{web.url}/to</bdi>" in page
    assert f'<a href="/documents/{second.id}">something else</a>' in page
    for one in captures:
        assert one.archive in page
        assert f"{one.made:%Y-%m-%d %H:%M:%S}" in page
    assert "127.0.0.1</td>" in page
    changes = page.partition('<pre class="changes">')[2].partition("</pre>")[0]
    assert "+The Syrian army captured Hama from Islamic State" in changes
    assert "-The Syrian army captured Homs from Islamic State" in changes
