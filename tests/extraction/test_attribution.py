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
