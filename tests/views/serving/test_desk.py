"""The review desk: what a person decides in a browser is noted, signed, refused where it must be, and can be taken back."""

import html
import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from made_site import Done, laid_here

from tadmor.ledger import Ledger
from tadmor.views.deciding import decisions
from tadmor.views.serving import writing
from tadmor.views.serving.app import application
from tadmor.views.serving.shelf import Shelf

BY = {"author": "R. Reviewer", "reason": "I was there"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


class Never(Done):
    """A laying that does not end."""

    returncode = None

    def poll(self):
        return None

    def wait(self, timeout):
        raise subprocess.TimeoutExpired("laying", timeout)


@pytest.fixture
def browser(own):
    """A browser at that copy, which keeps cookies and follows no redirect by itself."""
    with TestClient(application(Shelf(own, laid_here)), base_url="http://localhost", follow_redirects=False) as client:
        yield client


def claim_of(folder, kind):
    """The id of a claim of a kind."""
    with Ledger.open(folder) as ledger:
        for claim in ledger.claims():
            if claim.kind == kind:
                return claim.id
    raise AssertionError(kind)


def token_of(page):
    return re.search(r'name="token" value="([0-9a-f]+)"', page.text)[1]


def send(browser, decision, page="/desk", **fields):
    """Open a page and send the form on it."""
    token = token_of(browser.get(page))
    return browser.post("/desk/decisions", data={"token": token, "decision": decision, "from": "queue", **BY, **fields})


def noted(folder):
    """What was decided, by whom and why, and whether it stands."""
    with Ledger.open(folder) as ledger:
        return [(one.what, one.author, one.reason, one.stands) for one in decisions(ledger, every=True)]


def said(page):
    """The refusal that a page shows, in words."""
    return html.unescape(re.search(r'id="refused">(?:<p>)?(.*?)</p>', page.text, re.DOTALL)[1])


def test_the_queue_shows_contradictions_first_with_the_words_of_each_account(browser, own):
    """Every account is quoted, says what hangs on it, and has buttons; the first question answers to access keys."""
    page = browser.get("/desk")
    asked = json.loads(browser.get("/api/v1/queue").content)["questions"]
    assert asked[0]["asked"] == "contradiction"
    text = html.unescape(page.text)
    for one in asked[:10]:
        assert one["about"] in text
        assert all(account["quote"]["words"] in text for account in one["accounts"])
        assert all(f'value="reject {account["quote"]["claim"]}"' in text for account in one["accounts"])
    assert page.text.count('accesskey="a"') == page.text.count('accesskey="w"') == 1
    assert "on it</p>" in page.text


def test_a_rejected_claim_leaves_the_record_and_comes_back_when_that_is_undone(browser, own):
    """The decision is noted, the next page tells it, the record follows, and undoing brings the claim back."""
    claim = claim_of(own, "toll")
    told = send(browser, f"reject {claim}")
    assert (told.status_code, told.headers["location"]) == (303, "/desk?done=1")
    assert "Noted." in browser.get("/desk?done=1").text
    assert noted(own) == [("reject", "R. Reviewer", "I was there", True)]
    browser.get("/desk")
    assert browser.get(f"/api/v1/claims/{claim}").status_code == 404
    gone = browser.get(f"/claims/{claim}")
    assert (gone.status_code, gone.headers["location"]) == (303, f"/desk/claims/{claim}")
    assert "left out of every answer" in browser.get(f"/desk/claims/{claim}").text
    told = send(browser, f"undo {claim}", "/desk/decisions", **{"from": "decisions", "on": "d1"})
    assert told.headers["location"] == "/desk/decisions?done=2"
    assert [row[0::3] for row in noted(own)] == [("reject", False), ("undo", False)]
    browser.get("/desk")
    assert browser.get(f"/api/v1/claims/{claim}").status_code == 200


def test_an_answered_question_is_gone_at_once_while_the_record_before_is_shown(own):
    """Until the new record is concluded the old one is shown and says so, without what was just answered."""
    with TestClient(
        application(Shelf(own, lambda *_: Never())), base_url="http://localhost", follow_redirects=False
    ) as browser:
        first = json.loads(browser.get("/api/v1/queue").content)["questions"][0]
        claim = first["accounts"][0]["quote"]["claim"]
        assert html.escape(first["about"]) in browser.get("/desk").text
        assert send(browser, f"accept {claim}").status_code == 303
        page = browser.get("/desk")
        assert "being concluded anew" in page.text
        assert "answered just now" in page.text
        assert f'value="reject {claim}"' not in page.text
        assert browser.get(f"/claims/{claim}").status_code == 200


def test_fields_that_were_changed_are_corrected_and_no_others(browser, own):
    """A place by its name, how it is told by choice; what the form shows unchanged is no correction."""
    claim = claim_of(own, "control")
    page = browser.get(f"/claims/{claim}")
    shown = dict(re.findall(r'name="(was\.\w+)" value="([^"]*)"', page.text))
    fields = {key.replace("was.", "set."): html.unescape(value) for key, value in shown.items()}
    fields |= shown | {"set.place": "Raqqa", "set.modality": "hedged"}
    told = send(browser, f"correct {claim}", f"/claims/{claim}", **fields, **{"from": "claim", "on": claim})
    assert told.headers["location"] == f"/desk/claims/{claim}?done=1"
    with Ledger.open(own) as ledger:
        value = ledger.reviews()[0].value
        corrected = ledger.claim(claim)
    assert set(value) == {"place", "modality"}
    assert (corrected.place.name, corrected.claim.modality.value, corrected.claim.score) == ("Raqqa", "hedged", 1)
    assert 'value="Raqqa"' in browser.get(f"/desk/claims/{claim}").text


def test_a_name_of_the_case_is_made_out_without_looking_through_its_claims(browser, own, monkeypatch):
    """In a case of a million claims a correction by name must not read them all: the atlas knows who bears the name."""
    claim = claim_of(own, "toll")
    with Ledger.open(own) as ledger:
        actor = next(one for each in ledger.claims() for found in each.actors.values() for one in found)

    def refuse(*_, **__):
        raise AssertionError

    monkeypatch.setattr(Ledger, "claims", refuse)
    fields = {"set.place": "PALMYRA", "set.by": actor.name}
    assert send(browser, f"correct {claim}", f"/desk/claims/{claim}", **fields).status_code == 303
    with Ledger.open(own) as ledger:
        assert ledger.reviews()[0].value == {"place": "gn:163808", "by": actor.id}


@pytest.mark.parametrize(
    ("kind", "roles"), [("control", ("holder", "loser")), ("event", ("actors", "targets")), ("toll", ("group", "by"))]
)
def test_every_field_that_can_be_corrected_is_offered(browser, own, kind, roles):
    """Each role of the kind, how it is told, and whether it is denied; only events and tolls are linked."""
    page = browser.get(f"/desk/claims/{claim_of(own, kind)}").text
    assert all(f'name="set.{field}"' in page for field in ("place", "modality", "polarity", *roles))
    assert ("They tell of one" in page) == (kind in ("event", "toll"))


def test_two_tolls_are_linked_and_parted_and_that_is_undone(browser, own):
    """The other claim is named by the beginning of its id, as the form offers it."""
    with Ledger.open(own) as ledger:
        one, other = [claim.id for claim in ledger.claims() if claim.kind == "toll"][:2]
    at = {"from": "claim", "on": one}
    page = f"/desk/claims/{one}"
    assert send(browser, f"part {one}", page, other=other[:8], **at).status_code == 303
    assert send(browser, f"link {one}", page, other=other, **at).status_code == 303
    shown = browser.get(page).text
    undo = re.search(rf'value="(undo (?:{one} {other}|{other} {one}))"', shown)[1]
    assert send(browser, undo, page, **at).status_code == 303
    assert [row[0] for row in noted(own)] == ["part", "link", "undo"]
    assert [row[3] for row in noted(own)] == [True, False, False]


@pytest.mark.parametrize(
    ("decision", "fields", "status", "words"),
    [
        ("reject CLAIM", {"reason": "  "}, 422, "needs a reason"),
        ("reject CLAIM", {"author": " "}, 422, "needs your name"),
        ("reject CLAIM", {"author": "tadmor import"}, 422, "no person's name"),
        ("reject CLAIM", {"reason": "x" * 2001}, 422, "longer than 2000"),
        ("", {}, 422, "Choose one of the buttons"),
        ("destroy CLAIM", {}, 422, "Choose one of the buttons"),
        ("reject 0000", {}, 404, "no claim begins with '0000'"),
        ("undo CLAIM", {}, 422, "nothing to undo"),
        ("correct CLAIM", {}, 422, "nothing is corrected"),
        ("correct CLAIM", {"set.place": "Nowhereville"}, 422, "no place is known by 'Nowhereville'"),
        ("correct CLAIM", {"set.modality": "sung"}, 422, "'sung' is no modality"),
        ("correct CLAIM", {"set.harm": "killed"}, 422, "cannot be corrected"),
        ("link CLAIM", {}, 422, "link is of two claims"),
        ("link CLAIM", {"other": "TOLL"}, 422, "only events and tolls are linked"),
    ],
)
def test_what_cannot_be_decided_is_said_in_words_and_nothing_typed_is_lost(
    browser, own, decision, fields, status, words
):
    """The page comes back with one line of what is wrong and with what was typed; nothing is noted."""
    claim, toll = claim_of(own, "control"), claim_of(own, "toll")
    fields = {key: toll if value == "TOLL" else value for key, value in fields.items()}
    told = send(
        browser, decision.replace("CLAIM", claim), f"/desk/claims/{claim}", **({"from": "claim", "on": claim} | fields)
    )
    assert told.status_code == status
    assert words in said(told)
    kept = fields.get("reason", BY["reason"])
    assert f'name="reason" required maxlength="2000" autocomplete="off" accesskey="w" value="{kept}"' in told.text
    if "set.place" in fields:
        assert 'value="Nowhereville"' in told.text
    assert noted(own) == []


def test_a_decision_waits_for_another_writer_and_then_says_so(browser, own, monkeypatch):
    """While another goes on writing nothing is noted, one line says so, and the form keeps its words."""
    monkeypatch.setattr(writing, "WAIT", 0.1)
    claim = claim_of(own, "toll")
    with Ledger.open(own, writable=True):
        told = send(browser, f"accept {claim}", on="q0")
        asked = browser.post("/api/v1/reviews", json={"claim": claim, "decision": "accept", **BY})
    assert (told.status_code, asked.status_code) == (409, 409)
    assert "another tadmor is writing to this case" in said(told)
    assert "I was there" in told.text
    assert told.headers["retry-after"] == asked.headers["retry-after"] == "5"
    assert noted(own) == []
    assert send(browser, f"accept {claim}").status_code == 303


def test_of_two_reviewers_at_once_no_decision_is_lost(own):
    """Each waits for the other's row to be written; all are in the history, which holds."""
    with Ledger.open(own) as ledger:
        claims = [claim.id for claim in ledger.claims()][:5]
    shelf = Shelf(own, lambda *_: Never())

    def review(author):
        for claim in claims:
            by = writing.signed(author, "seen")
            writing.decide(shelf, writing.Wish(what="accept", claims=(claim,), by=by))

    with ThreadPoolExecutor(2) as reviewers:
        list(reviewers.map(review, ("A", "B")))
    assert sorted(row[1] for row in noted(own)) == ["A"] * 5 + ["B"] * 5
    with Ledger.open(own) as ledger:
        assert [issue for issue in ledger.verify() if issue.severity == "error"] == []


def test_a_form_without_this_servers_token_is_refused(browser, own):
    """No token, a made-up one, one of another browser: nothing is noted, and what was written can be copied."""
    claim = claim_of(own, "toll")
    token = token_of(browser.get("/desk"))
    with TestClient(application(Shelf(own, laid_here)), base_url="http://localhost") as other:
        stranger = token_of(other.get("/desk"))
    for wrong in ("", "0" * 64, stranger, "é"):
        told = browser.post("/desk/decisions", data={"token": wrong, "decision": f"reject {claim}", **BY})
        assert told.status_code == 403
        assert "I was there" in told.text
    browser.cookies.clear()
    told = browser.post("/desk/decisions", data={"token": token, "decision": f"reject {claim}", **BY})
    assert told.status_code == 403
    assert noted(own) == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_or_port_cannot_decide(browser, own, site):
    """The browser says where a request comes from; only this server's pages may write, token or not."""
    claim = claim_of(own, "toll")
    fields = {"token": token_of(browser.get("/desk")), "decision": f"reject {claim}", **BY}
    told = browser.post("/desk/decisions", data=fields, headers={"sec-fetch-site": site})
    assert told.status_code == 403
    told = browser.post(
        "/api/v1/reviews", json={"claim": claim, "decision": "reject", **BY}, headers={"sec-fetch-site": site}
    )
    assert told.status_code == 403
    assert noted(own) == []


def test_cookies_are_kept_from_scripts_and_other_sites(browser, own):
    """Both cookies are HttpOnly and SameSite=Strict, and pages with tokens are stored nowhere."""
    page = browser.get("/desk")
    assert page.headers["cache-control"] == "no-store"
    told = send(browser, f"accept {claim_of(own, 'toll')}", author="Émile  Ibn Ḫaldūn")
    for one in (page.headers["set-cookie"], told.headers["set-cookie"]):
        assert "HttpOnly" in one
        assert "SameSite=strict" in one
    assert f"tadmor_author={quote('Émile Ibn Ḫaldūn')}" in told.headers["set-cookie"]
    assert 'value="Émile Ibn Ḫaldūn"' in browser.get("/desk").text


def test_what_is_written_is_shown_as_words_and_never_run(browser, own):
    """Tags in a name, a reason, a field or an address are escaped wherever they are shown."""
    claim = claim_of(own, "control")
    at = {"from": "claim", "on": claim}
    assert send(browser, f"accept {claim}", reason=HOSTILE, author=HOSTILE[:60], **at).status_code == 303
    wrong = send(browser, f"correct {claim}", f"/desk/claims/{claim}", reason=HOSTILE, **at, **{"set.place": HOSTILE})
    pages = [
        browser.get(path)
        for path in ("/desk?done=1", "/desk/decisions", f"/desk/claims/{claim}", f"/claims/{claim}", "/desk/agreement")
    ]
    pages.append(wrong)
    pages.append(send(browser, HOSTILE, reason=HOSTILE))
    pages.append(browser.post("/desk/decisions", data={"reason": HOSTILE}))
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert "onerror=alert(1)>" not in page.text.replace("onerror=alert(1)&gt;", "")
    assert html.escape(HOSTILE, quote=False)[:30] in pages[1].text


def test_no_address_that_a_form_names_is_gone_to(browser, own):
    """Where the browser goes after a decision is made of a claim's id alone."""
    claim = claim_of(own, "toll")
    for on in ("//evil.example", "https://evil.example/", "../../x", "a\r\nset-cookie: x=1"):
        told = send(browser, f"accept {claim}", **{"from": "claim", "on": on})
        assert told.headers["location"].startswith("/desk?done=")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=1" % number for number in range(200)), "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"%ff%fe=%00&decision=%ed%a0%80", "application/x-www-form-urlencoded", 403),
    ],
)
def test_what_is_no_form_is_refused(browser, own, body, kind, status):
    """Too long, too many fields, another type, bytes that are no text: refused, and never an error of the server."""
    assert browser.post("/desk/decisions", content=body, headers={"content-type": kind}).status_code == status
    assert noted(own) == []


