"""Maps from cleaned text back to its source: composition, containment, identity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.spans import MappedText, OffsetMap, Span

SOURCES = st.text(alphabet="abcd -\n", min_size=1, max_size=40)


@st.composite
def built(draw, source):
    """A text made from pieces of a source: copied in order, replaced or dropped."""
    mapped, at = MappedText(source), 0
    while at < len(source):
        end = draw(st.integers(at + 1, len(source)))
        if draw(st.booleans()):
            mapped.copy(at, end)
        else:
            mapped.replace(at, end, draw(st.text(alphabet="xyz", max_size=3)))
        at = end
    return mapped.build()


@st.composite
def chains(draw):
    """A source and three cleaning steps, each made from the text before it."""
    texts, maps = [draw(SOURCES)], []
    for _ in range(3):
        text, offsets = draw(built(texts[-1]))
        texts.append(text)
        maps.append(offsets)
    return texts, maps


def spans(text):
    """Any span of a text."""
    return st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: Span(min(ends), max(ends)))


@given(chains())
def test_composition_is_associative(chain):
    """It does not matter which two of three steps are composed first."""
    _, (first, second, third) = chain
    assert third.compose(second.compose(first)) == third.compose(second).compose(first)


@given(chains())
def test_composition_with_the_identity_changes_nothing(chain):
    """The identity map before or after a step leaves it as it is."""
    (source, text, *_), (step, *_) = chain
    assert step.compose(OffsetMap.identity(len(source))) == step
    assert OffsetMap.identity(len(text)).compose(step).runs == step.runs


@given(chains(), st.data())
def test_copied_characters_are_those_of_the_source(chain, data):
    """Through any number of steps, a copied run is the same characters."""
    (source, *_, last), (first, second, third) = chain
    whole = third.compose(second).compose(first)
    assert whole.length == len(last)
    for run in whole.runs:
        if run.copied:
            assert last[run.target : run.target + run.length] == source[run.source : run.source + run.source_length]


@given(chains(), st.data())
def test_a_span_inside_another_leads_inside_it(chain, data):
    """Containment survives the way back."""
    (source, text, *_), (step, *_) = chain
    outer = data.draw(spans(text))
    start = data.draw(st.integers(outer.start, outer.end))
    end = data.draw(st.integers(start, outer.end))
    found = step.span(outer)
    assert 0 <= found.start <= found.end <= len(source)
    if start < end:
        assert found.contains(step.span(Span(start, end)))


@given(chains(), st.data())
def test_a_composed_map_leads_as_far_as_its_steps(chain, data):
    """The stretch found through a composed map lies inside the one found step by step."""
    (_, _, text, _), (first, second, _) = chain
    span = data.draw(spans(text).filter(lambda found: found.start < found.end))
    stepwise = first.span(second.span(span))
    assert stepwise.contains(second.compose(first).span(span))


@given(SOURCES, st.data())
def test_the_identity_leads_each_span_to_itself(source, data):
    """A text is its own source."""
    span = data.draw(spans(source))
    assert OffsetMap.identity(len(source)).span(span) == span


@given(chains())
def test_runs_lie_in_order_without_gap(chain):
    """Runs cover the target once."""
    for offsets in chain[1]:
        at = 0
        for run in offsets.runs:
            assert run.target == at
            assert run.length > 0
            at += run.length


@pytest.mark.parametrize("span", [Span(0, 4), Span(2, 1), Span(-1, 2)])
def test_a_span_outside_the_text_is_refused(span):
    """A wrong span is a broken program, not bad data."""
    with pytest.raises(IndexError):
        OffsetMap.identity(3).span(span)


def test_an_empty_text_maps_to_the_start():
    """Nothing leads to nothing."""
    assert OffsetMap.identity(0).span(Span(0, 0)) == Span(0, 0)


def test_a_dropped_hyphen_is_part_of_the_word_it_broke():
    """A passage that holds a mended word leads to both of its halves and what lay between."""
    source = "trig-\ngered"
    mapped = MappedText(source)
    mapped.copy(0, 4)
    mapped.replace(4, 6, "")
    mapped.copy(6, 11)
    text, offsets = mapped.build()
    assert text == "triggered"
    assert offsets.span(Span(0, 9)).of(source) == source
    assert offsets.span(Span(4, 9)).of(source) == "gered"


def test_pieces_out_of_order_lead_to_their_hull():
    """A text put together from two columns leads back to all that it was taken from."""
    mapped = MappedText("secondfirst")
    mapped.copy(6, 11)
    mapped.copy(0, 6)
    text, offsets = mapped.build()
    assert text == "firstsecond"
    assert offsets.span(Span(4, 6)) == Span(0, 11)
