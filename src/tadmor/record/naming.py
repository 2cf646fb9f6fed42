"""Names to speak of places and camps in words."""

from collections.abc import Iterable

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import Interval


class Names:
    """The names that the claims give to the places and actors of the record.

    Args:
        claims: all claims of the case.
    """

    def __init__(self, claims: Iterable[GroundedClaim]) -> None:
        self._names: dict[str, str] = {}
        for claim in claims:
            for place in claim.places.values():
                self._names.setdefault(place.id, place.name)
            for actors in claim.actors.values():
                for actor in actors:
                    self._names.setdefault(actor.id, actor.name)

    def of(self, key: str | None) -> str:
        """The name of a place or an actor; a camp that no claim names is looked up, else spelled out of its id."""
        if key is None:
            return "a place not told"
        return self._names.get(key) or _camp_name(key)

    def all_of(self, keys: Iterable[str]) -> str:
        """Several names, in order of the alphabet."""
        return " and ".join(sorted(self.of(key) for key in keys))


def _camp_name(key: str) -> str:
    from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - only for a camp that no claim names itself

    known = load_actors().get(key)
    return known.name if known is not None else key.removeprefix("name:").replace("_", " ")


def days_in_words(interval: Interval | None) -> str:
    """Days as inclusive ISO dates."""
    if interval is None:
        return "no day told"
    if interval.days == 1:
        return interval.start.isoformat()
    return f"{interval.start.isoformat()} to {interval.last.isoformat()}"
