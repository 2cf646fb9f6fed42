"""What a reader may choose on the record page, and what it says where something is missing."""

import json
import re

import pytest
from playwright.sync_api import expect

LAYERS = {
    "events": "2016-12-11",
    "tolls": "2015-05-21",
    "presences": "2016-03-26",
    "movements": "2016-12-11",
    "contradictions": "2015-05-21",
}


def figure(page, name):
    """A number that the map tells of itself."""
    return float(page.locator("section.map").get_attribute(f"data-{name}"))


def drawn(page):
    """Wait until marks are drawn, or until the map stands where there are none to draw."""
    page.wait_for_selector("section.map[data-land=yes]", timeout=20_000)
    page.wait_for_timeout(300)
    return page


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_draws_signs_and_says_what_they_mean_and_cannot_show(seen, layer):
    page = drawn(seen.open(f"/?day={LAYERS[layer]}&tab=choices"))
    assert figure(page, "items") == 0
    page.get_by_role("checkbox", name=layer.capitalize()).check()
    page.wait_for_selector('section.map:not([data-items="0"])')
    expect(page).to_have_url(re.compile(f"layers=control,{layer}"))
    expect(page.locator("label.layer", has_text=layer.capitalize()).locator("small")).to_contain_text("Not ")


def test_events_are_chosen_by_kind(seen):
    page = drawn(seen.open("/?day=2016-12-11&tab=choices&layers=control,events"))
    page.wait_for_selector('section.map:not([data-items="0"])')
    all_kinds = figure(page, "items")
    page.locator(".types button").first.click()
    page.wait_for_timeout(200)
    assert figure(page, "items") < all_kinds


def test_filters_leave_out_what_is_held_by_others_and_less_sure(seen):
    page = drawn(seen.open("/?day=2016-12-20"))
    every = figure(page, "marks")
    page.goto(seen.address + "/?day=2016-12-20&verdict=established")
    sure = figure(drawn(page), "marks")
    page.goto(seen.address + "/?day=2016-12-20&verdict=established&holders=syrian_government")
    assert figure(drawn(page), "marks") < sure < every
    expect(page.locator("table.places")).not_to_contain_text("held by Islamic State")


def test_places_are_chosen_by_their_size(seen):
    page = drawn(seen.open("/?day=2016-12-20&tab=choices"))
    every = figure(page, "marks")
    page.get_by_role("checkbox", name=re.compile("Sites")).uncheck()
    expect(page).to_have_url(re.compile("sizes=towns,areas"))
    page.wait_for_timeout(200)
    assert 0 < figure(page, "marks") < every


def test_a_place_before_the_first_word_of_it_is_silent(seen):
    page = drawn(seen.open("/?day=2015-05-21"))
    page.locator("table.places tr", has_text="no word").first.get_by_role("button").click()
    expect(page.locator(".chosen")).to_contain_text("Silence is no one’s control")


def test_the_readers_view_of_the_map_stands_in_the_address(seen):
    page = drawn(seen.open("/?day=2016-12-20"))
    page.get_by_role("button", name="Closer").click()
    expect(page).to_have_url(re.compile(r"map=[\d.]+,[\d.]+,[\d.]+"))
    page.get_by_role("button", name="The whole case").click()
    expect(page).not_to_have_url(re.compile("map="))


def test_claims_of_the_day_are_chosen_by_kind_and_source_and_lead_to_their_pages(seen):
    page = seen.open("/?day=2016-12-11&tab=claims")
    page.wait_for_selector(".told li")
    every = page.locator(".told li").count()
    page.get_by_label("kind", exact=True).select_option("control")
    page.get_by_label("source", exact=True).select_option("sohr")
    expect(page).to_have_url(re.compile("kind=control&source=sohr"))
    expect(page.locator(".told li")).not_to_have_count(every)
    expect(page.locator(".told li footer").first).to_contain_text("Syrian Observatory")
    page.locator(".told li a").first.click()
    expect(page).to_have_url(re.compile("/claims/[0-9a-f]+"))


def test_the_day_can_be_played_and_stopped(seen):
    page = drawn(seen.open("/?day=2016-06-01"))
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(900)
    page.get_by_role("button", name="Pause").click()
    expect(page).not_to_have_url(re.compile("day=2016-06-01"))
    stopped = page.locator(".daybar output").inner_text()
    page.wait_for_timeout(400)
    assert page.locator(".daybar output").inner_text() == stopped


