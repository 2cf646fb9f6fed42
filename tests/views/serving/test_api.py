"""The API: every list and thing, in every form, by a day and as of one."""

import csv
import io
import json

import pytest

LISTS = ("places", "actors", "sources", "claims", "documents", "incidents", "tolls", "contradictions", "spells")


def test_the_case_at_a_glance(site):
    told = site.get("/api/v1/case").json()
    assert (told["documents"], told["as_of"], told["concluding"]) == (3, None, False)
    assert told["claims"] == sum(told["kinds"].values())
    assert told["last_published"] == "2016-12-11"


@pytest.mark.parametrize("name", LISTS)
def test_each_thing_of_each_list_has_an_address_of_its_own(site, name):
    listed = site.get(f"/api/v1/{name}?limit=1000").json()
    assert listed["next"] is None
    assert listed[name]
    for one in listed[name]:
        answer = site.get(f"/api/v1/{name}/{one['id']}")
        assert answer.status_code == 200
        told = answer.json()
        assert told.get("id", told.get("place", {}).get("id")) == one["id"]


@pytest.mark.parametrize("name", LISTS)
def test_pages_of_one_make_up_the_whole(site, name):
    whole = [one["id"] for one in site.get(f"/api/v1/{name}?limit=1000").json()[name]]
    found, cursor = [], 0
    while cursor is not None:
        page = site.get(f"/api/v1/{name}?limit=1&cursor={cursor}").json()
        found += [one["id"] for one in page[name]]
        cursor = page["next"]
    assert found == whole


def test_control_on_a_day_is_who_held_each_place(site):
    rows = site.get("/api/v1/control?day=2016-05-01").json()["control"]
    palmyra = next(row for row in rows if row["place"]["id"] == "gn:163808")
    assert palmyra["holder"]["id"] == "syrian_government"
    later = site.get("/api/v1/control?day=2016-12-12").json()["control"]
    assert next(row for row in later if row["place"]["id"] == "gn:163808")["holder"]["id"] == "islamic_state"


def test_control_as_of_a_day_knows_nothing_of_what_was_published_later(site):
    rows = site.get("/api/v1/control?day=2016-12-12&as_of=2016-06-01").json()["control"]
    palmyra = next(row for row in rows if row["place"]["id"] == "gn:163808")
    assert palmyra["holder"]["id"] == "syrian_government"
    assert site.get("/api/v1/case?as_of=2016-06-01").json()["documents"] < 4
    assert all(
        one["published"]["latest"] <= "2016-06-01"
        for one in site.get("/api/v1/claims?as_of=2016-06-01").json()["claims"]
    )


def test_control_as_geojson_is_points_with_what_holds(site):
    answer = site.get("/api/v1/control?day=2016-05-01", headers={"accept": "application/geo+json"})
    assert answer.headers["content-type"] == "application/geo+json"
    told = answer.json()
    assert told["type"] == "FeatureCollection"
    palmyra = next(one for one in told["features"] if one["properties"]["place"]["id"] == "gn:163808")
    assert palmyra["geometry"]["coordinates"] == pytest.approx([38.28, 34.56], abs=0.05)
    assert palmyra["properties"]["state"] == "held"


def test_lists_come_as_csv_and_json_lines(site):
    table = list(csv.DictReader(io.StringIO(site.get("/api/v1/claims?format=csv").text)))
    lines = [
        json.loads(line)
        for line in site.get("/api/v1/claims", headers={"accept": "application/x-ndjson"}).text.splitlines()
    ]
    whole = site.get("/api/v1/claims").json()["claims"]
    assert [row["id"] for row in table] == [row["id"] for row in lines] == [row["id"] for row in whole]


def test_some_fields_are_some_fields(site):
    told = site.get("/api/v1/claims?fields=id,quote&limit=2").json()["claims"]
    assert [sorted(one) for one in told] == [["id", "quote"]] * 2


def test_claims_fit_the_conditions_asked(site):
    tolls = site.get("/api/v1/claims?kind=toll&place=gn:163808").json()["claims"]
    assert {one["kind"] for one in tolls} == {"toll"}
    assert len(tolls) == 2
    found = site.get("/api/v1/claims?q=air%20strikes").json()["claims"]
    assert all("air strikes" in one["quote"] for one in found)
    assert found
    plans = site.get("/api/v1/claims?modality=planned").json()["claims"]
    assert plans
    assert not any(one["counted"] for one in plans)


