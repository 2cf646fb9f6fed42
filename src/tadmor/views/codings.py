"""Double coding: what each person says of a question without seeing what others say, and where they differ.

A coding is a row apart from decisions: the record follows decisions alone. What a person says blind is sealed for
whoever has not answered the same, until it is settled: until a decision on it stands that was made after the codings.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tadmor.datamodel.history import Coding, Review, coded, linked, standing


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A question that two or more persons coded: the claims it is on, and what each says, by number of the decision."""

    subject: str
    claims: tuple[str, ...]
    codings: tuple[tuple[int, Coding], ...]

    @property
    def differ(self) -> bool:
        """Do they say different things?"""
        return len({one.answer for _, one in self.codings}) > 1

    @property
    def answers(self) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
        """Each answer, the number of a coding that gives it, and who gives it."""
        by: dict[str, list[tuple[int, str]]] = {}
        for number, one in self.codings:
            by.setdefault(one.answer, []).append((number, one.author))
        return tuple((answer, who[0][0], tuple(name for _, name in who)) for answer, who in by.items())


class _State:
    """The codings and decisions of a case that stand, by what they are on, with their numbers."""

    def __init__(self, reviews: Sequence[Review]) -> None:
        numbers = {id(review): number for number, review in enumerate(reviews, 1)}
        self.codings: dict[str, list[tuple[int, Coding]]] = {}
        self.decided: dict[str, int] = {}
        for subject, review in standing(reviews).items():
            coding = coded(review)
            if coding is None:
                self.decided[subject] = numbers[id(review)]
            else:
                self.codings.setdefault(coding.subject, []).append((numbers[id(review)], coding))

    def settled(self, subject: str) -> bool:
        """Was it decided after all that was said blind?"""
        last = max((number for number, _ in self.codings.get(subject, ())), default=0)
        return self.decided.get(subject, 0) > last


def claims_of(review: Review) -> tuple[str, ...]:
    """The claims that a decision is on; none where it is on actors, places or a source."""
    coding = coded(review)
    if coding is not None:
        return coding.claims
    return linked(review) or (() if ":" in review.subject else (review.subject,))


def sealed(reviews: Sequence[Review], viewer: str | None) -> frozenset[int]:
    """The numbers of the decisions that say blind what the viewer is not to see yet; `None`: nobody in particular."""
    codings = [(number, one) for number, review in enumerate(reviews, 1) if (one := coded(review)) is not None]
    if not codings:
        return frozenset()
    state = _State(reviews)
    answered = {one.subject for every in state.codings.values() for _, one in every if one.author == viewer}
    return frozenset(
        number
        for number, one in codings
        if one.author != viewer and one.subject not in answered and not state.settled(one.subject)
    )


def coded_twice(reviews: Sequence[Review]) -> list[Coded]:
    """What two or more persons coded and nobody settled, those first on which they differ."""
    state = _State(reviews)
    found = [
        Coded(subject=subject, claims=codings[0][1].claims, codings=tuple(codings))
        for subject, codings in state.codings.items()
        if len(codings) > 1 and not state.settled(subject)
    ]
    return sorted(found, key=lambda one: not one.differ)


def answered_by(reviews: Iterable[Review], author: str) -> frozenset[frozenset[str]]:
    """The claims, or pairs of claims, that a person coded and has not taken back."""
    codings = (coded(review) for review in standing(reviews).values())
    return frozenset(frozenset(one.claims) for one in codings if one is not None and one.author == author)


def words_of(reviews: Sequence[Review]) -> Mapping[str, Mapping[str, str]]:
    """What each person says blind of each subject, settled or not."""
    state = _State(reviews)
    return {subject: {one.author: one.answer for _, one in every} for subject, every in state.codings.items()}
