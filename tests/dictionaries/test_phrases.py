"""Known phrases in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.dictionaries.names import fold
from tadmor.dictionaries.phrases import PhraseTable, Words
from tadmor.errors import DictionaryError

PHRASES = {
    "Red Army": "army",
    "Red Army Choir": "choir",
    "Norland": "norland",
    "Al-Zahra Front": "zahra",
    "IS": "is",
    "US": "us",
    "The Herald": "herald",
    "Al-Herald": "alherald",
    "Hama": "hama",
    "Office, North": "north",
    "People's Watch": "watch",
    "Ba'ath": "baath",
}
TABLE = PhraseTable(PHRASES, cased={"IS", "US", "The Herald", "Al-Herald"})


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], value) for start, end, value in TABLE.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Red Army Choir and the red army", [("Red Army Choir", "choir"), ("red army", "army")]),
        ("Red Army, Choir", [("Red Army", "army")]),
        ("a Norland-held town", [("Norland", "norland")]),
        ("Norlander and Inorland", []),
        ("Norland’s men, Norland's men", [("Norland", "norland"), ("Norland", "norland")]),
        ("Norlands men", [("Norlands", "norland")]),
        ("the Al-Zahra Front and Zahra Front", [("Al-Zahra Front", "zahra"), ("Zahra Front", "zahra")]),
        ("az-Zahra Front", [("az-Zahra Front", "zahra")]),
        ("Hama, Hamas", [("Hama", "hama"), ("Hamas", "hama")]),
        ("Office, North", [("Office, North", "north")]),
        ("Office North", []),
        ("Peoples Watch, People's Watch", [("Peoples Watch", "watch"), ("People's Watch", "watch")]),
        ("the Baath and Ba’ath", [("Baath", "baath"), ("Ba’ath", "baath")]),
        ("Red\nArmy", [("Red\nArmy", "army")]),
        ("Red.\n\nArmy", []),
    ],
)
def test_the_longest_phrase_at_word_boundaries(text: str, expected: list[tuple[str, str]]) -> None:
    """Longest first, whole words only, across hyphens and line breaks but not across clauses."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is us", []),
        ("IS and the U.S. and US", [("IS", "is"), ("U.S.", "us"), ("US", "us")]),
        ("IS's men", [("IS", "is")]),
        ("(IS)", [("IS", "is")]),
        ("WHAT IS NEXT", []),
        ("the Herald, The Herald, a herald", [("the Herald", "herald"), ("The Herald", "herald")]),
        ("al-Herald and al-herald", [("al-Herald", "alherald")]),
    ],
)
def test_exact_spellings_keep_their_capitals(text: str, expected: list[tuple[str, str]]) -> None:
    """A name in capitals is found only so, and not as a plain word in a line of capitals."""
    assert found(text) == expected


def test_get_needs_the_whole_name() -> None:
    """A phrase with words around it is no match of its own; "the" and a possessive are."""
    assert TABLE.get("the Red Army") == "army"
    assert TABLE.get("Norland's") == "norland"
    assert TABLE.get("Red Army men") is None
    assert TABLE.get("us") is None
    assert TABLE.get("US") == "us"
    assert TABLE.get("") is None


def test_a_longer_walk_that_fails_gives_the_shorter_phrase() -> None:
    """Though "Norland's" may begin a longer phrase, the one without the s is still found."""
    table = PhraseTable({"Norland": 1, "Norlands own guard": 2})
    assert [value for _, _, value in table.find("Norland's army, Norland's own guard")] == [1, 2]


def test_one_phrase_has_one_meaning() -> None:
    """Spellings that fold alike must agree, and a phrase needs a word."""
    assert len(PhraseTable({"Al-Zahra": 1, "Zahra": 1})) == 1
    with pytest.raises(DictionaryError, match="means both"):
        PhraseTable({"Al-Zahra": 1, "Zahra": 2})
    with pytest.raises(DictionaryError, match="no words"):
        PhraseTable({" - ": 1})


def test_a_text_is_cut_once_for_several_tables() -> None:
    """Words know their places, and nothing stands before the first or after the last."""
    words = Words("U.S. men, then")
    assert words.folded == ["us", "men", ",", "then"]
    assert [words.written(index) for index in range(len(words))] == ["U.S.", "men", ",", "then"]
    assert words.word(-1) == words.word(9) == ""


@given(
    st.lists(st.sampled_from([*PHRASES, "and", "of", "—", ", ", ".", "الرقة", "é", "\n\n", "'s", "-"]), max_size=12),
    st.sampled_from(["", " ", "-"]),
)
def test_matches_are_ordered_apart_and_inside_the_text(parts: list[str], joint: str) -> None:
    """Offsets point into the text as given, and no two matches share a character."""
    text = joint.join(parts)
    last = 0
    for start, end, value in TABLE.find(text):
        assert last <= start < end <= len(text)
        assert value in PHRASES.values()
        last = end


@given(st.sampled_from(sorted(PHRASES)))
def test_every_phrase_finds_itself(phrase: str) -> None:
    """What a table was built of, it finds, whole, in the middle of a sentence."""
    text = f"Then {phrase} came"
    assert (5, 5 + len(phrase), PHRASES[phrase]) in TABLE.find(text)
    assert fold(text[5 : 5 + len(phrase)]) == fold(phrase)
