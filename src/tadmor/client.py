"""A served case asked from Python: what `tadmor serve` answers, as rows, page after page.

    from tadmor.client import Client

    case = Client("http://127.0.0.1:8321")
    for claim in case.claims(place="gn:163808", kind="toll"):
        print(claim["quote"])

Rows are plain mappings with the fields of `docs/formats.md`. What a server finds wrong is raised as `ProblemError`,
with its words; a server that does not answer as `EndpointError`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import IO, Any, Self, TypeAlias, cast
from urllib.parse import quote, urlencode

import msgspec

from tadmor.errors import EndpointError, ProblemError, UsageError
from tadmor.network import Address, address_of
from tadmor.network.door import Reply, Sending, ask
from tadmor.views.answers import ActorTold, Case, ClaimTold, Columns, Decided, DocumentTold, Found, PlaceTold, Upload
from tadmor.views.shapes import (
    Actor,
    Claim,
    Contradiction,
    Document,
    Incident,
    Issue,
    Place,
    Run,
    Source,
    Spell,
    Toll,
)

#: Rows asked for at a time, and bytes of an answer that are taken: an original may have 100 MB.
_PAGE, _MOST = 1000, 200_000_000
#: Seconds between two looks at an upload.
_LOOKS = 0.5
#: Bytes a second that files are sent at least: a slow line's.
_SLOWEST = 100_000
_JSON = "application/json"

Asked: TypeAlias = str | float | bool | date | Sequence[str] | None


class Client:
    """A case that is served at an address.

    Args:
        address: as `tadmor serve` prints it.
        token: where the server asks who one is.
        timeout: seconds that an answer may take; a server that says to ask again is asked again as long.

    Raises:
        UsageError: no address, or a token that would travel in the open to another machine.
    """

    def __init__(
        self, address: str = "http://127.0.0.1:8321", *, token: str | None = None, timeout: float = 60.0
    ) -> None:
        self._to = address_of(address.rstrip("/"))
        if token is not None and not (self._to.secure or self._to.here):
            message = f"{self._to}: a token goes over https, or to this machine"
            raise UsageError(message)
        self._headers = {"Accept": _JSON} | ({"Authorization": f"Bearer {token}"} if token is not None else {})
        self._timeout = timeout

    def case(self, *, as_of: date | str | None = None) -> Case:
        """The case at a glance."""
        return cast("Case", self._get("case", as_of=as_of))

    def claims(self, **asked: Asked) -> Iterator[Claim]:
        """Claims by the day that they speak of.

        `place`, `actor`, `source`, `side`, `document`, `kind`, `modality`, `polarity`, `from_`, `to`, `least`,
        `counted`, `q`; and as of all lists `as_of`, `limit`, and `fields`: some of the fields, ("id", "place.name").
        """
        return self._list("claims", asked)

    def places(self, **asked: Asked) -> Iterator[Place]:
        """Places, those with most claims first."""
        return self._list("places", asked)

    def actors(self, **asked: Asked) -> Iterator[Actor]:
        """Actors, those with most claims first."""
        return self._list("actors", asked)

    def sources(self, **asked: Asked) -> Iterator[Source]:
        """Who speaks, and how each fared."""
        return self._list("sources", asked)

    def documents(self, **asked: Asked) -> Iterator[Document]:
        """Documents by the day that they came out."""
        return self._list("documents", asked)

    def spells(self, **asked: Asked) -> Iterator[Spell]:
        """Who held what from when to when; `place`, `actor`."""
        return self._list("spells", asked)

    def incidents(self, **asked: Asked) -> Iterator[Incident]:
        """What happened, the heaviest first; `place`, `actor`."""
        return self._list("incidents", asked)

    def tolls(self, **asked: Asked) -> Iterator[Toll]:
        """What it cost, the heaviest first; `place`, `actor`."""
        return self._list("tolls", asked)

    def contradictions(self, **asked: Asked) -> Iterator[Contradiction]:
        """Accounts that cannot all hold; `place`, `actor`."""
        return self._list("contradictions", asked)

    def runs(self, **asked: Asked) -> Iterator[Run]:
        """Readings of files, the latest first."""
        return self._list("runs", asked)

    def issues(self, **asked: Asked) -> Iterator[Issue]:
        """What was wrong with the input; `document`, `run`."""
        return self._list("issues", asked)

    def reviews(self, **asked: Asked) -> Iterator[Decided]:
        """Decisions of persons, in the order made."""
        return self._list("reviews", asked)

    def control(self, day: date | str, **asked: Asked) -> list[Spell]:
        """Who held each place on a day."""
        return cast("list[Spell]", self._get("control", day=day, **asked)["control"])

    def columns(self, *, as_of: date | str | None = None) -> Columns:
        """Who held what when, all places and spells in columns."""
        return cast("Columns", self._get("control/spells", as_of=as_of))

    def place(self, identity: str, *, as_of: date | str | None = None) -> PlaceTold:
        """A place, with all that is told of it."""
        return cast("PlaceTold", self._get(f"places/{_path(identity)}", as_of=as_of))

    def actor(self, identity: str, *, as_of: date | str | None = None) -> ActorTold:
        """An actor, and what it held."""
        return cast("ActorTold", self._get(f"actors/{_path(identity)}", as_of=as_of))

    def source(self, identity: str, *, as_of: date | str | None = None) -> Source:
        """A source: its side, its grades and why."""
        return cast("Source", self._get(f"sources/{_path(identity)}", as_of=as_of))

    def claim(self, identity: str, *, as_of: date | str | None = None) -> ClaimTold:
        """A claim, and the findings that rest on it."""
        return cast("ClaimTold", self._get(f"claims/{_path(identity)}", as_of=as_of))

    def document(self, identity: str, *, as_of: date | str | None = None) -> DocumentTold:
        """A document with its text."""
        return cast("DocumentTold", self._get(f"documents/{_path(identity)}", as_of=as_of))

    def original(self, document: str) -> bytes:
        """The bytes of a document as obtained."""
        return self._asked("GET", f"documents/{_path(document)}/original").body

    def search(self, words: str, **asked: Asked) -> Found:
        """Claims, documents, places, actors and sources by words; `kind`, `limit`, `as_of`."""
        return cast("Found", self._get("search", q=words, **asked))

    def decide(self, *, reason: str, author: str, **decided: Any) -> Decided:
        """Note a decision: `claim` with `decision` (accept, reject, correct, undo) and `set`; `link`, `part` of two."""
        body = msgspec.json.encode({"reason": reason, "author": author, **decided})
        told = self._asked("POST", "reviews", {"Content-Type": _JSON}, body=body)
        return cast("Decided", msgspec.json.decode(told.body))

    def upload(
        self,
        *paths: Path | str,
        source: str | None = None,
        published: date | str | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        wait: bool = True,
    ) -> Upload:
        """Send files to be read, and wait until they are.

        Args:
            paths: files.
            source: the outlet of all of them, where it is known.
            published: the day that all came out, where it is known.
            progress: called with (files read, files in all, name of the last).
            wait: else the upload is given as it waits; `uploaded` tells how it goes on.
        """
        fields = {"source": source, "published": _word(published) if published is not None else None}
        with _Form({name: value for name, value in fields.items() if value}, [Path(one) for one in paths]) as form:
            told = self._asked("POST", "uploads", form.headers, body=form, more=form.size / _SLOWEST)
        found = cast("Upload", msgspec.json.decode(told.body))
        while wait and found["state"] in ("waiting", "reading"):
            sleep(_LOOKS)
            found = self.uploaded(found["id"])
            if progress is not None:
                progress(found["done"], found["files"], found["name"] or "")
        return found

    def uploaded(self, identity: str) -> Upload:
        """How far an upload is, and what came of each file."""
        return cast("Upload", self._get(f"uploads/{_path(identity)}"))

    def _list(self, name: str, asked: Mapping[str, Asked]) -> Iterator[Any]:
        """The rows of a list, asked for a page at a time; `limit` is how many in all."""
        wanted = dict(asked)
        left = int(cast("int", wanted.pop("limit"))) if wanted.get("limit") is not None else None
        cursor: int | None = 0
        while cursor is not None and (left is None or left > 0):
            size = _PAGE if left is None else min(left, _PAGE)
            page = self._get(name, limit=size, cursor=cursor, **wanted)
            yield from page[name]
            cursor = page["next"]
            left = left - size if left is not None else None

    def _get(self, path: str, **asked: Asked) -> Any:
        told = {key.rstrip("_"): _word(value) for key, value in asked.items() if value is not None}
        return msgspec.json.decode(self._asked("GET", path, query=urlencode(told)).body)

    def _asked(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        query: str = "",
        body: "bytes | Sending | None" = None,
        more: float = 0.0,
    ) -> Reply:
        """An answer that is one; a server that is not ready is asked again when it says, as long as one may wait.

        `more` seconds are given to what is sent.
        """
        to = self._to._replace(path=f"{self._to.path}/api/v1/{path}", query=query)
        until = monotonic() + self._timeout
        while True:
            sent = {**self._headers, **(headers or {})}
            reply = ask(method, to, sent, self._timeout + more, body=body, most=_MOST)
            if reply.status < 300:
                return reply
            again = reply.retry_after
            if method != "GET" or reply.status != 503 or again is None or monotonic() + again > until:
                raise _problem(to, reply)
            sleep(again)


def _problem(to: Address, reply: Reply) -> Exception:
    """What a server says is wrong; where it says nothing of that sort, it is none of tadmor's."""
    try:
        told = msgspec.json.decode(reply.body)
        return ProblemError(reply.status, told["title"], told["detail"], reply.retry_after)
    except (msgspec.DecodeError, KeyError, TypeError):
        return EndpointError(str(to), f"answered {reply.status}, and not as tadmor does")


