"""Sites that a text calls by their kind alone."""

import pytest

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.sites.described import kinds_called, site_called


def town(name: str, id_: str, at: tuple[float, float], population: int = 90_000) -> Place:
    """A town of Syria."""
    return Place(id=id_, name=name, level=Level.SETTLEMENT, lat=at[0], lon=at[1], country="SY", population=population)


HAMA = town("Hama", "gn:170017", (35.13, 36.75))


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("the old citadel", {"citadel"}),
        ("military airport", {"air_base", "airport"}),
        ("gas field", {"gas_field"}),
        ("field", {"gas_field", "oil_field"}),
        ("minefield", set()),
    ],
)
def test_the_longest_noun_tells_the_kinds(words: str, kinds: set[str]) -> None:
    assert kinds_called(words.split()) == kinds


def test_the_towns_only_site_is_meant() -> None:
    """By its name, by what it belongs to, or by lying near; not where there is none, and never for a bare base."""
    tiyas = town("Tiyas", "gn:0", (34.56, 37.67))
    found = [site_called(noun, place) for noun, place in (("airport", HAMA), ("air base", tiyas), ("dam", HAMA))]
    assert [site.name if site else None for site in found] == ["Hama air base", "Tiyas air base", None]
    assert site_called("base", HAMA) is None


def test_a_large_town_has_several() -> None:
    """There only the town's own name tells which."""
    large = town("Damascus", "gn:170654", (33.51, 36.29), 2_000_000)
    airport = site_called("airport", large)
    assert airport is not None
    assert airport.name == "Damascus International Airport"
    assert site_called("prison", large) is None
