"""The naive baseline gives rows that the scorer reads, and nothing clever."""

from quality import naive


def test_quotes_are_the_text() -> None:
    """Every row's quote is exactly the text between its offsets."""
    text = "2016-01-02\nRebels captured Atma. Air strikes killed 12 in Binnish.\nTroops withdrew from Salqin."
    rows = list(naive.claims("a.txt", text))
    assert {row["kind"] for row in rows} == {"control", "event", "toll", "movement"}
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_a_count_is_the_number_beside_the_word() -> None:
    """A thousands comma is read; the harm is the word's."""
    rows = [
        row for row in naive.claims("a.txt", "Officials said 1,200 were wounded in Binnish.") if row["kind"] == "toll"
    ]
    assert rows[0]["harm"] == "wounded"
    assert rows[0]["count"] == {"low": 1200, "high": 1200}
