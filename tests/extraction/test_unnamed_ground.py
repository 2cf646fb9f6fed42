"""Ground told by a common noun lies in or about a place: whoever holds it does not hold the place."""

import pytest

from tadmor.datamodel.claims import ControlClaim


def _told(read, text):
    """Place, degree and holder of the last claim of control."""
    claim = [one for one in read(text) if isinstance(one, ControlClaim)][-1]
    return claim.place.expression if claim.place else None, str(claim.degree)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The army entered Raqqa. Jets bombed rebel-held villages.", ("area around Raqqa", "full")),
        ("The army entered Raqqa. Jets bombed a rebel-held district of the city.", ("district in Raqqa", "full")),
        ("The army entered Raqqa. Jets bombed the rebel-held areas of the city.", ("Raqqa", "partial")),
        ("The army entered Raqqa. Jets bombed the rebel-held east.", ("eastern Raqqa", "full")),
        ("Jets bombed a rebel-held district of the Syrian city of Homs.", ("district in Homs", "full")),
        ("Jets bombed a rebel-held area outside Homs.", ("area around Homs", "full")),
        (
            "The army entered Raqqa. Life is harder in other areas under rebel control.",
            ("area around Raqqa", "partial"),
        ),
        ("Jets bombed the rebel-held Mazrat Pocket.", ("Mazrat Pocket", "full")),
        ("The army entered Raqqa. Rebels took the housing area.", ("area around Raqqa", "full")),
        ("The army entered Raqqa. Rebels took the city.", ("Raqqa", "full")),
        ("The army captured three villages near Homs.", ("area around Homs", "full")),
        ("The army captured three districts of the city of Homs.", ("city of Homs", "partial")),
        ("The army captured the rest of Homs.", ("Homs", "full")),
        ("The army has captured about 70 percent of Homs.", ("Homs", "partial")),
        ("The army took control of a large part of Homs.", ("part of Homs", "partial")),
        ("The army captured Homs and most of the hills.", ("Homs", "full")),
        ("The army captured the Damascus suburb of Daraya.", ("suburb of Daraya", "full")),
        ("The army captured the town of Mazrat north of Homs.", ("town of Mazrat", "full")),
        ("The army regained full control of Homs.", ("Homs", "full")),
        ("Madaya, a town near Damascus besieged by the army, got no aid.", ("Madaya", "besieged")),
    ],
)
def test_where_unnamed_ground_lies(read, text, told):
    assert _told(read, text) == told


def test_a_capture_that_another_denies_is_told_whole(read):
    claims = list(read("The army said it captured Raqqa, but the rebels denied that it took Raqqa."))
    first = next(one for one in claims if isinstance(one, ControlClaim))
    assert first.degree == "full"
