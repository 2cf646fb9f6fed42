"""Documents that would harm: a line of 10 MB, NULs, marks that turn text around. They change nothing but their own text."""

import json

import pytest
from made_site import client

GOOD = "Army takes Palmyra\nReuters\n2016-03-27\n\nThe Syrian army captured Palmyra from Islamic State on Sunday.\n"
#: Marks that turn the direction of text around: what follows them on a page must not be turned too.
TURNING = "\u202e\u2066\u202b"


@pytest.fixture(scope="module")
def told(tadmor, tmp_path_factory):
    """A case of a good report: what the site told of it before and after hostile ones were read, and the site."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "good.txt").write_text(GOOD)
    read = ("--case", root / "case", "--reader", "rules")
    assert tadmor("read", root / "good.txt", *read).returncode == 0
    with client(root / "case") as site:
        before = _of_the_good_report(site)
    bad = root / "bad"
    bad.mkdir()
    (bad / "line.txt").write_text(f"Ten megabytes\nAFP\n2016-03-28\n\n{'y' * 10_000_000}\n")
    (bad / "nul.txt").write_bytes(
        b"Zeros\nAFP\n2016-03-28\n\nThe army said that it had cap\x00tured Raqqa on Sunday. "
        + b"Residents said that shops had opened again and that the road to the north was free. " * 5
    )
    (bad / f"turned{TURNING}txt.exe.txt").write_text(
        f"Turned {TURNING}around\nAFP\n2016-03-28\n\nThe {TURNING}army captured Homs on Sunday, {TURNING}AFP said.\n"
    )
    done = tadmor("read", bad, *read)
    assert "Traceback" not in done.stderr
    with client(root / "case") as site:
        yield before, _of_the_good_report(site), site


def _of_the_good_report(site):
    rows = json.loads(site.get("/api/v1/documents?limit=100").content)["documents"]
    (document,) = [one for one in rows if one["name"].endswith("good.txt")]
    claims = json.loads(site.get(f"/api/v1/claims?document={document['id']}").content)["claims"]
    return document, claims


def test_what_another_report_says_stays_as_it_was(told):
    before, after, _ = told
    assert before[1]
    assert after == before


def test_each_page_of_a_hostile_document_is_answered_and_holds_no_nul(told):
    site = told[2]
    documents = json.loads(site.get("/api/v1/documents?limit=100").content)["documents"]
    assert len(documents) == 4
    for one in documents:
        for path in (f"/documents/{one['id']}", f"/api/v1/documents/{one['id']}", "/documents", "/places"):
            answer = site.get(path)
            assert answer.status_code == 200
            assert "\x00" not in answer.text
            assert "\\u0000" not in answer.text


def test_marks_that_turn_text_around_end_with_the_text_that_they_stand_in(told):
    """Whatever holds such a mark stands inside an element that is a world of its own to the browser (bdi)."""
    site = told[2]
    for path in ("/documents", "/search?q=Homs", "/claims?place=gn:169577"):
        page = site.get(path).text
        body = page.partition("</head>")[2]
        for mark in TURNING:
            for at in (number for number, character in enumerate(body) if character == mark):
                before = body[:at]
                assert before.rfind("<bdi") > before.rfind("</bdi>") or before.rfind('="') > before.rfind(">"), path
