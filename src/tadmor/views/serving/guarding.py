"""What every answer carries, and which requests are turned away before anything is asked."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Nothing is loaded from elsewhere, nothing runs that is not a file of tadmor's own, nobody frames the page. The map
#: makes images of its patterns (blob, data) and works in a thread of its own (worker).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self' blob:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
)
#: Names of this machine: another in the Host header is a page elsewhere that had its name point here.
HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
#: Methods that read.
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Turns away requests that are not addressed to this machine or would write from another site, and adds headers."""

    def __init__(self, app: Asgi, hosts: frozenset[str] = HERE) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        headers = dict(scope["headers"])
        if _host(headers.get(b"host", b"")) not in self._hosts:
            await _refuse(guarded, 421, b"this server answers to other names only")
        elif scope["method"] not in _READING and not _own(headers):
            await _refuse(guarded, 403, b"a page of another site cannot write here")
        else:
            await self._app(scope, receive, guarded)


def _host(header: bytes) -> str:
    """The name in a Host header, without its port."""
    host = header.decode("latin-1").casefold()
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _own(headers: dict[bytes, bytes]) -> bool:
    """Does a page of this server ask, or a program that is no browser?

    Browsers say of which site the page is that asks; older ones only name its origin.
    """
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site is not None:
        return site in (b"same-origin", b"none")
    return origin is None or origin.rpartition(b"//")[2].lower() == headers.get(b"host", b"").lower()


async def _refuse(send: Send, status: int, words: bytes) -> None:
    start = {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]}
    await send(start)
    await send({"type": "http.response.body", "body": words + b"\n"})
