"""What all tests share: no network, no case of the user's, and reference data only where it is."""

import os
import socket
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TADMOR_SHARED", REPOSITORY.parent / "shared"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, saying so, what reads the reference data where there is none."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the reference data (../shared or TADMOR_SHARED) is missing")
    for item in items:
        if item.get_closest_marker("shared") is not None:
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails, also where one is there."""

    def refuse(_self: socket.socket, address: object) -> None:
        message = f"a test reached for the network: {address}"
        raise AssertionError(message)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _no_case_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case that the user works on, and the key of an endpoint, stay out of the tests."""
    monkeypatch.delenv("TADMOR_CASE", raising=False)
    monkeypatch.delenv("TADMOR_LLM_KEY", raising=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data."""
    return SHARED


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository's root."""
    return REPOSITORY
