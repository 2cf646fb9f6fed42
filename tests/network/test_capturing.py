"""Pages captured into a case: what is kept of them, and what becomes of what they said before."""

import io
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from made_web import answer, article, headers_of
from warcio.archiveiterator import ArchiveIterator

from tadmor import pipeline
from tadmor.datamodel.captures import Outcome
from tadmor.datamodel.history import Decision, Review
from tadmor.ledger import Ledger
from tadmor.network import Fetcher, Manners
from tadmor.settings import Settings
from tadmor.views.cli import main

RULES = Settings(reader="rules", workers=1)
FELL = "The Syrian army captured Palmyra from Islamic State on Thursday, officials said."
TWENTY = "At least 20 civilians were killed in Raqqa on Wednesday, officials said."


def fetch(case, *urls, days_ago=0, **call):
    """One call of its own, as a user makes it."""
    then = timedelta(days=days_ago)
    fetcher = Fetcher(Manners(delay=0, private=True, waits=()), now=lambda: datetime.now(UTC) - then)
    with Ledger.open(case, create=True) as ledger:
        wanted = [pipeline.Wanted(url=url) for url in urls]
        return pipeline.fetch(wanted, ledger, fetcher, settings=RULES, call=pipeline.FetchCall(**call))


def tolls(case, as_of=None):
    with Ledger.open(case) as ledger:
        record, _ = pipeline.record(ledger, as_of=as_of)
    return [toll.best for toll in record.tolls]


def test_all_that_led_to_a_page_is_kept(web, tmp_path):
    """Both hops as a WARC file that others read, the page's bytes, its days, headers and addresses; all verify."""
    web.pages["/turn"] = answer(b"", "302 Found", Location="/a")
    web.put("/a", article("Army retakes Palmyra", FELL), ETag='"1"')
    summary = fetch(tmp_path, web.url + "/turn")
    assert (summary.files, summary.documents, summary.complete) == (1, 1, True)
    with Ledger.open(tmp_path) as ledger:
        (capture,) = ledger.captures()
        (document,) = ledger.documents()
        archive = ledger.original(capture.archive)
        assert ledger.original(capture.original) == article("Army retakes Palmyra", FELL)
        assert ledger.verify() == ()
    assert (capture.page, capture.final, capture.hops) == (web.url + "/turn", web.url + "/a", (web.url + "/turn",))
    assert (capture.status, capture.address, capture.header("etag")) == (200, "127.0.0.1", '"1"')
    assert [one.day for one in capture.dates] == [date(2017, 3, 2)]
    assert (document.outlet, document.published.earliest) == (web.place, date(2017, 3, 2))
    records = list(_records(ArchiveIterator(io.BytesIO(archive), check_digests=True)))
    assert [kind for kind, _, _ in records] == ["warcinfo", *["response", "request"] * 2, "metadata"]
    assert all(fits for _, _, fits in records)
    assert records[int(capture.position[1:]) - 1][1] == article("Army retakes Palmyra", FELL)


def _records(archive):
    for record in archive:
        data = record.content_stream().read()
        yield record.rec_type, data, record.digest_checker.passed


def test_a_page_that_says_the_same_adds_nothing(web, tmp_path):
    """Whether the server says so (304) or sends other bytes around the same words."""
    page = article("Army retakes Palmyra", FELL)
    web.pages["/a"] = lambda head: (
        answer(b"", "304 Not Modified") if headers_of(head).get("if-none-match") == '"1"' else answer(page, ETag='"1"')
    )
    fetch(tmp_path, web.url + "/a")
    assert fetch(tmp_path, web.url + "/a").unchanged == 1
    web.put("/a", page.replace(b"</body>", b"<script>token(17)</script></body>"))
    summary = fetch(tmp_path, web.url + "/a")
    assert (summary.unchanged, summary.documents, summary.claims) == (1, 0, 0)
    with Ledger.open(tmp_path) as ledger:
        assert [one.outcome for one in ledger.captures()] == [Outcome.READ, Outcome.SAME, Outcome.SAME]
        assert len(list(ledger.documents())) == 1
        assert ledger.verify() == ()


