"""What the statuses of a table of control mean: a holder, contested, besieged, or nothing about who holds the place."""

from collections.abc import Mapping
from enum import StrEnum

from tadmor.dictionaries.actors import ActorTable
from tadmor.dictionaries.names import fold

#: Words by which tables say that nobody is known to hold a place, folded.
_NOTHING = frozenset({"other", "unknown", "none", "no data", "not known", "na", "n a"})
_CONTESTED = frozenset({"contested", "disputed", "contested area", "mixed control"})
_BESIEGED = frozenset({"besieged", "encircled"})
#: What a user writes for a status to be left out.
LEFT_OUT = "-"


class Meaning(StrEnum):
    """What a status says, apart from naming a holder."""

    CONTESTED = "contested"
    BESIEGED = "besieged"
    NOTHING = "nothing"


class Statuses:
    """The statuses of one table.

    Args:
        actors: whose names are known.
        given: what the user says that statuses mean: an actor's name or id, contested, besieged, or - for nothing.
    """

    def __init__(self, actors: ActorTable, given: Mapping[str, str] | None = None) -> None:
        self._actors = actors
        self._given = {fold(word): meant.strip() for word, meant in (given or {}).items()}

    def meaning(self, status: str) -> Meaning | str | None:
        """What a status says; a string is the id or name of its holder; `None`: it is not known."""
        meant = self._given.get(fold(status))
        word = fold(meant if meant is not None else status)
        if meant == LEFT_OUT or (meant is None and not word) or word in _NOTHING:
            return Meaning.NOTHING
        if word in _CONTESTED:
            return Meaning.CONTESTED
        if word in _BESIEGED:
            return Meaning.BESIEGED
        if meant is not None:
            return self._known(meant) or meant
        return self._known(status)

    def unknown_holders(self) -> tuple[str, ...]:
        """What the user named as a holder and the actor table does not know."""
        named = (self.meaning(status) for status in self._given)
        return tuple(
            one for one in named if isinstance(one, str) and not isinstance(one, Meaning) and not self._known(one)
        )

    def guess(self, status: str) -> str:
        """Who a status that is not known may be: the state whose code it is; else no name."""
        state = self._actors.state(status.upper()) if len(status) == 2 else None
        return state.name if state is not None else "NAME"

    def _known(self, name: str) -> str | None:
        """The id of an actor by its id or name."""
        if self._actors.get(name) is not None:
            return name
        found = self._actors.lookup(name)
        return found[0].id if found else None
