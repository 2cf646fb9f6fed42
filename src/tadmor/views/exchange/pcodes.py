"""OCHA's p-codes of places, from the administrative files that the user imported into the case."""

from collections.abc import Iterable

from tadmor.datamodel.entries import Ground
from tadmor.datamodel.places import Division
from tadmor.dictionaries.names import fold

_PREFIX = "pcode:"
#: Words that only say what kind of division a name is.
_KIND = frozenset(
    ["governorate", "governate", "province", "district", "subdistrict", "sub", "muhafazat", "mantiqa", "nahiya", "of"]
)


class PCodes:
    """The p-codes of a case."""

    def __init__(self, divisions: Iterable[Division] = ()) -> None:
        self._by_code = {one.code: one for one in divisions}
        self._by_name: dict[tuple[int, str], list[Division]] = {}
        for one in self._by_code.values():
            for name in {bare(name) for name in one.names}:
                self._by_name.setdefault((one.depth, name), []).append(one)

    def __bool__(self) -> bool:
        """Are there any?"""
        return bool(self._by_code)

    def of(self, ground: Ground) -> dict[int, str]:
        """The codes of what a place lies in, by depth: its own id's, else of divisions whose names it or its row gives.

        A name that two divisions have is no code, unless one lies in the division that was found above it.
        """
        own = _own(ground)
        if own is not None and own in self._by_code:
            return self._with_above(self._by_code[own])
        found: dict[int, str] = {}
        names = [bare(name) for name in _names(ground)]
        for depth in (1, 2, 3):
            fits = [one for name in names for one in self._by_name.get((depth, name), ())]
            inside = [one for one in fits if not found or set(one.above) & set(found.values())]
            codes = {one.code for one in inside}
            if len(codes) == 1:
                found[depth] = codes.pop()
        return found

    def _with_above(self, division: Division) -> dict[int, str]:
        found = {division.depth: division.code}
        for code in division.above:
            above = self._by_code.get(code)
            if above is not None:
                found[above.depth] = code
        return found


def _own(ground: Ground) -> str | None:
    ids = [ground.place.id] if ground.place is not None else []
    ids += [identity for _, identity in ground.within]
    return next((one.removeprefix(_PREFIX) for one in ids if one.startswith(_PREFIX)), None)


def _names(ground: Ground) -> Iterable[str]:
    """What a place lies in, the widest first; a place is a division by its name only where it is one."""
    yield from (name for name, _ in reversed(ground.within))
    if ground.spot is not None:
        yield from reversed(ground.spot.within)
    if ground.place is not None and ground.place.level.value in ("province", "district"):
        yield ground.place.name
        yield from ground.place.aliases


def bare(name: str) -> str:
    """A division's name without the word for its kind, folded: "Homs Governorate" is homs."""
    return " ".join(word for word in fold(name).split() if word not in _KIND) or fold(name)
