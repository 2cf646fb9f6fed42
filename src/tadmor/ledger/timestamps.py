"""Tokens of time-stamping authorities (RFC 3161): a third party's word that a checkpoint was there at a time.

The authority signs the SHA-256 of the note with its own clock. Needs the extra `timestamps`; without it tokens are kept
and compared with the history, and not checked against their authority.
"""

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, func, insert, select

from tadmor.datamodel.checkpoints import SignedCheckpoint, Token
from tadmor.datamodel.issues import Issue, Severity
from tadmor.errors import UsageError
from tadmor.ledger import chain, checkpoints
from tadmor.ledger.comparing import in_order
from tadmor.ledger.damage import as_bytes, guarded
from tadmor.ledger.encoding import encode
from tadmor.ledger.rows import plain_content
from tadmor.ledger.tables import tokens

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse


def available() -> bool:
    """Is the extra installed?"""
    return find_spec("rfc3161_client") is not None


def _check_available() -> None:
    if not available():
        message = "time stamps need the extra `timestamps`: pip install 'tadmor[timestamps]'"
        raise UsageError(message)


def request_for(note: str) -> bytes:
    """What is asked of an authority, DER: a token on the SHA-256 of a note, with its certificate.

    The same for the same note: the token names the note, and so needs no number used once.

    Raises:
        UsageError: the extra is not installed.
    """
    _check_available()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 - an extra

    builder = TimestampRequestBuilder().data(note.encode()).hash_algorithm(HashAlgorithm.SHA256)
    return builder.cert_request(cert_request=True).nonce(nonce=False).build().as_bytes()


def token_of(note: str, number: int, reply: bytes, certificates: str, authority: str = "") -> Token:
    """An authority's answer as a token on a checkpoint, checked.

    Args:
        note: the checkpoint's note.
        number: its number.
        reply: the answer, DER.
        certificates: the authority's, PEM: the root, and those between where the answer lacks them.
        authority: the address asked.

    Raises:
        UsageError: it is no answer, a refusal, on something else, or not signed by that authority; or the extra is not
            installed.
    """
    _check_available()
    try:
        found = _response(reply)
        _checked(found, note, certificates)
    except ValueError as error:
        message = f"the answer of the time-stamping authority cannot be used: {error}"
        raise UsageError(message) from error
    time = found.tst_info.gen_time
    return Token(checkpoint=number, authority=authority, time=time, reply=reply, certificates=certificates)


def add(connection: Connection, token: Token) -> None:
    """Keep a token that was checked."""
    row = {"checkpoint": token.checkpoint, "value": encode(token)}
    number = int(connection.execute(select(func.coalesce(func.max(tokens.c.number), 0))).scalar_one()) + 1
    connection.execute(insert(tokens), {"number": number, **row})
    chain.append(connection, "token", str(number), plain_content(row))


def every(connection: Connection) -> list[Token]:
    """All tokens, in the order added."""
    values = connection.execute(select(tokens.c.value).order_by(tokens.c.number)).scalars()
    return [msgspec.json.decode(value, type=Token) for value in values]


def check(connection: Connection) -> Iterator[Issue]:
    """Is each token the one that was written, on its checkpoint, and signed by its authority?"""
    rows = connection.execute(select(tokens).order_by(tokens.c.number)).all()
    found = [
        (str(row.number), plain_content({"checkpoint": row.checkpoint, "value": as_bytes(row.value)})) for row in rows
    ]
    yield from in_order("token", chain.contents(connection, "token"), found)
    if rows and not available():
        message = "not checked against their authority: pip install 'tadmor[timestamps]'"
        yield Issue(where="tokens", rule="tokens-unchecked", message=message, severity=Severity.WARNING)
        return
    notes = checkpoints.every(connection) if rows else []
    for row in rows:
        where = f"token {row.number}"
        yield from guarded(where, "token-damaged", _one(where, as_bytes(row.value), notes))


def _one(where: str, value: bytes, notes: list[SignedCheckpoint]) -> Iterator[Issue]:
    token = msgspec.json.decode(value, type=Token)
    note = notes[token.checkpoint - 1].note
    try:
        found = _response(token.reply)
        _checked(found, note, token.certificates)
    except ValueError as error:
        yield Issue(where=where, rule="token-unsigned", message=f"the token on checkpoint {token.checkpoint}: {error}")
        return
    if found.tst_info.gen_time != token.time:
        message = f"its authority says {found.tst_info.gen_time.isoformat()}, the row {token.time.isoformat()}"
        yield Issue(where=where, rule="token-redated", message=message)


def _response(reply: bytes) -> "TimeStampResponse":
    """Decoded.

    Raises:
        ValueError: it is no answer.
    """
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415 - an extra

    return decode_timestamp_response(reply)


def _checked(found: "TimeStampResponse", note: str, certificates: str) -> None:
    """Is the answer a token on this note, signed by one whom these certificates vouch for?

    Raises:
        ValueError: it is not, with the reason.
    """
    from rfc3161_client import VerifierBuilder  # noqa: PLC0415 - an extra
    from rfc3161_client.errors import VerificationError  # noqa: PLC0415

    try:
        if found.tst_info.message_imprint.message != hashlib.sha256(note.encode()).digest():
            message = "it is on something else than this checkpoint"
            raise ValueError(message)
        roots, between = _certificates(certificates)
        VerifierBuilder(roots=roots, intermediates=between).build().verify_message(found, note.encode())
    except VerificationError as error:
        raise ValueError(str(error)) from error


def _certificates(pem: str) -> "tuple[list[Certificate], list[Certificate]]":
    """Those that sign themselves, and the others.

    Raises:
        ValueError: these are none.
    """
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415

    found = load_pem_x509_certificates(pem.encode())
    roots = [one for one in found if one.subject == one.issuer] or found
    return roots, [one for one in found if one not in roots]
