"""The example case served by a real server, seen through a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_server import REPOSITORY, read_into, serving
from playwright.sync_api import Browser, sync_playwright
from seen_page import Seen

BUILT = REPOSITORY / "src/tadmor/views/page/static/record.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: WebGL without a graphics card; Chromium no longer falls back to it by itself.
FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, saying so, where there is no browser or the page is not built."""
    missing = "no chromium" if CHROMIUM is None else None if BUILT.is_file() else "the page is not built (make web)"
    for item in items:
        if missing is not None and Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example case; tests only ask it, or copy it."""
    folder = tmp_path_factory.mktemp("page") / "example"
    read_into(folder, REPOSITORY / "examples/palmyra")
    return folder


@pytest.fixture(scope="session")
def address(example: Path) -> Iterator[str]:
    """Where the example case is served."""
    with serving(example) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def seen(browser: Browser, address: str) -> Iterator[Seen]:
    """A page at a desk; at its end nothing was complained of, and nothing asked of other machines."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    found = Seen(context.new_page(), address)
    yield found
    context.close()
    assert found.complaints == []
    assert found.elsewhere == []
