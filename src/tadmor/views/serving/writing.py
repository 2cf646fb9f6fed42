"""A person's decision, written into the case that is being served."""

from pathlib import Path
from typing import Literal

import msgspec

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision
from tadmor.datamodel.identities import Kind
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.pipeline.editions import AUTHOR
from tadmor.views.adding import Said, add
from tadmor.views.deciding import By, Decided, MissingError, latest, named_by, on_claim, on_link, undo
from tadmor.views.deciding_things import code, on_identity, on_source, settle, take_back
from tadmor.views.serving.naming import identified
from tadmor.views.serving.shelf import FailedError, NotReadyError, Shelf

#: Seconds that a decision waits for another writer: a person's patience, and longer than another decision takes.
WAIT = 3.0
#: Most characters of a name and of a reason.
NAME, REASON = 100, 2000

What = Literal["accept", "reject", "correct", "link", "part", "undo"]


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decides: of a claim, or of the link of two; ids may be beginnings; `fields` are corrections.

    What is said `blind` codes: it is no decision, and others who are to code do not see it.
    """

    what: What
    claims: tuple[str, ...]
    by: By
    fields: dict[str, str] = {}
    blind: bool = False


class OnIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """A person says that one actor or place is really the other (`merge`), or that they are two (`part`)."""

    kind: Kind
    one: str
    other: str
    same: bool
    by: By


class OnSource(msgspec.Struct, frozen=True, kw_only=True):
    """A person grades a source."""

    source: str
    grade: str
    by: By


class Adding(msgspec.Struct, frozen=True, kw_only=True):
    """A person makes a claim from words of a document."""

    said: Said
    by: By


class OnNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A person takes back a decision by its number, or settles as a coding says."""

    number: int
    settles: bool
    by: By


AnyWish = Wish | OnIdentity | OnSource | Adding | OnNumber


def signed(author: str, reason: str) -> By:
    """Who decides now, and why.

    Raises:
        UsageError: nobody is named, no reason is given, or either is no line of a person.
    """
    name = " ".join(author.split())
    if not name:
        message = "who decides? A decision needs your name"
        raise UsageError(message)
    if not name.isprintable() or name == AUTHOR:
        message = f"{name!r} is no person's name"
        raise UsageError(message)
    for what, words, most in (("name", name, NAME), ("reason", reason, REASON)):
        if len(words) > most:
            message = f"the {what} is longer than {most} characters"
            raise UsageError(message)
    return By.now(name, " ".join(reason.replace("\x00", " ").split()))


def writing(folder: Path, wait: float = WAIT) -> Ledger:
    """The case opened for writing, to be closed by the caller; another writer is waited for.

    Raises:
        CaseBusyError: it still writes after `wait` seconds.
        CaseNotWritableError: the case cannot be written.
    """
    return Ledger.open(folder, writable=True, patience=wait)


def decide(shelf: Shelf, wish: AnyWish) -> Decided:
    """Note a decision; whoever asks next finds the case changed.

    Raises:
        MissingError: a claim, document, source or decision that the case does not have.
        UsageError: what cannot be decided so, in words.
        CaseBusyError: another process writes; nothing is noted.
        CaseNotWritableError: the case cannot be written; nothing is noted.
    """
    claims: list[GroundedClaim] = []
    if isinstance(wish, Wish):
        _check(wish)
        with Ledger.open(shelf.folder) as ledger:
            claims = [_claim(ledger, one) for one in wish.claims]
        wish = _identified(wish, claims[0], shelf)
    elif isinstance(wish, OnIdentity):
        one, other = (_by_name(words, wish.kind, shelf) for words in (wish.one, wish.other))
        wish = msgspec.structs.replace(wish, one=one, other=other)
    with writing(shelf.folder) as ledger:
        _note(ledger, wish, claims)
        made = latest(ledger, viewer=wish.by.author)
    shelf.look_again()
    return made


def _check(wish: Wish) -> None:
    wanted = {"link": (2,), "part": (2,), "undo": (1, 2)}.get(wish.what, (1,))
    if len(wish.claims) not in wanted:
        message = f"{wish.what} is of {' or '.join(('one claim', 'two claims')[one - 1] for one in wanted)}"
        raise UsageError(message)
    if bool(wish.fields) != (wish.what == "correct"):
        message = "nothing is corrected: change a field first" if not wish.fields else "only a correction has fields"
        raise UsageError(message)
    if wish.blind and wish.what == "undo":
        message = "what was said blind is taken back by the number of its decision"
        raise UsageError(message)


def _claim(ledger: Ledger, identity: str) -> GroundedClaim:
    try:
        return ledger.claim(identity)
    except UsageError as error:
        raise MissingError(str(error)) from error


def _note(ledger: Ledger, wish: AnyWish, claims: list[GroundedClaim]) -> None:
    match wish:
        case OnIdentity():
            on_identity(ledger, wish.kind, wish.one, wish.other, wish.by, same=wish.same)
        case OnSource():
            on_source(ledger, wish.source, wish.grade, wish.by)
        case Adding():
            add(ledger, wish.said, wish.by)
        case OnNumber(settles=True):
            settle(ledger, wish.number, wish.by)
        case OnNumber():
            take_back(ledger, wish.number, wish.by)
        case _:
            _note_on_claims(ledger, wish, claims)


def _note_on_claims(ledger: Ledger, wish: Wish, claims: list[GroundedClaim]) -> None:
    if wish.blind:
        code(ledger, claims, wish.what, wish.by, wish.fields)
        return
    match wish.what:
        case "link" | "part":
            on_link(ledger, claims[0], claims[1], wish.by, same=wish.what == "link")
        case "undo":
            undo(ledger, claims, wish.by)
        case what:
            on_claim(ledger, claims[0], Decision(what), wish.by, wish.fields)


def _identified(wish: Wish, claim: GroundedClaim, shelf: Shelf) -> Wish:
    """The wish with ids for the names that the case has only one place or actor for."""
    if not wish.fields:
        return wish
    try:
        atlas = shelf.atlas().atlas
    except (NotReadyError, FailedError):
        return wish
    kinds = {field: named_by(claim, field) for field in wish.fields}
    fields = {
        field: identified(words, kind, atlas) if words and (kind := kinds[field]) is not None else words
        for field, words in wish.fields.items()
    }
    return msgspec.structs.replace(wish, fields=fields)


def _by_name(words: str, kind: Kind, shelf: Shelf) -> str:
    """The id of the only actor or place of the case that bears a name; else the words, for others to make out."""
    try:
        return identified(words, kind, shelf.atlas().atlas) if words else words
    except (NotReadyError, FailedError):
        return words
