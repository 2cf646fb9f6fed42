"""What `tadmor publish` lets out of a case, and that what it must not let out is found in any file it may stand in."""

import base64
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.publishing.checking import Check, LeakError
from tadmor.views.publishing.policy import EXAMPLE, Policy, policy_of
from tadmor.views.publishing.publishing import Call, composed_into

REPORTS = {
    "young.txt": """Armour reaches Khan Tuman as fighting resumes

By Selma Hartwig

Cedar Wire

BEIRUT, Nov 20, 2026 - A convoy of 30 T-90 tanks moved from Hama to Khan Tuman on Thursday, a military source told
Cedar Wire. Government forces captured the village of Zaytan on Wednesday, the Syrian Observatory for Human Rights said.

Twelve civilians were killed in an air strike on Saraqib on Wednesday, said Rami Abdulrahman, head of the Observatory.
Among the dead was Yasmin al-Khatib, a nurse.
""",
    "old.txt": """Rebels take Tamanah

Cedar Wire

BEIRUT, March 3, 2019 - Rebels seized the town of Tamanah on Saturday, residents said. About 20 T-72 tanks were
deployed at Tell Marq, according to Hassan Dabbagh, a farmer.

"My cousin Walid Najjar was shot in front of our house in Tamanah," Dabbagh told Cedar Wire. At least 9 people were killed in
Tamanah, according to the Blue Lantern Network.

The governor of Hama, Mohamed Hazouri, said the army captured Skaik on Friday. Rebels
killed the governor of Hama, Mohamed Hazouri, in Tamanah on Sunday. Troops moved from Muhradah to Halfaya.
""",
    "whispered.txt": """Nightjar Desk

IDLIB, March 4, 2019 - Government forces captured Halfaya on Sunday, Nightjar Desk has learned. Six civilians were
killed by shelling in Kafr Nabudah, a nurse, Rima Sattouf, told Nightjar Desk.
""",
}
SOURCES = """
cedar_wire: {name: Cedar Wire, kind: agency, country: LB}
blue_lantern: {name: Blue Lantern Network, kind: monitor, sides: syrian_opposition}
nightjar: {name: Nightjar Desk, kind: outlet, confidential: true}
"""
TODAY = date(2026, 11, 28)
#: Nothing of these may stand anywhere: what is young, where forces were, who is private, who spoke in confidence.
YOUNG = ("khan tuman", "zaytan", "t-90", "convoy")
PLACES = ("tell marq", "muhradah", "mhardeh")
PRIVATE = ("hartwig", "khatib", "yasmin", "dabbagh", "najjar", "walid")
CONFIDENTIAL = ("nightjar", "sattouf", "nabudah")


@pytest.fixture(scope="module")
def troubled(tadmor, tmp_path_factory):
    """A case that holds what must not leave."""
    folder = tmp_path_factory.mktemp("troubled")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    own = folder / "sources.yaml"
    own.write_text(SOURCES, encoding="utf-8")
    case = folder / "case"
    done = tadmor("read", *(folder / name for name in REPORTS), "--sources", own, "--case", case)
    assert done.returncode == 0, done.stderr
    shutil.copy(own, case / "sources.yaml")
    return case


@pytest.fixture(scope="module")
def site(tadmor, troubled, tmp_path_factory):
    """That case published under the defaults."""
    folder = tmp_path_factory.mktemp("published") / "site"
    done = tadmor("publish", "-o", folder, "--case", troubled, "--today", TODAY)
    assert done.returncode == 0, done.stderr
    assert "Claims too young" in done.stdout
    return folder


@pytest.fixture(scope="module")
def written(site):
    """All that was written, file names too, but for the map's own script and ground."""
    files = [path for path in site.rglob("*") if path.is_file() and path.parent.name not in {"static", "assets"}]
    return "\n".join(f"{path}\n{path.read_text(encoding='utf-8')}" for path in files).lower()


