"""What a person put together and what apart: links reach on, partings follow them.

Of A with B and B with C, A and C are together too. Words that cannot all hold (then A apart from C) are refused where
they are given; where such a set comes in all the same, the later ones count.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol


class Word(Protocol):
    """A person's word on two things, by id: are they one?"""

    @property
    def one(self) -> str:
        """The one."""

    @property
    def other(self) -> str:
        """The other."""

    @property
    def same(self) -> bool:
        """Are they one?"""


class Joined:
    """Which things a person put together, and which apart.

    Args:
        words: what was said of pairs, in the order said.
    """

    def __init__(self, words: Sequence[Word] = ()) -> None:
        self._linked: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one in reversed(words):
            self._link(one) if one.same else self._part(one)

    def _link(self, word: Word) -> None:
        one, other = self._first(word.one), self._first(word.other)
        if one == other or other in self._apart[one]:
            return
        self._linked[other] = one
        for parted in self._apart.pop(other, set()):
            self._apart[parted].discard(other)
            self._apart[parted].add(one)
            self._apart[one].add(parted)

    def _part(self, word: Word) -> None:
        one, other = self._first(word.one), self._first(word.other)
        if one != other:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def _first(self, identity: str) -> str:
        """The one that stands for all that are linked with it."""
        while identity in self._linked:
            identity = self._linked[identity]
        return identity

    def same(self, one: str, other: str) -> bool:
        """Are two together, by a person's word?"""
        return self._first(one) == self._first(other)

    def apart(self, one: str, other: str) -> bool:
        """Are two apart, by a person's word?"""
        return self._first(other) in self._apart.get(self._first(one), ())
