"""One request and its answer: kept byte for byte, and ended at the limits."""

import gzip
import time
import zlib

import pytest
from made_web import answer

from tadmor.errors import UnreachableError
from tadmor.network.exchange import Limits, exchange
from tadmor.network.guard import address_to_ask

SMALL = Limits(wire=50_000, plain=50_000, seconds=1.0, idle=0.3)


def asked(web, path="/", limits=SMALL):
    return exchange(address_to_ask(web.url + path), {"Accept-Encoding": "gzip, deflate"}, limits, private=True)


def test_request_and_answer_are_kept_as_they_went_over_the_wire(web):
    """Head, spaces and chunks included."""
    sent = b"HTTP/1.1 200 OK\r\nX-Odd:  two   spaces \r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwire\r\n3\r\n ok\r\n0\r\n\r\n"
    web.pages["/"] = sent
    found = asked(web)
    assert found.answered == sent
    assert found.body == b"wire ok"
    assert found.asked.decode() == web.heads[0]
    assert found.asked.startswith(f"GET / HTTP/1.1\r\nHost: {web.place}\r\n".encode())


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"text " * 100, mtime=0)),
        ("deflate", zlib.compress(b"text " * 100)),
        ("deflate", zlib.compress(b"text " * 100)[2:-4]),
        ("GZIP", gzip.compress(b"text " * 50, mtime=0) + gzip.compress(b"text " * 50, mtime=0)),
    ],
)
def test_packed_answers_are_unpacked(web, coding, packed):
    """Deflate with a head or without one."""
    web.pages["/"] = answer(packed, Content_Encoding=coding)
    assert asked(web).body == b"text " * 100


@pytest.mark.parametrize(
    ("coding", "packed", "why"),
    [
        ("gzip", gzip.compress(b"\0" * 10_000_000, mtime=0), "more than 50,000 bytes"),
        ("gzip", gzip.compress(b"text", mtime=0)[:-9], "damaged"),
        ("gzip", b"no gzip", "damaged"),
        ("br", b"whatever", "not read"),
    ],
)
def test_what_cannot_be_unpacked_is_kept_packed(web, coding, packed, why):
    """A bomb is not unpacked beyond the limit."""
    web.pages["/"] = answer(packed, Content_Encoding=coding)
    found = asked(web)
    assert found.body is None
    assert why in found.notes[-1]
    assert found.answered.endswith(packed)


def _dripping(_head):
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    for _ in range(100):
        time.sleep(0.05)
        yield b"."


def _endless(_head):
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b"x" * 10_000


def _endless_head(_head):
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(10_000):
        yield b"X-%d: y\r\n" % number


def _silent(_head):
    time.sleep(0.6)
    yield b""


@pytest.mark.parametrize(
    "told",
    [
        _dripping,
        _endless,
        _endless_head,
        _silent,
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nbreaks off",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\nx",
        b"HTTP/1.1 " + b"9" * 70_000,
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
    ids=[
        "dripping",
        "endless",
        "endless-head",
        "silent",
        "1TB",
        "cut",
        "chunk",
        "no-chunk",
        "status",
        "ssh",
        "nothing",
    ],
)
def test_an_answer_without_end_or_measure_is_ended(web, told):
    """By bytes or by time, in one error that says so; nothing else is raised."""
    web.pages["/"] = told
    began = time.monotonic()
    with pytest.raises(UnreachableError):
        asked(web)
    assert time.monotonic() - began < 3