def test_a_claim_tells_the_findings_that_rest_on_it(site):
    claims = site.get("/api/v1/claims?kind=control&counted=true").json()["claims"]
    told = site.get(f"/api/v1/claims/{claims[0]['id']}").json()
    assert "spell" in {one["kind"] for one in told["findings"]}


def test_a_document_has_its_text_and_its_bytes_as_obtained(site, case):
    first = site.get("/api/v1/documents").json()["documents"][0]
    told = site.get(f"/api/v1/documents/{first['id']}").json()
    assert "Palmyra" in told["text"]
    answer = site.get(f"/api/v1/documents/{first['id']}/original")
    assert answer.content == (case / "originals" / told["original"][:2] / told["original"]).read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")


def test_every_claim_stands_in_the_text_of_its_document(site):
    for one in site.get("/api/v1/claims").json()["claims"]:
        text = site.get(f"/api/v1/documents/{one['document']['id']}").json()["text"]
        start, end = one["text_span"]
        assert text[start:end] == (one["text_quote"] or one["quote"])


def test_columns_hold_each_spell_once(site):
    told = site.get("/api/v1/control/spells").json()
    spells = site.get("/api/v1/spells?limit=1000").json()["spells"]
    assert len(told["spells"]["place"]) == len(spells)
    assert {len(column) for column in told["spells"].values()} == {len(spells)}
    assert len({len(column) for column in told["places"].values()}) == 1
    assert max(told["spells"]["holder"]) == len(told["actors"]["id"]) - 1


def test_a_place_has_a_tick_for_each_claim_of_control(site):
    told = site.get("/api/v1/places/gn:163808").json()
    claims = site.get("/api/v1/claims?kind=control&place=gn:163808").json()["claims"]
    assert set(told["ticks"]["claim"]) == {one["id"] for one in claims}
    ways = dict(zip(told["ticks"]["claim"], told["ticks"]["way"], strict=True))
    supports = {claim for one in told["spells"] for claim in one["supports"]}
    assert {claim for claim, way in ways.items() if way == 1} <= supports


def test_search_forgives_a_typo_and_says_so(site):
    told = site.get("/api/v1/search?q=Palmira").json()
    assert told["meant"] == "palmyra"
    assert told["claims"]
    assert told["places"][0]["id"] == "gn:163808"
    assert site.get("/api/v1/search?q=Palmyra").json()["meant"] is None


def test_an_answer_that_has_not_changed_is_not_sent_again(site):
    first = site.get("/api/v1/control?day=2016-05-01")
    again = site.get("/api/v1/control?day=2016-05-01", headers={"if-none-match": first.headers["etag"]})
    other = site.get("/api/v1/control?day=2016-12-20", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


def test_large_answers_are_packed_for_those_who_take_them(site):
    packed = site.get("/api/v1/claims", headers={"accept-encoding": "gzip"})
    plain = site.get("/api/v1/claims", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/v1/places/gn:1", 404, "no place 'gn:1'"),
        ("/api/v1/claims/zz", 404, "no claim 'zz'"),
        ("/api/v1/documents/zz", 404, "no document 'zz'"),
        ("/api/v1/documents/zz/original", 404, "no document 'zz'"),
        ("/api/v1/tolls/zz", 404, "no toll 'zz'"),
        ("/api/v1/zz", 404, "nothing at this address"),
        ("/api/v1/control?day=yesterday", 422, "day: "),
        ("/api/v1/control", 422, "day: "),
        ("/api/v1/claims?kind=rumour", 422, "kind: "),
        ("/api/v1/claims?limit=0", 422, "limit: "),
        ("/api/v1/claims?cursor=99999999999999999999", 422, "cursor: "),
    ],
)
def test_what_is_wrong_is_said_in_words(site, path, status, words):
    answer = site.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert words in told["detail"]


def test_words_of_any_kind_are_no_error(site):
    for words in ('"', "*", "a*b", "\x00", "NEAR(a b)", "a OR", "-x", "{", "💥", "تدمر", "'; --", "palmyra\x00army"):
        assert site.get("/api/v1/search", params={"q": words}).status_code == 200
        assert site.get("/api/v1/claims", params={"q": words}).status_code == 200


def test_the_description_names_every_address(site):
    paths = site.get("/openapi.json").json()["paths"]
    assert {f"/api/v1/{name}" for name in LISTS} <= paths.keys()
    assert all(operation["summary"] for path in paths.values() for operation in path.values())


