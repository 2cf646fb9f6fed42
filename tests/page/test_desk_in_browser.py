"""The desk in a browser: its keys, a decision from end to end, and the same without scripts."""

import shutil
from pathlib import Path

import pytest
from made_server import serving

from tadmor.ledger import Ledger
from tadmor.views.deciding import decisions

#: Selects some words in the middle of the text of a document, and gives them.
SELECTING = """() => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim().length > 40) nodes.push(walker.currentNode);
  const node = nodes[Math.floor(nodes.length / 2)];
  const range = document.createRange();
  range.setStart(node, 3);
  range.setEnd(node, 30);
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
  return range.toString();
}"""


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
    """A page, and what its console says."""
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
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


def test_words_that_are_selected_become_a_claim(browser, served, own):
    """A key names the kind; the words are those selected, whatever characters stand before them, and the claim is made."""
    with Ledger.open(own) as ledger:
        document = max(ledger.documents(), key=lambda one: sum(ord(letter) > 0xFFFF for letter in one.text))
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, said = opened(context, f"{served}/desk/documents/{document.id}")
    words = page.evaluate(SELECTING)
    page.keyboard.press("e")
    page.wait_for_selector("#claim")
    start, end = (int(page.locator(f"#claim [name={name}]").input_value()) for name in ("start", "end"))
    assert document.text[start:end] == words.strip()
    assert page.locator("#text .chosen").inner_text() == words.strip()
    page.select_option("[name='field.type']", "clash")
    page.fill("[name=reason]", "no reader took it")
    page.fill("[name=author]", "R. Reviewer")
    page.click("button[value=add]")
    page.wait_for_selector("[role=status]")
    context.close()
    assert said == []
    with Ledger.open(own) as ledger:
        made = list(decisions(ledger, every=False))[-1]
        claim = ledger.claim(made.claims[0].claim)
    assert (made.what, claim.claim.quote, claim.claim.reader) == ("add", words.strip(), "person")
