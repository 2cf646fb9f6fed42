"""A ground of the user's own: which files are taken, how they are served, and what the pages say of them."""

import pytest
from fastapi.testclient import TestClient
from made_site import laid_here

from tadmor.errors import UsageError
from tadmor.settings import own_ground
from tadmor.views.serving.app import application
from tadmor.views.serving.ground import ground_at
from tadmor.views.serving.shelf import Shelf

TILES = b"PMTiles\x03" + bytes(range(200))


def over(case, ground):
    return TestClient(application(Shelf(case, laid_here), ground=ground), base_url="http://localhost")


def test_stretches_of_tiles_are_served_as_they_lie_in_the_file(case, tmp_path):
    path = tmp_path / "some.bin"
    path.write_bytes(TILES)
    site = over(case, ground_at(path))
    answer = site.get("/ground/own.pmtiles", headers={"range": "bytes=8-11"})
    assert (answer.status_code, answer.content) == (206, TILES[8:12])
    assert answer.headers["content-range"] == f"bytes 8-11/{len(TILES)}"
    assert site.get("/ground/own.pmtiles").content == TILES
    assert site.get("/ground/own.geojson").status_code == 404


def test_without_a_ground_there_is_none(case):
    site = over(case, None)
    assert "data-ground" not in site.get("/").text
    assert site.get("/ground/own.pmtiles").status_code == 404
    assert "ground that the user" not in site.get("/about").text


@pytest.mark.parametrize(("terms", "said"), [("<b>mine</b>", "&lt;b&gt;mine"), (None, "Nothing is said of its terms")])
def test_the_pages_say_of_a_ground_what_its_user_says(case, tmp_path, terms, said):
    path = tmp_path / "lines.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    assert said in over(case, ground_at(path, terms)).get("/about").text


@pytest.mark.parametrize(
    "content", [b"", b"PMTiles\x02 of an older version", b'{"type": "Topology"}', b"[1]", b"\xff{"]
)
def test_a_file_of_another_form_is_refused(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="neither GeoJSON nor PMTiles"):
        ground_at(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        ground_at(tmp_path / "nothing")


def test_what_the_call_says_comes_before_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("TADMOR_GROUND", "/there.pmtiles")
    monkeypatch.setenv("TADMOR_GROUND_TERMS", "theirs")
    assert tuple(map(str, own_ground(tmp_path, "mine"))) == (str(tmp_path), "mine")
    assert tuple(map(str, own_ground(None, None))) == ("/there.pmtiles", "theirs")
