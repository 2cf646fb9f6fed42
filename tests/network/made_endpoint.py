"""A chat-completions endpoint on this machine, that answers what a test wants."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import MappingProxyType
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class Given(NamedTuple):
    """A reply: `length` is announced where it is not that of the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    length: int | None = None


def completion(content: str | None) -> Given:
    """A reply as a model gives it."""
    message = {"role": "assistant", "content": content}
    return Given(json.dumps({"id": "1", "choices": [{"index": 0, "message": message}]}).encode())


class Endpoint:
    """Keeps what it was asked; `reply` says what it answers."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        self.asked: list[Asked] = []
        self.reply: Callable[[Asked], Given] = lambda _asked: completion('{"claims": []}')


@contextmanager
def serving() -> Iterator[Endpoint]:
    """An endpoint at work, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(self.path, dict(self.headers), body)
            endpoint.asked.append(asked)
            given = endpoint.reply(asked)
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(given.body) if given.length is None else given.length))
            self.end_headers()
            try:
                self.wfile.write(given.body)
            except OSError:
                return  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            return

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # whoever asked has gone

    with Quiet(("127.0.0.1", 0), Handler) as server:
        endpoint = Endpoint(server)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield endpoint
        finally:
            server.shutdown()
