"""Who asks, by the session or token of a request; and whether anybody has to say so."""

import os
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.requests import cookie_parser

from tadmor.datamodel.people import Person
from tadmor.ledger.accounts import FILE, Accounts, digest_of

#: The cookie with the id of a session.
SESSION = "tadmor_session"
#: Where SQLite counts the changes of a file that has no log beside it, and in how many bytes (its file format, 1.3.7).
_COUNT, _BYTES = 24, 4
#: Seconds for which a person is known without asking the file again, which nobody has changed meanwhile.
_FRESH = 30.0
#: Persons known at a time.
_MOST = 2000


class Admission:
    """The accounts of a case as the server asks them: what is known is kept until the file changes."""

    def __init__(self, folder: Path, *, always: bool = False) -> None:
        """`always`: others can reach the server, so everybody logs in even where there are no accounts (any more)."""
        self._folder = folder
        self._path = folder / FILE
        self._always = always
        self._lock, self._watching = Lock(), Lock()
        self._handle: tuple[bytes, int] | None = None
        self._accounts: Accounts | None = None
        self._mark: bytes | None = None
        self._any = False
        self._known: OrderedDict[str, tuple[float, Person]] = OrderedDict()

    async def required(self) -> bool:
        """Does somebody have to be logged in? Where there are accounts, on this machine too."""
        mark = self._look()
        if mark != self._mark:
            await run_in_threadpool(self._again, mark)
        return self._any or self._always

    async def person(self, headers: dict[bytes, bytes]) -> Person | None:
        """Who a request comes from; a token goes before a session, which makes up for none that opens nothing."""
        shown = headers.get(b"authorization")
        secret = bearer(shown) if shown is not None else session_of(headers)
        if not secret:
            return None
        key = digest_of(secret)
        known = self._known.get(key)
        if known is not None and monotonic() - known[0] < _FRESH:
            return known[1]
        return await run_in_threadpool(self._asked, key, secret, shown is not None)

    def accounts(self) -> Accounts:
        """The accounts of the case; their file is made where there is none.

        Raises:
            CaseError: it cannot be.
        """
        with self._lock:
            if self._accounts is None:
                self._accounts = Accounts.open(self._folder)
            return self._accounts

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._accounts is not None:
                self._accounts.close()
                self._accounts = None

    def _look(self) -> bytes | None:
        """What is another after each change of the file; `None` where there is none. Takes some microseconds."""
        try:
            found = self._path.stat()
            own = f"{found.st_dev} {found.st_ino} ".encode()
            return own + os.pread(self._watched(own), _BYTES, _COUNT)
        except FileNotFoundError:
            return None

    def _watched(self, own: bytes) -> int:
        """A handle on the file that is there now, opened once and kept.

        Whoever closes a file lets go of all locks that the process has on it (POSIX), those of a change by SQLite that
        another thread is making among them; so this one is closed only once another file has taken its place.
        """
        with self._watching:
            if self._handle is None or self._handle[0] != own:
                before, self._handle = self._handle, (own, os.open(self._path, os.O_RDONLY))
                if before is not None:
                    os.close(before[1])
            return self._handle[1]

    def _again(self, mark: bytes | None) -> None:
        if mark is None:
            self.close()
        anybody = bool(self.accounts().every()) if mark is not None else False
        with self._lock:
            self._known.clear()
            self._any, self._mark = anybody, mark

    def _asked(self, key: str, secret: str, token: bool) -> Person | None:  # noqa: FBT001 - positional for the thread
        mark = self._look()
        if mark is None:
            return None
        accounts = self.accounts()
        found = accounts.person_of_token(secret) if token else accounts.person_of_session(secret)
        with self._lock:
            # what was asked while the file changed is asked again the next time
            if found is not None and mark == self._mark:
                self._known[key] = (monotonic(), found)
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return found


def bearer(header: bytes) -> str:
    """The token of an Authorization header; empty where it holds another kind of proof."""
    kind, _, secret = header.decode("latin-1").partition(" ")
    return secret.strip() if kind.casefold() == "bearer" else ""


def session_of(headers: dict[bytes, bytes]) -> str:
    """The id of a session that a browser sends along; empty where it sends none."""
    return cookie_parser(headers.get(b"cookie", b"").decode("latin-1")).get(SESSION, "")
