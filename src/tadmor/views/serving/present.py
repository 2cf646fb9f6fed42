"""Who a request comes from, for what answers it: the person logged in, and what the audit is told."""

from contextvars import ContextVar
from typing import Any

from fastapi import Request

from tadmor.datamodel.people import Doer, Known, Person

#: The person logged in, of the request being answered.
_PRESENT: ContextVar[Person | None] = ContextVar("person", default=None)
#: Where the audit looks, in a request's state: the name that was typed, what was written, that it is noted already.
_SIGNED, _WROTE, _NOTED = "signed", "wrote", "noted"


def present() -> Person | None:
    """The person logged in; `None` where nobody has to be."""
    return _PRESENT.get()


def enter(person: Person | None) -> None:
    """Answer for this person from now on."""
    _PRESENT.set(person)


def author_of(request: Request, typed: str) -> str:
    """Who decides: the person logged in, whatever was typed; where nobody logs in, the name typed."""
    person = present()
    name = person.name if person is not None else typed
    setattr(request.state, _SIGNED, name)
    return name


def wrote(request: Request, what: str) -> None:
    """Tell the audit what a request has written, as a number or id in the case."""
    setattr(request.state, _WROTE, what)


def noted(request: Request) -> None:
    """What a request did stands in the audit already."""
    setattr(request.state, _NOTED, True)


def doer(scope: Any) -> Doer:
    """Who does what a request asks for, as the audit names it."""
    client = scope.get("client")
    address = client[0] if client else None
    person = present()
    if person is not None:
        known, through = (Known.TOKEN, f" (token {person.token})") if person.token else (Known.ACCOUNT, "")
        return Doer(name=person.name + through, known=known, address=address)
    typed = " ".join(str(scope.get("state", {}).get(_SIGNED, "")).split())
    return Doer(name=typed or "nobody named", known=Known.TYPED if typed else Known.NOBODY, address=address)


def told(scope: Any) -> str | None:
    """What a request says it has written; `None` where it stands in the audit already."""
    state = scope.get("state", {})
    return None if state.get(_NOTED) else state.get(_WROTE, "")
