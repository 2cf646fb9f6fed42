"""What the words of a voice teach of it, and how often it is right by them.

A word is borne out by others with chance q; where nobody knew, q would be c. How often a voice is right, r, is the one
under which its words are likeliest,

    P(word | r)  ~  r q / c + (1 - r) (1 - q) / (1 - c),

so that a word of which others say nothing (q = c) teaches nothing, and no voice is judged by its own words. Words that
serve the voice's side, go against it, or neither, are learned apart, and so are those of who held a place and those of
how many were harmed. A Beta prior holds r near its kind's; the kinds' own come from the case too, held near those that
ship with tadmor, so that a source never seen before starts with its kind, and as wide. Where a person graded a source,
r is held near what the letter is worth instead. The one-coin model of Dawid and
Skene (1979, doi:10.2307/2346806) with informative priors.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import SourceKind
from tadmor.record.grades import credibility, grade, worth
from tadmor.record.independence import Voices
from tadmor.record.reliability import Prior, at_first

#: Words that the prior of a kind counts for, and that of a voice. By judgement: known changes and days hardly hang on
#: them (10 and 20 to 40 and 80: within two changes of 93 and five days of 400), nor does `quality.fared`.
KIND, VOICE = 20.0, 40.0
#: Words of a kind that others could tell of before anything is learned of it: of two that differ nobody knows who errs.
ENOUGH = 3.0
#: Steps to the likeliest r: the last moves none by a thousandth.
_STEPS = 30


class Lesson(NamedTuple):
    """What one word teaches of its voice: q and c as above, and how much of a word it is."""

    claim: GroundedClaim
    voice: str
    stake: int  # -1 serves its own side, 1 goes against it, 0 neither
    chance: float
    blind: float
    sure: float
    share: float = 1.0

    @property
    def told(self) -> float:
        """How much others tell of the matter, 0..1."""
        return abs(self.chance - self.blind) / max(self.blind, 1 - self.blind)

    @property
    def weight(self) -> float:
        """How much of a word that others can tell of it is."""
        return self.share * self.sure * self.told


class Standing(NamedTuple):
    """How one voice fared with words of one sort; `first` is how often its kind is right.

    `compared` counts the words that others could tell of, `agreed` those among them that they bear out; `held` is how
    many words the prior counts for. `given` is the letter that a person gave.
    """

    voice: str
    kind: SourceKind
    about: str  # kind of claim
    stake: int
    first: float
    right: float
    compared: float
    agreed: float
    lessons: tuple[Lesson, ...]
    held: float
    given: str | None = None

    @property
    def grade(self) -> str:
        """Its Admiralty grade, A to F: the one that a person gave, else that which its words earn."""
        return self.given or grade(self.right, self.compared)

    def without(self, lesson: Lesson) -> float:
        """How often the voice would be right if it had never said this."""
        return _right([one for one in self.lessons if one is not lesson], self.first, self.held)


_Sort = tuple[str, SourceKind, int]


class Fared:
    """The standings of a case.

    Args:
        standings: of the voices that others could tell of.
        kinds: of all voices of a kind together, by kind of claim, kind of source and interest.
        voices: who speaks in which claim.
        taught: all lessons.
    """

    def __init__(
        self,
        standings: Iterable[Standing],
        kinds: Mapping[_Sort, Standing],
        voices: Voices,
        taught: Iterable[Lesson] = (),
    ) -> None:
        self._by_voice = {(one.about, one.voice, one.stake): one for one in standings}
        self._kinds = kinds
        self._voices = voices
        self.taught = tuple(taught)
        self._most: dict[str, Lesson] = {}
        for one in self.taught:
            known = self._most.setdefault(one.claim.id, one)
            self._most[one.claim.id] = max(known, one, key=lambda each: each.told)

    def standing(self, claim: GroundedClaim, stake: int) -> Standing | None:
        """How the voice of a claim fared; of one that nobody could check, how its kind did; `None`: not known."""
        own = self._by_voice.get((claim.kind, self._voices.key(claim), stake))
        return own or (self.of_kind(claim, stake) if worth(claim.grade) is None else None)

    def of_kind(self, claim: GroundedClaim, stake: int) -> Standing | None:
        """How sources of the kind that speaks in a claim fared together."""
        return self._kinds.get((claim.kind, claim.origin.kind, stake))

    def kinds(self, about: str) -> tuple[Standing, ...]:
        """How each kind of source fared with one kind of claim."""
        return tuple(one for sort, one in sorted(self._kinds.items()) if sort[0] == about)

    def graded(self, claim: GroundedClaim, stake: int) -> str:
        """The Admiralty grade of a claim: its voice's letter and its own number, "F6" where neither can be judged.

        The letter that a person gave its source goes before the one that the voice earns.
        """
        own = self._by_voice.get((claim.kind, self._voices.key(claim), stake))
        lesson = self._most.get(claim.id)
        number = credibility(lesson.chance, lesson.told) if lesson is not None else "6"
        return f"{claim.grade or (own.grade if own is not None else 'F')}{number}"

    def like(self, other: Standing) -> Standing | None:
        """The standing of the same voice, with the same kind of claim and interest."""
        return self._by_voice.get((other.about, other.voice, other.stake))

    def all(self) -> tuple[Standing, ...]:
        """Those of single voices, in order of kind of claim, voice and interest."""
        return tuple(self._by_voice[key] for key in sorted(self._by_voice))


def fared(taught: Iterable[Lesson], prior: Prior, voices: Voices) -> Fared:
    """How the voices fared by what their words teach.

    Args:
        taught: a lesson for each word, in any order.
        prior: how often a source of each kind is right before anything is known, 0.5..1.
        voices: who speaks in which claim.
    """
    by_kind: dict[_Sort, list[Lesson]] = defaultdict(list)
    by_voice: dict[tuple[str, str, int], list[Lesson]] = defaultdict(list)
    taught = sorted(taught, key=lambda one: (one.claim.id, one.chance, one.share))
    for lesson in taught:
        by_kind[lesson.claim.kind, lesson.claim.origin.kind, lesson.stake].append(lesson)
        by_voice[lesson.claim.kind, lesson.voice, lesson.stake].append(lesson)
    every = {sort: _standing("", sort, at_first(prior, sort[1], sort[2]), KIND, own) for sort, own in by_kind.items()}
    kinds = {sort: one for sort, one in every.items() if one.compared >= ENOUGH}
    return Fared(_of_voices(by_voice, kinds, prior), kinds, voices, taught)


def _of_voices(
    by_voice: Mapping[tuple[str, str, int], Sequence[Lesson]], kinds: Mapping[_Sort, Standing], prior: Prior
) -> Iterator[Standing]:
    for (about, voice, stake), own in by_voice.items():
        sort = (about, own[0].claim.origin.kind, stake)
        unaided = _standing(voice, sort, kinds[sort].right, VOICE, own) if sort in kinds else None
        letter = next((one.claim.grade for one in own if one.claim.grade is not None), None)
        if letter is not None:
            yield _graded(letter, _standing(voice, sort, at_first(prior, sort[1], stake, letter), VOICE, own), unaided)
        elif unaided is not None:
            yield unaided


def _graded(letter: str, found: Standing, unaided: Standing | None) -> Standing:
    """The standing of a voice that a person graded; F says nothing, and leaves what its words earn."""
    by_case = unaided if worth(letter) is None and unaided is not None else found
    return by_case._replace(given=letter)


def _standing(voice: str, sort: _Sort, first: float, count: float, own: Sequence[Lesson]) -> Standing:
    about, kind, stake = sort
    return Standing(
        voice=voice,
        kind=kind,
        about=about,
        stake=stake,
        first=first,
        right=_right(own, first, count),
        compared=sum(one.weight for one in own),
        agreed=sum(one.weight for one in own if one.chance >= one.blind),
        lessons=tuple(own),
        held=count,
    )


def _right(own: Sequence[Lesson], first: float, count: float) -> float:
    """The likeliest r: expectation and maximisation in turn, the prior as `count` words of which `first` were right."""
    import numpy as np  # noqa: PLC0415  # only where a record is concluded

    share, sure = np.array([one.share for one in own]), np.array([one.sure for one in own])
    true = np.array([one.chance / one.blind for one in own])
    false = np.array([(1 - one.chance) / (1 - one.blind) for one in own])
    misread = (1 - sure) * (true + false) / 2
    right = first
    for _ in range(_STEPS):
        agreeing, erring = sure * right * true, sure * (1 - right) * false
        every = agreeing + erring + misread
        said = share @ ((agreeing + erring) / every)
        right = float((first * count + share @ (agreeing / every)) / (count + said))
    return right
