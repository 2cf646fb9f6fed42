"""The queue of questions as laid out, without those that were answered since."""

import json
from collections.abc import Iterable
from pathlib import Path

import msgspec

from tadmor.datamodel.history import Review, coded
from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Atlas
from tadmor.views.codings import answered_by, claims_of
from tadmor.views.exports import Row


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that nobody has answered yet, of how many; `answered` since the record was concluded."""

    questions: list[Row]
    every: int
    answered: int


def questions_open(folder: Path, atlas: Atlas, coder: str | None = None) -> Open:
    """The questions of an atlas; one of which a claim was decided on since is left out until the record follows.

    For a `coder`, who does not see what others say, those are left out too that this person coded; what others coded
    changes nothing.
    """
    laid = json.loads(atlas.sheet("queue"))
    with Ledger.open(folder) as ledger:
        reviews = ledger.reviews()
    decided = _on(reviews[laid["reviews"] :])
    answered = answered_by(reviews, coder) if coder is not None else ()
    left = [
        one
        for one in laid["questions"]
        if not (claims := _claims(one)) & decided and not any(own <= claims for own in answered)
    ]
    gone = len(laid["questions"]) - len(left)
    return Open(questions=left, every=laid["every"] - gone, answered=gone)


def _claims(question: Row) -> set[str]:
    return {claim for account in question["accounts"] for claim in account["claims"]}


def _on(reviews: Iterable[Review]) -> set[str]:
    """The claims that decisions are on."""
    return {claim for review in reviews if coded(review) is None for claim in claims_of(review)}
