"""Each format as its own tool, schema or a strict reader sees it."""

import csv
import io
import json
import re
import warnings
from datetime import date

import geopandas
import pyarrow.parquet as pq
import pyshacl
import pytest
import rdflib
import stix2
from defusedxml import ElementTree
from msgspec import structs
from tests.views.made_entries import DATA, KAFR, entry, every_kind, when, written

from tadmor.datamodel.places import Division
from tadmor.datamodel.times import Basis, Extent
from tadmor.views.exchange import FIELDS, FORMATS
from tadmor.views.exchange.edtf import days_of, edtf, entry_edtf
from tadmor.views.exchange.pcodes import PCodes

ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
UCDP = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
POLECAT = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]
PLOVER = {
    "id",
    "has_event",
    "date",
    "time",
    "enddate",
    "endtime",
    "actor",
    "recipient",
    "event",
    "event_loc",
    "event_text",
    "quad_code",
    "event_scale",
    "mode",
    "context",
    "link",
    "text",
    "text_info",
    "cite_info",
    "coder",
    "coded_date",
    "coded_time",
    "comment",
}
#: What TimeMap's own checks of events and sources know.
TIMEMAP = {
    "id",
    "description",
    "date",
    "time",
    "time_precision",
    "location",
    "latitude",
    "longitude",
    "type",
    "category",
    "category_full",
    "associations",
    "sources",
    "comments",
    "time_display",
    "narrative___stepStyles",
    "shape",
    "colour",
}
TIMEMAP_SOURCE = {
    "id",
    "title",
    "thumbnail",
    "paths",
    "type",
    "affil_s",
    "url",
    "description",
    "parent",
    "author",
    "date",
    "notes",
}
HASHTAG = re.compile(r"#[a-z][a-z0-9_]*(?:\+[a-z][a-z0-9_]*)*")


def table(name, between=","):
    """The rows of a format that is a table, as the standard library reads them."""
    text, tally = written(name, every_kind())
    rows = list(csv.reader(io.StringIO(text.decode()), delimiter=between))
    return rows, tally


def test_tables_have_exactly_the_columns_of_their_formats():
    for name, between, columns, count in (
        ("acled", ",", ACLED, 31),
        ("ucdp", ",", UCDP, 49),
        ("polecat", "\t", POLECAT, 40),
    ):
        rows, tally = table(name, between)
        assert rows[0] == columns
        assert {len(row) for row in rows} == {count}
        assert len(rows) == tally.rows + 1 > 2


def test_no_format_tells_as_a_fact_what_is_denied_or_planned():
    unreal = [one for one in every_kind() if one.polarity == "denied" or one.modality == "planned"]
    for name in ("acled", "ucdp", "polecat", "plover", "stix", "ftm", "ftm-statements", "timemap", "timemap-sources"):
        _, tally = written(name, unreal)
        assert tally.report()["entries"] == 0
        assert sum(one["entries"] for one in tally.report()["left_out"]) == 2


def test_titles_say_that_a_thing_is_denied_or_planned_where_fields_tell_it():
    kml = written("kml", every_kind())[0].decode()
    assert "<name>Denied: Air strike" in kml
    assert "<name>Planned: Air strike" in kml


def test_every_entry_goes_out_or_is_counted_as_left_out_in_every_format():
    for found in FORMATS:
        _, tally = written(found.name, every_kind())
        report = tally.report()
        left = sum(one["entries"] for one in report["left_out"])
        assert report["entries"] + left == len(every_kind()), found.name
        assert {one["field"] for one in report["lost"]} <= set(FIELDS)


def test_every_format_gives_the_same_bytes_each_time():
    for found in FORMATS:
        assert written(found.name, every_kind())[0] == written(found.name, every_kind())[0]


