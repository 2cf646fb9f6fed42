"""A side's claims: whom they serve, and how likely they are to be confirmed."""

import numpy as np

from tadmor.record.fusion import SILENT, Voice, from_grid
from tadmor.record.fusion.claiming import confirmation, made, serves

LINE = np.array([[10.0, 20.0 + 0.02 * step] for step in range(10)])


def claimed(*starts: tuple[int, int], days: int = 90, silent: int = 0) -> Voice:
    """A layer of claims over a line of places: from a day on, of a place; place 7 is not spoken of for the first days."""
    said = np.zeros((days, 10), np.int8)
    for day, place in starts:
        said[day:, place] = 1
    said[:silent, 7] = SILENT
    return from_grid("side", ("OUT", "IN"), said)


def test_a_claim_is_made_when_it_begins() -> None:
    """Not on the days on which it stands, nor where the layer begins to speak."""
    found = made(claimed((5, 2), (9, 7), silent=3), "IN")
    assert list(zip(found.day.tolist(), found.place.tolist(), strict=True)) == [(5, 2), (9, 7)]
    assert not len(made(claimed((0, 1)), "IN").day)


def test_claims_serve_the_actor_in_whose_places_they_are_made() -> None:
    """However few places he holds."""
    smoothed = np.zeros((90, 10, 2))
    smoothed[:, :8, 0] = smoothed[:, 8:, 1] = 1.0
    assert serves(claimed((5, 8), (5, 9), (5, 0)), "IN", smoothed) == 1


def test_a_claim_on_a_moving_front_is_likelier_than_one_on_a_standing_front() -> None:
    """What holds around has changed within two weeks, or not."""
    moving, standing = np.zeros((90, 10)), np.zeros((90, 10))
    moving[12:, :5] = 1.0
    standing[:, :5] = 1.0
    claims = made(claimed((15, 5)), "IN")
    assert confirmation(claims, moving, LINE, 30)[0] > confirmation(claims, standing, LINE, 30)[0] + 0.1


def test_a_side_whose_claims_came_to_nothing_is_believed_less() -> None:
    """Once its earlier claims are old enough."""
    holds = np.zeros((90, 10))
    claims = made(claimed(*((1 + place, place) for place in range(9)), (80, 9)), "IN")
    told = confirmation(claims, holds, LINE, 30)
    assert told[-1] < told[0] - 0.2


def test_no_claim_no_chance() -> None:
    """An empty layer gives nothing."""
    assert not len(confirmation(made(claimed(), "IN"), np.zeros((90, 10)), LINE, 30))
