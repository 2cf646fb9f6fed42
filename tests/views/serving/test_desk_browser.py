"""The desk in a browser: its keys, a decision from end to end, and the same without scripts."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tadmor.ledger import Ledger
from tadmor.views.deciding import decisions

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")]


@pytest.fixture(scope="module")
def own(case, tmp_path_factory):
    """A copy of the small case, to decide on."""
    return shutil.copytree(case, tmp_path_factory.mktemp("served") / "case")


@pytest.fixture(scope="module")
def served(own):
    """That copy served by the program, as its users start it."""
    # another for each worker, should tests run side by side
    port = 22000 + sum(map(ord, str(own))) % 4000
    command = [sys.executable, "-m", "tadmor.views.cli", "serve", "--case", str(own), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        assert f":{port}/" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture(scope="module")
def chromium():
    """Debian's chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(context, address):
    """A page of a server that may still be starting, and what its console says."""
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for _ in range(100):
        try:
            page.goto(address)
        except Exception:  # noqa: BLE001 - playwright has one class for all, a refused connection among them
            time.sleep(0.2)
        else:
            break
    said.clear()
    return page, said


def noted(own: Path) -> list[tuple[str, str, str]]:
    with Ledger.open(own) as ledger:
        return [(one.what, one.author, one.reason) for one in decisions(ledger, every=True)]


def focus(page):
    return page.evaluate("document.activeElement.id || document.activeElement.value || document.activeElement.name")


def test_keys_lead_through_the_questions_and_a_decision_is_noted(chromium, served, own):
    """Going from question to question, to its buttons and to the reason is a key each; Enter in a field decides nothing."""
    context = chromium.new_context()
    page, said = opened(context, f"{served}/desk")
    first, second = page.locator(".question").nth(0), page.locator(".question").nth(1)
    for keys, at in (("j", first), ("j", second), ("k", first)):
        page.keyboard.press(keys)
        assert focus(page) == at.get_attribute("id")
    page.keyboard.press("a")
    assert focus(page).startswith("accept ")
    before = focus(page)
    page.keyboard.press("a")
    assert focus(page) != before
    page.keyboard.press("w")
    page.keyboard.type("a jar of keys")
    page.keyboard.press("Enter")
    assert page.url == f"{served}/desk"
    first.locator("[name=author]").fill("K. Keys")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    claim = focus(page).removeprefix("reject ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk?done=1")
    assert noted(own) == [("reject", "K. Keys", "a jar of keys")]
    assert page.locator(f'button[value="reject {claim}"]').count() == 0
    assert page.locator("[name=author]").first.input_value() == "K. Keys"
    page.keyboard.press("?")
    assert page.locator("#help").get_attribute("open") is not None
    assert said == []
    context.close()


def test_without_scripts_a_decision_is_taken_back(chromium, served, own):
    """The list of decisions opens a form of its own, and what was rejected is decided on again."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page, said = opened(context, f"{served}/desk/decisions")
    page.locator("summary", has_text="Take it back").first.click()
    page.locator(".made .reason").first.fill("misread")
    page.locator(".made [name=author]").first.fill("N. Noscript")
    page.locator("button", has_text="Undo").first.click()
    page.wait_for_url("**/desk/decisions?done=2")
    assert noted(own)[-1] == ("undo", "N. Noscript", "misread")
    assert said == []
    context.close()


def test_the_desk_fits_a_phone(chromium, served, own):
    """No page of it is wider than a phone."""
    with Ledger.open(own) as ledger:
        claim = next(iter(ledger.claims())).id
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    for path in ("/desk", "/desk/decisions", "/desk/agreement", f"/desk/claims/{claim}"):
        page, said = opened(context, f"{served}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert said == []
    context.close()
