"""A document in windows: every sentence decided once, with context, candidates and what the rules say."""

from itertools import chain

from made_documents import document_of

from tadmor.datamodel.claims import kind_of
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.labels import NUMBER_OF
from tadmor.extraction.learned.windows import hint, marked_by_rules, windows
from tadmor.extraction.rules import FINDERS, RuleReader

LONG = " ".join(
    f"Rebels shelled Mosul on day {number} of the battle, killing {number} soldiers." for number in range(2, 40)
)


def read(text):
    reading = Reading(document_of(text))
    return reading, list(windows(reading)), list(RuleReader().read(reading, frozenset(FINDERS)))


def test_every_sentence_is_decided_in_one_window():
    """Windows follow each other without gap or overlap, and later ones see the end of what came before."""
    reading, found, _ = read(LONG)
    assert len(found) > 2
    assert [one.start for one in found] == sorted({one.start for one in found})
    decided = [range(one.first, one.last) for one in found]
    pieces = [[one.pieces[at].start for at in span] for one, span in zip(found, decided, strict=True)]
    assert list(chain(*pieces)) == sorted({start for each in pieces for start in each})
    assert found[0].first == 1
    assert all(one.first > 1 for one in found[1:])
    assert found[-1].end == reading.sentences[-1].end


def test_names_and_noun_phrases_are_candidates():
    """Known and unknown names as places; phrases without articles, and no pronouns, as who and whom."""
    reading, (window,), _ = read("The rebels shelled Mosul and Qarbistan. They killed two of its soldiers.")
    text = reading.text
    assert [text[one.start : one.end] for one in window.candidates("place")] == ["Mosul", "Qarbistan"]
    phrases = [text[one.start : one.end] for one in window.candidates("who")]
    assert "rebels" in phrases
    assert not {"They", "The rebels"} & set(phrases)


def test_what_the_rules_say_is_told_in_the_terms_of_a_window():
    """Attributes by value; places and doers as numbers of candidates; wordpieces marked by kind."""
    reading, (window,), claims = read("The rebels shelled Mosul on Monday.")
    claim = next(one for one in claims if kind_of(one) == "event")
    said = hint(window, claim, reading.text)
    assert said.values == {"modality": "asserted", "polarity": "affirmed", "type": "shelling"}
    place, who = (window.candidates(role)[said.pointed[role]] for role in ("place", "who"))
    assert (reading.text[place.start : place.end], reading.text[who.start : who.end]) == ("Mosul", "rebels")
    marks = [row[NUMBER_OF["event"]] for row in marked_by_rules(window, claims)]
    assert marks[1] in (0, 1)
    assert sorted(set(marks)) == [0, 1, 2]
    assert marks.count(1) == 1


def test_a_text_without_sentences_has_no_windows():
    """Nothing is decided of nothing."""
    assert list(windows(Reading(document_of(" ")))) == []
