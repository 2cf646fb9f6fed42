"""The queue of questions as laid out, without those that were answered since."""

import json
from collections.abc import Iterable
from pathlib import Path

import msgspec

from tadmor.datamodel.history import Review, linked
from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Atlas
from tadmor.views.exports import Row


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that nobody has answered yet, of how many; `answered` since the record was concluded."""

    questions: list[Row]
    every: int
    answered: int


def questions_open(folder: Path, atlas: Atlas) -> Open:
    """The questions of an atlas; one of which a claim was decided on since is left out until the record follows."""
    laid = json.loads(atlas.sheet("queue"))
    with Ledger.open(folder) as ledger:
        decided = _on(ledger.reviews()[laid["reviews"] :])
    left = [one for one in laid["questions"] if not _claims(one) & decided]
    answered = len(laid["questions"]) - len(left)
    return Open(questions=left, every=laid["every"] - answered, answered=answered)


def _claims(question: Row) -> set[str]:
    return {claim for account in question["accounts"] for claim in account["claims"]}


def _on(reviews: Iterable[Review]) -> set[str]:
    """The claims that decisions are on."""
    return {claim for review in reviews for claim in linked(review) or (review.subject,)}
