"""A person's decisions on actors, places and sources; blind codings of claims; and taking any decision back."""

from collections.abc import Mapping, Sequence

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import (
    GRADE,
    GRADES,
    Coding,
    Decision,
    Review,
    coded,
    coding_id,
    coding_value,
    grade_id,
    graded,
    linked,
    standing,
)
from tadmor.datamodel.identities import IDENTITY, Identities, Kind, identities_of, identity_id, identity_of
from tadmor.datamodel.places import Place
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.ledger.encoding import Entity
from tadmor.views.deciding import (
    About,
    By,
    Decided,
    Made,
    MissingError,
    check_pair,
    decided,
    made_in,
    meant,
    on_claim,
    on_link,
    review_by,
)

_SAYS = {
    "accept": Decision.ACCEPT,
    "reject": Decision.REJECT,
    "correct": Decision.CORRECT,
    "link": Decision.ACCEPT,
    "part": Decision.REJECT,
}


def on_identity(ledger: Ledger, kind: Kind, one: str, other: str, by: By, *, same: bool) -> Review:
    """Note that one actor, or place, is really the other, or that the two are not the same.

    Args:
        ledger: the case.
        kind: actors or places.
        one: id or name; of a merge, the one that is really the other.
        other: likewise; of a merge, the one that counts from now on.
        by: who decides.
        same: are they one?

    Raises:
        UsageError: a name of none or of several, or what was decided of others says otherwise.
    """
    known: list[Entity] = []
    first, second = (_identified(ledger, kind, words, known) for words in (one, other))
    if first == second:
        message = f"both are {kind} {first}: nothing to {'merge' if same else 'part'}"
        raise UsageError(message)
    reviews, subject = ledger.reviews(), identity_id(kind, first, second)
    before = Identities(identities_of(review for review in reviews if review.subject != subject), kind).joined
    if before.apart(first, second) if same else before.same(first, second):
        told = "apart" if same else "one"
    elif same and before.same(first, second):
        told = "one already"
    else:
        told = ""
    if told:
        message = f"{first} and {second} are {told} by what was decided of others; see `tadmor review list`"
        raise UsageError(message)
    value = {"identity": kind, "one": first, "other": second}
    review = review_by(by, subject, Decision.ACCEPT if same else Decision.REJECT, value)
    ledger.add_review(review, known)
    return review


def _identified(ledger: Ledger, kind: Kind, words: str, known: list[Entity]) -> str:
    """The id of what is named; what the case may not know yet goes to `known`."""
    from tadmor.views.naming import actor_meant, place_meant  # noqa: PLC0415 - the gazetteer

    words = words.strip()
    if not words:
        message = f"which {kind}? Give its id or name"
        raise UsageError(message)
    if ledger.knows(kind, words):
        return words
    found: Place | Actor = place_meant(words, ledger) if kind == "place" else actor_meant(words, ledger)
    if not ledger.knows(kind, found.id):
        known.append(found)
    return found.id


def on_source(ledger: Ledger, source: str, letter: str, by: By) -> Review:
    """Note the Admiralty letter that a person gives a source.

    Raises:
        MissingError: nobody of this id or name speaks in the case.
        UsageError: no such letter.
    """
    if letter.upper() not in GRADES:
        message = f"{letter!r} is no grade; it is one of {', '.join(GRADES)}"
        raise UsageError(message)
    identity = ledger.identified("source", source)
    if identity is None:
        message = f"nobody called {source!r} speaks in the case; see `tadmor sources` for those it has"
        raise MissingError(message)
    review = review_by(by, grade_id(identity), Decision.CORRECT, {"source": identity, "grade": letter.upper()})
    ledger.add_review(review)
    return review


def code(
    ledger: Ledger, claims: Sequence[GroundedClaim], says: str, by: By, fields: dict[str, str] | None = None
) -> Review:
    """Note what a person says blind of a claim, or of the link of two: no decision, the record does not follow it.

    Raises:
        UsageError: it cannot be said of them, or the person has seen by now what others say.
    """
    if len(claims) == 2:
        check_pair(ledger, *claims)
    known: list[Entity] = []
    value = meant(fields or {}, claims[0], ledger, known)
    ids = [one.id for one in claims]
    coding = Coding(author=by.author, claims=tuple(ids), says=says, fields=value)
    _check_blind(ledger, coding)
    checked = review_by(by, claims[0].id, Decision.CORRECT, value) if says == "correct" else None
    review = review_by(by, coding_id(by.author, coding.subject), _SAYS[says], coding_value(coding))
    ledger.add_review(review, known, checked=checked)
    return review


