"""The list of well-known changes of control, `known.toml`: what it says, its parts and halves, days drawn from it."""

import hashlib
import random
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

FILE = Path(__file__).parent / "known.toml"
#: How many place-days are drawn from each of the lists that were written at one time, and the seed they are drawn by.
DRAWN, SEED = 200, 4
HALVES = ("choose", "measure")


class Part(StrEnum):
    """Which of the list: the forty changes written first, those added to them, or all."""

    FIRST = "first"
    ADDED = "added"
    ALL = "all"


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A well-known change of control; `first` and `last` are inclusive, `sources` in words.

    `told` says how near the measured texts tell it: to a "day" or so, to a "month", or "no".
    """

    loser: str = msgspec.field(name="from")
    gainer: str = msgspec.field(name="to")
    first: date
    last: date
    sources: str
    told: Literal["day", "month", "no"]
    added: bool = False


class Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days, both inclusive, throughout which one side is known to have held a place."""

    by: str
    first: date
    last: date


class KnownPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place of the list; `id` is that of the gazetteer."""

    name: str
    id: str
    held: tuple[Held, ...]
    changes: tuple[Change, ...]
    added: bool = False


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The list: `sides` gives the ids of actors that may stand for each name."""

    sides: dict[str, tuple[str, ...]]
    places: tuple[KnownPlace, ...]


class PlaceDay(NamedTuple):
    """A day of which it is known who held a place."""

    place: KnownPlace
    day: date
    holder: str


class KnownChange(NamedTuple):
    """A change and where."""

    place: KnownPlace
    change: Change


def listed(file: Path = FILE) -> Known:
    """The list as written."""
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Known)


def half_of(known: Known, half: str | None) -> tuple[KnownPlace, ...]:
    """Every other place, in an order that nothing known of them decides; all, where no half is named.

    Places that were added are halved among themselves, so that no place changed its half.
    """
    if half is None:
        return known.places
    chosen: list[KnownPlace] = []
    for added in (False, True):
        places = [place for place in known.places if place.added is added]
        mixed = sorted(places, key=lambda place: hashlib.sha256(place.name.encode()).hexdigest())
        chosen += mixed[HALVES.index(half) :: len(HALVES)]
    return tuple(chosen)


def changes_of(places: Sequence[KnownPlace], part: Part) -> list[KnownChange]:
    """The changes at some places that belong to a part of the list."""
    changes = [KnownChange(place, change) for place in places for change in place.changes]
    return [one for one in changes if part is Part.ALL or (part is Part.ADDED) == (one.place.added or one.change.added)]


def drawn(known: Known, part: Part = Part.FIRST) -> list[PlaceDay]:
    """The place-days of a part: a spell of its places, each as likely, then a day of it, each as likely."""
    if part is Part.ALL:
        return drawn(known, Part.FIRST) + drawn(known, Part.ADDED)
    dice = random.Random(SEED)  # noqa: S311  # a sample to be drawn again, no secret
    places = [place for place in known.places if place.added is (part is Part.ADDED)]
    spells = [(place, held) for place in places for held in place.held]
    days = []
    for _ in range(DRAWN):
        place, held = dice.choice(spells)
        day = held.first + timedelta(days=dice.randrange((held.last - held.first).days + 1))
        days.append(PlaceDay(place, day, held.by))
    return days
