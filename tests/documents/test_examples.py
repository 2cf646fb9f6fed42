"""Documents written for these tests, beside what must be read from them."""

import json
from pathlib import Path

import pytest

from tadmor.datamodel.documents import Document
from tadmor.documents import load

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.txt"))


def told(document: Document) -> dict[str, object]:
    """What a document was read as, in plain values."""
    when = document.published
    return {
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": [when.earliest.isoformat(), when.latest.isoformat(), when.basis.value] if when else None,
        "blocks": [[block.form.value, block.span.of(document.text)] for block in document.blocks],
        "repeats": [
            [document.raw[one.start : one.end], document.text[one.first_start : one.first_end]]
            for one in document.repeats
        ],
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_example_is_read_as_expected(path):
    """The text, its forms, its head and its repeats are those written down beside it."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    loaded = load(path)
    assert loaded.issues == ()
    assert [told(document) for document in loaded.documents] == expected


def test_every_example_has_its_expectation():
    """No example stands without what must be read from it."""
    assert EXAMPLES
    assert [path.name for path in EXAMPLES if not path.with_suffix(".json").exists()] == []
