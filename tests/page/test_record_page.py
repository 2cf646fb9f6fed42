"""The record page in a browser: what is drawn, the way from a coloured mark to the words of both sides, and its keys."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

#: Colours of the first two holders on white ground (web/src/record/palette.ts and assets/page.css).
BLUE, ORANGE = (11, 106, 168), (194, 87, 10)


def drawn(page):
    """Wait until the map is drawn, then give its picture."""
    page.wait_for_selector("section.map[data-land=yes]", timeout=20_000)
    page.wait_for_timeout(300)
    return Image.open(io.BytesIO(page.locator("section.map").screenshot())).convert("RGB")


def near(picture, colour, within=40):
    """How many pixels are about of a colour."""
    return sum(
        count
        for count, found in picture.getcolors(maxcolors=picture.width * picture.height)
        if sum(abs(a - b) for a, b in zip(found, colour, strict=True)) < within
    )


def test_places_are_drawn_in_the_colours_of_who_holds_them(seen):
    page = seen.open("/?day=2016-06-01")
    picture = drawn(page)
    assert near(picture, BLUE) > 40
    assert near(picture, ORANGE) > 40
    assert int(page.locator("section.map").get_attribute("data-marks")) > 20


def test_another_day_is_drawn_otherwise_and_stands_in_the_address(seen):
    page = seen.open("/?day=2016-06-01")
    before = drawn(page)
    page.get_by_role("button", name="A day on").click()
    expect(page).to_have_url(re.compile("day=2016-06-02"))
    page.get_by_role("textbox", name="Day").or_(page.locator("input[aria-label=Day][type=date]")).first.fill(
        "2016-12-20"
    )
    expect(page).to_have_url(re.compile("day=2016-12-20"))
    assert drawn(page).tobytes() != before.tobytes()


def test_the_list_says_in_words_what_the_map_shows(seen):
    page = seen.open("/?day=2016-06-01")
    row = page.locator("table.places tr", has_text="Palmyra").first
    expect(row).to_contain_text("held by Syrian government")
    page.goto(seen.address + "/?day=2016-12-20")
    expect(page.locator("table.places tr", has_text="Palmyra").first).to_contain_text("held by Islamic State")


def test_from_a_place_to_its_ribbon_to_a_claim_to_the_words_in_its_document(seen):
    page = seen.open("/?day=2016-06-01")
    page.locator("table.places").get_by_role("button", name="Palmyra", exact=True).click()
    expect(page).to_have_url(re.compile("place=gn"))
    ribbon = page.locator("figure.bands svg")
    expect(ribbon).to_be_visible()
    assert ribbon.locator("rect.band").count() >= 4
    assert ribbon.locator("circle.tick").count() > 20
    page.locator(".chosen a[href*='/claims/']").first.click()
    expect(page).to_have_url(re.compile("/claims/[0-9a-f]+"))
    expect(page.locator("blockquote.context mark")).to_be_visible()
    words = page.locator("blockquote.context mark").inner_text()
    page.get_by_role("link", name="In its document").click()
    expect(page).to_have_url(re.compile("/documents/[0-9a-f]+#[0-9a-f]+"))
    assert words.split()[0] in page.locator(".text").inner_text()


def test_as_known_on_a_day_shows_what_was_known_then(seen):
    page = seen.open("/?day=2016-12-20&as_of=2016-06-01")
    expect(page.locator("table.places tr", has_text="Palmyra").first).to_contain_text("held by Syrian government")
    expect(page.locator(".asknown")).to_be_visible()


def test_keys_move_the_day(seen):
    page = seen.open("/?day=2016-06-01")
    page.wait_for_selector("table.places")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("day=2016-06-02"))
    page.keyboard.press("PageDown")
    expect(page).not_to_have_url(re.compile("day=2016-06-02"))


def test_the_way_back_leads_back(seen):
    page = seen.open("/?day=2016-06-01")
    page.locator("table.places").get_by_role("button", name="Palmyra", exact=True).click()
    expect(page.locator("figure.bands")).to_be_visible()
    page.go_back()
    expect(page.locator("table.places")).to_be_visible()


def test_search_finds_places_and_claims(seen):
    page = seen.open("/")
    page.get_by_role("searchbox", name="Search places").fill("Palmira")
    expect(page.locator(".hits")).to_contain_text("Palmyra")


def test_a_day_is_changed_within_a_tenth_of_a_second(seen):
    page = seen.open("/?day=2016-06-01")
    drawn(page)
    times = []
    for _ in range(10):
        page.get_by_role("button", name="A day on").click()
        page.wait_for_timeout(60)
        times.append(float(page.locator("section.map").get_attribute("data-draw-ms")))
    assert sorted(times)[5] < 100


@pytest.mark.parametrize(
    "path", ["/places", "/places/gn:163808", "/contradictions", "/sources", "/documents", "/about"]
)
def test_pages_work_without_scripts(browser, address, seen, path):
    seen.open("/about")  # the server is up
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + path)
    assert page.locator("h1").inner_text()
    wide = page.locator("html").bounding_box()["width"]
    assert wide <= 390  # nothing sticks out of a phone's screen
    context.close()


def test_a_holder_has_one_colour_on_the_map_and_on_the_page_of_a_place(seen):
    page = seen.open("/?day=2016-06-01&place=gn:163808")
    drawn(page)
    on_map = set(page.locator("figure.bands rect.band").evaluate_all("all => all.map(one => one.getAttribute('fill'))"))
    page.goto(seen.address + "/places/gn:163808")
    here = page.locator("figure.ribbon svg a rect:not(.besieged)").evaluate_all(
        "all => [...new Set(all.map(one => getComputedStyle(one).fill))]"
    )
    named = page.locator(".ribbon .legend span:has(svg)").all_inner_texts()
    rgb = {f"rgb({int(one[1:3], 16)}, {int(one[3:5], 16)}, {int(one[5:7], 16)})" for one in on_map if one[0] == "#"}
    assert set(here) == rgb
    assert {one.strip() for one in named} == {"Islamic State", "Syrian government"}
    first = page.locator(".ribbon .legend span:has(svg)", has_text="Islamic State").locator("rect")
    assert first.evaluate("one => getComputedStyle(one).fill") == f"rgb{BLUE}"


def test_each_paragraph_of_a_document_goes_as_its_own_script_goes(seen):
    page = seen.open("/documents")
    page.locator("tbody th a").first.click()
    # what the style does with text is asked of words of both scripts, put where the document's own stand
    ends = page.locator(".text").evaluate(
        """it => {
          it.textContent = "قوات النظام سيطرت على المدينة.\\nThe army took the city.";
          const box = it.getBoundingClientRect();
          const range = document.createRange();
          return [[0, 5], [31, 36]].map(([from, to]) => {
            range.setStart(it.firstChild, from); range.setEnd(it.firstChild, to);
            const own = range.getBoundingClientRect();
            return Math.round(own.left - box.left) < Math.round(box.right - own.right) ? "left" : "right";
          });
        }"""
    )
    assert ends == ["right", "left"]
