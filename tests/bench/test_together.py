"""Reports are read into a case that is served: nobody who looks or decides meanwhile is turned away or misled."""

from bench.speed import articles_in
from bench.together import together


def test_people_look_and_decide_while_reports_are_read(tmp_path):
    """No error, no lost decision, no quote that is not in its document; the history holds."""
    articles = articles_in(tmp_path, 16)
    found = {one.name: one.value for one in together(articles, tmp_path / "case", 3, 2, first=6, port=18_996)}
    assert found["documents read meanwhile"] == 10
    assert found["decisions noted, none lost"] > 0
