"""The shapes that the description tells are those of the answers; `fields` names any of their fields."""

import csv
import io
from collections.abc import Iterator, Mapping

import msgspec
import pytest
from made_site import client

from tadmor.views import answers
from tadmor.views.api.fields import ROWS, fields_of


def paths_in(value, before="") -> Iterator[str]:
    """The fields of a row, those inside others dotted."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            for key, inner in one.items():
                yield f"{before}{key}"
                yield from paths_in(inner, f"{before}{key}.")


def listed(site, name, asked=""):
    of = "day=2016-05-01" if name == "control" else "limit=1000"
    return site.get(f"/api/v1/{name}?{of}&{asked}").json()[name]


@pytest.mark.parametrize("name", ROWS)
def test_rows_have_the_fields_that_are_described_and_no_others(site, name):
    rows = listed(site, name)
    assert rows or name == "issues", "the small case was read without a doubt; test_runs has issues"
    for row in rows:
        msgspec.convert(row, ROWS[name])
        assert set(paths_in(row)) <= set(fields_of(name))


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("case", answers.Case),
        ("activity", answers.Activity),
        ("layers/movements", answers.Layer),
        ("control/spells", answers.Columns),
        ("search?q=Palmyra", answers.Found),
        ("places/gn:163808", answers.PlaceTold),
        ("actors/islamic_state", answers.ActorTold),
        ("facets", answers.Facets),
        ("fitting/control", answers.Fitting),
        ("queue", answers.Questions),
        ("reviews", answers.Decisions),
    ],
)
def test_whole_answers_are_as_described(site, path, shape):
    told = site.get(f"/api/v1/{path}").json()
    msgspec.convert(told, shape)
    assert told.keys() <= shape.__annotations__.keys() | {
        key for base in shape.__mro__ for key in getattr(base, "__annotations__", {})
    }


@pytest.mark.parametrize("name", ROWS)
def test_every_field_can_be_asked_for_alone(site, name):
    for field in fields_of(name):
        first = field.partition(".")[0]
        assert all(row.keys() <= {first} for row in listed(site, name, f"fields={field}"))


def test_fields_inside_others_keep_their_place(site):
    rows = listed(site, "claims", "fields=id,place.name,attribution.id")
    whole = {one["id"]: one for one in listed(site, "claims")}
    assert rows
    for row in rows:
        told = whole[row["id"]]
        assert row["place"] == (told["place"] and {"name": told["place"]["name"]})
        assert row["attribution"] == [{"id": one["id"]} for one in told["attribution"]]


def test_columns_of_a_table_follow_the_fields_asked(site):
    asked = "fields=place.name,id,attribution.id,when&format=csv&limit=1000"
    rows = list(csv.reader(io.StringIO(site.get(f"/api/v1/claims?{asked}").text)))
    days = [f"when.{key}" for key in ("earliest", "latest", "extent", "basis", "expression")]
    assert rows[0][:3] == ["place.name", "id", "attribution.id"]
    assert sorted(rows[0][3:]) == sorted(days)
    whole = {one["id"]: one for one in listed(site, "claims")}
    assert len(rows) == len(whole) + 1
    for name, identity, sources, *_ in rows[1:]:
        told = whole[identity]
        assert name == (told["place"]["name"] if told["place"] else "")
        assert sources == "; ".join(one["id"] for one in told["attribution"])


def test_a_point_stays_whatever_fields_are_asked(site):
    found = site.get("/api/v1/control?day=2016-05-01&fields=words&format=geojson").json()["features"]
    assert all(one["geometry"]["type"] == "Point" for one in found)
    assert {tuple(one["properties"]) for one in found} == {("words",)}


@pytest.mark.parametrize("name", ROWS)
def test_a_field_that_rows_do_not_have_is_said_in_words(site, name):
    of = "day=2016-05-01&" if name == "control" else ""
    answer = site.get(f"/api/v1/{name}?{of}fields=quotes.none")
    assert answer.status_code == 422
    assert f"fields: {name} have no field 'quotes.none'; did you mean" in answer.json()["detail"]


def test_decisions_have_the_fields_that_are_described(own):
    """A decision as it is answered, and as it is listed."""
    with client(own) as site:
        claim = site.get("/api/v1/claims?limit=1").json()["claims"][0]["id"]
        wish = {"claim": claim, "decision": "accept", "reason": "read again", "author": "A. Reviewer"}
        made = site.post("/api/v1/reviews", json=wish).json()
        listed_too = site.get("/api/v1/reviews").json()["reviews"]
    assert made.keys() == answers.Decided.__annotations__.keys()
    assert listed_too == [made]
    msgspec.convert(made, answers.Decided)
