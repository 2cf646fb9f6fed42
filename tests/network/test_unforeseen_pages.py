"""A page that the program fails to read, as it should not: what went over the wire is kept, and read by the next call."""

from made_web import article

from tadmor import pipeline
from tadmor.extraction.rules import RuleReader
from tadmor.ledger import Ledger
from tadmor.network import Fetcher, Manners
from tadmor.settings import Settings


def test_a_page_that_cannot_be_read_keeps_its_archive_and_is_read_later(web, tmp_path, monkeypatch):
    url = web.put("/a", article("The road", "The Syrian army captured Homs from Islamic State on Sunday."), ETag='"1"')

    def fetched():
        with Ledger.open(tmp_path / "case", create=True) as ledger:
            fetcher = Fetcher(Manners(delay=0, private=True, waits=()))
            settings = Settings(reader="rules", workers=1)
            summary = pipeline.fetch([pipeline.Wanted(url=url)], ledger, fetcher, settings=settings)
            assert ledger.verify() == ()
            return summary, [capture.outcome.value for capture in ledger.captures()], len(list(ledger.documents()))

    with monkeypatch.context() as patch:
        patch.setattr(RuleReader, "read", lambda *_: 1 // 0)
        summary, outcomes, documents = fetched()
    assert [issue.rule for issue in summary.issues] == ["fault"]
    assert (outcomes, documents) == (["other"], 0)
    summary, outcomes, documents = fetched()
    assert (outcomes, documents, summary.claims > 0) == (["other", "read"], 1, True)
