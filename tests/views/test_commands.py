"""What each command answers."""

import csv
import io
import json

import pytest

COMMANDS = (
    ("brief", "Palmyra"),
    ("brief",),
    ("why", "Palmyra"),
    ("why", "Palmyra", "2016-03-30"),
    ("timeline", "Palmyra"),
    ("claims",),
    ("contradictions",),
    ("sources",),
    ("sources", "Reuters"),
    ("verify",),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_answers_in_text_and_in_json(tadmor, case, words):
    """Each command prints something for people, and valid JSON for programs."""
    told = tadmor(*words, "--case", case)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip()
    json.loads(tadmor(*words, "--case", case, "--json").stdout)


def test_piped_output_has_no_escape_codes(tadmor, case):
    """Nothing but text reaches a pipe, and no line ends in spaces."""
    for words in COMMANDS:
        told = tadmor(*words, "--case", case).stdout
        assert "\x1b" not in told
        assert not [line for line in told.splitlines() if line != line.rstrip(" ")]


def test_lists_are_tab_separated_when_piped(tadmor, case):
    """Each line of a piped list has as many cells as its head."""
    for words in (("claims",), ("sources",), ("timeline", "Palmyra"), ("contradictions",)):
        lines = tadmor(*words, "--case", case).stdout.splitlines()
        assert len({line.count("\t") for line in lines}) == 1


def test_the_brief_tells_who_holds_the_place_now(tadmor, case):
    """The brief of a place says its state, its history, who disagrees, and what is planned only."""
    told = tadmor("brief", "Palmyra", "--case", case).stdout
    assert told.startswith("PALMYRA")
    assert "Held by Islamic State since 2016-12-11" in told
    assert "Held by Syrian government".lower() in told.lower()
    assert "Syrian Observatory for Human Rights, through Agence France-Presse" in " ".join(told.split())


def test_a_brief_as_of_a_day_knows_nothing_later(tadmor, case):
    """With --as-of, reports that came out later are not there."""
    told = json.loads(tadmor("brief", "Palmyra", "--as-of", "2016-04-01", "--case", case, "--json").stdout)
    assert told["last_published"] <= "2016-04-01"
    assert all((spell["from"] or "") <= "2016-04-01" for spell in told["spells"])


def test_why_names_the_voices_and_the_finding_without_them(tadmor, case):
    """The words for it, the finding without whoever says so, and when that was last heard."""
    told = json.loads(tadmor("why", "Tadmur", "2016-12-20", "--case", case, "--json").stdout)
    assert told["words"] == "held by Islamic State"
    assert told["voices_for"][0]["quotes"][0]["words"]
    assert {(one["left_out"], one["name"]): one["differs"] for one in told["without"]} == {
        ("voice", "Syrian Observatory for Human Rights"): False,
        ("voice", "Agence France-Presse"): False,  # its headline
        ("outlet", "Agence France-Presse"): True,
    }
    assert "the last word on it is of 2016-12-11, 9 days before" in told["not_known"]
    text = tadmor("why", "Tadmur", "2016-12-20", "--case", case).stdout
    assert text.startswith("PALMYRA on 2016-12-20")
    assert "Without  what the finding would be" in text


def test_the_record_without_a_source_is_as_if_it_had_been_silent(tadmor, case):
    """With --without, its claims count nowhere; a name that nobody has is refused in one line."""
    told = tadmor("brief", "Palmyra", "--without", "AFP", "--case", case).stdout
    assert "Held by Islamic State since 2016-12-11" not in told
    refused = tadmor("brief", "Palmyra", "--without", "Nobody", "--case", case)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no source or side of the case is called 'Nobody'" in refused.stderr


def test_one_source_is_shown_with_its_grades(tadmor, case):
    """A misspelt name is answered with those that are near."""
    assert tadmor("sources", "reuters", "--case", case).stdout.startswith("Reuters")
    refused = tadmor("sources", "Reutters", "--case", case)
    assert refused.returncode == 2
    assert "did you mean Reuters" in refused.stderr


def test_a_place_is_found_by_another_spelling(tadmor, case):
    """Tadmur is Palmyra."""
    assert tadmor("brief", "Tadmur", "--case", case).stdout.startswith("PALMYRA")


def test_claims_are_filtered_by_all_that_is_given(tadmor, case):
    """Kind, place, source, days and words narrow the list together."""
    rows = json.loads(tadmor("claims", "--kind", "toll", "--place", "Palmyra", "--case", case, "--json").stdout)
    assert rows
    assert {row["kind"] for row in rows} == {"toll"}
    rows = json.loads(tadmor("claims", "--text", "recaptured", "--from", "2016-12-01", "--case", case, "--json").stdout)
    assert [row["kind"] for row in rows] == ["control"]


def test_a_claim_is_shown_in_its_context(tadmor, case):
    """The words are marked, and chain, file and digest stand beside them; part of an id is enough."""
    row = json.loads(tadmor("claims", "--text", "recaptured", "--case", case, "--json").stdout)[0]
    told = tadmor("show", row["id"][:10], "--case", case).stdout
    assert f"[[{row['quote']}]]" in " ".join(told.split())
    assert "Agence France-Presse (agency) → Syrian Observatory for Human Rights (monitor" in " ".join(told.split())
    assert "SHA-256" in told
    assert "lost.txt" in told


def test_exported_claims_quote_the_file(tadmor, case, reports):
    """`start` and `end` lead to exactly the quoted characters of the input file."""
    lines = tadmor("export", "claims", "--case", case).stdout.splitlines()
    assert len(lines) >= 6
    for row in map(json.loads, lines):
        assert (reports / row["doc"]).read_text(encoding="utf-8")[row["start"] : row["end"]] == row["quote"]


def test_exported_control_follows_the_contract(tadmor, case):
    """Each spell has the fields of the contract, and its claims are exported claims."""
    spells = [json.loads(line) for line in tadmor("export", "control", "--case", case).stdout.splitlines()]
    known = {json.loads(line)["id"] for line in tadmor("export", "claims", "--case", case).stdout.splitlines()}
    wanted = {"place", "state", "holder", "besieger", "from", "to", "confidence", "verdict", "independent_sources"}
    assert spells
    for spell in spells:
        assert wanted | {"supports", "opposes", "as_of"} <= set(spell)
        assert set(spell["supports"]) | set(spell["opposes"]) <= known


def test_contradicting_accounts_are_exported_side_by_side(tadmor, case):
    """The two accounts of 27 March stand as sides of one contradiction."""
    found = [json.loads(line) for line in tadmor("export", "contradictions", "--case", case).stdout.splitlines()]
    values = [{side["value"] for side in one["sides"]} for one in found]
    assert any({"held by Syrian government", "held by Islamic State"} <= one for one in values)


@pytest.mark.parametrize("what", ["claims", "control", "contradictions", "tolls", "incidents"])
def test_every_export_has_every_format(tadmor, case, what, tmp_path):
    """CSV has a row for each line of JSON, GeoJSON a feature; -o writes to a file."""
    lines = tadmor("export", what, "--case", case).stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(tadmor("export", what, "--format", "csv", "--case", case).stdout)))
    assert len(rows) == len(lines)
    target = tmp_path / "out.geojson"
    assert tadmor("export", what, "--format", "geojson", "-o", target, "--case", case).returncode == 0
    collection = json.loads(target.read_text(encoding="utf-8"))
    assert len(collection["features"]) == len(lines)
    points = [one["geometry"]["coordinates"] for one in collection["features"] if one["geometry"]]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)


def test_the_case_can_be_named_by_the_environment(tadmor, case):
    """TADMOR_CASE serves where --case is not given."""
    told = tadmor("brief", env={"TADMOR_CASE": str(case), "PATH": ""})
    assert told.returncode == 0, told.stderr


def test_cases_below_a_folder_are_listed(tadmor, case):
    """`cases` finds the case with its counts."""
    rows = json.loads(tadmor("cases", case.parent, "--json").stdout)
    assert [(row["case"], row["documents"]) for row in rows] == [(str(case), 3)]


def test_help_is_there_for_every_command(tadmor):
    """Each command explains itself with an example."""
    for command in ("read", "brief", "timeline", "claims", "show", "contradictions", "sources", "export", "verify"):
        told = tadmor(command, "--help")
        assert told.returncode == 0
        assert "Example: tadmor" in told.stdout
