"""The way to one endpoint of the test's own, and to nothing else."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from made_endpoint import Endpoint, serving
from made_web import Web, serving_web

_CONNECT = socket.socket.connect


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch, _no_network: None) -> Iterator[Endpoint]:
    """An endpoint on this machine; connections to this machine alone are let through."""
    _let_through(monkeypatch)
    with serving() as made:
        yield made


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, _no_network: None) -> Iterator[Web]:
    """A web server on this machine, likewise."""
    _let_through(monkeypatch)
    with serving_web() as made:
        yield made


def _let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(self: socket.socket, address: Any) -> None:
        assert address[0] in ("127.0.0.1", "::1"), f"a test reached for the network: {address}"
        _CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", here)
