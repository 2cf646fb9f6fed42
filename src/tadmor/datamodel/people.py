"""Who may do what with a case that is served: people with accounts, tokens for programs, and what was done by whom."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Scope(StrEnum):
    """What a request may do: look at the record, decide, bring documents in, and say who may do so."""

    READ = "read"
    REVIEW = "review"
    WRITE = "write"
    ADMIN = "admin"


class Role(StrEnum):
    """What a person is to a case."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


#: What each role may do.
SCOPES: dict[Role, frozenset[Scope]] = {
    Role.READER: frozenset({Scope.READ}),
    Role.REVIEWER: frozenset({Scope.READ, Scope.REVIEW}),
    Role.EDITOR: frozenset({Scope.READ, Scope.REVIEW, Scope.WRITE}),
    Role.ADMIN: frozenset(Scope),
}


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A person who may log in; `changed` is when role or password last did. Times are in UTC."""

    name: str
    role: Role
    made: datetime
    changed: datetime


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A key for a program that acts for an account, with no more scopes than the account has.

    `id` names it and opens nothing; the token itself is shown once and kept as a digest. Times are in UTC.
    """

    id: str
    account: str
    label: str
    scopes: tuple[Scope, ...]
    made: datetime
    expires: datetime
    revoked: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Is it neither expired nor revoked?"""
        return self.revoked is None and now < self.expires


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who a request comes from: an account, what it may do now, and through which token, if any."""

    name: str
    role: Role
    scopes: frozenset[Scope]
    token: str | None = None

    def may(self, scope: Scope) -> bool:
        """Does it have a scope?"""
        return scope in self.scopes


class Known(StrEnum):
    """How it is known who does something."""

    ACCOUNT = "account"  # logged in
    TOKEN = "token"  # noqa: S105 - a word, no secret
    TYPED = "typed"  # said so, on an address that only this machine reaches
    SHELL = "shell"  # ran a command on this machine, as this user of it
    NOBODY = "nobody"  # unknown: a failed log-in, say


class Doer(msgspec.Struct, frozen=True, kw_only=True):
    """Who does something, how that is known, and from which address of the network (`None`: from a shell)."""

    name: str
    known: Known
    address: str | None = None


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done or refused: who, how known, from where, what, on what, and how it ended.

    Rows are only added; `digest` covers the row and the `previous` digest.
    """

    number: int
    made: datetime
    who: str
    known: Known
    address: str | None
    what: str
    about: str
    outcome: str
    digest: str
