"""Names of ground that no table has, known by how a document speaks of them."""

import pytest
from made_documents import document_of

from tadmor.extraction import READERS, extract


def places(text: str) -> list[str | None]:
    """The places of the claims that the rules make of a text."""
    found = extract(document_of(text), READERS["rules"]).claims
    return [claim.place.expression if claim.place is not None else None for claim in found]


@pytest.mark.parametrize(
    "told",
    [
        "Families fled the village of Qulbarra.",
        "Families fled to camps near Qulbarra.",
        "Qulbarra came under heavy shelling.",
        "The road north of Qulbarra is closed.",
    ],
)
def test_a_name_told_as_ground_once_is_ground_in_every_sentence(told: str) -> None:
    """No gazetteer has most villages; later sentences name them without saying what they are."""
    assert "Qulbarra" in places(f"{told} On Friday soldiers attacked Qulbarra and left.")


def test_the_story_goes_on_at_a_place_that_no_table_has() -> None:
    """A sentence that names no place is set where the one before it was."""
    assert places("Soldiers raided the village of Qulbarra. Nine people were killed.")[-1] == "village of Qulbarra"


@pytest.mark.parametrize("name", ["Parliament", "QLF", "Qulbarrian"])
def test_other_capitals_after_in_are_no_ground(name: str) -> None:
    """Institutions, abbreviations and peoples stand after "in" too."""
    assert name not in places(f"There was unrest in {name}. Nine people were killed.")