@pytest.mark.parametrize("day", ["0", "20160527", "2016-1-1", "2016-02-30", "2016-05-27T00:00", ""])
def test_a_day_is_written_in_one_way(site, day):
    assert site.get(f"/api/v1/case?as_of={day}").status_code == 422


def test_days_as_of_which_the_same_is_known_share_an_atlas(site, case):
    before = len(list((case / "atlas").glob("*.db")))
    told = [site.get(f"/api/v1/case?as_of=2016-0{month}-20").json() for month in range(4, 9)]
    assert [one["as_of"] for one in told] == [f"2016-0{month}-20" for month in range(4, 9)]
    assert len({json.dumps({**one, "as_of": None}) for one in told}) == 1
    assert len(list((case / "atlas").glob("*.db"))) <= before + 1
    assert site.get("/api/v1/case?as_of=2030-01-01").json()["claims"] == site.get("/api/v1/case").json()["claims"]
    assert site.get("/api/v1/case?as_of=1999-01-01").json()["documents"] == 0


def test_places_are_found_and_told_by_their_arabic_names(site):
    """Typed with an article or a particle, and told with the language that the name is of."""
    for typed in ("تدمر", "بتدمر", "لتدمر", "تدم"):
        found = site.get("/api/v1/search", params={"q": typed}).json()["places"]
        assert "Palmyra" in [one["name"] for one in found], typed
    place = next(one for one in found if one["name"] == "Palmyra")
    assert (place["local"], place["local_language"]) == ("تدمر", "ar")
    columns = site.get("/api/v1/control/spells").json()["places"]
    at = columns["id"].index(place["id"])
    assert (columns["local"][at], columns["local_language"][at]) == ("تدمر", "ar")
    assert '<bdi class="local" lang="ar" dir="auto">تدمر</bdi>' in site.get(f"/places/{place['id']}").text


def test_facets_count_what_the_claims_that_fit_have(site):
    """Each count is of a list that can be asked for."""
    told = site.get("/api/v1/facets?kind=control").json()
    assert [one["id"] for one in told["kind"]] == ["control"]
    first = told["source"][0]
    assert first["name"] != first["id"]
    listed = site.get("/api/v1/claims", params={"kind": "control", "source": first["id"], "limit": 1000}).json()
    assert len(listed["claims"]) == first["claims"]


def test_marks_that_rest_on_claims_that_fit_are_some_of_their_layer(site):
    """By a word that stands in one claim only: what rests on that claim, and nothing else."""
    for layer in ("events", "tolls", "presences", "movements", "contradictions"):
        every = set(site.get(f"/api/v1/layers/{layer}").json()["id"])
        fit = set(site.get(f"/api/v1/fitting/{layer}").json()["id"])
        assert every <= fit, layer
        assert site.get(f"/api/v1/fitting/{layer}?q=zzyzx").json()["id"] == []
    spells = site.get("/api/v1/control/spells").json()
    fitting = site.get("/api/v1/fitting/control").json()
    assert len(fitting["place"]) == len(fitting["first"]) > 0
    assert set(fitting["place"]) <= set(spells["places"]["id"])
    assert site.get("/api/v1/fitting/nothing").status_code == 422


def test_a_search_is_refined_by_more_than_its_kind(site):
    every = site.get("/api/v1/search?q=palmyra&limit=500").json()["claims"]
    source = site.get("/api/v1/facets?q=palmyra").json()["source"][0]["id"]
    some = site.get("/api/v1/search", params={"q": "palmyra", "source": source, "limit": 500}).json()["claims"]
    assert 0 < len(some) < len(every)


@pytest.mark.parametrize("address", ["/api/v1/case", "/api/v1/claims?limit=2", "/about", "/assets/page.css"])
def test_the_head_of_an_answer_is_told_without_its_body(site, address):
    whole, head = site.get(address), site.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers.get("etag") == whole.headers.get("etag")
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/api/v1/claims?knd=toll", "'kind'"),
        ("/api/v1/facets?sources=sana", "'source'"),
        ("/api/v1/control?dya=2016-06-01", "'day'"),
        ("/api/v1/case?day=2016-06-01", "it is by as_of"),
    ],
)
def test_a_condition_that_an_address_does_not_know_is_refused_and_not_left_out(site, address, near):
    answer = site.get(address)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert near in answer.json()["detail"]


def test_the_root_of_the_api_leads_to_its_description(site):
    assert site.get("/api/v1", follow_redirects=False).headers["location"] == "/api/docs"
