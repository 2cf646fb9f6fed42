"""What was last asked for, up to so many bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

#: What an entry takes besides its own bytes, by judgement: its key, its headers, its place in a table.
_BESIDES = 1000


class Lately(Generic[K, V]):
    """Values by key; those not asked for longest give way. One thread at a time.

    Args:
        most: bytes that they may take together; one value stays, however large it is.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value of a key, if it is still kept."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def keep(self, key: K, value: V, size: int) -> None:
        """Keep a value that takes so many bytes, in place of the one that the key had."""
        self.drop(key)
        self._values[key] = value, size + _BESIDES
        self._taken += size + _BESIDES
        while self._taken > self._most and len(self._values) > 1:
            self.drop(next(iter(self._values)))

    def drop(self, key: K) -> None:
        """Keep the value of a key no longer, where there is one."""
        _, size = self._values.pop(key, (None, 0))
        self._taken -= size