def test_the_record_counts_what_a_page_says_and_said(web, tmp_path, capsys):
    """Changed, withdrawn and back: the old words are kept, and counted as of the days on which they stood."""
    url = web.put("/a", article("Toll", TWENTY))
    fetch(tmp_path, url, days_ago=3)
    web.put("/a", article("Toll", TWENTY.replace("20", "31")))
    summary = fetch(tmp_path, url)
    assert (summary.changed, [issue.rule for issue in summary.amiss]) == (1, ["page-changed"])
    today = datetime.now(UTC).date()
    assert tolls(tmp_path) == [31]
    assert tolls(tmp_path, today) == [31]
    assert tolls(tmp_path, today - timedelta(days=1)) == [20]
    assert tolls(tmp_path, date(2017, 3, 3)) == [20]
    del web.pages["/a"]
    summary = fetch(tmp_path, url)
    assert (summary.withdrawn, [issue.rule for issue in summary.amiss]) == (1, ["page-withdrawn"])
    assert tolls(tmp_path) == []
    assert tolls(tmp_path, today - timedelta(days=1)) == [20]
    web.put("/a", article("Toll", TWENTY))
    assert [issue.rule for issue in fetch(tmp_path, url).amiss] == ["page-back"]
    assert tolls(tmp_path) == [20]
    with Ledger.open(tmp_path) as ledger:
        assert len(list(ledger.documents())) == 2
        assert len(list(ledger.claims(rejected=True))) > len(list(ledger.claims()))
        assert ledger.verify() == ()
    with pytest.raises(SystemExit):
        _main("captures", "show", url, "--case", str(tmp_path))
    shown = capsys.readouterr().out
    assert "-At least 20 civilians" in shown
    assert "+At least 31 civilians" in shown


def _main(*words):
    with mock.patch("sys.argv", ["tadmor", *words]):
        main()


def test_what_a_person_accepts_of_a_page_that_is_gone_counts_on(web, tmp_path):
    """Only where they decided after it was gone; who had decided before is told to look again."""
    url = web.put("/a", article("Toll", TWENTY))
    fetch(tmp_path, url)
    with Ledger.open(tmp_path, writable=True) as ledger:
        (claim,) = ledger.claims()
        word = Review(
            subject=claim.id, decision=Decision.ACCEPT, author="Ada", made=datetime.now(UTC), reason="read by hand"
        )
        ledger.add_review(word)
    del web.pages["/a"]
    summary = fetch(tmp_path, url)
    assert [issue.rule for issue in summary.amiss] == ["page-withdrawn", "page-reviewed"]
    assert "Ada" in summary.amiss[1].message
    assert tolls(tmp_path) == []
    with Ledger.open(tmp_path, writable=True) as ledger:
        again = Review(
            subject=claim.id,
            decision=Decision.ACCEPT,
            author="Ada",
            made=datetime.now(UTC),
            reason="archived elsewhere",
        )
        ledger.add_review(again)
    assert tolls(tmp_path) == [20]


@pytest.mark.parametrize("status", ["500 Broken", "403 Forbidden", "429 Slow"])
def test_a_server_that_fails_takes_nothing_back(web, tmp_path, status):
    """An error is no withdrawal: the answer is kept, what the page said stands."""
    url = web.put("/a", article("Toll", TWENTY))
    fetch(tmp_path, url)
    web.pages["/a"] = answer(b"<html>sorry</html>", status)
    summary = fetch(tmp_path, url)
    assert (summary.complete, summary.withdrawn, tolls(tmp_path)) == (False, 0, [20])


def test_what_cannot_be_had_is_said_and_the_rest_goes_on(web, tmp_path):
    """One line each; nothing but addresses of the web is opened."""
    good = web.put("/a", article("Toll", TWENTY))
    bad = [web.url + "/missing", "file:///etc/passwd", "http://169.254.169.254/", "nonsense"]
    summary = fetch(tmp_path, *bad, good)
    assert [issue.where for issue in summary.amiss] == bad
    assert (summary.files, summary.documents) == (5, 1)


def test_a_stopped_call_goes_on(web, tmp_path):
    """Pages that were captured lately are passed over when asked to."""
    url = web.put("/a", article("Toll", TWENTY))
    fetch(tmp_path, url)
    before = len(web.asked)
    assert fetch(tmp_path, url, since=datetime.now(UTC) - timedelta(days=1)).known == 1
    assert len(web.asked) == before
