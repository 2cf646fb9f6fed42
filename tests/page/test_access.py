"""Can everybody use the pages? axe finds nothing serious, in light and dark, at a desk and on a phone."""

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
VIEWS = {
    "record": "/?day=2016-06-01",
    "record with a place": "/?day=2016-06-01&place=gn:163808",
    "record with layers and filters": "/?day=2016-12-11&layers=control,events&tab=choices&source=sohr",
    "record with claims": "/?day=2016-12-11&tab=claims&kind=control",
    "places": "/places",
    "place": "/places/gn:163808",
    "contradictions": "/contradictions",
    "incidents": "/incidents",
    "tolls": "/tolls",
    "sources": "/sources",
    "actors": "/actors",
    "documents": "/documents",
    "claims": "/claims",
    "search": "/search?q=Palmyra&kind=control",
    "about": "/about",
    "desk": "/desk",
    "decisions": "/desk/decisions",
    "agreement": "/desk/agreement",
    "uploads": "/uploads",
    "runs": "/runs",
    "blind coding": "/desk?blind=1",
    "double coding": "/desk/codings",
    "deciding on a place": "/desk/places/gn:163808",
    "grading a source": "/desk/sources/reuters",
    "adding a claim": "/desk/documents/",
    "nothing here": "/claims/zz",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(browser, address, view, scheme):
    # the page's policy lets no script of others in, and so none of axe's
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address + (VIEWS[view] if view != "adding a claim" else adding(page, address)))
    if view.startswith("record"):
        page.wait_for_selector("section.map[data-ready=yes]", timeout=20_000)
    found = serious_in(page)
    context.close()
    assert found == []


def adding(page, address):
    """Where a claim is added to the first of the documents, whose id nobody knows beforehand."""
    page.goto(address + "/documents")
    page.locator("tbody th a").first.click()
    return page.get_by_role("link", name="add a claim").get_attribute("href")


def serious_in(page):
    """What axe finds serious in a page."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
