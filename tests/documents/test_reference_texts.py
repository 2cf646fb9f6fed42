"""Reference texts beside the repository, which is no place for them: read cleanly, or skipped where missing."""

import os
from pathlib import Path

import pytest

from tadmor.datamodel.documents import Form
from tadmor.datamodel.times import Basis
from tadmor.documents import load, walk

SHARED = Path(os.environ.get("TADMOR_SHARED", Path(__file__).resolve().parents[3] / "shared"))
pytestmark = pytest.mark.shared
#: Texts that claims are marked in: 255 to train on, 44 to choose by.
MARKED = 299


def loaded():
    """Every reference text that claims were marked in."""
    found = [load(path) for path in walk([SHARED / "gold" / "train", SHARED / "gold" / "dev"])]
    assert len(found) == MARKED
    return found


def test_marked_texts_are_read_whole_and_once():
    """One document a file, decoded exactly, without problems."""
    for one in loaded():
        assert [issue.line() for issue in one.issues] == []
        (document,) = one.documents
        assert document.raw == one.data.decode("utf-8")
        assert document.title


def test_marked_texts_lead_back_to_their_files():
    """Every copied character is that of the file, and no word is lost but furniture, repeats and broken lines."""
    for one in loaded():
        (document,) = one.documents
        for run in document.offsets.runs:
            if run.copied:
                raw = document.raw[run.source : run.source + run.source_length]
                assert document.text[run.target : run.target + run.length] == raw
        gone = sum(repeat.end - repeat.start for repeat in document.repeats)
        assert len("".join(document.text.split())) >= 0.97 * len("".join(document.raw.split())) - gone


def test_printed_heads_are_found():
    """Files with a date on their third line have an outlet and a stated day."""
    documents = [document for one in loaded() for document in one.documents]
    headed = [(document, document.raw.split("\n")) for document in documents if document.raw.split("\n")[2].strip()]
    assert len(headed) > 100
    for document, lines in headed:
        assert document.outlet == lines[1].strip()
        assert document.published.basis is Basis.STATED


def test_seeds_come_out_clean():
    """Five documents of five kinds: six articles, no hyphen of a line left, forms and days as they should be."""
    files = [load(path) for path in walk([SHARED / "seeds"])]
    articles = [document for one in files for document in one.documents]
    assert len(articles) == 6
    assert [issue.line() for one in files for issue in one.issues] == []
    for document in articles:
        assert document.blocks[0].form in {Form.HEADLINE, Form.DATELINE}
        assert "\n" not in "".join(block.span.of(document.text) for block in document.blocks)
        keys = [" ".join(block.span.of(document.text).lower().split()) for block in document.blocks]
        assert len(set(keys)) == len(keys)
    undated = [document for document in articles if document.published is None]
    assert len(undated) <= 1
