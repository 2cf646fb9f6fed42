"""Logging in, in a browser, and the pages of an admin; axe finds nothing serious in them."""

import shutil

import pytest
from made_server import serving
from pictures import pictured
from test_access import serious_in
from test_screenshots import SIZES

from tadmor.datamodel.people import Doer, Known, Role
from tadmor.ledger.accounts import Accounts

ADMIN, PASSWORD = "Ada Admin", "four words of mine"


@pytest.fixture(scope="module")
def staffed(example, tmp_path_factory):
    """A copy of the example case that has an admin, served."""
    folder = shutil.copytree(example, tmp_path_factory.mktemp("staffed") / "case")
    with Accounts.open(folder) as people:
        people.add(ADMIN, Role.ADMIN, PASSWORD, Doer(name="somebody", known=Known.SHELL))
    with serving(folder) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_admin_logs_in_and_looks_after_people(browser, staffed, scheme):
    """Whoever is not logged in is led to the log-in, and from there on to where they wanted."""
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{staffed}/places")
    assert page.url == f"{staffed}/login?to=/places"
    assert serious_in(page) == []
    page.fill("[name=name]", ADMIN)
    page.fill("[name=password]", PASSWORD)
    page.click("form.entry button")
    page.wait_for_url(f"{staffed}/places")
    for address, words in (("accounts", ADMIN), ("audit", "log-in"), ("me", ADMIN)):
        page.goto(f"{staffed}/{address}")
        assert words in page.inner_text("main")
        assert serious_in(page) == []
    page.click("form.account button, .account button")
    page.wait_for_url(f"{staffed}/login")
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_account_pages_are_whole_at_each_size(browser, staffed, size, scheme, tmp_path):
    """None is wider than the screen."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.goto(f"{staffed}/login?to=/accounts")
    pictured(page, f"login-{size}-{scheme}", tmp_path)
    page.fill("[name=name]", ADMIN)
    page.fill("[name=password]", PASSWORD)
    page.click("form.entry button")
    page.wait_for_url(f"{staffed}/accounts")
    for address in ("accounts", "audit", "me"):
        page.goto(f"{staffed}/{address}")
        pictured(page, f"{address}-{size}-{scheme}", tmp_path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()
