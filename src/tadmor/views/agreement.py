"""How far persons agree who decided on the same claims."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tadmor.datamodel.history import Decision, Review, coded, linked
from tadmor.pipeline.editions import AUTHOR
from tadmor.views.codings import words_of

#: Claims on which reviewers differ that are listed.
_LISTED = 100


class Disputed(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, or a link by its id, on which persons differ, and the word of each."""

    claim: str
    words: tuple[tuple[str, str], ...]


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Over what two or more persons decided or coded: how many, on how many all agree, and `alpha`.

    `authors` counts these by person; `blind` are the claims and links that two or more coded without seeing what others
    say, with the alpha of these alone.
    """

    claims: int
    agreed: int
    alpha: float | None
    authors: tuple[tuple[str, int], ...]
    disputed: tuple[Disputed, ...]
    blind: int = 0
    blind_alpha: float | None = None


def agreement(reviews: Sequence[Review]) -> Agreement:
    """The agreement of the persons who decided on the claims of a case, or coded them."""
    blind, open_words = words_of(reviews), _words(reviews)
    every = {one: {**open_words.get(one, {}), **blind.get(one, {})} for one in (*open_words, *blind)}
    words = {one: said for one, said in every.items() if len(said) > 1}
    twice = [tuple(said.values()) for said in blind.values() if len(said) > 1]
    disputed = [claim for claim, said in words.items() if len(set(said.values())) > 1]
    return Agreement(
        claims=len(words),
        agreed=len(words) - len(disputed),
        alpha=alpha([tuple(said.values()) for said in words.values()]),
        authors=tuple(Counter(author for said in words.values() for author in said).most_common()),
        disputed=tuple(
            Disputed(claim=claim, words=tuple(sorted(words[claim].items()))) for claim in disputed[:_LISTED]
        ),
        blind=len(twice),
        blind_alpha=alpha(twice),
    )


def _words(reviews: Iterable[Review]) -> Mapping[str, Mapping[str, str]]:
    """Each person's latest open word on each claim: accept or reject; what was undone is no word.

    What is decided once two persons have coded a claim settles it, and is no word of one who did not know theirs.
    """
    made: dict[str, list[Review]] = defaultdict(list)
    coders: dict[str, set[str]] = defaultdict(set)
    for review in reviews:
        if (coding := coded(review)) is not None:
            coders[coding.subject].add(coding.author)
        if linked(review) is not None or ":" in review.subject or review.author == AUTHOR:
            continue
        if len(coders[review.subject]) > 1:
            continue
        if review.decision is not Decision.UNDO:
            made[review.subject].append(review)
        elif made[review.subject]:
            made[review.subject].pop()
    counted = (Decision.ACCEPT, Decision.REJECT)
    found = {
        claim: {one.author: one.decision for one in own}  # the later word of one person replaces the earlier
        for claim, own in made.items()
    }
    return {
        claim: {author: word.value for author, word in said.items() if word in counted} for claim, said in found.items()
    }


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values: 1 where all agree, 0 where they agree as chance would have it.

    1 - (n - 1) (1 - sum of o_cc / n) / (n - sum of n_c^2 / n), by the coincidences o of values within units: each unit
    of m values gives each ordered pair of them the weight 1 / (m - 1). Units of one value say nothing of agreement.
    K. Krippendorff, Content Analysis, 4th ed. (2019), chapter 12; "Computing Krippendorff's alpha-reliability" (2011),
    section C.

    Args:
        units: the values that each unit was given, by any number of persons.

    Returns:
        `None` where no unit has two values, or all values are the same: it is not defined then.
    """
    paired = [Counter(values) for values in units if len(values) > 1]
    each = sum(paired, Counter[str]())
    total = each.total()
    by_chance = total**2 - sum(count**2 for count in each.values())
    if not by_chance:
        return None
    same = sum(sum(count * (count - 1) for count in unit.values()) / (unit.total() - 1) for unit in paired)
    return 1 - (total - 1) * (total - same) / by_chance
