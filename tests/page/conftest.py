"""The example case served by a real server, seen through a real browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[2]
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
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the example case is served."""
    folder = tmp_path_factory.mktemp("page") / "example"
    tadmor = [sys.executable, "-m", "tadmor.views.cli"]
    example = REPOSITORY / "examples/palmyra"
    read = ["read", example / "reports", "--sources", example / "sources.yaml", "--case", folder]
    subprocess.run([*tadmor, *map(str, read)], check=True, capture_output=True, timeout=300)
    # another for each worker, should tests run side by side
    port = 18000 + sum(map(ord, str(folder))) % 4000
    call = [*tadmor, "serve", "--case", str(folder), "--port", str(port)]
    # whoever runs the tests is named in no picture
    named = os.environ | {"TADMOR_AUTHOR": "A. Reviewer"}
    server = subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env=named)
    told = server.stdout.readline() if server.stdout is not None else ""
    assert f"http://127.0.0.1:{port}/" in told
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=20)
    if server.stdout is not None:
        server.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


class Seen:
    """A page, with what its console complained of and what it asked of other machines."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def open(self, path: str) -> Page:
        """Go to an address of the site."""
        for _ in range(50):
            try:
                self.page.goto(self.address + path)
            except Exception as error:
                if "ERR_CONNECTION_REFUSED" not in str(error):
                    raise
                self.page.wait_for_timeout(100)
            else:
                return self.page
        message = f"nobody answers at {self.address}"
        raise AssertionError(message)

    def _heard(self, kind: str, words: str) -> None:
        if kind == "error" or "Content Security Policy" in words:
            self.complaints.append(words)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(url)


@pytest.fixture
def seen(browser: Browser, address: str) -> Iterator[Seen]:
    """A page at a desk; at its end nothing was complained of, and nothing asked of other machines."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    found = Seen(context.new_page(), address)
    yield found
    context.close()
    assert found.complaints == []
    assert found.elsewhere == []
