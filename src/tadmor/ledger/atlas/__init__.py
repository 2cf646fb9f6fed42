"""The atlas: a record laid out for looking things up, in a file beside the case that can be made anew at any time.

The ledger keeps what was said and decided; what is concluded from it is reckoned for a whole case at once. Whoever
turns pages wants one place, one day, one claim at a time: the atlas holds each answer ready, with the columns that it
is asked by. It is no evidence, and no decision is ever written to it.
"""

from tadmor.ledger.atlas.asking import Atlas, Finding, Page, Wanted
from tadmor.ledger.atlas.entries import (
    ClaimEntry,
    DocumentEntry,
    FindingEntry,
    FindingKind,
    NamedEntry,
    PlaceEntry,
    RestsEntry,
)
from tadmor.ledger.atlas.making import AtlasWriter, atlas_at, forget

__all__ = [
    "Atlas",
    "AtlasWriter",
    "ClaimEntry",
    "DocumentEntry",
    "Finding",
    "FindingEntry",
    "FindingKind",
    "NamedEntry",
    "Page",
    "PlaceEntry",
    "RestsEntry",
    "Wanted",
    "atlas_at",
    "forget",
]
