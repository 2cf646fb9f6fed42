"""Cleaning steps: what they do to text, and that every character leads back to the raw text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.spans import Span
from tadmor.dictionaries.sources import load_sources
from tadmor.documents.characters import plain_characters
from tadmor.documents.dropcaps import mended_drop_caps
from tadmor.documents.hyphens import Vocabulary, keeps_hyphen
from tadmor.documents.layout import lay_out
from tadmor.documents.plain import read_text
from tadmor.documents.publishers import Publishers
from tadmor.documents.tracing import Traced

PUBLISHERS = Publishers(load_sources())
PIECES = st.sampled_from(
    [
        "The army took the bridge of Karsova on Friday",
        "a rebel-held quarter",
        "US-",
        "backed fighters",
        "trig-",
        "gered",
        "T",
        "he end.",
        "A",
        "mid the war",
        "Read also: something else",
        "5 min read",
        "Reuters",
        "LAKE MONITOR",
        "Bulletin no. 7",
        "Lake Review No. 28 10 July 2015",
        "My Comment:",
        "12 March 2016",
        "By Ana Petrik",
        "Vera Molnar is a Karsova-based journalist.",
        "KARSOVA (Reuters) - Two soldiers died, a doctor said, and twelve more were hurt near the hospital gate.",
        "\u200bzero\u00adwidth\ufeff",
        "ﬁghters\u00a0and  ﬂags",
        "• a list",
        "## A heading",
        "**bold**",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", " ", " \n", "\r", "\x0c", "\u2028", "\n\n\n\n"])
TEXTS = st.lists(st.tuples(PIECES | st.text(max_size=30), ENDS), max_size=30).map(
    lambda pairs: "".join(piece + end for piece, end in pairs)
)


def laid(text):
    """The paragraphs of a text."""
    found = lay_out(plain_characters(text)[0])
    return [found.text[one.start : one.end] for one in found.paragraphs]


@given(TEXTS)
def test_every_copied_character_stands_in_the_raw_text(raw):
    """Runs marked as copied are character for character the raw text; the map covers the cleaned text."""
    for document in read_text(raw, original="0" * 64, name="made.txt", publishers=PUBLISHERS):
        assert document.offsets.length == len(document.text)
        for run in document.offsets.runs:
            if run.copied:
                target = document.text[run.target : run.target + run.length]
                assert target == raw[run.source : run.source + run.source_length]


@given(TEXTS, st.data())
def test_every_passage_leads_to_a_stretch_of_the_raw_text(raw, data):
    """Any span of the cleaned text has a span inside the raw text, which holds each copied word of it."""
    for document in read_text(raw, original="0" * 64, name="made.txt", publishers=PUBLISHERS):
        start = data.draw(st.integers(0, len(document.text)))
        end = data.draw(st.integers(start, len(document.text)))
        found = document.raw_span(Span(start, end))
        assert 0 <= found.start <= found.end <= len(raw)
        for run in document.offsets.touched(Span(start, end)):
            if run.copied:
                low, high = max(start, run.target), min(end, run.target + run.length)
                assert document.text[low:high] in found.of(raw)


@given(TEXTS)
def test_blocks_lie_in_order_inside_the_text(raw):
    """Blocks follow each other, hold no outer spaces and together hold all words."""
    for document in read_text(raw, original="0" * 64, name="made.txt", publishers=PUBLISHERS):
        ends = [0]
        for block in document.blocks:
            words = block.span.of(document.text)
            assert block.start >= ends[-1]
            assert words
            assert words == words.strip(" \n")
            ends.append(block.end)
        assert "\n\n".join(block.span.of(document.text) for block in document.blocks) == document.text


@given(TEXTS)
def test_repeats_point_into_both_texts(raw):
    """A repeat has a place in the raw text and its first copy in the cleaned one."""
    for document in read_text(raw, original="0" * 64, name="made.txt", publishers=PUBLISHERS):
        for repeat in document.repeats:
            assert 0 <= repeat.start < repeat.end <= len(raw)
            assert 0 <= repeat.first_start < repeat.first_end <= len(document.text)


def test_cleaning_twice_changes_nothing():
    """A cleaned text is clean."""
    once = plain_characters("\ufeffA\u00a0b\r\nc\u200bd  e\u00ad-f")[0]
    assert plain_characters(once)[0] == once


def test_invisible_characters_go_and_ligatures_are_taken_apart():
    """Marks of direction and of byte order print nothing; a ligature is two letters."""
    assert plain_characters("\ufeffﬁve\u200f \u202bﬂags\x00")[0] == "five flags"


def test_composed_steps_lead_back_to_the_raw_text():
    """Two steps in a row still know where a word came from."""
    raw = "\ufeffT he\u00a0 town"
    traced = Traced.of(raw).then(plain_characters).then(mended_drop_caps)
    assert traced.text == "The town"
    assert traced.offsets.span(Span(4, 8)).of(raw) == "town"
    assert traced.offsets.span(Span(0, 3)).of(raw) == "T he"


WRAPPED = (
    "The first line of the column is so long that\n"
    "the next word would not have fitted on it and\n"
    "so it goes on and on to come to the "
)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("trig-\ngered by shells from\nthe hills above it.", "triggered"),
        ("US-\nbacked fighters from and beyond it in the\nhills above the river.", "US-backed"),
        ("ISIS-\nheld part of the town and beyond it in the\nhills above the river.", "ISIS-held"),
        ("Al-\nQaryatain road, where and beyond it in the\nhills above the river.", "Al-Qaryatain"),
        ("oil-\nrich north, which fell and beyond it in the\nhills above the river.", "oil-rich"),
        ("1990-\n1995 war, which fell and beyond it in the\nhills above the river.", "1990-1995"),
        ("sur-\nrounded town, which fell and beyond it in the\nhills above the river.", "surrounded"),
    ],
)
def test_words_broken_over_lines_are_mended(broken, mended):
    """The typesetter's hyphen goes, the word's own stays."""
    (paragraph,) = laid(WRAPPED + broken)
    assert f" {mended} " in paragraph


def test_the_texts_own_words_decide_on_a_hyphen():
    """A word that stands whole elsewhere is joined, one that stands hyphenated keeps its hyphen."""
    vocabulary = Vocabulary("a cooperative farm and a counter-attack")
    assert not keeps_hyphen("the coopera-", "tive of", vocabulary)
    assert keeps_hyphen("the counter-", "attack on", vocabulary)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("T \n\nhe army has left.", "The army has left."),
        ("A \n\nmid the talks, shells fell.", "Amid the talks, shells fell."),
        ("A \n\ngeneral has left.", "A general has left."),
        ("T\nHE ARMY has left.", "THE ARMY has left."),
        ("“W\n\ne have left,” he said.", "“We have left,” he said."),
    ],
)
def test_drop_caps_go_back_on_their_words(text, first):
    """The large first letter joins the word it began, or stands before it as a word of its own."""
    assert laid(text) == [first]


def test_single_lines_stay_paragraphs():
    """Text that is not wrapped keeps a paragraph for each line."""
    assert laid("One paragraph, ended.\nAnother paragraph, ended too.\n\nA third.") == [
        "One paragraph, ended.",
        "Another paragraph, ended too.",
        "A third.",
    ]


def test_a_sentence_broken_by_a_page_is_joined():
    """In wrapped text, a blank line inside a sentence is a page's end."""
    text = WRAPPED + "\n\nbridge and over it. It was taken at once by\nthe army, which had been waiting behind it."
    assert len(laid(text)) == 1


def test_double_spaced_lines_are_joined():
    """Wrapped text with a blank line after each line is wrapped text."""
    lines = [
        "The army took the bridge on Friday after a night of shelling",
        "that cost nine lives, a doctor said by telephone from the one",
        "hospital that is still open; the rebels said that they would",
        "fight on in the hills, where they have dug in since the spring",
        "and where no road leads that a tank could take.",
    ]
    assert laid("\n\n".join(lines)) == [" ".join(lines)]


def test_a_title_that_runs_into_its_section_is_a_heading():
    """A section's title before the first word of a sentence stands alone; a name that begins so does not."""
    raw = "Battle of Karsova\n\nThe battle was short.\n\nBackground Troops had entered the town of Karsova in March."
    document = read_text(raw, original="0" * 64, name="x.txt", publishers=PUBLISHERS)[0]
    told = [(document.text[one.start : one.end], str(one.form)) for one in document.blocks]
    assert told[-2:] == [("Background", "headline"), ("Troops had entered the town of Karsova in March.", "body")]
