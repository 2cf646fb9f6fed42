"""A published record in a browser, from a folder of a plain web server and as files, at a desk and on a phone."""

import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made_server import TADMOR
from playwright.sync_api import expect
from seen_page import Seen


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def published(example, tmp_path_factory) -> Path:
    """The example case published into a folder below another."""
    folder = tmp_path_factory.mktemp("host") / "some" / "where"
    call = ["publish", "-o", folder, "--case", example]
    subprocess.run([*TADMOR, *map(str, call)], check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture(scope="module")
def host(published) -> Iterator[str]:
    """A plain web server, of which the site has a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=published.parents[1]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/where"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def site(browser, host, request) -> Iterator[Seen]:
    """The site at two sizes; at its end nothing was complained of, and nothing asked of other machines."""
    context = browser.new_context(viewport={"width": request.param[0], "height": request.param[1]}, locale="en-GB")
    found = Seen(context.new_page(), host)
    yield found
    context.close()
    assert found.complaints == []
    assert found.elsewhere == []


def test_the_map_is_drawn_from_files_and_a_place_opens_with_its_words(site):
    page = site.open("/index.html?place=gn:163808")
    page.wait_for_selector("section.map[data-land=yes]", timeout=20_000)
    assert int(page.locator("section.map").get_attribute("data-marks")) > 10
    link = page.locator("aside.panel a[href^='claims/']").first
    expect(link).to_be_attached()
    page.goto(f"{site.address}/{link.get_attribute('href')}")
    expect(page.locator("blockquote.context")).to_be_visible()


def test_claims_are_filtered_and_searched_without_a_server(site):
    page = site.open("/index.html?tab=claims&days=all&kind=toll")
    expect(page.locator("ul.told li").first).to_be_visible(timeout=20_000)
    assert {one.inner_text() for one in page.locator("ul.told .sort").all()} == {"toll"}
    page.get_by_role("searchbox").first.fill("Palmyra")
    expect(page.locator(".hits button.link").first).to_have_text("Palmyra")


@pytest.mark.parametrize("path", ["places/index.html", "claims/index.html", "about/index.html", "withheld/index.html"])
def test_no_page_is_wider_than_the_screen(site, path):
    page = site.open(f"/{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_opened_as_a_file_the_pages_work_and_the_map_says_why_it_does_not(browser, published):
    page = browser.new_context().new_page()
    page.goto(f"file://{published}/index.html")
    expect(page.get_by_text("browsers start only from a web server")).to_be_visible()
    page.get_by_role("link", name="Palmyra", exact=True).first.click()
    expect(page.get_by_role("heading", name="Palmyra").first).to_be_visible()
