"""A search refined by what its claims have: each count is a link that asks for those alone."""

from collections.abc import Mapping
from typing import Any

import msgspec

#: What a search can be refined by, and how it is called on the page.
REFINED = {
    "kind": "Kind",
    "modality": "Said as",
    "place": "Place",
    "actor": "Actor",
    "source": "Source",
    "side": "Side of the source",
}
#: Things of a type that are offered at first; the rest stand behind "more".
SHORT = 6


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that claims have, how many do, and what is asked where it is clicked."""

    name: str
    claims: int
    asked: Mapping[str, str]


class Refinement(msgspec.Struct, frozen=True, kw_only=True):
    """A type of things. Where one of them is chosen, `without` is what is asked when it is given up."""

    title: str
    offered: tuple[Value, ...]
    chosen: str | None
    without: Mapping[str, str]


class Refining(msgspec.Struct, frozen=True, kw_only=True):
    """What is offered beside the claims that are found, of how many, and whether these are all."""

    types: tuple[Refinement, ...]
    counted: int
    all: bool
    short: int = SHORT


def refining(counts: Mapping[str, Any], asked: Mapping[str, str]) -> Refining:
    """What a search can be refined by; types that tell nothing apart are left out."""
    found = (_refinement(type_, title, counts[type_], asked) for type_, title in REFINED.items())
    told = tuple(one for one in found if one.chosen is not None or len(one.offered) > 1)
    return Refining(types=told, counted=int(counts["counted"]), all=bool(counts["all"]))


def _refinement(type_: str, title: str, counted: list[dict[str, Any]], asked: Mapping[str, str]) -> Refinement:
    without = {key: value for key, value in asked.items() if key != type_}
    chosen = asked.get(type_)
    name = next((str(one["name"]) for one in counted if one["id"] == chosen), chosen)
    offered = (
        Value(name=str(one["name"]), claims=int(one["claims"]), asked=without | {type_: one["id"]}) for one in counted
    )
    return Refinement(title=title, offered=tuple(offered), chosen=name, without=without)