def test_stix_takes_the_bundle_by_its_own_library():
    bundle = stix2.parse(written("stix", every_kind())[0].decode(), allow_custom=False)
    kinds = {one.type for one in bundle.objects}
    assert kinds == {"incident", "identity", "location", "relationship", "note"}
    ids = {one.id for one in bundle.objects}
    refs = [ref for one in bundle.objects if one.type == "note" for ref in one.object_refs]
    refs += [ref for one in bundle.objects if one.type == "relationship" for ref in (one.source_ref, one.target_ref)]
    assert set(refs) <= ids
    controls = next(one for one in bundle.objects if one.get("relationship_type") == "controls" and "confidence" in one)
    assert controls.confidence == 93
    assert "stop_time" not in controls


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass oa:SpecificResource ;
   sh:property [ sh:path oa:hasSelector ; sh:minCount 2 ] ;
   sh:property [ sh:path prov:wasQuotedFrom ; sh:minCount 1 ; sh:class prov:Entity ] ;
   sh:property [ sh:path prov:wasAttributedTo ; sh:minCount 1 ; sh:class prov:Agent ] .
[] a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
   sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:datatype xsd:string ] .
[] a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
   sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:datatype xsd:integer ] ;
   sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:datatype xsd:integer ] .
[] a sh:NodeShape ; sh:targetClass prov:Activity ;
   sh:property [ sh:path prov:wasAssociatedWith ; sh:minCount 1 ; sh:class prov:SoftwareAgent ] ;
   sh:property [ sh:path prov:endedAtTime ; sh:minCount 1 ; sh:datatype xsd:dateTime ] .
[] a sh:NodeShape ; sh:targetSubjectsOf prov:wasGeneratedBy ;
   sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:class oa:SpecificResource ] .
