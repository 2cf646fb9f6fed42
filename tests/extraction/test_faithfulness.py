"""Whatever is read, the quote is the text, and nothing is read twice."""

from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import document_of

from tadmor.datamodel.claims import claim_id
from tadmor.extraction import extract

_WORDS = st.sampled_from(
    [
        "the",
        "army",
        "rebels",
        "captured",
        "killed",
        "20",
        "civilians",
        "in",
        "Aleppo",
        "near",
        "Homs",
        "said",
        "Reuters",
        "if",
        "would",
        "not",
        ",",
        ".",
        "and",
        "which",
        "on",
        "Tuesday",
        "Russian",
        "air",
        "strikes",
        "hit",
        "advanced",
        "towards",
        "withdrew",
        "from",
        "Su-35",
        "jets",
        "at",
        "base",
        "(",
        ")",
        "“",
        "”",
        "died",
        "wounded",
        "'s",
        "-held",
        "Idlib",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_quotes_are_the_text_and_ids_are_unique(text):
    """For any order of words: no crash, quotes at their offsets, places that are named stand in the text, one id a claim."""
    claims = extract(document_of(text)).claims
    assert all(claim.quote == text[claim.start : claim.end] for claim in claims)
    assert len({claim_id(claim) for claim in claims}) == len(claims)
    places = [claim.place for claim in claims if claim.place is not None and not claim.place.carried]
    assert all(" ".join(text[place.start : place.end].split()) == place.expression for place in places)