def test_the_day_is_told_aloud_once_it_rests(seen):
    page = drawn(seen.open("/?day=2016-12-20"))
    expect(page.locator("[aria-live=polite].unseen")).to_contain_text("20 December 2016")
    expect(page.locator("[aria-live=polite].unseen")).to_contain_text("held by Islamic State")


def test_a_claim_on_the_ribbon_is_read_with_the_keys(seen):
    page = drawn(seen.open("/?day=2016-12-20&place=gn:163808"))
    page.locator("figure.bands a").first.focus()
    page.keyboard.press("ArrowRight")
    words = page.locator("figure.bands figcaption q").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("figure.bands figcaption q")).not_to_have_text(words)
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("/claims/")


def test_nothing_after_the_day_asked_as_of_can_be_chosen(seen):
    page = drawn(seen.open("/?as_of=2016-06-01&day=2017-01-01"))
    # the last report before that day is of the end of March
    expect(page.locator(".daybar output")).to_have_text("30 March 2016")
    expect(page.locator("header.top nav a").first).to_have_attribute("href", re.compile("as_of=2016-06-01"))


def test_a_server_that_is_gone_is_told_in_words_and_asked_again(seen):
    page = seen.page
    page.route("**/api/v1/case*", lambda route: route.abort())
    seen.open("/")
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    seen.complaints.clear()  # the browser's own word on the broken request
    page.unroute("**/api/v1/case*")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("table.places tbody tr")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_place_that_is_not_there_is_told_in_words(seen):
    page = drawn(seen.open("/?place=nowhere"))
    expect(page.get_by_role("alert")).to_contain_text("no place")
    seen.complaints.clear()  # the browser's own word on the 404


def test_an_empty_case_says_what_to_do(seen):
    nothing = {"claims": 0, "documents": 0, "places": 0, "first_published": None, "last_published": None}
    _answered(seen.page, "case", nothing)
    _answered(seen.page, "control/spells", _columns([]))
    page = seen.open("/")
    expect(page.locator("p.word").first).to_contain_text("tadmor read")


def test_words_of_documents_stay_words(seen):
    """Names that look like markup are shown as they are, in the list, at the pointer and in the panel."""
    hostile = "<img src=x onerror=document.title='taken'>"
    _answered(seen.page, "control/spells", _columns([(hostile, 34.56, 38.28)]))
    page = drawn(seen.open("/"))
    expect(page.locator("table.places")).to_contain_text(hostile)
    page.locator("table.places tbody tr").first.hover()
    assert page.locator("#record img").count() == 0
    assert page.title() != "taken"


def test_ten_thousand_places_change_their_day_within_a_tenth_of_a_second(seen):
    _answered(
        seen.page,
        "control/spells",
        _columns([(f"Place {n}", 30 + n % 97 / 12, 35 + n % 89 / 9) for n in range(10_000)]),
    )
    page = drawn(seen.open("/?day=2016-06-01"))
    assert figure(page, "marks") > 9_000
    times = []
    for _ in range(11):
        page.get_by_role("button", name="A day on").click()
        page.wait_for_timeout(120)
        times.append(figure(page, "answer-ms"))
    # the best of some: other work on the machine shows in the rest, and bench.page measures the median
    assert min(times) < 100


def _answered(page, path, part):
    """Let the server answer something else: what is given, over what it has."""

    def answer(route):
        known = route.fetch().json()
        route.fulfill(body=json.dumps(known | part), content_type="application/json")

    page.route(f"**/api/v1/{path}*", answer)


def _columns(places):
    """An answer of control in columns: each place held by turns, every few days, by two."""
    turns = range(16_900, 17_100, 20)
    spells = [(at, (at + turn) % 2, first, first + 19) for at in range(len(places)) for turn, first in enumerate(turns)]
    number = len(spells)
    return {
        "places": {
            "id": [f"p{at}" for at in range(len(places))],
            "name": [name for name, _, _ in places],
            "local": [None] * len(places),
            "lat": [lat for _, lat, _ in places],
            "lon": [lon for _, _, lon in places],
            "radius_m": [1500] * len(places),
            "level": ["settlement"] * len(places),
            "claims": [1] * len(places),
        },
        "actors": {"id": ["one", "other"], "name": ["One", "Other"]},
        "spells": {
            "place": [at for at, _, _, _ in spells],
            "state": [0] * number,
            "holder": [holder for _, holder, _, _ in spells],
            "besieger": [-1] * number,
            "first": [first for _, _, first, _ in spells],
            "last": [last for _, _, _, last in spells],
            "confidence": [0.9] * number,
            "verdict": [1] * number,
            "voices": [2] * number,
        },
    }
