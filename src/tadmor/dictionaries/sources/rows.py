"""The rows of the source tables."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.sources import Source, SourceKind
from tadmor.dictionaries.loading import items, spellings


class SourceRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source as written in a table: cells of several words are `A | B`, spellings that count exactly `=AP`.

    `alone` false: a word too common to be a speaker wherever it stands; it counts by itself in `lookup`, and after a
    name. An unnamed kind that is not `sided` takes the side of a group, but not of a state ("Syrian activists").
    `any_side`: an office that every armed side has ("field commander"), of no country until a name says so. What a
    `confidential` one says is never published.
    """

    id: str
    name: str
    kind: SourceKind
    aliases: str = ""
    sides: str = ""
    speaks_for: str = ""
    owner: str | None = None
    country: str | None = None
    alone: bool = True
    sided: bool = False
    any_side: bool = False
    confidential: bool = False

    def source(self) -> Source:
        """The source."""
        return Source(
            id=self.id,
            name=self.name,
            kind=self.kind,
            sides=items(self.sides),
            aliases=tuple(name for name, _ in spellings(self.aliases)),
            owner=self.owner,
            country=self.country,
            speaks_for=items(self.speaks_for),
        )

    def names(self) -> Iterator[tuple[str, bool]]:
        """Every name, with whether it counts only as spelled; the name itself does where `aliases` lists it so."""
        listed = list(spellings(self.aliases))
        if self.name and (self.name, True) not in listed:
            yield self.name, False
        yield from listed
