"""Pictures of each view, as `docs/screenshots` has them: `make screenshots` writes them there."""

import os
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs/screenshots"
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
VIEWS = {
    "record": "/?day=2016-06-01",
    "record-place": "/?day=2016-06-01&place=gn:163808",
    "place": "/places/gn:163808",
    "contradictions": "/contradictions",
    "source": "/sources",
    "search": "/search?q=Palmyra",
    "desk": "/desk",
    "document": "document",
    "claim": "claim",
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_view_is_whole_at_each_size(browser, address, seen, size, scheme, tmp_path):
    seen.open("/about")  # the server is up
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    folder = DOCS if os.environ.get("TADMOR_SCREENSHOTS") else tmp_path
    folder.mkdir(exist_ok=True)
    for name, path in VIEWS.items():
        if path == "claim":
            page.goto(address + "/claims?kind=control&place=gn:163808")
            page.locator(".claims blockquote a").first.click()
        elif path == "document":
            page.goto(address + "/documents")
            page.locator("tbody th a").first.click()
        else:
            page.goto(address + path)
        if path.startswith("/?"):
            page.wait_for_selector("section.map[data-land=yes]", timeout=20_000)
            page.wait_for_timeout(800)
        picture = folder / f"{name}-{size}-{scheme}.png"
        page.screenshot(path=picture)
        assert picture.stat().st_size > 10_000  # more than an empty page
        assert page.evaluate("document.documentElement.scrollWidth") <= width  # nothing sticks out
    context.close()
