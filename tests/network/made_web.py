"""A web server on this machine that answers what a test wants, byte for byte where it wants that."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

ARTICLE = """<html><head><title>{title}</title><meta property="article:published_time" content="{day}T10:00:00Z"></head>
<body><article><h1>{title}</h1><p>{text}</p><p>More was said in the evening by the same officials in Damascus about
what had happened on the road to the north.</p></article></body></html>"""


def article(title: str, text: str, day: str = "2017-03-02") -> bytes:
    """A page with an article."""
    return ARTICLE.format(title=title, text=text, day=day).encode()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer as sent; an underscore in a header's name stands for a dash."""
    told = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


class Web:
    """Pages by path: bytes as they are sent, or what makes them of the request's head, in pieces if it likes."""

    def __init__(self, port: int) -> None:
        self.place = f"127.0.0.1:{port}"
        self.url = f"http://{self.place}"
        self.pages: dict[str, bytes | Callable[[str], bytes | Iterator[bytes]]] = {}
        self.asked: list[str] = []
        self.heads: list[str] = []

    def put(self, path: str, body: bytes, **headers: str) -> str:
        """A page; returns its address."""
        self.pages[path] = answer(body, **headers)
        return self.url + path

    def told(self, head: str) -> bytes | Iterator[bytes]:
        """What a request is answered with."""
        path = head.split(" ")[1]
        self.asked.append(path)
        self.heads.append(head)
        found = self.pages.get(path, answer(b"<html>not here</html>", "404 Not Found"))
        return found(head) if callable(found) else found


def headers_of(head: str) -> Mapping[str, str]:
    """The headers of a request, by name in small letters."""
    pairs = (line.partition(": ") for line in head.split("\r\n")[1:] if line)
    return {name.lower(): value for name, _, value in pairs}


@contextmanager
def serving_web() -> Iterator[Web]:
    """A server at work, until the end of the block."""

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                head += line
            told = web.told(head.decode("latin-1"))
            try:
                for piece in [told] if isinstance(told, bytes) else told:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                return  # whoever asked has gone

    class Quiet(ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, *_: object) -> None:
            return  # whoever asked has gone

    with Quiet(("127.0.0.1", 0), Handler) as server:
        web = Web(server.server_address[1])
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield web
        finally:
            server.shutdown()
