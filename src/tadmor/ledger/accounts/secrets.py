"""Passwords as slow hashes, sessions and tokens as digests: whoever gets the file can log in with nothing in it."""

import hashlib
import secrets
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from tadmor.errors import UsageError

if TYPE_CHECKING:  # loaded only where a password is set or checked
    from argon2 import PasswordHasher

#: Characters of a password at least: NIST SP 800-63B asks for 8 where guessing is throttled; the record may be worth
#: more to somebody than a shop's account.
LEAST = 12
#: Characters at most: what is hashed is bounded.
MOST = 500
#: Different characters of a password at least.
_DIFFERENT = 4
#: What a token begins with, so that scanners of leaked secrets know it.
TOKEN_PREFIX = "tadmor_"  # noqa: S105 - no secret
#: Bytes of chance in a session's id and in a token: nobody guesses 256 bits, so a plain digest keeps them.
_CHANCE = 32


@cache
def _hasher() -> "PasswordHasher":
    """argon2id with the parameters that RFC 9106 gives where memory is scarce: 64 MiB, 3 passes, 4 lanes."""
    from argon2 import PasswordHasher  # noqa: PLC0415
    from argon2.profiles import RFC_9106_LOW_MEMORY  # noqa: PLC0415

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@cache
def _nobodys() -> str:
    """The hash that a password given with an unknown name is checked against: it takes as long as a known one's."""
    return _hasher().hash(secrets.token_urlsafe(_CHANCE))


def check_password(password: str, name: str) -> None:
    """Refuse a password that is easily guessed.

    Raises:
        UsageError: it is too short, too long, or the name.
    """
    plain = _normal(password)
    if len(plain) < LEAST:
        message = f"the password has {len(plain)} characters; take {LEAST} or more, four words say"
        raise UsageError(message)
    if len(plain) > MOST:
        message = f"the password has more than {MOST} characters"
        raise UsageError(message)
    if not plain.casefold().replace(name.casefold(), "") or len(set(plain)) < _DIFFERENT:
        message = "the password is the name, or few characters again and again; take another"
        raise UsageError(message)


def hashed(password: str) -> str:
    """A password as it is kept: argon2id with salt and parameters."""
    return _hasher().hash(_bytes(password))


def right(password: str, kept: str | None) -> bool:
    """Is it the password of a hash? Takes the same time where there is none (`None`: no such account)."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        return _hasher().verify(kept or _nobodys(), _bytes(password[: MOST + 1])) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def ready() -> None:
    """Make what the first log-in would else wait for longer than others."""
    _nobodys()


def fresh() -> str:
    """A new id for a session, or the chance in a token."""
    return secrets.token_urlsafe(_CHANCE)


def digest_of(secret: str) -> str:
    """A session's id or a token as it is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _bytes(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")


def _normal(password: str) -> str:
    """The same characters however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)
