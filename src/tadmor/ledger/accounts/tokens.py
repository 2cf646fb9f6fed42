"""Tokens of programs, kept as digests."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from tadmor.datamodel.people import Scope, Token
from tadmor.ledger.accounts.secrets import TOKEN_PREFIX, digest_of, fresh
from tadmor.ledger.accounts.tables import accounts, tokens

#: Days that a token may last at most: one that nobody remembers ends by itself.
LONGEST = 366


def make(
    connection: Connection,
    account: Row[tuple[object, ...]],
    label: str,
    scopes: Sequence[Scope],
    now: datetime,
    days: int,
) -> tuple[Token, str]:
    """A new token of an account, and the secret that is never shown again."""
    token = Token(
        id=secrets.token_hex(4),
        account=account.name,
        label=label,
        scopes=tuple(sorted(set(scopes), key=list(Scope).index)),
        made=now,
        expires=now + timedelta(days=days),
    )
    secret = TOKEN_PREFIX + fresh()
    row = {
        "id": token.id,
        "digest": digest_of(secret),
        "account": account.folded,
        "label": label,
        "scopes": " ".join(token.scopes),
        "made": now.isoformat(),
        "expires": token.expires.isoformat(),
    }
    connection.execute(insert(tokens), row)
    return token, secret


def every(connection: Connection, account: str | None = None) -> tuple[Token, ...]:
    """All tokens, or those of an account (its folded name), in the order made."""
    wanted = _joined().order_by(tokens.c.made, tokens.c.id)
    if account is not None:
        wanted = wanted.where(tokens.c.account == account)
    return tuple(_token(row) for row in connection.execute(wanted))


def one(connection: Connection, identity: str) -> Token | None:
    """The token of an id."""
    row = connection.execute(_joined().where(tokens.c.id == identity)).first()
    return _token(row) if row is not None else None


def of_secret(connection: Connection, secret: str) -> Token | None:
    """The token that a program shows, whether or not it still opens anything."""
    row = connection.execute(_joined().where(tokens.c.digest == digest_of(secret))).first()
    return _token(row) if row is not None else None


def revoke(connection: Connection, identity: str, now: datetime) -> None:
    """It opens nothing from now on; its row stays."""
    connection.execute(update(tokens).where(tokens.c.id == identity).values(revoked=now.isoformat()))


def forget_all(connection: Connection, account: str) -> None:
    """The tokens of an account that is removed."""
    connection.execute(delete(tokens).where(tokens.c.account == account))


def _joined() -> "Select[Any]":
    return select(tokens, accounts.c.name).join(accounts, accounts.c.folded == tokens.c.account)


def _token(row: Row[tuple[object, ...]]) -> Token:
    return Token(
        id=row.id,
        account=row.name,
        label=row.label,
        scopes=tuple(Scope(one) for one in row.scopes.split()),
        made=datetime.fromisoformat(row.made),
        expires=datetime.fromisoformat(row.expires),
        revoked=datetime.fromisoformat(row.revoked) if row.revoked is not None else None,
    )
