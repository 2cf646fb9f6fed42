"""A small case served."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from made_site import client, laid_here


@pytest.fixture(scope="module")
def site(case: Path) -> Iterator[TestClient]:
    """The small case served."""
    with client(case) as found:
        yield found


@pytest.fixture(scope="session")
def laid_case(case, tmp_path_factory):
    """The small case with its atlas; tests copy it."""
    folder = shutil.copytree(case, tmp_path_factory.mktemp("laid") / "case")
    laid_here(folder, None)
    return folder


@pytest.fixture
def own(laid_case, tmp_path):
    """A copy that a test may decide on."""
    return shutil.copytree(laid_case, tmp_path / "case")
