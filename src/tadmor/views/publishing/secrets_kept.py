"""What must not be found in anything that is published: names, words, ids, places."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.people import given_names, load_roles, ordinary_words
from tadmor.views.publishing.phrasing import Phrases, plain, spellings
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.sifting import Confidential

#: Words of a claim that stays, if they are so many: fewer stand in other texts by chance.
_TELLING = 5
#: Letters of a file's name with its suffix that are no everyday words; without a suffix, as of a page, they may be.
_A_NAME = 8
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
#: Digits of degrees that pages show.
_PAGES = 3
#: Letters of a number of degrees that is not round.
_FINE = 6
_SMALL = load_roles().particles


class KeptSecrets(msgspec.Struct, frozen=True, kw_only=True):
    """Words by the rule that withholds them, as `plain` writes words; ids as written; latitudes with longitudes.

    A latitude alone is no place, and many places share one to ten metres.
    """

    names: frozenset[str]
    confidential: frozenset[str]
    quotes: frozenset[str]
    titles: frozenset[str]
    ids: frozenset[str]
    places: frozenset[str]
    points: frozenset[tuple[str, str]]


class Kept:
    """Gathers what stays, document by document."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._quotes: set[str] = set()
        self._titles: set[str] = set()  # of documents of which nothing leaves, and file names
        self._heads: set[str] = set()  # titles of documents of which something does
        self._ids: set[str] = set()
        self._places: dict[str, Place] = {}
        self._originals: set[str] = set()

    @property
    def words(self) -> frozenset[str]:
        """Words of claims that stay, so many that they are nobody else's by chance; file names and titles that stay."""
        return frozenset(self._quotes | self._titles)

    def document(self, document: Document) -> None:
        """A document's own id and file name never leave, nor its original's digest but with the document."""
        self._ids |= {document.id}
        self._originals.add(document.original)
        name = document.name.rsplit("/", 1)[-1]
        if len(name) > _A_NAME and _SUFFIX.search(name):
            self._titles.add(plain(name))

    def whole_document(self, document: Document) -> None:
        """A document of which nothing leaves."""
        if document.title is not None and len(plain(document.title).split()) >= _TELLING:
            self._titles.add(plain(document.title))

    def names(self, names: Iterable[str], document: Document) -> None:
        """Names of private persons in a document, and its author's."""
        self._names |= {plain(one) for one in (*names, *([document.author] if document.author else []))}

    def title(self, title: str) -> None:
        """A title that stays, of a document of which something leaves."""
        if len(plain(title).split()) >= _TELLING:
            self._heads.add(plain(title))

    def claims(self, claims: Iterable[GroundedClaim], document: Document) -> None:
        """Claims that stay, or of which the words and the places do."""
        for claim in claims:
            words = plain(document.text[claim.claim.start : claim.claim.end])
            if len(words.split()) >= _TELLING:
                self._quotes.add(words)
            self._ids.add(claim.id)
            self._places |= {one.id: one for one in claim.places.values()}

    def secrets(
        self,
        claims: Iterable[GroundedClaim],
        originals: Iterable[str],
        places: Iterable[str],
        confidential: Confidential,
        policy: Policy,
        public: Iterable[frozenset[str]],
    ) -> KeptSecrets:
        """What must not be found, given claims that leave, originals told of, places that stay, persons that stand."""
        claims = tuple(claims)
        telling = set(self._telling(tuple(public)))
        formed = {form for one in telling for form in (*spellings(one), *_turned(one))}
        told = Phrases({"": formed})
        spoken_for = {plain(text) for claim in claims for text in _named(claim)}
        again = {
            " ".join(text.split()[first:after]) for text in spoken_for for first, after, _ in told.found(text.split())
        }
        gone = self._gone(claims)
        shown = {
            number for claim in claims for one in claim.places.values() for point in _points(one) for number in point
        }
        spoken = {form for one in (*confidential.names, *policy.persons_never) for form in spellings(one)}
        return KeptSecrets(
            names=frozenset(formed - again) if policy.persons_private == "withhold" else frozenset(),
            confidential=frozenset(one for one in spoken if one),
            quotes=frozenset(self._quotes),
            titles=frozenset(self._titles | (self._heads - _said(self._heads, claims))),
            ids=frozenset(self._ids | (self._originals - set(originals)) | {one.id for one in gone if ":" in one.id}),
            places=frozenset(map(plain, places)),
            points=frozenset(point for one in gone for point in _points(one) if not shown >= {*point}),
        )

    def gone_names(self, claims: Iterable[GroundedClaim], wider: Iterable[Place]) -> frozenset[str]:
        """Names of the places that are told by wider ones or not at all, but for those that stand in a name that stays.

        Args:
            claims: those that leave with their places.
            wider: places by which others are told.
        """
        claims, wider = tuple(claims), tuple(wider)
        standing = Phrases({"": (plain(name) for one in self._gone(claims) for name in (one.name, *one.aliases))})
        kept = {plain(name) for claim in claims for one in claim.places.values() for name in (one.name, *one.aliases)}
        kept |= {plain(name) for one in wider for name in (one.name, *one.aliases)}
        kept |= {plain(text) for claim in claims for text in _bodies(claim)}
        stand = {
            tuple(words.split()[first:after]) for words in kept for first, after, _ in standing.found(words.split())
        }
        ordinary, actors = ordinary_words(), load_actors()
        return frozenset(
            name
            for one in self._gone(claims)
            for name in (one.name, *one.aliases)
            if len(name) > 3
            and tuple(plain(name).split()) not in stand
            and not any(end - start == len(name) for start, end, _ in actors.find(name))
            and not all(word in ordinary or len(word) < 2 for word in plain(name).split())
        )

    def _gone(self, claims: Iterable[GroundedClaim]) -> list[Place]:
        """Places of claims that stay, or are told by wider ones, which no claim that leaves names."""
        leaving = {key for claim in claims for one in claim.places.values() for key in (one.id, *one.parents)}
        return [one for key, one in self._places.items() if key not in leaving]

    def _telling(self, public: Sequence[frozenset[str]]) -> Iterable[str]:
        """Names that tell by themselves: of two words or more, one of them a given name, and nobody's who is public."""
        given = given_names()
        for name in self._names:
            parts = name.split()
            telling = len(parts) > 1 and len(name) > 6 and any(part in given for part in parts)
            if telling and not any(set(parts) - _SMALL <= one for one in public):
                yield name


