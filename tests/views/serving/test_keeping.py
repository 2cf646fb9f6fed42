"""Answers kept ready are those that the application gives, and no older ones."""

import shutil

import pytest
from fastapi.testclient import TestClient
from made_site import Done, laid_here

from tadmor.datamodel.history import Decision
from tadmor.ledger import Ledger
from tadmor.views.deciding import By, on_claim
from tadmor.views.serving.app import application
from tadmor.views.serving.keeping import Keeper
from tadmor.views.serving.shelf import Shelf


@pytest.fixture
def asked(own, monkeypatch):
    """A client of a case, and how often its application was asked."""
    monkeypatch.setattr("tadmor.views.serving.shelf._FRESH", 3600)
    shelf, times = Shelf(own, laid_here), []
    made = Keeper.__init__

    def counting(self, app, ready):
        async def counted(scope, receive, send):
            if scope["type"] == "http":
                times.append(scope["path"])
            await app(scope, receive, send)

        made(self, counted, ready)

    monkeypatch.setattr(Keeper, "__init__", counting)
    with TestClient(application(shelf), base_url="http://localhost") as client:
        yield client, times, shelf, own


def test_what_was_answered_is_sent_again_without_asking(asked):
    client, times, *_ = asked
    address = "/api/v1/control?day=2016-06-01&format=geojson"
    first = client.get(address)
    again = client.get(address)
    assert (again.content, again.headers) == (first.content, first.headers)
    assert len(times) == 1
    unchanged = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "content-security-policy" in unchanged.headers
    assert len(times) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"accept": "text/csv"}, {"accept": "application/json"}),
        ({"accept-encoding": "gzip"}, {"accept-encoding": "identity"}),
    ],
)
def test_another_form_is_another_answer(asked, one, other):
    client, times, *_ = asked
    address = "/api/v1/claims?limit=50"
    found = [client.get(address, headers=headers) for headers in (one, other, one, other)]
    assert len(times) == 2
    assert found[0].headers["etag"] == found[2].headers["etag"]
    assert (found[0].headers.get("content-type"), found[0].headers.get("content-encoding")) != (
        found[1].headers.get("content-type"),
        found[1].headers.get("content-encoding"),
    )


def test_an_answer_of_a_case_that_was_changed_is_not_sent_again(asked):
    client, times, shelf, own = asked
    address = "/api/v1/claims?limit=50"
    before = client.get(address).json()["claims"]
    with Ledger.open(own, writable=True) as ledger:
        on_claim(ledger, ledger.claim(before[0]["id"]), Decision.REJECT, By.now("A. Reviewer", "misread"))
    shelf.look_again()
    after = client.get(address).json()["claims"]
    assert before[0]["id"] not in {one["id"] for one in after}
    assert len(times) == 2


def test_while_the_record_is_concluded_anew_nothing_is_kept(own, tmp_path, monkeypatch):
    """An answer that says so would go on saying so."""
    monkeypatch.setattr("tadmor.views.serving.shelf._FRESH", -1)
    folder = shutil.copytree(own, tmp_path / "other")

    class Endless(Done):
        returncode = None

        def wait(self, timeout=None):
            return 0

    with TestClient(application(Shelf(folder, lambda *_: Endless())), base_url="http://localhost") as client:
        assert not client.get("/api/v1/case").json()["concluding"]
        with Ledger.open(folder, writable=True) as ledger:
            claim = next(iter(ledger.claims()))
            on_claim(ledger, claim, Decision.ACCEPT, By.now("A. Reviewer", "read again"))
        assert client.get("/api/v1/case").json()["concluding"]
        laid_here(folder, None)
        assert not client.get("/api/v1/case").json()["concluding"]


def test_what_is_no_answer_of_a_record_is_not_kept(asked):
    client, times, *_ = asked
    for address in ("/api/v1/reviews", "/api/v1/claims/zz", "/about"):
        client.get(address)
        client.get(address)
    assert len(times) == 6
