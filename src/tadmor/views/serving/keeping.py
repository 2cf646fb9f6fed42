"""Answers that are kept ready are sent before the application is asked: the map asks for one day over and over."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from tadmor.views.serving.guarding import Asgi, Message, Receive, Scope, Send
from tadmor.views.serving.lately import Lately
from tadmor.views.serving.shelf import Opened

#: Where an answer of the application says which atlas it is from, and so for how long it may be kept.
FROM = "tadmor.from"
#: Bytes of answers kept. Most are those that the application keeps too, and take no room of their own.
_KEPT = 64_000_000
#: What an answer hangs on besides its address.
_TELLING = (b"accept", b"accept-encoding")
#: Headers that go with word that an answer is as it was.
_UNCHANGED = frozenset({b"etag", b"cache-control", b"vary"})

Key = tuple[str, bytes, bytes, bytes]


class From(NamedTuple):
    """The atlas that an answer is from: of which day, and its key."""

    as_of: date | None
    key: str


class _Answer(NamedTuple):
    """An answer as it is sent (`start`, `body`), and the start of the word that it is as it was (`unchanged`)."""

    made_from: From
    tag: bytes
    start: Message
    body: Message
    unchanged: Message


class Keeper:
    """Sends what was answered before, as long as the atlas that it is from is the one of its day.

    Args:
        app: the application, whose answers say in the scope (`FROM`) what they are from.
        ready: the atlas of a day where that needs no looking; see `Shelf.ready`.
    """

    def __init__(self, app: Asgi, ready: Callable[[date | None], Opened | None]) -> None:
        self._app = app
        self._ready = ready
        self._answers = Lately[Key, _Answer](_KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the application do so."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        accept, encoding = (headers.get(name, b"") for name in _TELLING)
        key = (scope["path"], scope["query_string"], accept, encoding)
        known = self._answers.get(key)
        if known is None or not self._stands(known):
            await self._app(scope, receive, self._noting(scope, key, send))
        elif known.tag in headers.get(b"if-none-match", b""):
            await send(dict(known.unchanged))
            await send({"type": "http.response.body", "body": b""})
        else:
            await send(dict(known.start))
            await send(known.body)

    def _stands(self, answer: _Answer) -> bool:
        opened = self._ready(answer.made_from.as_of)
        return opened is not None and opened.key == answer.made_from.key

    def _noting(self, scope: Scope, key: Key, send: Send) -> Send:
        """Sends on, and keeps what is an answer from an atlas."""
        start: Message = {}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif FROM in scope and start.get("status") == 200 and not message.get("more_body"):
                self._keep(key, scope[FROM], dict(start), message)
            await send(message)

        return sending

    def _keep(self, key: Key, made_from: From, start: Message, body: Message) -> None:
        headers = start["headers"]
        tag = dict(headers).get(b"etag", b"")
        if not tag:
            return
        unchanged: Message = {**start, "status": 304, "headers": [one for one in headers if one[0] in _UNCHANGED]}
        self._answers.keep(key, _Answer(made_from, tag, start, body, unchanged), len(body.get("body", b"")))
