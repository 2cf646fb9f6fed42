"""The desk in a browser: its keys, a decision from end to end, and the same without scripts."""

import shutil
import time
from pathlib import Path

import pytest
from made_server import serving

from tadmor.ledger import Ledger
from tadmor.views.deciding import decisions


@pytest.fixture(scope="module")
def own(example, tmp_path_factory):
    """A copy of the example case, to decide on."""
    return shutil.copytree(example, tmp_path_factory.mktemp("served") / "case")


@pytest.fixture(scope="module")
def served(own):
    """That copy, served."""
    with serving(own) as found:
        yield found


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


def test_keys_lead_through_the_questions_and_a_decision_is_noted(browser, served, own):
    """Going from question to question, to its buttons and to the reason is a key each; Enter in a field decides nothing."""
    context = browser.new_context()
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


def test_without_scripts_a_decision_is_taken_back(browser, served, own):
    """The list of decisions opens a form of its own, and what was rejected is decided on again."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page, said = opened(context, f"{served}/desk/decisions")
    page.locator("summary", has_text="Take it back").first.click()
    page.locator(".made .reason").first.fill("misread")
    page.locator(".made [name=author]").first.fill("N. Noscript")
    page.locator("button", has_text="Undo").first.click()
    page.wait_for_url("**/desk/decisions?done=2")
    assert noted(own)[-1] == ("undo", "N. Noscript", "misread")
    assert said == []
    context.close()


def test_the_desk_fits_a_phone(browser, served, own):
    """No page of it is wider than a phone."""
    with Ledger.open(own) as ledger:
        claim = next(iter(ledger.claims())).id
    context = browser.new_context(viewport={"width": 390, "height": 844})
    for path in ("/desk", "/desk/decisions", "/desk/agreement", f"/desk/claims/{claim}"):
        page, said = opened(context, f"{served}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert said == []
    context.close()