def _check_blind(ledger: Ledger, coding: Coding) -> None:
    """Is it said without knowing what others say?"""
    reviews = ledger.reviews()
    said = [one for review in reviews if (one := coded(review)) is not None and one.subject == coding.subject]
    if any(one.author == coding.author for one in said) and any(one.author != coding.author for one in said):
        message = "you have answered this, and have seen since what others say: settle it with a decision instead"
        raise UsageError(message)


def settle(ledger: Ledger, number: int, by: By) -> Review:
    """Decide as a coding says: a decision like any other, which the record follows.

    Raises:
        MissingError: no coding of this number stands.
    """
    made = _made(ledger, number)
    coding = coded(made.review)
    if coding is None or not made.stands:
        message = f"decision {number} is no coding that stands"
        raise MissingError(message)
    claims = [ledger.claim(one) for one in coding.claims]
    if len(claims) == 2:
        return on_link(ledger, claims[0], claims[1], by, same=coding.says == "link")
    return on_claim(ledger, claims[0], _SAYS[coding.says], by, coding.fields)


def take_back(ledger: Ledger, number: int, by: By) -> Review:
    """Take back a decision by its number; what was decided before of the same stands again.

    Raises:
        MissingError: there is none of this number.
        UsageError: it stands no more, is another's coding, or what would stand again cannot.
    """
    made = _made(ledger, number)
    if not made.stands:
        message = f"nothing to undo: decision {number} stands no more"
        raise UsageError(message)
    before = made.review
    if coded(before) is not None and before.author != by.author:
        message = f"decision {number} is what {before.author} says: nobody else takes it back"
        raise UsageError(message)
    named = any(of(before) is not None for of in (linked, identity_of, graded, coded))
    review = review_by(by, before.subject, Decision.UNDO, before.value if named else {})
    if identity_of(before) is not None:
        _check_again(ledger, review)
    ledger.add_review(review)
    return before


def _check_again(ledger: Ledger, undoing: Review) -> None:
    """May what stands again, once a word on two actors or places is taken back, stand beside the others?"""
    reviews = [*ledger.reviews(), undoing]
    again = standing(reviews).get(undoing.subject)
    word = identity_of(again) if again is not None else None
    if word is None:
        return
    others = Identities(identities_of(one for one in reviews if one.subject != undoing.subject), word.kind).joined
    if others.apart(word.one, word.other) if word.same else others.same(word.one, word.other):
        message = (
            f"what was decided of {word.one} and {word.other} before cannot stand again beside what was decided since"
        )
        raise UsageError(message)


def decided_on_things(ledger: Ledger) -> dict[tuple[str, str], list[Decided]]:
    """The decisions on actors, places and sources, in the order made, by kind and id.

    What was decided of one that is really another is told of both.
    """
    found: dict[tuple[str, str], list[Decided]] = {}
    made = [one for one in made_in(ledger, every=False) if one.review.subject.startswith((GRADE, IDENTITY))]
    words = identities_of(one.review for one in made)
    kinds: tuple[Kind, Kind] = ("actor", "place")
    ids: Mapping[str, Identities] = {kind: Identities(words, kind) for kind in kinds}
    for one in made:
        told = decided(one, ledger)
        on = {(about.kind, each) for about in told.about for each in (about.id, _counting(ids, about))}
        for key in on:
            found.setdefault(key, []).append(told)
    return found


def _counting(ids: Mapping[str, Identities], about: About) -> str:
    return ids[about.kind].of(about.id) if about.kind in ids else about.id


def now_one_with(ledger: Ledger, kind: Kind, identity: str) -> str:
    """The id of the actor or place that counts for one: itself, unless a person said that it is another."""
    return Identities(identities_of(ledger.reviews()), kind).of(identity)


def _made(ledger: Ledger, number: int) -> Made:
    found = next((made for made in made_in(ledger, every=True) if made.number == number), None)
    if found is None:
        message = f"the case has no decision {number}"
        raise MissingError(message)
    return found
