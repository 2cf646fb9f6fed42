"""A small case served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from made_site import client


@pytest.fixture(scope="module")
def site(case: Path) -> Iterator[TestClient]:
    """The small case served."""
    with client(case) as found:
        yield found
