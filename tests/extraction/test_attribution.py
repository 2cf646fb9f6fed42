"""Who says so."""

import pytest


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The army captured Raqqa.", []),
        ("The army captured Raqqa, Reuters reported.", ["Reuters"]),
        ("According to activists, the army captured Raqqa.", ["activists"]),
        ("A military source told Al-Masdar News that the army captured Raqqa.", ["Al-Masdar News", "military source"]),
        ("The rebels claimed that the army lost Raqqa.", ["rebels"]),
    ],
)
def test_the_chain_runs_from_relayer_to_origin(read, text, chain):
    """The relayer comes first, the origin last; nobody where only the publisher speaks."""
    assert [voice.name for voice in read(text, "control")[0].attribution] == chain


def test_he_is_the_last_speaker(read):
    """A pronoun that reports is whoever spoke before."""
    text = "Governor Haidai said shells hit Rubizhne. He added that Russian forces captured Popasna."
    assert "Haidai" in read(text, "control")[0].attribution[0].name


def test_a_headline_names_its_source_last(read):
    """A headline that ends in its source is that source's."""
    claims = read("The details follow.", "toll", title="Air strikes kill 4 civilians in Douma: monitor")
    assert claims[0].attribution[0].name == "monitor"


def test_a_semicolon_parts_reports(read):
    """The half with a report of its own keeps it; a half without one stays with the speaker."""
    own = read("The army said it held Homs; at least 40 people were killed in Hama, according to SANA.", "toll")[0]
    assert [voice.name for voice in own.attribution] == ["SANA"]
    same = read("The army command said 12 soldiers were killed in Aleppo; 30 rebels were captured.", "toll")
    assert [[voice.name for voice in claim.attribution] for claim in same] == [["army command"], ["army command"]]


def test_putting_something_is_not_telling(read):
    """Only a verb of telling makes its subject a source; phrases of telling do too."""
    put = read("Russia put the brigade on alert and the army captured Aleppo.", "control")
    assert [claim.attribution for claim in put] == [()]
    stated = read("In a statement by the Defence Ministry, the army captured Aleppo.", "control")
    assert [voice.name for voice in stated[0].attribution] == ["Defence Ministry"]