def _word(value: Asked) -> str:
    """A value as it stands in an address."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value)
    return ",".join(value)


def _path(identity: str) -> str:
    return quote(identity, safe=":")


class _Form:
    """A form with files, read from the disk as it is sent."""

    def __init__(self, fields: Mapping[str, str], paths: Sequence[Path]) -> None:
        edge = token_hex(16)
        heads = [
            (f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n').encode()
            for name, value in fields.items()
        ]
        self._ahead: list[bytes | Path] = [b"".join(heads)]
        for path in paths:
            self._ahead += [_head(edge, path), path, b"\r\n"]
        self._ahead.append(f"--{edge}--\r\n".encode())
        self.size = size = sum(len(one) if isinstance(one, bytes) else _size(one) for one in self._ahead)
        self.headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Content-Length": str(size)}
        self._open: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            self._open.close()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""
        while True:
            if self._open is not None:
                piece = self._open.read(size)
                if piece:
                    return piece
                self._open.close()
                self._open = None
            if not self._ahead:
                return b""
            one = self._ahead.pop(0)
            if isinstance(one, bytes):
                if one:
                    return one
            else:
                self._open = one.open("rb")


def _head(edge: str, path: Path) -> bytes:
    """The head of a file's part; what would end its name is told as browsers tell it."""
    name = path.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    told = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    return f"{told}Content-Type: application/octet-stream\r\n\r\n".encode(errors="replace")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})"
        raise UsageError(message) from error
