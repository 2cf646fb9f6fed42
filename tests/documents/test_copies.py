"""Copies are found among many documents, told apart by kind, and found one at a time as well."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.documents import CopyKind
from tadmor.documents.copies import CopyIndex, Fingerprint, fingerprint
from tadmor.documents.loading import load_bytes

WORDS = [
    f"{first}{last}" for first in "bdfgklmnprst" for last in ("aron", "elim", "iso", "oban", "unter", "yra", "ost")
]


def prose(seed, words=200):
    """Sentences of made-up words, no two seeds alike."""
    draw = random.Random(seed)
    sentences = [" ".join(draw.choices(WORDS, k=12)).capitalize() + "." for _ in range(words // 12)]
    return " ".join(sentences)


def document(text, day=None):
    """One document."""
    return load_bytes(text.encode(), "a.txt", published=day).documents[0]


def compare(documents):
    """All copies among documents, given in the order they were read."""
    index = CopyIndex()
    return tuple(copy for one in documents for copy in index.add(fingerprint(one)))


def test_the_same_text_is_the_same():
    """A reprint under another head keeps all shingles; the earlier one is told by its day."""
    one = document(f"{prose(1)}", date(2019, 4, 13))
    other = document(f"Reprinted\n\n{prose(1)}", date(2019, 4, 12))
    (copy,) = compare([one, other])
    assert copy.kind is CopyKind.SAME
    assert (copy.earlier, copy.later) == (other.id, one.id)
    assert copy.share > 0.95


def test_a_lightly_changed_text_is_a_rewrite():
    """One word changed in twelve leaves over half of the shingles."""
    words = prose(2, 300).split()
    changed = [word if at % 12 else "changed" for at, word in enumerate(words)]
    (copy,) = compare([document(" ".join(words)), document(" ".join(changed))])
    assert copy.kind is CopyKind.REWRITE
    assert 0.4 < copy.share < 0.9


def test_a_passage_of_another_text_is_a_quotation():
    """Thirty words in a row inside a text of its own."""
    passage = " ".join(prose(3).split()[40:90])
    (copy,) = compare([document(prose(3, 400)), document(f"{prose(4, 300)}\n\n{passage}\n\n{prose(5, 300)}")])
    assert copy.kind is CopyKind.QUOTES


def test_texts_of_their_own_are_no_copies():
    """Common words make no shingles."""
    assert compare([document(prose(seed)) for seed in range(10, 20)]) == ()


def test_order_read_stands_where_days_are_missing():
    """The first read counts as the earlier."""
    one, other = document(prose(6)), document(f"Later\n\n{prose(6)}")
    (copy,) = compare([one, other])
    assert (copy.earlier, copy.later) == (one.id, other.id)


def test_one_at_a_time_finds_what_all_at_once_does():
    """A new document is compared with known fingerprints alone."""
    documents = [document(prose(seed % 4) + " " + prose(seed + 50)) for seed in range(8)]
    prints = [fingerprint(one) for one in documents]
    index = CopyIndex(prints[:5])
    later = tuple(copy for one in prints[5:] for copy in index.add(one))
    assert later == compare(documents)[-len(later) :]
    assert later


def test_phrases_of_the_trade_lead_to_nobody():
    """A sentence that stands in very many documents makes none of them copies."""
    common = "said the observatory which counts the dead of the long war from a house in a northern town by telephone."
    documents = [document(f"{prose(seed)} {common}") for seed in range(100, 160)]
    found = compare([*documents, document(f"{prose(1000)} {common}")])
    last = fingerprint(document(f"{prose(1000)} {common}")).document
    assert not [copy for copy in found if last in (copy.earlier, copy.later)]


@given(st.sets(st.integers(0, 2**32 - 1), max_size=50))
def test_a_fingerprint_keeps_its_shingles(shingles):
    """Packed and unpacked, the numbers are the same."""
    packed = b"".join(one.to_bytes(4, "little") for one in sorted(shingles))
    assert Fingerprint(document="x", published=None, shingles=packed).hashes() == shingles


@given(st.integers(0, 50), st.integers(51, 100))
def test_shares_lie_between_none_and_all(one, other):
    """A share is a share."""
    found = compare([document(prose(one) + prose(other, 40)), document(prose(one))])
    assert all(0 < copy.share <= 1 for copy in found)
