"""What a case's custody rests on, asked and added to: the head of its history, checkpoints, tokens, proofs."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress

from sqlalchemy import Connection, Engine

from tadmor.datamodel.checkpoints import Checkpoint, SignedCheckpoint, Token
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.proofs import Growth, Proof
from tadmor.errors import UsageError
from tadmor.ledger import checkpoints, proving, timestamps
from tadmor.ledger.damage import DAMAGE, guarded
from tadmor.ledger.store import reading


class Custody:
    """Checkpoints, tokens and proofs of one ledger."""

    def __init__(self, engine: Engine, writing: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._engine = engine
        self._writing = writing

    def head(self) -> Checkpoint:
        """The head of the history, unsigned.

        Raises:
            UsageError: nothing was ever written.
        """
        with reading(self._engine) as connection:
            return checkpoints.head_of(connection)

    def sign(self, sign: checkpoints.Signing) -> SignedCheckpoint:
        """Sign the head of the history and keep that; fails as `head` does."""
        with self._writing() as connection:
            return checkpoints.add(connection, sign)

    def checkpoints(self) -> tuple[SignedCheckpoint, ...]:
        """All checkpoints, in the order made."""
        with reading(self._engine) as connection:
            return tuple(checkpoints.every(connection))

    def compare(self, told: Sequence[tuple[str, Checkpoint]]) -> tuple[Issue, ...]:
        """Does the history begin with those that checkpoints kept elsewhere, each with its name, were made of?"""
        with reading(self._engine) as connection:
            found = (
                guarded(where, "history-damaged", checkpoints.against(connection, where, one)) for where, one in told
            )
            return tuple(issue for issues in found for issue in issues)

    def origin(self) -> str | None:
        """What checkpoints call the case; `None` where it holds nothing, or where that cannot be read."""
        with suppress(UsageError, *DAMAGE):
            return self.head().origin
        return None

    def prove(self, what: str) -> Proof:
        """That a revision stands in the history: named by its number, or by an original or claim (the id begins so).

        Under the earliest checkpoint that covers it, or under the head as it is, where none does.

        Raises:
            UsageError: there is no such thing, or several.
        """
        with reading(self._engine) as connection:
            return proving.prove(connection, what)

    def prove_growth(self, old: Checkpoint) -> Growth:
        """That the history as it is begins with that of a checkpoint.

        Raises:
            UsageError: it does not, or the checkpoint is of another case.
        """
        with reading(self._engine) as connection:
            return proving.prove_growth(connection, old)

    def original(self, what: str) -> str:
        """The SHA-256 of the original that begins so.

        Raises:
            UsageError: there is none, or there are several.
        """
        with reading(self._engine) as connection:
            return proving.original_named(connection, what)

    def last(self) -> tuple[int, SignedCheckpoint]:
        """The last checkpoint with its number, from 1.

        Raises:
            UsageError: there is none.
        """
        found = self.checkpoints()
        if not found:
            message = "the case has no checkpoint yet; make one with `tadmor checkpoint`"
            raise UsageError(message)
        return len(found), found[-1]

    def stamp(self, reply: bytes, certificates: str, authority: str = "") -> Token:
        """Keep an authority's answer on the last checkpoint; fails as `last` and `timestamps.token_of` do."""
        number, signed = self.last()
        token = timestamps.token_of(signed.note, number, reply, certificates, authority)
        with self._writing() as connection:
            timestamps.add(connection, token)
        return token

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, in the order added."""
        with reading(self._engine) as connection:
            return tuple(timestamps.every(connection))
