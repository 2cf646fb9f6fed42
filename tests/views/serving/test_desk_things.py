"""The desk's pages on actors, places, sources, documents and double coding, and the same over the API."""

import html
import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from made_site import laid_here

from tadmor.ledger import Ledger
from tadmor.views.deciding import decisions
from tadmor.views.serving.app import application
from tadmor.views.serving.shelf import Shelf

BY = {"author": "R. Reviewer", "reason": "I was there"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def browser(own):
    """A browser at a copy of the case, which keeps cookies and follows no redirect by itself."""
    with TestClient(application(Shelf(own, laid_here)), base_url="http://localhost", follow_redirects=False) as client:
        yield client


def send(browser, page, decision, **fields):
    """Open a page and send the form on it."""
    token = re.search(r'name="token" value="([0-9a-f]+)"', browser.get(page).text)[1]
    return browser.post("/desk/decisions", data={"token": token, "decision": decision, **BY, **fields})


def noted(folder):
    with Ledger.open(folder) as ledger:
        return [(one.what, one.stands) for one in decisions(ledger, every=True)]


def documents(folder):
    with Ledger.open(folder) as ledger:
        return {one.name: one.id for one in ledger.documents()}


def test_a_claim_is_added_from_words_in_two_steps_without_scripts(browser, own):
    """The words and the kind are chosen by a link that can be made by hand; the form has the kind's fields and no other."""
    document = documents(own)["taken.txt"]
    page = f"/desk/documents/{document}"
    assert f'href="{page}"' in browser.get(f"/documents/{document}").text
    chosen = browser.get(page, params={"words": "the army command said", "kind": "presence"})
    names = set(re.findall(r'name="field\.(\w+)"', chosen.text))
    assert names == {"place", "actor", "what", "equipment", "when", "count", "attribution"}
    assert '<mark class="chosen">the army command said</mark>' in chosen.text
    start, end = (re.search(rf'name="{name}" value="(\d+)"', chosen.text)[1] for name in ("start", "end"))
    fields = {
        "document": document,
        "kind": "presence",
        "start": start,
        "end": end,
        "from": "document",
        "on": "document",
    }
    fields |= {"field.what": "army command", "field.place": "Palmyra", "modality": "asserted", "polarity": "affirmed"}
    told = send(browser, page + f"?start={start}&end={end}&kind=presence", "add", **fields)
    assert told.status_code == 303
    shown = browser.get(told.headers["location"])
    assert "Noted." in shown.text
    claim = told.headers["location"].split("/")[3].partition("?")[0]
    assert browser.get(f"/api/v1/claims/{claim}").json()["reader"] == "person"
    assert claim in browser.get(f"/documents/{document}").text
    assert send(browser, "/desk/decisions", "take-back 1").status_code == 303
    assert browser.get(f"/claims/{claim}").status_code == 303
    assert "took that back" in browser.get(f"/desk/claims/{claim}").text
    assert noted(own) == [("add", False), ("undo", False)]


def test_a_claim_that_cannot_be_added_keeps_what_was_typed(browser, own):
    """The form comes back with one line of what is wrong; nothing is noted."""
    document = documents(own)["taken.txt"]
    page = f"/desk/documents/{document}?words=killed&kind=toll"
    fields = {"document": document, "kind": "toll", "words": "killed", "from": "document", "on": "document"}
    told = send(browser, page, "add", **fields, **{"field.place": HOSTILE, "field.harm": "killed", "modality": "asserted", "polarity": "affirmed"})  # fmt: skip
    assert told.status_code == 422
    assert "the document does not say" in told.text
    assert html.escape(HOSTILE, quote=False)[:20] in told.text
    assert "<script>alert" not in told.text
    assert "I was there" in told.text
    assert "does not say" in browser.get(page.replace("killed", "never-said")).text
    assert "is no number" in browser.get(f"/desk/documents/{document}?start=x&end=9&kind=toll").text
    assert browser.get("/desk/documents/none").status_code == 404
    assert noted(own) == []


def test_a_place_that_is_another_leads_there_and_says_who_decided_and_why(browser, own):
    """Merged on its page of the desk, its page leads to the other's, which names the decision; undone, it is back."""
    with Ledger.open(own) as ledger:
        raqqa = next(claim.place.id for claim in ledger.claims() if claim.place.name == "Raqqa")
    fields = {"kind": "place", "one": raqqa, "other": "Palmyra", "from": "places", "on": raqqa}
    told = send(browser, f"/desk/places/{raqqa}", "identity merge", **fields)
    assert told.headers["location"] == f"/desk/places/{quote(raqqa, safe='')}?done=1"
    browser.get("/desk")
    gone = browser.get(f"/places/{raqqa}")
    assert (gone.status_code, gone.headers["location"]) == (303, "/places/gn%3A163808")
    shown = browser.get(gone.headers["location"]).text
    assert "is really" in shown
    assert "I was there" in shown
    assert [one["what"] for one in browser.get("/api/v1/places/gn:163808").json()["place"]["decided"]] == ["merge"]
    told = send(browser, f"/desk/places/{raqqa}", "take-back 1", **{"from": "places", "on": raqqa})
    assert told.status_code == 303
    browser.get("/desk")
    assert browser.get(f"/places/{raqqa}").status_code == 200
    assert noted(own) == [("merge", False), ("undo", False)]


def test_a_refused_merge_is_said_on_the_page_it_came_from(browser, own):
    """With what was typed, and nothing noted."""
    fields = {"kind": "actor", "one": "islamic_state", "other": "Nobody", "from": "actors", "on": "islamic_state"}
    told = send(browser, "/desk/actors/islamic_state", "identity merge", **fields)
    assert told.status_code == 422
    assert "no actor is known by" in told.text
    assert 'value="Nobody"' in told.text
    assert browser.get("/desk/actors/nobody").status_code == 404
    assert browser.get("/desk/things/nobody").status_code in (404, 422)
    assert noted(own) == []


def test_a_source_is_graded_beside_what_the_program_gives(browser, own):
    """The source's page shows the letter, who gave it and why; its desk page shows what tadmor gives by itself."""
    assert "By itself tadmor gives F" in browser.get("/desk/sources/reuters").text
    fields = {"source": "reuters", "grade": "B", "from": "sources", "on": "reuters"}
    assert send(browser, "/desk/sources/reuters", "grade", **fields).status_code == 303
    browser.get("/desk")
    shown = browser.get("/sources/reuters").text
    assert "<strong>B</strong>" in shown
    assert "R. Reviewer" in shown
    place = browser.get("/api/v1/places/gn:163808").json()
    assert any(voice["grade"][0] == "B" for spell in place["spells"] for voice in spell["voices"])


def test_in_blind_coding_the_others_answer_is_not_shown_before_ones_own(browser, own):
    """Two are asked the same; the second finds no trace of the first's answer, then both, and what is to be settled."""
    page = browser.get("/desk?blind=1").text
    claim = re.search(r'value="accept (\w+)"', page)[1]
    said = "the first person's reason"
    told = send(browser, "/desk?blind=1", f"accept {claim}", blind="1", author="One", reason=said, **{"from": "queue"})
    assert told.headers["location"] == "/desk?done=1&blind=1"
    assert f'value="accept {claim}"' not in browser.get("/desk?blind=1").text
    browser.cookies.clear()
    browser.get("/desk")
    browser.cookies.set("tadmor_author", "Two")
    assert f'value="accept {claim}"' in browser.get("/desk?blind=1").text
    for path in (f"/desk/claims/{claim}?blind=1", f"/claims/{claim}", "/desk/decisions"):
        assert "said blind" in browser.get(path).text
        assert "says</bdi>" not in browser.get(path).text, path
    told = send(browser, "/desk?blind=1", f"reject {claim}", blind="1", author="Two", **{"from": "queue"})
    assert told.status_code == 303
    assert "says</bdi> is <bdi>accept" in browser.get(f"/desk/claims/{claim}").text
    codings = browser.get("/desk/codings").text
    assert "They differ" in codings
    assert browser.get(f"/api/v1/claims/{claim}").status_code == 200
    told = send(browser, "/desk/codings", "settle 2", author="Three", **{"from": "codings", "on": "c1"})
    assert told.headers["location"] == "/desk/codings?done=3"
    browser.get("/desk")
    assert browser.get(f"/api/v1/claims/{claim}").status_code == 404
    assert "Nothing is to be settled" in browser.get("/desk/codings").text


def decide(client, **body):
    return client.post("/api/v1/reviews", json={**BY, **body})


def test_each_new_decision_can_be_made_over_the_api_and_undone_by_number(browser, own):
    """Each is 201 with the decision as noted, and its number takes it back."""
    document = documents(own)["taken.txt"]
    bodies = {
        "add": {"add": {"document": document, "kind": "event", "words": "killed", "fields": {"type": "killing"}}},
        "merge": {"identity": {"kind": "actor", "one": "Islamic State", "other": "russia", "decision": "merge"}},
        "part": {"identity": {"kind": "place", "one": "Raqqa", "other": "Palmyra", "decision": "part"}},
        "grade": {"grade": {"source": "reuters", "grade": "C"}},
    }
    for what, body in bodies.items():
        told = decide(browser, **body)
        assert told.status_code == 201, told.text
        assert told.json()["what"] == what
        undone = decide(browser, undo=told.json()["number"])
        assert (undone.status_code, undone.json()["what"]) == (201, "undo")
    claim = decide(browser, **bodies["grade"]) and browser.get("/api/v1/claims").json()["claims"][0]["id"]
    coded = decide(browser, claim=claim, decision="accept", blind=True).json()
    assert (coded["what"], coded["value"]) == ("code", {"says": "accept"})
    assert browser.get(f"/api/v1/reviews/{coded['number']}").json()["sealed"]
    assert decide(browser, settle=coded["number"]).json()["what"] == "accept"
    assert not browser.get(f"/api/v1/reviews/{coded['number']}").json()["sealed"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"undo": 1, "settle": 1}, 422),
        ({"undo": 1, "decision": "accept"}, 422),
        ({"undo": 0}, 422),
        ({"undo": 99}, 404),
        ({"settle": 99}, 404),
        ({"grade": {"source": "reuters", "grade": "G"}}, 422),
        ({"grade": {"source": "nobody", "grade": "A"}}, 404),
        ({"identity": {"kind": "source", "one": "a", "other": "b", "decision": "merge"}}, 422),
        ({"identity": {"kind": "actor", "one": "islamic_state", "other": "islamic_state", "decision": "merge"}}, 422),
        ({"identity": {"kind": "actor", "one": "\x00", "other": "", "decision": "merge"}}, 422),
        ({"add": {"document": "none", "kind": "event", "words": "x"}}, 404),
        ({"add": {"document": "none", "kind": "event", "words": "x", "more": 1}}, 422),
        ({"claim": "x", "decision": "undo", "blind": True}, 422),
    ],
)
def test_what_cannot_be_decided_over_the_api_is_a_problem_in_words(browser, own, body, status):
    """Never an error of the program; nothing is noted."""
    told = decide(browser, **body)
    assert told.status_code == status, told.text
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"]
    assert noted(own) == []