"""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, inside itself
def test_prov_is_a_graph_that_leads_from_each_entry_to_words_and_agents():
    text = written("prov", every_kind())[0].decode()
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    fits, _, said = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))
    assert fits, said
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    assert len(set(graph.subjects(prov.wasGeneratedBy))) == len({one.id for one in every_kind()})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, inside itself
def test_shapes_refuse_a_passage_that_nobody_said():
    nobody = [
        structs.replace(one, accounts=tuple(structs.replace(a, voices=()) for a in one.accounts))
        for one in every_kind()
    ]
    graph = rdflib.Graph().parse(data=written("prov", nobody)[0].decode(), format="json-ld")
    assert not pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))[0]


def test_geopandas_reads_geojson_kml_and_geoparquet_with_the_same_points(tmp_path):
    for name, suffix in (("geojson", "geojson"), ("kml", "kml"), ("parquet", "parquet")):
        path = tmp_path / f"made.{suffix}"
        path.write_bytes(written(name, every_kind())[0])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read = geopandas.read_parquet if name == "parquet" else geopandas.read_file
            frame = read(path)
        assert len(frame) == len(every_kind()), name
        points = frame.geometry.dropna()
        points = points[~points.is_empty]
        assert {(round(one.x, 4), round(one.y, 4)) for one in points} == {(38.6, 34.8)}, name
        assert len(points) == len(every_kind()) - 1, name


def test_pyarrow_reads_typed_columns():
    found = pq.read_table(io.BytesIO(written("parquet", every_kind())[0]))
    assert str(found.schema.field("first_day").type) == "date32[day]"
    first = found.to_pylist()[0]
    assert (first["killed_low"], first["killed"], first["killed_high"]) == (3, 4, 6)
    assert first["first_day"] == date(2016, 3, 1)


def test_kml_is_well_formed_in_the_order_that_its_schema_asks_for():
    root = ElementTree.fromstring(written("kml", every_kind())[0])
    space = "{http://www.opengis.net/kml/2.2}"
    assert root.tag == f"{space}kml"
    fields = {one.attrib["name"] for one in root.iter(f"{space}SimpleField")}
    order = ["name", "description", "TimeStamp", "TimeSpan", "ExtendedData", "Point"]
    ids = [one.attrib["id"] for one in root.iter(f"{space}Placemark")]
    assert len(ids) == len(set(ids)) == len(every_kind())
    for mark in root.iter(f"{space}Placemark"):
        parts = [order.index(one.tag.removeprefix(space)) for one in mark]
        assert parts == sorted(parts)
        assert {one.attrib["name"] for one in mark.iter(f"{space}SimpleData")} <= fields
    whens = [one.text for one in root.iter(f"{space}when")] + [one.text for one in root.iter(f"{space}begin")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", one) for one in whens)


def test_plover_has_no_member_that_its_manual_does_not_name():
    lines = written("plover", every_kind())[0].decode().splitlines()
    for line in lines:
        found = json.loads(line)
        assert set(found) <= PLOVER
        assert {"id", "date", "actor", "event"} <= set(found)
    assert json.loads(lines[0])["recipient"][0]["size"] == {"dead": 4, "injured": 9}


def test_timemap_has_only_fields_that_its_own_checks_know_and_of_their_types():
    events = json.loads(written("timemap", every_kind())[0])
    sources = json.loads(written("timemap-sources", every_kind())[0])
    assert all(set(one) <= TIMEMAP and isinstance(one["id"], str) for one in events)
    assert all(isinstance(one["latitude"], str) and isinstance(one["associations"], list) for one in events)
    assert all(set(one) <= TIMEMAP_SOURCE and isinstance(one["paths"], list) for one in sources)
    assert {ref for one in events for ref in one["sources"]} == {one["id"] for one in sources}


def test_hxl_has_a_hashtag_under_every_head():
    rows, _ = table("hxl")
    assert all(HASHTAG.fullmatch(one) for one in rows[1])
    assert len(rows[0]) == len(rows[1]) == len(set(rows[1]))


def test_hxl_has_the_p_codes_of_the_files_that_the_case_holds():
    codes = PCodes(
        [
            Division(code="ZZ04", depth=1, names=("Homs", "حمص")),
            Division(code="ZZ05", depth=1, names=("Hama",)),
            Division(code="ZZ0402", depth=2, names=("Kafr Zurayq",), above=("ZZ04",)),
        ]
    )
    text, _ = written("hxl", [entry()], structs.replace(DATA, pcodes=codes))
    row = dict(zip(*list(csv.reader(io.StringIO(text.decode())))[:3:2], strict=True))
    assert row["adm1_pcode"] == "ZZ04"
    assert row["adm2_pcode"] == ""


def test_a_place_without_a_known_p_code_is_a_loss_that_says_what_to_do():
    _, tally = written("hxl", [entry()])
    told = next(one for one in tally.report()["lost"] if "OCHA" in one["why"])
    assert "tadmor gazetteer import" in told["why"]


def test_a_name_of_two_divisions_is_no_p_code_unless_one_lies_in_the_division_above():
    twins = [
        Division(code="A1", depth=1, names=("Homs Governorate",)),
        Division(code="B1", depth=2, names=("Center district",), above=("A1",)),
        Division(code="B2", depth=2, names=("Center",), above=("A2",)),
    ]
    ground = structs.replace(KAFR, within=(("Center", "x"), ("Homs", "adm1:SY.11")))
    assert PCodes(twins).of(ground) == {1: "A1", 2: "B1"}
    assert PCodes(twins[1:]).of(ground) == {}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (when(date(2016, 12, 11)), "2016-12-11"),
        (when(date(2016, 12, 1), date(2016, 12, 31)), "2016-12"),
        (when(date(2016, 1, 1), date(2016, 12, 31)), "2016"),
        (when(date(2016, 12, 3), date(2016, 12, 7)), "[2016-12-03..2016-12-07]"),
        (when(date(2016, 12, 3), date(2016, 12, 7), extent=Extent.THROUGHOUT), "2016-12-03/2016-12-07"),
        (when(date(2016, 12, 11), basis=Basis.INFERRED), "2016-12-11?"),
        (when(date(2016, 12, 11), basis=Basis.PUBLICATION), "2016-12-11~"),
    ],
)
def test_days_are_written_as_edtf_and_read_again(told, words):
    assert edtf(told) == words
    assert days_of(words) == (told.earliest, told.latest)


def test_open_ends_are_open_in_edtf():
    held = next(one for one in every_kind() if one.open_end)
    assert entry_edtf(held) == "2016-03-01/.."
    assert days_of("2016-03-01/..") == (date(2016, 3, 1), None)
