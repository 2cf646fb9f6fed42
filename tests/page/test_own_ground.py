"""A ground of the user's own: drawn from GeoJSON and from PMTiles, with what is said of its terms."""

import io
import json

import pytest
from made_server import serving
from made_tiles import made_tiles
from PIL import Image
from playwright.sync_api import expect
from seen_page import Seen

#: No marks of control, which would cover the ground.
VIEW = "/?day=2016-06-01&layers=events&map=38.3,34.6,8"


def geojson(folder):
    """Half of the view is an area; a line and a point lie in the rest."""
    shapes = [
        {"type": "Polygon", "coordinates": [[[38.3, 33], [41, 33], [41, 36], [38.3, 36], [38.3, 33]]]},
        {"type": "LineString", "coordinates": [[37, 34.2], [38, 34.2]]},
        {"type": "Point", "coordinates": [37.8, 34.9]},
    ]
    told = [{"type": "Feature", "properties": {}, "geometry": one} for one in shapes]
    path = folder / "lines.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": told}), "utf-8")
    return path


def tiles(folder):
    """An area of water over the east half of the same view, which is desert on the page's own ground."""
    west = round((38.3 / 360 + 0.5) * 4096)
    return made_tiles(folder / "ground.pmtiles", "water", (west, 1500, west + 40, 1700))


def halves(page):
    """The commonest colour of the west and of the east half of the map."""
    page.wait_for_selector("section.map[data-own]", timeout=20_000)
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.locator("section.map").screenshot())).convert("RGB")
    middle = picture.width // 2
    parts = (picture.crop((60, 0, middle - 20, picture.height)), picture.crop((middle + 20, 0, *picture.size)))
    return [max(part.getcolors(maxcolors=part.width * part.height))[1] for part in parts]


@pytest.fixture(scope="module", params=[(geojson, 3), (tiles, 1)], ids=["geojson", "pmtiles"])
def served(request, example, tmp_path_factory):
    """The example case over a ground, and how many shapes that has in view at least."""
    made, shapes = request.param
    file = str(made(tmp_path_factory.mktemp("ground")))
    with serving(example, "--ground", file, "--ground-terms", "Surveyed by us, CC0") as address:
        yield address, shapes


def test_the_users_own_ground_is_drawn_over_the_land(browser, served):
    address, shapes = served
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    seen = Seen(context.new_page(), address)
    page = seen.open(VIEW)
    west, east = halves(page)
    assert west != east
    assert int(page.locator("section.map").get_attribute("data-own")) >= shapes
    expect(page.locator(".ground-source")).to_contain_text("Surveyed by us, CC0")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    assert sum(halves(page)[1]) < sum(east)
    page = seen.open("/about")
    expect(page.locator("main")).to_contain_text("Surveyed by us, CC0")
    context.close()
    assert (seen.complaints, seen.elsewhere) == ([], [])