def _said(heads: Iterable[str], claims: Iterable[GroundedClaim]) -> set[str]:
    """Those titles that claims which leave have for their words: losses of civilians in a headline of today."""
    told = Phrases({"": heads})
    words = (plain(claim.claim.quote).split() for claim in claims)
    return {" ".join(own[first:after]) for own in words for first, after, _ in told.found(own)}


def _turned(name: str) -> Iterator[str]:
    """A name of two words as lists write it, the last one first."""
    words = name.split()
    if len(words) == 2:
        yield f"{words[1]} {words[0]}"


def _bodies(claim: GroundedClaim) -> Iterator[str]:
    """Names of listed actors and of bodies that speak, which may hold a place's."""
    yield from (text for one in claim.voices for text in (one.name, one.id))
    listed = (one for found in claim.actors.values() for one in found if not one.id.startswith("name:"))
    yield from (text for one in listed for text in (one.name, one.id, *one.aliases))


def _named(claim: GroundedClaim) -> Iterator[str]:
    """The names of bodies and places in a claim that leaves, cleaned already: a private person may bear the same."""
    yield from (one.name for one in claim.voices)
    yield from (text for found in claim.actors.values() for one in found for text in (one.name, *one.aliases))
    yield from (text for one in claim.places.values() for text in (one.name, *one.aliases))


def _points(place: Place) -> Iterator[tuple[str, str]]:
    """The latitude and longitude of a place as the check writes numbers, to ten metres and as pages show them.

    Left out where both are so round that any two numbers may be they.
    """
    if place.lat is None or place.lon is None:
        return
    for point in ((place.lat, place.lon), (round(place.lat, _PAGES), round(place.lon, _PAGES))):
        lat, lon = map(as_number, point)
        if max(len(lat), len(lon)) >= _FINE:
            yield lat, lon


def as_number(degrees: float) -> str:
    """Degrees with as many digits as tell a place: about ten metres."""
    return f"{degrees:.4f}".rstrip("0")[:7]
