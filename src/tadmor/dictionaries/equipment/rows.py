"""Weapons and platforms: the type that stages see, and the rows that the tables are written in."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from tadmor.dictionaries.loading import spellings


class EquipmentKind(StrEnum):
    """What sort of weapon, vehicle or craft."""

    TANK = "tank"
    IFV = "ifv"  # infantry fighting vehicle
    APC = "apc"  # armoured personnel carrier
    ARMOURED_VEHICLE = "armoured_vehicle"
    VEHICLE = "vehicle"
    ENGINEERING = "engineering"
    ARTILLERY = "artillery"
    MORTAR = "mortar"
    MLRS = "mlrs"  # rockets fired from the ground
    ANTI_TANK = "anti_tank"
    SMALL_ARMS = "small_arms"
    MINE = "mine"
    AIR_DEFENCE = "air_defence"
    MANPADS = "manpads"  # air defence carried by a person
    BALLISTIC_MISSILE = "ballistic_missile"
    CRUISE_MISSILE = "cruise_missile"
    ANTI_SHIP_MISSILE = "anti_ship_missile"
    AIR_MISSILE = "air_missile"  # fired from aircraft
    BOMB = "bomb"
    COMBAT_AIRCRAFT = "combat_aircraft"  # which sort is not said: "warplanes"
    FIGHTER = "fighter"
    BOMBER = "bomber"
    ATTACK_AIRCRAFT = "attack_aircraft"
    TRANSPORT_AIRCRAFT = "transport_aircraft"
    SURVEILLANCE_AIRCRAFT = "surveillance_aircraft"
    HELICOPTER = "helicopter"
    DRONE = "drone"
    WARSHIP = "warship"
    SUBMARINE = "submarine"
    NAVAL_DRONE = "naval_drone"
    RADAR = "radar"
    ELECTRONIC_WARFARE = "electronic_warfare"


class Equipment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A weapon system, platform or ship, or (`generic`) a word for a whole kind of them.

    `family` is the id that a variant belongs to (Iskander-M is of Iskander): a text that names only the family leaves
    the variant open. `needs_context` are those of its names that are other words as well ("fighters"); `find` takes
    them only where the words around speak of weapons of this kind.
    """

    id: str
    name: str
    kind: EquipmentKind
    aliases: tuple[str, ...] = ()
    family: str | None = None
    generic: bool = False
    needs_context: tuple[str, ...] = ()


class EquipmentRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row as written: `names` and `near` are cells `A | B | =Exactly`, the first of `names` is the name."""

    id: str
    kind: EquipmentKind
    names: str
    of: str | None = None
    generic: bool = False
    near: str = ""

    def equipment(self) -> Equipment:
        """What the row says."""
        name, *aliases = (name for name, _ in spellings(self.names))
        return Equipment(
            id=self.id,
            name=name,
            kind=self.kind,
            aliases=tuple(aliases),
            family=self.of,
            generic=self.generic,
            needs_context=tuple(name for name, _ in spellings(self.near)),
        )

    def listed(self) -> Iterator[tuple[str, bool, bool]]:
        """Every name, with whether it counts only as spelled and only in context."""
        for cell, ambiguous in ((self.names, False), (self.near, True)):
            for name, exactly in spellings(cell):
                yield name, exactly, ambiguous


class KindWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kinds.yaml`: which words around show each kind to be meant, and phrases that mean no weapon."""

    near: dict[EquipmentKind, str]
    not_meant: str