def test_decisions_are_listed_with_the_latest_first_and_paged(browser, own):
    """All decisions are reached page by page, each once."""
    with Ledger.open(own) as ledger:
        claim = next(iter(ledger.claims())).id
    token = token_of(browser.get("/desk"))
    for number in range(55):
        fields = {"token": token, "decision": f"accept {claim}", "author": "A", "reason": f"reason {number}"}
        assert browser.post("/desk/decisions", data=fields).status_code == 303
    first = browser.get("/desk/decisions").text
    after = re.search(r'href="(/desk/decisions\?cursor=\d+)"', first)[1]
    second = browser.get(after).text
    numbers = re.findall(r'<li id="d(\d+)"', first + second)
    assert numbers == [str(number) for number in range(55, 0, -1)]
    assert 'rel="next"' not in second


def test_two_reviewers_agree_or_not(browser, own):
    """Decisions of different persons on one claim both count for agreement, though only the latest stands."""
    with Ledger.open(own) as ledger:
        one, other = [claim.id for claim in ledger.claims()][:2]
    assert "not defined" in browser.get("/desk/agreement").text
    for author, word in (("A", "accept"), ("B", "accept")):
        send(browser, f"{word} {one}", author=author)
    for author, word in (("A", "accept"), ("B", "reject")):
        send(browser, f"{word} {other}", author=author)
    page = browser.get("/desk/agreement").text
    assert "<dd>2</dd>" in page
    assert "0.00" in page
    assert "<bdi>A</bdi> accept, <bdi>B</bdi> reject" in page


def test_pages_load_nothing_from_elsewhere_and_carry_no_inline_script_or_style(browser, own):
    """What the policy of the pages forbids is not in them."""
    claim = claim_of(own, "toll")
    for path in ("/desk", "/desk/decisions", "/desk/agreement", f"/desk/claims/{claim}"):
        page = browser.get(path)
        assert page.status_code == 200
        assert re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=\"/)", page.text) is None
    assert browser.get("/assets/desk.js").headers["content-type"].startswith("text/javascript")
