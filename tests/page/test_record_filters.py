"""Filters act on all that is drawn: on control, on the layers, on the ribbon; each stands in the address and is told."""

import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

DAY = "/?day=2016-12-11&layers=control,events,tolls"


def drawn(page):
    """Wait until the map stands."""
    page.wait_for_selector("section.map[data-land=yes]", timeout=20_000)
    page.wait_for_timeout(400)
    return page


def figures(page):
    """Marks of control and signs of layers in view."""
    told = page.locator("section.map")
    return int(told.get_attribute("data-marks")), int(told.get_attribute("data-items"))


def test_a_source_leaves_what_rests_on_its_words_on_the_map_and_in_the_list(seen):
    page = drawn(seen.open(DAY))
    every = figures(page)
    page.goto(f"{seen.address}{DAY}&source=sohr")
    some = figures(drawn(page))
    assert 0 < some[0] < every[0]
    assert 0 < some[1] < every[1]
    expect(page.get_by_role("group", name="Filters")).to_contain_text("source: Syrian Observatory for Human Rights")
    assert page.locator("table.places tbody tr").count() == some[0]
    page.get_by_role("button", name="Take off: source").click()
    expect(page).not_to_have_url(re.compile("source="))
    page.wait_for_timeout(300)
    assert figures(page) == every


@pytest.mark.parametrize("condition", ["kind=toll", "side=syrian_government", "modality=hedged", "q=executed"])
def test_each_condition_on_claims_changes_what_is_drawn(seen, condition):
    page = drawn(seen.open(DAY))
    every = figures(page)
    page.goto(f"{seen.address}{DAY}&{condition}")
    expect(page.get_by_role("group", name="Filters")).to_be_visible()
    some = figures(drawn(page))
    assert some != every
    assert some[0] <= every[0]
    assert some[1] <= every[1]


def test_confidence_acts_on_the_signs_of_layers_too(seen):
    page = drawn(seen.open("/?day=2016-12-11&layers=events"))
    every = figures(page)[1]
    page.goto(f"{seen.address}/?day=2016-12-11&layers=events&least=95")
    assert figures(drawn(page))[1] < every


def test_a_filter_is_chosen_by_its_count_and_leaves_fewer_of_the_others(seen):
    page = drawn(seen.open(f"{DAY}&tab=choices"))
    kinds = page.get_by_label("kind", exact=True)
    expect(kinds.locator("option")).not_to_have_count(1)
    words = kinds.locator("option[value=toll]").inner_text()
    page.get_by_label("source", exact=True).select_option("sohr")
    expect(page).to_have_url(re.compile("source=sohr"))
    expect(kinds.locator("option[value=toll]")).not_to_have_text(words)


def test_the_ribbons_dots_follow_the_filters(seen):
    page = drawn(seen.open("/?day=2016-12-20&place=gn:163808"))
    every = page.locator("figure.bands circle.tick").count()
    page.goto(f"{seen.address}/?day=2016-12-20&place=gn:163808&source=sohr")
    drawn(page)
    expect(page.locator("figure.bands figcaption")).to_contain_text("pass the filters")
    assert 0 < page.locator("figure.bands circle.tick").count() < every


def test_names_are_written_in_the_script_that_is_chosen(seen):
    """The three choices draw three pictures, and each stands in the address."""
    pictures = {}
    for script in ("both", "latin", "local"):
        page = drawn(seen.open(f"/?day=2016-12-20&names={script}&tab=choices"))
        pictures[script] = page.locator("section.map").screenshot()
    assert len(set(pictures.values())) == 3
    page.get_by_label("names on the map").select_option("latin")
    expect(page).to_have_url(re.compile("names=latin"))


def test_the_list_says_which_language_a_name_is_of(seen):
    page = drawn(seen.open("/?day=2016-12-20"))
    expect(page.locator("table.places bdi[lang=ar]", has_text="تدمر")).to_be_visible()


def test_a_place_is_found_by_its_arabic_name_with_a_particle(seen):
    page = drawn(seen.open("/"))
    page.get_by_role("searchbox", name="Search places").fill("بتدمر")
    page.locator(".hits").get_by_role("button", name="Palmyra", exact=True).click()
    expect(page).to_have_url(re.compile("place=gn:163808"))


#: One area a state, side by side, with the same holder and besieger, and how its circle differs from bare ground.
STATES = {"held": 0, "contested": 1, "besieged": 2, "unknown": 3}


def test_areas_are_drawn_as_wide_as_they_are_and_each_state_otherwise(seen):
    """A circle of 30 km each: filled, striped, ringed, dashed; where no spell is, dotted."""
    places = [*STATES, "silent"]
    lons = [36.8 + 0.75 * at for at in range(len(places))]
    answer = {
        "places": {
            "id": places,
            "name": [""] * 5,
            "local": [None] * 5,
            "local_language": [None] * 5,
            "lat": [34.5] * 5,
            "lon": lons,
            "radius_m": [30_000] * 5,
            "level": ["district"] * 5,
            "claims": [1] * 5,
        },
        "actors": {"id": ["one", "other"], "name": ["One", "Other"]},
        "spells": {
            "place": [0, 1, 2, 3],
            "state": list(STATES.values()),
            "holder": [0, 0, 0, -1],
            "besieger": [-1, -1, 1, -1],
            "first": [16_900] * 4,
            "last": [17_100] * 4,
            "confidence": [0.9] * 4,
            "verdict": [1] * 4,
            "voices": [2] * 4,
        },
    }
    seen.page.route(
        "**/api/v1/control/spells*",
        lambda route: route.fulfill(body=json.dumps(answer), content_type="application/json"),
    )
    page = drawn(seen.open("/?day=2016-06-01&map=38.3,34.5,7"))
    picture = Image.open(io.BytesIO(page.locator("section.map").screenshot())).convert("RGB")
    wide = 512 * 2**7 / 360  # pixels a degree of longitude
    middle = picture.width / 2, picture.height / 2
    radius = 30_000 / (40_075_017 * 0.8241 / 360) * wide  # the cosine of 34.5 degrees
    looks = {}
    for place, lon in zip(places, lons, strict=True):
        x = middle[0] + (lon - 38.3) * wide
        box = tuple(
            round(part) for part in (x - radius - 7, middle[1] - radius - 7, x + radius + 7, middle[1] + radius + 7)
        )
        looks[place] = picture.crop(box)
    land = looks["silent"].getpixel((looks["silent"].width // 2, looks["silent"].height // 2))
    inside = {place: look.resize((1, 1), box=_core(look)).getpixel((0, 0)) for place, look in looks.items()}
    assert inside["held"] != land
    assert inside["unknown"] == inside["silent"] == land
    colours = {place: len(look.crop(_core(look)).getcolors(maxcolors=100_000)) for place, look in looks.items()}
    assert colours["contested"] > 1 == colours["held"]
    orange = {place: _near(look, (194, 87, 10)) for place, look in looks.items()}
    assert orange["besieged"] > 100 > max(count for place, count in orange.items() if place != "besieged")
    assert _unlike(looks["unknown"], land) > _unlike(looks["silent"], land) > 0


def _core(look):
    """The middle of a circle, where no edge is."""
    width, height = look.size
    return (width // 2 - 8, height // 2 - 8, width // 2 + 8, height // 2 + 8)


def _near(look, colour):
    return sum(
        count
        for count, found in look.getcolors(maxcolors=100_000)
        if sum(abs(a - b) for a, b in zip(found, colour, strict=True)) < 40
    )


def _unlike(look, land):
    return sum(count for count, found in look.getcolors(maxcolors=100_000) if found != land)
