"""Movement, and presence of forces and equipment."""


def test_a_convoy_arrives(read):
    """An arrival has who and where to."""
    claim = read("A convoy of Russian troops arrived in Palmyra on Saturday.", "movement")[0]
    assert "Russian troops" in claim.what.expression
    assert claim.destination.expression == "Palmyra"


def test_a_withdrawal_has_an_origin(read):
    """A withdrawal has who and where from."""
    claim = read("Ukrainian forces withdrew from Lysychansk.", "movement")[0]
    assert claim.origin.expression == "Lysychansk"
    assert claim.destination is None


def test_listed_systems_are_one_presence_each(read):
    """A list of equipment types gives a claim each, with the system's id."""
    claims = read("Russia still has Su-30 strike jets and Su-35 fighters at Hmeimim.", "presence")
    assert {claim.what.expression[:5] for claim in claims} >= {"Su-30", "Su-35"}
    assert all(claim.place.expression == "Hmeimim" for claim in claims)


def test_positions_in_a_place(read):
    """Forces stationed somewhere are present there."""
    claim = read("Fighters of the group are positioned in Binnish.", "presence")[0]
    assert claim.place.expression == "Binnish"
