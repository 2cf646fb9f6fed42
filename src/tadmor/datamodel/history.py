"""Who did what to the case, when: rows that are only ever added."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec

from tadmor.datamodel.keys import digest


class TableInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a table was read: its layout, whose it is, and what the user said that columns and statuses mean.

    `mapping` is the text of the user's mapping file; left out of the coded value where there was none, so that runs of
    cases made before keep their digests.
    """

    layout: str
    source: str
    columns: dict[str, str] = {}
    holders: dict[str, str] = {}
    mapping: str | msgspec.UnsetType = msgspec.UNSET


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


#: The grades that a person may give a source: the letters of the Admiralty scale (NATO STANAG 2511).
GRADES = ("A", "B", "C", "D", "E", "F")
#: Begin the subjects of decisions that are on no claim: by these they are found among all.
GRADE, CODING = "grade:", "coding:"


def grade_id(source: str) -> str:
    """The subject of reviews that grade a source."""
    return f"{GRADE}{digest(source)}"


def graded(review: Review) -> tuple[str, str] | None:
    """The source that a review grades, by id, and the letter; the letter is empty where a grade is taken back."""
    source = review.value.get("source", "")
    return (source, review.value.get("grade", "")) if source and review.subject == grade_id(source) else None


def grades_of(reviews: Iterable[Review]) -> dict[str, str]:
    """The letters that persons gave, by source, in order of its id."""
    found = (graded(review) for review in standing(reviews).values())
    return dict(sorted(one for one in found if one is not None))


class Coding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person, who does not see what others say, decides of a claim or of the link of two.

    A row apart from decisions: the record follows decisions alone. As a review it has `coding_id` for its subject, so
    that each person's word stands beside the others'. `says` is accept, reject, correct, link or part.
    """

    author: str
    claims: tuple[str, ...]
    says: str
    fields: dict[str, str] = {}

    @property
    def subject(self) -> str:
        """What an open decision on the same would be on: the claim, or the link of two."""
        return self.claims[0] if len(self.claims) == 1 else link_id(*self.claims)

    @property
    def answer(self) -> str:
        """All that it says, in one line: two of one mind have the same."""
        return " ".join([self.says, *(f"{field}={value}" for field, value in sorted(self.fields.items()))])


#: Before the names of the fields that a coding corrects.
_FIELD = "set."


def coding_id(author: str, subject: str) -> str:
    """The subject of reviews by which one person codes a claim, or the link of two."""
    return f"{CODING}{digest(author, subject)}"


def coding_value(coding: Coding) -> dict[str, str]:
    """What the review of a coding says."""
    fields = {_FIELD + field: value for field, value in coding.fields.items()}
    return {"coding": " ".join(coding.claims), "says": coding.says, **fields}


def coded(review: Review) -> Coding | None:
    """The coding that a review notes or takes back; `None` for any other review."""
    claims = tuple(review.value.get("coding", "").split())
    if not claims:
        return None
    value = review.value
    fields = {key.removeprefix(_FIELD): word for key, word in value.items() if key.startswith(_FIELD)}
    found = Coding(author=review.author, claims=claims, says=value.get("says", ""), fields=fields)
    return found if review.subject == coding_id(review.author, found.subject) else None


def codings_of(reviews: Iterable[Review]) -> dict[str, list[Coding]]:
    """What each person says who coded, by what it is on, in the order said."""
    found: dict[str, list[Coding]] = {}
    for review in standing(reviews).values():
        if (one := coded(review)) is not None:
            found.setdefault(one.subject, []).append(one)
    return found


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
