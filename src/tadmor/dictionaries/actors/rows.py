"""The rows of the actor tables, and the actors that countries bring with them."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.dictionaries.loading import items, spellings
from tadmor.dictionaries.names import fold


class Role(StrEnum):
    """What a word for a side means once the country is known: "the army" in Syria is the Syrian army."""

    GOVERNMENT = "government"
    FORCES = "forces"
    ARMY = "army"
    AIR = "air"
    NAVY = "navy"
    POLICE = "police"
    REBELS = "rebels"
    MILITANTS = "militants"
    JIHADISTS = "jihadists"
    KURDS = "kurds"
    COALITION = "coalition"
    PEOPLE = "people"


class Form(StrEnum):
    """What sort of name a phrase is: it decides which words after it belong to it."""

    NAME = "name"
    COUNTRY = "country"
    DEMONYM = "demonym"
    METONYM = "metonym"


class Name(msgspec.Struct, frozen=True):
    """What a phrase means: its possible actors, the likeliest first."""

    actors: tuple[Actor, ...]
    form: Form


class ActorRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One actor as written in a table: cells of several words are `A | B`, spellings that count exactly `=IS`."""

    id: str
    name: str
    kind: ActorKind
    aliases: str = ""
    parents: str = ""
    side: str | None = None
    country: str | None = None
    role: Role | None = None

    def actor(self) -> Actor:
        """The actor."""
        return Actor(
            id=self.id,
            name=self.name,
            kind=self.kind,
            aliases=tuple(name for name, _ in spellings(self.aliases)),
            parents=items(self.parents),
            side=self.side,
            country=self.country,
        )

    def names(self) -> Iterator[tuple[str, bool]]:
        """Every name, with whether it counts only as spelled. `=` before the name in `name` itself is not needed."""
        listed = list(spellings(self.aliases))
        if (self.name, True) not in listed:
            yield self.name, False
        yield from listed


class CountryRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One country: how its people and its capital are called, and who fills which role there.

    `state` is the actor that is its government, where that is a row of its own. `roles` overrides the forces that
    every country brings ("army: syrian_army") and names its rebels, Kurds, and so on.
    """

    id: str
    name: str
    iso: str  # ISO 3166-1 alpha-2
    demonyms: str = ""
    metonyms: str = ""
    aliases: str = ""
    state: str | None = None
    roles: dict[Role, str] = {}

    @property
    def state_id(self) -> str:
        """The id of its government."""
        return self.state or self.id

    @property
    def people(self) -> str:
        """The first demonym, or the country's name where it has none."""
        return next((name for name, _ in spellings(self.demonyms)), self.name)

    def names(self) -> Iterator[tuple[str, bool, Form]]:
        """Every name that stands for the state, with whether it counts only as spelled, and its form."""
        yield self.name, False, Form.COUNTRY
        for cell, form in ((self.aliases, Form.COUNTRY), (self.demonyms, Form.DEMONYM), (self.metonyms, Form.METONYM)):
            for name, exactly in spellings(cell):
                yield name, exactly, form


#: The forces that every country brings: role, what follows the demonym, what it is part of (nearest first).
_FORCES: tuple[tuple[Role, str, tuple[Role, ...]], ...] = (
    (Role.FORCES, "Armed Forces", ()),
    (Role.ARMY, "Army", (Role.FORCES,)),
    (Role.AIR, "Air Force", (Role.FORCES,)),
    (Role.NAVY, "Navy", (Role.FORCES,)),
    (Role.POLICE, "Police", ()),
)


def state_of(country: CountryRow) -> Actor:
    """The country's government as an actor."""
    return Actor(
        id=country.id,
        name=country.name,
        kind=ActorKind.STATE,
        aliases=tuple(name for name, _, _ in country.names())[1:],
        country=country.iso,
    )


def role_ids(country: CountryRow) -> dict[Role, str]:
    """Which actor fills which role in a country."""
    slug = fold(country.people).replace(" ", "_")
    own = {role: f"{slug}_{fold(noun).replace(' ', '_')}" for role, noun, _ in _FORCES}
    return {Role.GOVERNMENT: country.state_id, **own, **country.roles}


def forces_of(country: CountryRow) -> Iterator[Actor]:
    """The forces that a country brings, those left out that `roles` names."""
    ids = role_ids(country)
    for role, noun, within in _FORCES:
        if role in country.roles:
            continue
        yield Actor(
            id=ids[role],
            name=f"{country.people} {noun}",
            kind=ActorKind.STATE_FORCE,
            parents=(*(ids[part] for part in within), country.state_id),
            side=country.state_id,
            country=country.iso,
        )
