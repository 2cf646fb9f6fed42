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
        ("Reuters, citing medics in the city, reported that the army captured Raqqa.", ["Reuters", "medics"]),
        ("Reuters reported that the army captured Raqqa, citing a medical source.", ["Reuters", "medical source"]),
        ("The army captured Raqqa, Reuters said, quoting residents.", ["Reuters", "residents"]),
        ("The capture of Raqqa was announced by the militia.", ["militia"]),
        ("It was confirmed by the mayor that the army had captured Raqqa.", ["mayor"]),
        ("The capture of Raqqa by the army was counted by many as luck.", []),
        ("The militia's claim that the army lost Raqqa was doubted by diplomats.", ["militia"]),
        ("Nobody believes the governor's statement that the army captured Raqqa.", ["governor"]),
        ("A militia communique claims that the army lost Raqqa.", ["militia communique"]),
        ("The general staff reports that the army captured Raqqa.", ["general staff"]),
        ("The army captured Raqqa, the governor conceded.", ["governor"]),
        ("Bakery workers there said that the army had captured Raqqa.", ["Bakery workers"]),
        ("The monitor put the number of people killed at 56 and said the army captured Raqqa.", ["monitor"]),
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


def test_who_denies_one_thing_and_says_another_is_one_speaker(read):
    """The subject of the denied clause does not speak; an aside before the verb keeps the speaker."""
    text = "The ministry, which speaks for the north, denied that Aleppo had fallen and said that rebels lost Raqqa."
    assert [[voice.name for voice in claim.attribution] for claim in read(text, "control")] == [["ministry"]] * 2


def test_who_counts_the_dead_is_their_source(read):
    """As in "counted 40 dead", "spoke of 40 dead"."""
    for verb in ("counted", "spoke of"):
        claim = read(f"The Civil Defence {verb} 40 dead in Aleppo.", "toll")[0]
        assert [voice.name for voice in claim.attribution] == ["Civil Defence"]


def test_the_same_source_is_the_one_before(read):
    """As in "the same source": it points back."""
    text = "A hospital director said 12 people died in Homs. Three were children, according to the same source."
    assert {claim.attribution for claim in read(text, "toll")} == {read(text, "toll")[0].attribution}


def test_who_puts_a_number_says_it(read):
    """Both "put the death toll at" and "gave a toll of" are verbs of saying."""
    for text in ("Activists put the death toll at 40.", "Activists gave a toll of 40 dead in Taiz."):
        assert [voice.name for voice in read(text, "toll")[0].attribution] == ["Activists"]


def test_a_pronoun_is_the_speaker_of_its_own_sentence(read):
    """The "he" in what a person says is that person, not whoever spoke before."""
    text = "The monitor said Taiz was quiet. A farmer told me that he had seen shells kill three people in Taiz."
    assert [voice.name for voice in read(text, "toll")[0].attribution] == ["farmer"]


def test_it_is_the_source_that_the_text_is_about(read):
    """A source that does something else before it speaks is whom "it said" means."""
    text = "The Syrian Observatory for Human Rights was more careful. It said rebels had left Idlib, but held Hama."
    assert {voice.name for claim in read(text) for voice in claim.attribution} == {
        "Syrian Observatory for Human Rights"
    }


def test_who_is_quoted_by_an_agency_is_relayed_by_it(read):
    """The relayer before the origin, also where it stands between the speaker and the verb."""
    text = "A teacher, quoted by the website Kivu Post, said rebels had shelled Goma."
    (claim,) = read(text, "event")
    assert [voice.name for voice in claim.attribution] == ["website Kivu Post", "teacher"]


def test_a_speaker_with_a_clause_of_its_own_still_speaks(read):
    """What it first reported stands between the speaker and the verb."""
    text = "Quoting an officer in Goma, the Kinshasa radio station that first reported the attack said rebels had entered Bukavu."
    (claim,) = read(text, "movement")
    assert [voice.name for voice in claim.attribution] == ["Kinshasa radio station", "officer"]
