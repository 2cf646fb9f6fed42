"""Passphrases: asked for on a terminal, else the first line of standard input."""

import getpass
import sys

from tadmor.errors import UsageError


def passphrase(of: str) -> str:
    """That of a key or a case."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(f"Passphrase of {of}: ")


def fresh_passphrase(of: str) -> str:
    """A new one, which is typed twice on a terminal.

    Raises:
        UsageError: typed in two ways, or too short.
    """
    from tadmor.ledger.accounts import LEAST  # noqa: PLC0415

    given = passphrase(of)
    if len(given) < LEAST:
        message = f"the passphrase has {len(given)} characters; take {LEAST} or more, four words say"
        raise UsageError(message)
    if sys.stdin.isatty() and getpass.getpass("Once more: ") != given:
        message = "the two passphrases differ"
        raise UsageError(message)
    return given
