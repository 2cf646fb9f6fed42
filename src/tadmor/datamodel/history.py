"""Who did what to the case, when: rows that are only ever added."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec

from tadmor.datamodel.keys import digest


class TableInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a table was read: its layout, whose it is, and what the user said that columns and statuses mean."""

    layout: str
    source: str
    columns: dict[str, str] = {}
    holders: dict[str, str] = {}


class RunInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One reading of files: the versions that made its claims. `started` is in UTC.

    `table` is told of a reading of one table; left out of the coded value elsewhere, so that runs of cases made before
    there were tables keep their digests.
    """

    id: str
    started: datetime
    tadmor: str
    reader: str
    gazetteer: str
    table: TableInfo | None = None


class KeptTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table that a case holds: its bytes' digest and name, how and when it was read, its documents' ids in order."""

    sha256: str
    name: str
    info: TableInfo
    imported: datetime
    documents: tuple[str, ...]


class Decision(StrEnum):
    """What a person decided; `UNDO` takes back the decision that stands, and the one before it stands again."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNDO = "undo"


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's decision on a claim, a link or a finding; a row of its own, never an overwrite."""

    subject: str  # id of the claim, link or finding
    decision: Decision
    author: str
    made: datetime
    reason: str
    value: dict[str, str] = {}


class Revision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the audit chain: `digest` covers `previous` and what was written."""

    number: int
    made: datetime
    what: str  # original, document, claims, review, correction
    subject: str
    previous: str
    digest: str


class Judgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's word on two claims of events or tolls: do they tell of one incident, and count the same victims?

    As a review it has `link_id` for its subject, both claims in its value, and accepts or rejects the link.
    """

    one: str  # claim ids
    other: str
    same: bool


def link_id(one: str, other: str) -> str:
    """The subject of reviews of the link between two claims, whichever is named first."""
    return digest("link", *sorted((one, other)))


def linked(review: Review) -> tuple[str, str] | None:
    """The two claims whose link is decided on; `None` for a review of a claim or a finding."""
    one, other = review.value.get("one", ""), review.value.get("other", "")
    return (one, other) if one and other and review.subject == link_id(one, other) else None


def standing(reviews: Iterable[Review]) -> dict[str, Review]:
    """The decision that counts, by subject: the latest that was not undone. In the order made."""
    made: dict[str, list[tuple[int, Review]]] = {}
    for number, review in enumerate(reviews):
        own = made.setdefault(review.subject, [])
        if review.decision is not Decision.UNDO:
            own.append((number, review))
        elif own:
            own.pop()
    latest = sorted((own[-1] for own in made.values() if own), key=lambda pair: pair[0])
    return {review.subject: review for _, review in latest}


def judgements_of(reviews: Iterable[Review]) -> tuple[Judgement, ...]:
    """What persons say of links, in the order said; reviews of claims and findings are passed over."""
    return tuple(
        Judgement(one=pair[0], other=pair[1], same=review.decision is Decision.ACCEPT)
        for review in standing(reviews).values()
        if (pair := linked(review)) is not None
    )
