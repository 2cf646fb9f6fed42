"""All voices together: who held which place on which day."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.copying import Copying, echoes
from tadmor.record.fusion.country import World, world_of
from tadmor.record.fusion.daily import Daily, daily
from tadmor.record.fusion.filtering import Filtered, filtered
from tadmor.record.fusion.learning import Lesson, learn
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.tables import Table
from tadmor.record.fusion.voices import Voice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Fused:
    """Who holds what, kept for the days on which something is told of a place and worked out for others when asked.

    Args:
        world: what was told.
        actors: who may hold.
        lesson: what was learned, and what it says of the rows.
        heard: chance of each holder in each row as could be known on its day.
        settings: what was believed before.
        points: latitude and longitude of all places, degrees.
    """

    def __init__(
        self, world: World, actors: Sequence[str], lesson: Lesson, heard: Filtered, settings: Settings, points: Floats
    ) -> None:
        self.world = world
        self.actors = tuple(actors)
        self.lesson = lesson
        self.heard = heard
        self.settings = settings
        self.points = points

    @property
    def tables(self) -> tuple[Table, ...]:
        """What was learned of each voice."""
        return self.lesson.learned.tables

    @property
    def weight(self) -> Floats:
        """What of each voice counts as its own."""
        return self.lesson.learned.weight

    @property
    def copies(self) -> tuple[Copying, ...]:
        """Who repeats whom."""
        return self.lesson.copies

    @property
    def turning(self) -> float:
        """Chance a day that a place goes over to an actor who holds all places around."""
        return self.lesson.learned.turning

    def at(self, places: Sequence[int] | Ints) -> Daily:
        """Day by day at some places; costs days times places."""
        return daily(self, np.asarray(places, np.int64))

    @cached_property
    def _everywhere(self) -> Daily:
        return self.at(np.arange(len(self.points)))

    @property
    def smoothed(self) -> Floats:
        """Chance that each actor holds, as known after the last day; days by places by actors."""
        return self._everywhere.smoothed

    @property
    def filtered(self) -> Floats:
        """The same as could be known on the day: by its words and earlier ones, and by what these had taught."""
        return self._everywhere.filtered


def fuse(
    voices: Sequence[Voice],
    actors: Sequence[str],
    points: Floats,
    settings: Settings | None = None,
    days: int | None = None,
) -> Fused:
    """Who holds which place on which day, from what all voices say.

    Time and memory grow with the place-days of which something is said.

    Args:
        voices: what each says, of the same days and places.
        actors: who may hold a place: the words of voices that name holders.
        points: latitude and longitude of the places, degrees; `nan` where unknown.
        settings: what is believed before.
        days: how many there are; up to the last one told of.

    Raises:
        ValueError: nothing is said, fewer than two actors, or a voice speaks of places or days that are none.
    """
    settings = settings or Settings()
    last = max((int(voice.last.max(initial=-1)) for voice in voices), default=-1)
    days = last + 1 if days is None else days
    _check(voices, actors, points, last, days)
    world = world_of(tuple(voices), actors, points, settings, days)
    met = echoes(voices)
    lesson = learn(world, actors, met, settings, settings.rounds)
    return Fused(world, actors, lesson, filtered(world, actors, met, settings), settings, points)


def _check(voices: Sequence[Voice], actors: Sequence[str], points: Floats, last: int, days: int) -> None:
    if last < 0 or len(actors) < 2:
        message = "fusing needs a voice that says something and two actors"
        raise ValueError(message)
    if last >= days or any(voice.place.max(initial=-1) >= len(points) for voice in voices):
        message = "each voice must speak of the same days and places, one point each"
        raise ValueError(message)
