"""The rows that sites are written in, and how names are made of spellings and words for the kind of site."""

from collections.abc import Iterator, Mapping

import msgspec

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.loading import items
from tadmor.dictionaries.names import fold

#: Where the spelling goes in a word for a kind of site; without it the word follows.
_STEM = "{}"


class SiteRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"within": "in"}):
    """One site as written.

    `at` is latitude and longitude in degrees, `radius_m` the metres around it within which the site lies. `within` is
    the country and, where it has one, the first-order division ("SY.11"). `of` names what it belongs to. `names` and
    `stems` are cells `A | B`; stems are joined with the words for the kind.
    """

    name: str
    kind: str
    at: tuple[float, float]
    radius_m: float
    within: str
    of: str | None = None
    level: Level = Level.SITE
    names: str = ""
    stems: str = ""

    @property
    def id(self) -> str:
        """Its id as a place."""
        return f"site:{fold(self.name).replace(' ', '_')}"

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.within.partition(".")[0]

    @property
    def admin1(self) -> str | None:
        """GeoNames code of the first-order division."""
        return self.within.partition(".")[2] or None

    def place(self, kinds: Mapping[str, tuple[str, ...]], parents: tuple[str, ...]) -> Place:
        """The place that the row says.

        Args:
            kinds: the words for each kind of site.
            parents: ids of what it belongs to, nearest first.
        """
        known = dict.fromkeys((*items(self.names), *self._joined(kinds.get(self.kind, ()))))
        return Place(
            id=self.id,
            name=self.name,
            level=self.level,
            lat=self.at[0],
            lon=self.at[1],
            radius_m=self.radius_m,
            country=self.country,
            admin1=self.admin1,
            parents=parents,
            aliases=tuple(name for name in known if name != self.name),
            site_kind=self.kind,
        )

    def _joined(self, words: tuple[str, ...]) -> Iterator[str]:
        for stem in items(self.stems):
            for word in words:
                yield word.replace(_STEM, stem) if _STEM in word else f"{stem} {word}"
