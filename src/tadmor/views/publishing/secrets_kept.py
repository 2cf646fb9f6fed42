"""What must not be found in anything that is published: names, words, ids, places."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

import msgspec

from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.people import given_names
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.sifting import Confidential

#: Words of a claim that stays, if they are so many: fewer stand in other texts by chance.
_TELLING = 5


class KeptSecrets(msgspec.Struct, frozen=True, kw_only=True):
    """Words by the rule that withholds them, as `plain` writes words; ids as written; numbers of coordinates."""

    names: frozenset[str]
    confidential: frozenset[str]
    quotes: frozenset[str]
    titles: frozenset[str]
    ids: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]


def plain(text: str) -> str:
    """A text as it is compared: compatible letters, small, words parted by one blank, nothing else."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded))


class Kept:
    """Gathers what stays, document by document."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._quotes: set[str] = set()
        self._titles: set[str] = set()
        self._ids: set[str] = set()
        self._places: dict[str, GroundedClaim] = {}
        self._whole: set[str] = set()

    def document(self, document: Document) -> None:
        """A document's own id and file name never leave."""
        self._ids |= {document.id}
        stem = document.name.rsplit("/", 1)[-1]
        if len(stem) > 8:
            self._titles.add(plain(stem))

    def whole_document(self, document: Document) -> None:
        """A document of which nothing leaves."""
        self._whole.add(document.original)
        if document.title is not None:
            self.title(document.title)

    def names(self, names: Iterable[str], document: Document) -> None:
        """Names of private persons in a document, and its author's."""
        self._names |= {plain(one) for one in (*names, *([document.author] if document.author else []))}

    def title(self, title: str) -> None:
        """A title that stays."""
        if len(plain(title).split()) >= _TELLING:
            self._titles.add(plain(title))

    def claims(
        self, claims: Iterable[GroundedClaim], document: Document, *, whole: bool, words_only: bool = False
    ) -> None:
        """Claims that stay (`whole`), or of which the words and the places do."""
        for claim in claims:
            words = plain(document.text[claim.claim.start : claim.claim.end])
            if len(words.split()) >= _TELLING:
                self._quotes.add(words)
            self._ids.add(claim.id)
            if not words_only:
                self._places |= {one.id: claim for one in claim.places.values()}
            if whole:
                self._whole.add(document.original)

    def secrets(
        self, claims: Iterable[GroundedClaim], named: Iterable[str], confidential: Confidential, policy: Policy
    ) -> KeptSecrets:
        """What must not be found, given the claims that leave and the names of places that stand in them."""
        leaving = {one.id: one for claim in claims for one in claim.places.values()}
        above = {parent for one in leaving.values() for parent in one.parents}
        standing = set(named)
        gone = {key: one for key, claim in self._places.items() for one in claim.places.values()
                if one.id == key and key not in leaving and key not in above}
        places, numbers = set[str](), set[str]()
        near = {_point(one.lat, one.lon) for one in leaving.values()}
        for one in gone.values():
            places |= {plain(name) for name in (one.name,) if fold(name) not in standing and len(name) > 3}
            if one.lat is not None and one.lon is not None and _point(one.lat, one.lon) not in near:
                numbers |= {f"{one.lat:.4f}".rstrip("0")[:7], f"{one.lon:.4f}".rstrip("0")[:7]}
        spoken = {plain(one) for one in confidential.names} | {plain(one) for one in policy.persons_never}
        return KeptSecrets(
            names=frozenset(self._telling()) if policy.persons_private == "withhold" else frozenset(),
            confidential=frozenset(one for one in spoken if one),
            quotes=frozenset(self._quotes),
            titles=frozenset(self._titles),
            ids=frozenset(self._ids | {key for key in gone if ":" in key}),
            places=frozenset(places),
            numbers=frozenset(one for one in numbers if len(one) >= 6),
        )

    def _telling(self) -> Iterable[str]:
        """Names that tell by themselves: of two words or more, given and family name."""
        given = given_names()
        for name in self._names:
            parts = name.split()
            if len(parts) > 1 and len(name) > 6 and any(part in given for part in parts):
                yield name


def _point(lat: float | None, lon: float | None) -> Mapping[str, float] | tuple[float, float] | None:
    return (round(lat, 4), round(lon, 4)) if lat is not None and lon is not None else None
