"""The tables of the rule reader hold each thing once."""

from collections import Counter
from importlib.resources import files

import pytest
import yaml

from tadmor.dictionaries.lexicon import load_lexicon

TABLES = ("words.yaml", "triggers.yaml", "stance.yaml", "reporting.yaml")


def lists_of(node, path=""):
    """Every list of a table with its path; a key that stands twice is told as a list of its own."""
    if isinstance(node, yaml.MappingNode):
        yield f"{path} keys", [key.value for key, _ in node.value]
        for key, value in node.value:
            yield from lists_of(value, f"{path}/{key.value}")
    elif isinstance(node, yaml.SequenceNode):
        yield path, [item.value for item in node.value]


@pytest.mark.parametrize("table", TABLES)
def test_nothing_stands_twice(table):
    """No list of a table has an entry twice, no mapping a key twice."""
    text = files("tadmor.dictionaries.lexicon").joinpath(table).read_text(encoding="utf-8")
    found = list(lists_of(yaml.compose(text)))
    assert found
    twice = {path: [one for one, times in Counter(members).items() if times > 1] for path, members in found}
    assert {path: members for path, members in twice.items() if members} == {}


def test_of_phrases_are_inflected_where_they_may_be():
    """The plural stands before "of", and words without one get none."""
    words = {row.words for rows in load_lexicon().triggers.values() for row in rows}
    assert ("exchanges", "of", "fire") in words
    assert not {("exchange", "of", "fires"), ("wars", "of", "prisoner"), ("deads",), ("woundeds",)} & words


def test_no_trigger_is_hidden_by_another():
    """The same words as the same part of speech carry one subtype of a kind: a second would never be looked up."""
    rows = [row for found in load_lexicon().triggers.values() for row in found]
    seen = Counter((row.kind, row.part, row.words) for row in rows)
    assert len(seen) > 1000
    assert [key for key, times in seen.items() if times > 1] == []
