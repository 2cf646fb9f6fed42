"""Ways of telling that reports of many wars share, whatever their names: each once in words of its own."""

from typing import Any

import pytest
from made_documents import document_of

from tadmor.datamodel.claims import (
    Change,
    ControlClaim,
    EventClaim,
    EventType,
    MovementClaim,
    Polarity,
    TollClaim,
)
from tadmor.extraction import READERS, extract


def claims(text: str, kind: type[Any]) -> list[Any]:
    """The claims of a kind that the rules make of a text."""
    return [claim for claim in extract(document_of(text), READERS["rules"]).claims if isinstance(claim, kind)]


def test_whoever_took_over_a_town_holds_it() -> None:
    """The past "took" is no participle: nobody was taken over, though no object follows it at once."""
    (claim,) = claims("The marines took over Benghazi on Monday.", ControlClaim)
    assert (claim.holder.expression, claim.change) == ("marines", Change.GAINED)


def test_what_comes_under_fire_is_where_it_fell() -> None:
    """The direction that fire comes from is another place."""
    claim = claims("Benghazi came under rocket fire from the direction of Tripoli.", EventClaim)[0]
    assert (claim.place.expression, claim.type) == ("Benghazi", EventType.SHELLING)


def test_men_may_move_to_a_town_that_no_table_has() -> None:
    """A movement names where it goes."""
    (claim,) = claims("The garrison was evacuated to Qulbarra.", MovementClaim)
    assert claim.destination.expression == "Qulbarra"


def test_a_plural_stands_for_the_places_that_follow_it() -> None:
    """As in "at sites including X"."""
    claim = claims("Dozens of villagers were executed at sites including Tobruk.", EventClaim)[0]
    assert claim.place.expression == "Tobruk"


def test_a_town_brought_under_control_was_not_before() -> None:
    """Bringing is a change, being is none."""
    changes = [
        claims(f"Troops entered the town, {verb} Benghazi under government control.", ControlClaim)[0].change
        for verb in ("bringing", "keeping")
    ]
    assert changes == [Change.GAINED, Change.HELD]


def test_who_remains_in_control_is_no_place_that_they_are_from() -> None:
    """The subject is sought past its own phrases."""
    (claim,) = claims("Rebel fighters from Misrata remain in control of Benghazi.", ControlClaim)
    assert claim.holder.expression == "Rebel fighters"


def test_a_group_told_of_is_called_the_group_again() -> None:
    """The record needs its name."""
    text = "Boko Haram attacked Benghazi on Monday. The group controls Tobruk."
    assert claims(text, ControlClaim)[0].holder.expression == "Boko Haram"


def test_the_group_is_never_a_state() -> None:
    """A capital in the dateline is a state's too."""
    text = "BEIRUT (Wire) - Boko Haram attacked Benghazi on Monday. The group controls Tobruk."
    assert "BEIRUT" not in claims(text, ControlClaim)[0].holder.expression


def test_jets_that_destroy_strike_too() -> None:
    """The guidelines count the strike and the destruction."""
    types = {claim.type for claim in claims("Jets destroyed a depot in Benghazi.", EventClaim)}
    assert types == {EventType.AIR_STRIKE, EventType.DESTRUCTION}


def test_the_dead_of_a_unit_called_after_a_town_did_not_fall_there() -> None:
    """A brigade is seldom in the town of its name."""
    text = "The Tripoli brigade drove into Benghazi. Nine soldiers were killed."
    assert claims(text, TollClaim)[0].place.expression == "Benghazi"


@pytest.mark.parametrize("refusal", ["do not correspond to reality", "are disinformation", "have no basis"])
def test_an_account_that_a_side_calls_wrong_is_denied(refusal: str) -> None:
    """Communiqués deny the other side's in phrases of their own."""
    claim = claims(f"The statements about the capture of Benghazi {refusal}.", ControlClaim)[0]
    assert claim.polarity is Polarity.DENIED


def test_another_spelling_makes_no_place_of_a_country_that_is_not_told_of() -> None:
    """In a text on Liberia the LURD is no town in France."""
    text = "Rebels of the LURD left Monrovia. They went from Monrovia to Gbarnga."
    named = {claim.place.expression for claim in claims(text, MovementClaim) if claim.place is not None}
    assert "LURD" not in named


def test_people_told_on_a_platform_are_not_there() -> None:
    """As in "on WhatsApp"."""
    (claim,) = claims("It was told on WhatsApp that nine people were killed.", TollClaim)
    assert claim.place is None or "WhatsApp" not in claim.place.expression