@pytest.fixture(scope="module")
def rows(site):
    """The published claims."""
    return [json.loads(line) for line in (site / "data/claims.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("words", [*YOUNG, *PLACES, *PRIVATE, *CONFIDENTIAL])
def test_what_is_withheld_stands_in_no_file(written, words):
    assert words not in written


def test_officials_groups_and_places_stay(written):
    for words in (
        "hazouri",
        "syrian observatory for human rights",
        "blue lantern network",
        "cedar wire",
        "tamanah",
        "governor of hama",
    ):
        assert words in written


def test_civilian_losses_are_told_at_once_and_those_of_forces_later(rows):
    young = [one for one in rows if one["published"] and one["published"]["latest"] > "2026-10-29"]
    assert {one["kind"] for one in young} == {"toll"}
    assert all(one["status"] == "civilian" for one in young)


def test_forces_are_told_by_the_province_without_words_document_or_day_of_publication(rows):
    forces = [one for one in rows if one["kind"] in {"presence", "movement"}]
    assert forces
    for one in forces:
        assert one["quote"] is None
        assert one["document"] is None
        assert one["published"] is None
        for role in ("place", "from", "to"):
            assert not one.get(role) or one[role]["level"] in {"province", "country"}


def test_no_row_has_an_offset_a_file_name_or_an_id_of_the_case(rows, troubled):
    with Ledger.open(troubled) as ledger:
        own = {claim.id for claim in ledger.claims()} | {document.id for document in ledger.documents()}
    for one in rows:
        assert not {"start", "end", "doc", "text_span"} & one.keys()
        assert one["id"] not in own
        assert not one["document"] or one["document"]["id"] not in own


def test_every_link_leads_to_a_file_of_the_site_and_none_begins_at_a_root(site):
    for page in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            path = unquote(address.partition("#")[0].partition("?")[0])
            assert not path.startswith("/")
            assert ":" not in path
            assert not path or (page.parent / path).resolve().is_file(), f"{page}: {address}"


def test_the_report_tells_counts_and_rules_but_not_whether_anybody_spoke_in_confidence(site):
    told = {one["rule"]: one["count"] for one in json.loads((site / "data/withheld.json").read_text())}
    assert told["young"] > 0
    assert told["coarsened"] > 0
    assert told["confidential"] is None


@pytest.fixture(scope="module")
def composed(troubled, tmp_path_factory):
    """A published record with what must not leave, and the files that were written, unchecked."""
    folder = tmp_path_factory.mktemp("unchecked")
    with Ledger.open(troubled) as ledger:
        return folder, composed_into(ledger, folder, Call(policy=Policy(), today=TODAY))


@pytest.fixture
def planted(composed, tmp_path):
    """Check a copy of one file of the site with something planted in it."""
    folder, found = composed

    def check(name, change, policy=None):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(change((folder / name).read_bytes() if (folder / name).is_file() else b""))
        Check(found, policy or Policy()).folder(tmp_path)

    return check


def in_words(words):
    """Put words into a file of any kind as its own writer would."""
    return {
        ".html": lambda data: data.replace(b"</main>", f"<p>{escape(words)}</p></main>".encode(), 1),
        ".jsonl": lambda data: data + json.dumps({"note": words}).encode() + b"\n",
        ".csv": lambda data: data + f'"{words}",,,\n'.encode(),
        ".geojson": lambda data: data.replace(
            b'"type": "Feature"', f'"note": {json.dumps(words)}, "type": "Feature"'.encode(), 1
        ),
        ".json": lambda data: json.dumps([words]).encode(),
        ".txt": lambda _: words.encode(),
        ".js": lambda _: f"const told = '{words}';".encode(),
        ".css": lambda _: f"/* {words} */".encode(),
        ".svg": lambda _: f"<svg><title>{words}</title></svg>".encode(),
    }


KINDS = (
    "index.html",
    "places/index.html",
    "data/claims.jsonl",
    "data/claims.csv",
    "data/claims.geojson",
    "data/tolls.csv",
    "map/case.json",
    "map/claims.json",
    "originals/one.txt",
    "static/more.js",
    "assets/more.css",
    "assets/more.svg",
)
LEAKS = {
    "a private name": "Walid Najjar",
    "a private name nobody had found": "Fatima al-Omari",
    "a confidential source": "Nightjar Desk",
    "words of a young claim": "Government forces captured the village of Zaytan",
    "words of forces": "About 20 T-72 tanks were deployed at Tell Marq",
    "a place of forces": "Tell Marq",
    "a name of a file": "whispered.txt",
}


@pytest.mark.parametrize("name", KINDS)
def test_an_untouched_file_is_clean(planted, name):
    planted(name, (lambda data: data) if not name.startswith(("originals", "static", "assets")) else lambda _: b"x")


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("name", KINDS)
def test_a_leak_is_found_in_each_kind_of_file(planted, name, leak):
    with pytest.raises(LeakError):
        planted(name, in_words(LEAKS[leak])[Path(name).suffix])


ENCODED = {
    "entities": ("index.html", lambda words: "".join(f"&#x{ord(one):x};" for one in words)),
    "tags between": ("index.html", lambda words: words.replace("N", "<b>N</b>")),
    "a comment": ("index.html", lambda words: f"<!-- {words} -->"),
    "an address": ("index.html", lambda words: f'<a href="?q={quote(words)}">it</a>'),
    "an address twice": ("index.html", lambda words: f'<a href="?q={quote(quote(words))}">it</a>'),
    "other letters": (
        "index.html",
        lambda words: "".join(chr(ord(one) + 0xFEE0) if one != " " else one for one in words),
    ),
    "capitals": ("index.html", str.upper),
    "lines": ("index.html", lambda words: words.replace(" ", "\n\t")),
    "escapes": ("data/more.json", lambda words: '["' + "".join(f"\\u{ord(one):04x}" for one in words) + '"]'),
    "base64": ("data/more.json", lambda words: json.dumps([base64.b64encode(words.encode()).decode()])),
}


@pytest.mark.parametrize("how", ENCODED)
def test_a_leak_is_found_however_it_is_written(planted, how):
    name, write = ENCODED[how]
    words = write("Walid Najjar")
    page = (lambda data: data.replace(b"</main>", f"{words}</main>".encode(), 1)) if name.endswith("html") else None
    with pytest.raises(LeakError):
        planted(name, page or (lambda _: words.encode()))


UNREADABLE = {
    "another encoding": ("data/more.json", '["Walid"]'.encode("utf-16")),
    "a picture": ("assets/face.svg", b"\x89PNG\r\n\x1a\n"),
    "a picture by its name": ("assets/face.jpg", b"x"),
    "a picture in a page": ("more.html", b'<img src="assets/icon.svg">'),
    "a picture in words": ("more.html", b'<a href="data:image/png;base64,AAAA">x</a>'),
    "a packed file": ("data/more.json", b"\x1f\x8b\x08"),
}


@pytest.mark.parametrize("how", UNREADABLE)
def test_what_nobody_can_read_again_is_refused(planted, how):
    name, data = UNREADABLE[how]
    with pytest.raises(LeakError):
        planted(name, lambda _: data)


def test_a_link_out_of_the_folder_and_a_name_of_a_file_are_leaks(composed, tmp_path):
    (tmp_path / "walid_najjar.txt").write_text("x")
    with pytest.raises(LeakError):
        Check(composed[1], Policy()).folder(tmp_path)
    (tmp_path / "walid_najjar.txt").unlink()
    (tmp_path / "more.txt").symlink_to("/etc/hostname")
    with pytest.raises(LeakError):
        Check(composed[1], Policy()).folder(tmp_path)


CLAIMS = {
    "younger than allowed": {"kind": "event", "modality": "asserted", "when": {"latest": "2026-11-01"}},
    "published later": {"kind": "control", "modality": "asserted", "published": {"latest": "2026-11-01"}},
    "of losses of forces": {
        "kind": "toll",
        "status": "combatant",
        "modality": "asserted",
        "when": {"latest": "2026-11-01"},
    },
    "of forces at a town": {"kind": "presence", "modality": "asserted", "place": {"id": "x", "level": "settlement"}},
    "of forces in words": {"kind": "movement", "modality": "asserted", "quote": "they went there"},
    "of forces in a document": {"kind": "movement", "modality": "asserted", "document": {"id": "x"}},
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_that_the_policy_withholds_is_found_by_its_fields(planted, claim):
    with pytest.raises(LeakError):
        planted("data/more.jsonl", lambda _: json.dumps(CLAIMS[claim]).encode())


@pytest.mark.parametrize("form", ["[{0}, {1}]", '{{"lon": {1}, "note": "36.125", "lat": {0}}}', '["{0}N {1}E"]'])
def test_coordinates_of_a_place_that_is_withheld_are_found(composed, planted, form):
    lat, lon = min(composed[1].secrets.points)
    with pytest.raises(LeakError):
        planted("data/more.json", lambda _: form.format(lat, lon).encode())


def test_a_latitude_alone_is_no_place(composed, planted):
    """Else every map of a country would hold some that is withheld."""
    lat, _ = min(composed[1].secrets.points)
    planted("data/more.json", lambda _: json.dumps([float(lat), 12.3456]).encode())


def test_a_policy_that_leaks_is_refused_in_one_line_and_what_was_there_stays(tadmor, troubled, site, tmp_path):
    policy, folder = tmp_path / "policy.yaml", tmp_path / "site"
    shutil.copytree(site, folder)
    policy.write_text("documents: {originals: publish}\n")
    done = tadmor("publish", "-o", folder, "--case", troubled, "--today", TODAY, "--policy", policy)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "nothing was published" in done.stderr
    assert not re.search("|".join((*PRIVATE, *CONFIDENTIAL)), done.stderr.lower())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["policy.yaml", "site"]
    assert (folder / "index.html").read_bytes() == (site / "index.html").read_bytes()


def test_a_folder_that_tadmor_did_not_make_is_left_alone(tadmor, troubled, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = tadmor("publish", "-o", tmp_path, "--case", troubled)
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_killed_at_any_moment_the_old_site_or_the_new_one_stands_whole(tadmor, troubled, site, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    call = [sys.executable, "-m", "tadmor.views.cli", "publish", "-o", folder, "--case", troubled, "--today", TODAY]
    for wait in random.Random(7).sample([0.6, 1.2, 1.8, 2.4, 3.0], 3):
        with subprocess.Popen(list(map(str, call)), stdout=subprocess.DEVNULL) as publishing:
            time.sleep(wait)
            os.kill(publishing.pid, signal.SIGKILL)
        assert {path.relative_to(folder) for path in folder.rglob("*")} == {
            path.relative_to(site) for path in site.rglob("*")
        }
    assert tadmor(*call[3:]).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_ids_stay_from_one_publication_to_the_next(rows, composed):
    folder, _ = composed
    again = [json.loads(line) for line in (folder / "data/claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert again == rows


def test_a_day_that_has_not_come_does_not_make_claims_older(tadmor, troubled, tmp_path):
    done = tadmor("publish", "-o", tmp_path / "site", "--case", troubled, "--today", "2999-01-01")
    assert done.returncode == 2
    assert "has not come" in done.stderr


def test_the_example_policy_is_the_default():
    assert policy_of(EXAMPLE, "example") == Policy() == policy_of("", "empty")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("delay:\n  days: soon\n", 2, "number of days"),
        ("delay:\n  kinds: [rumour]\n", 2, "cannot be 'rumour'"),
        ("coarsen:\n\n  to: street\n", 3, "district or province or country"),
        ("person: {}\n", 1, "not known here"),
        ("persons: withhold\n", 1, "takes names with values"),
        ("title: one\ntitle: two\n", 2, "said twice"),
        ("persons:\n  public: Ali\n", 2, "takes a list"),
        ("delay: [\n", 2, "no YAML"),
    ],
)
def test_a_mistake_in_a_policy_is_told_with_its_line(text, line, words):
    with pytest.raises(UsageError, match=re.escape(words)) as raised:
        policy_of(text, "policy.yaml")
    assert str(raised.value).startswith(f"policy.yaml:{line}: ")


def test_a_claim_that_a_person_corrected_leaves_under_no_id_of_the_case(tadmor, troubled, tmp_path):
    """Neither one told by the province nor one told whole; and the check at the end does not find their ids."""
    case, folder = tmp_path / "case", tmp_path / "site"
    shutil.copytree(troubled, case)
    rows = json.loads(tadmor("claims", "--case", case, "--json").stdout)
    chosen = [next(row["id"] for row in rows if row["kind"] == kind) for kind in ("movement", "control", "toll")]
    for one in chosen:
        done = tadmor("review", "claim", one, "--set", "count=7", "--author", "A", "--reason", "b", "--case", case)
        assert done.returncode == 0, done.stderr
    done = tadmor("publish", "-o", folder, "--case", case, "--today", TODAY)
    assert done.returncode == 0, done.stderr
    told = (folder / "data/claims.jsonl").read_text(encoding="utf-8")
    assert '"low":7' in told.replace(" ", "")
    assert not any(one in told for one in chosen)
