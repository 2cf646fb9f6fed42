"""Which place or actor a correction names, by what an atlas knows: no claim of the case need be looked through."""

import json

from tadmor.dictionaries.names import fold
from tadmor.ledger.atlas import Atlas

#: Names that begin so and are looked at, those with most claims first.
_LOOKED_AT = 50


def identified(words: str, kind: str, atlas: Atlas) -> str:
    """The id of the only place, or actor, of the case that bears a name; else the words, for others to make out.

    A place goes by any of its spellings; an actor by its name alone, as spellings ("the army") are of several.
    """
    folded = fold(words)
    found = [one.id for one in atlas.names(folded, limit=_LOOKED_AT) if one.type == kind]
    bearing = [identity for identity in found if folded in _names(identity, kind, atlas)]
    return bearing[0] if len(bearing) == 1 else words


def _names(identity: str, kind: str, atlas: Atlas) -> set[str]:
    value = atlas.place(identity) if kind == "place" else atlas.actor(identity)
    row = json.loads(value or b'{"name": "", "aliases": []}')
    return {fold(one) for one in (row["name"], *(row["aliases"] if kind == "place" else ()))}
