"""Pictures of each view, as `docs/screenshots` has them: `make screenshots` writes them there."""

import pytest
from pictures import pictured

SIZES = {"desk": (1280, 800), "phone": (390, 844)}
#: Each view, and what is clicked there to come to it.
VIEWS = {
    "record": ("/?day=2016-06-01", None),
    "record-place": ("/?day=2016-06-01&place=gn:163808", None),
    "record-choices": ("/?day=2016-12-11&layers=control,events&tab=choices", None),
    "place": ("/places/gn:163808", None),
    "incident": ("/incidents", ".findings a, tbody th a"),
    "actor": ("/actors", "tbody th a"),
    "source": ("/sources", "tbody th a"),
    "sources": ("/sources", None),
    "contradictions": ("/contradictions", None),
    "search": ("/search?q=Palmyra", None),
    "about": ("/about", None),
    "desk": ("/desk", None),
    "desk-document": ("/documents", "tbody th a"),
    "decisions": ("/desk/decisions", None),
    "agreement": ("/desk/agreement", None),
    "uploads": ("/uploads", None),
    "runs": ("/runs", None),
    "document": ("/documents", "tbody th a"),
    "claim": ("/claims?kind=control&place=gn:163808", ".claims blockquote a"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_view_is_whole_at_each_size(browser, address, seen, size, scheme, tmp_path):
    seen.open("/about")  # the server is up
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    for name, (path, clicked) in VIEWS.items():
        page.goto(address + path)
        if clicked is not None:
            page.locator(clicked).first.click()
        if name == "desk-document":
            page.get_by_role("link", name="add a claim").click()
        if path.startswith("/?"):
            page.wait_for_selector("section.map[data-land=yes]", timeout=20_000)
            page.wait_for_timeout(800)
        pictured(page, f"{name}-{size}-{scheme}", tmp_path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name  # nothing sticks out
    context.close()
