"""Ways by which something withheld could leave that nobody thinks of: each is never written, and found if it were."""

import hashlib
import json
import shutil
from datetime import date

import pytest
from msgspec import structs

from tadmor.ledger import Ledger
from tadmor.views.publishing.checking import Check, LeakError
from tadmor.views.publishing.phrasing import plain
from tadmor.views.publishing.points import points
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.publishing import Call, composed_into
from tadmor.views.words import gist

REPORTS = {
    "hamid-informant/notes_from_salma_barakat.txt": """Raids go on around Tamanah

Cedar Wire

BEIRUT, March 3, 2019 - Rebels have killed nine civilians in Tamanah since the announcement of the withdrawal of Russian
troops from Syria on 11 December, residents said. About 20 T-72 tanks were deployed at Tell Marq.

Five civilians were killed at 35\N{DEGREE SIGN}12'30"N 36\N{DEGREE SIGN}45'10"E in Tamanah on Friday, as
nightjardesk.org and Nightjar-Desk wrote. Seven civilians were killed by shelling in Skaik on Friday, Wa\N{SOFT HYPHEN}lid
Najjar told Cedar Wire. A farmer, Walid Najjar, was wounded in Skaik.
""",
    "tanks.txt": """About 20 T-72 tanks were deployed at Tell Marq

Cedar Wire

BEIRUT, March 4, 2019 - Rebels seized the town of Tamanah on Saturday, residents said. "About 20 T-72 tanks were deployed
at Tell Marq," the Blue Lantern Network said of the town. Six civilians were killed in Tamanah on Saturday.
Rebels attacked Skaik, where there were 1,500 pro-ISIL militiamen.
""",
    "whispered.txt": """Nightjar Desk

IDLIB, March 4, 2019 - Government forces captured Halfaya on Sunday, Nightjar Desk has learned.
""",
}
SOURCES = """
cedar_wire: {name: Cedar Wire, kind: agency, country: LB}
blue_lantern: {name: Blue Lantern Network, kind: monitor, sides: syrian_opposition}
nightjar: {name: Nightjar Desk, kind: outlet, confidential: true}
"""
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def case(tadmor, tmp_path_factory):
    """A case whose words, names of files and own name hold what must not leave."""
    folder = tmp_path_factory.mktemp("leaky")
    for name, text in REPORTS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    case = folder / "Files of Walid Najjar"
    own = ("--sources", folder / "sources.yaml")
    done = tadmor("read", *(folder / name for name in REPORTS), *own, "--case", case)
    assert done.returncode == 0, done.stderr
    shutil.copy(folder / "sources.yaml", case / "sources.yaml")
    return case


@pytest.fixture(scope="module")
def composed(case, tmp_path_factory):
    """What of it leaves, as it is written, unchecked."""
    target = tmp_path_factory.mktemp("unchecked")
    with Ledger.open(case) as ledger:
        return target, composed_into(ledger, target, Call(policy=Policy(), today=TODAY))


@pytest.fixture(scope="module")
def written(composed):
    """All names and contents of the files, but for the map's own script and ground, as words are compared."""
    files = [path for path in composed[0].rglob("*") if path.is_file() and path.parent.name not in {"static", "assets"}]
    return "\n".join(f"{plain(path.name)}\n{plain(path.read_text(encoding='utf-8'))}" for path in files)


@pytest.mark.parametrize(
    "words",
    [
        "withdrawal of russian troops",  # of a movement, in the words of a time of losses
        "tanks were deployed",  # of forces, in a headline and another's quote
        "tell marq",
        "35 12 30 n",
        "nightjardesk",
        "nightjar desk",
        "walid najjar",  # in the case's name, and with a soft hyphen
        "najjar",
        "salma",  # in the name of a file
        "informant",  # in the name of a folder
        "halfaya",
    ],
)
def test_what_is_withheld_is_not_written_by_any_of_these_ways(written, words):
    assert words not in written


def test_what_stands_beside_it_is(written):
    for words in ("tamanah", "skaik", "cedar wire", "blue lantern network", "have killed nine civilians"):
        assert words in written


def test_the_check_finds_the_whole_of_it_clean(composed):
    assert Check(composed[1], Policy()).folder(composed[0]) > 50


@pytest.fixture
def checked(composed, tmp_path):
    """Check a folder that holds one file."""

    def check(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        Check(composed[1], Policy()).folder(tmp_path)

    return check


WHISPERED = hashlib.sha256(REPORTS["whispered.txt"].encode()).hexdigest()
FORCES = "kind,modality,place.id,place.level,document.id,quote\npresence,asserted,"
LEAKS = {
    "a hyphen at a line's end": ("a.txt", "Walid Naj-\njar"),
    "a soft hyphen": ("a.html", "<p>Walid Naj\N{SOFT HYPHEN}jar</p>"),
    "a letter that nobody sees": ("a.json", '["Walid Naj\N{ZERO WIDTH SPACE}jar"]'),
    "accents": ("a.json", '["Wal\N{LATIN SMALL LETTER I WITH MACRON}d Najj\N{LATIN SMALL LETTER A WITH MACRON}r"]'),
    "tags between words": ("a.html", "<p><b>Walid</b> <i>Najjar</i></p>"),
    "tags between letters": ("a.html", "<p>Wa<mark>lid</mark> Naj<wbr>jar</p>"),
    "a line's end of a page": ("a.html", "<p>Walid<br>Najjar</p>"),
    "the last name first": ("a.csv", 'name\n"Najjar, Walid"\n'),
    "a tooltip": ("a.html", '<rect title="Walid Najjar"/>'),
    "words for who cannot see": ("a.html", '<svg role="img" aria-label="Walid Najjar"></svg>'),
    "what search engines read": ("a.html", '<meta name="description" content="by Walid Najjar">'),
    "a title of a page": ("a.html", "<title>Walid Najjar</title>"),
    "a key": ("a.json", '{"Walid Najjar": 1}'),
    "a key said twice": ("a.json", '{"name": "Walid Najjar", "name": "x"}'),
    "JSON within JSON": (
        "a.json",
        json.dumps([json.dumps(["\N{LATIN SMALL LETTER E WITH ACUTE}", "Walid Najjar"])]),
    ),
    "an account": ("a.json", '["see @walidnajjar there"]'),
    "a host of a confidential source": ("a.html", '<a href="https://www.nightjardesk.org/x">x</a>'),
    "a file's name": ("walid-najjar.json", "[]"),
    "a folder's name": ("walid_najjar/a.json", "[]"),
    "a file's name in bytes": ("~57alid_~4eajjar.json", "[]"),
    "a map of a site": ("sitemap.xml", "<urlset/>"),
    "the digest of a document of which nothing leaves": ("a.json", json.dumps([WHISPERED])),
    "degrees, minutes, seconds": ("a.json", json.dumps(["35\N{DEGREE SIGN}12'30\"N 36\N{DEGREE SIGN}45'10\"E"])),
    "degrees with a comma": ("a.html", "<p>35,2083\N{DEGREE SIGN} N</p>"),
    "a grid reference": ("a.html", "<p>37S BU 12345 67890</p>"),
    "a plus code": ("a.html", "<p>8G2Q6Q2W+3X</p>"),
    "a row of forces at a town": ("a.csv", f"{FORCES}x,settlement,,\n"),
    "a row of forces in a document": ("a.csv", f"{FORCES}x,province,y,\n"),
    "a row of forces in words": ("a.csv", f"{FORCES}x,province,,they were seen there\n"),
    "what is no JSON": ("a.json", "{"),
}


@pytest.mark.parametrize("how", LEAKS)
def test_each_way_out_is_found(checked, how):
    with pytest.raises(LeakError):
        checked(*LEAKS[how])


CLEAN = {
    "two cells": ("a.csv", "one,other\nWalid,Najjar\n"),
    "two rows": ("a.csv", "one\nAbout 20 T-72 tanks were\ndeployed at the town\n"),
    "two strings": ("a.json", '["Walid", "Najjar"]'),
    "two items of a list": ("a.html", "<ul><li>Walid</li><li>Najjar</li></ul>"),
    "two strings of a page": ("a.html", "<p><bdi>About 20 T-72 tanks were</bdi> <bdi>deployed at the town</bdi></p>"),
    "a count as large as a degree": ("a.html", "<p>35,208 of 36,752 people</p>"),
    "a slope": ("a.html", "<p>a slope of 35\N{DEGREE SIGN}</p>"),
}


@pytest.mark.parametrize("how", CLEAN)
def test_words_that_nobody_said_together_are_no_leak(checked, how):
    checked(*CLEAN[how])


def test_coordinates_are_found_in_each_notation_and_numbers_are_none():
    told = "35.2083, 36.7527", "N 35 12.500", "36.5\N{DEGREE SIGN} E", "37SBU1234567890", "8G2Q6Q2W+3X", "34.56 N"
    assert all([text[start:end] for start, end in points(text)] for text in told)
    for text in ("36,202 people", "45\N{DEGREE SIGN} in July", "3.141, of 12", "2012, 2013", "M-16 1,234"):
        assert not list(points(text))


def test_no_gist_says_by_itself_what_is_withheld(composed):
    withheld = composed[1].secrets.quotes
    assert "1 500 pro isil militiamen" in withheld
    gists = {plain(gist(one)) for one in composed[1].claims}
    assert any(one.startswith("1 500") for one in gists)
    assert not any(words in told for words in withheld for told in gists)


class InFrench:
    """A case whose documents are in a language in which names are not found."""

    def __init__(self, ledger):
        self._ledger = ledger

    def __getattr__(self, name):
        return getattr(self._ledger, name)

    def documents(self):
        return [structs.replace(one, language="fr") for one in self._ledger.documents()]


def test_of_a_text_in_another_language_no_word_leaves_but_names_of_tables(case, tmp_path):
    with Ledger.open(case) as ledger:
        found = composed_into(InFrench(ledger), tmp_path, Call(policy=Policy(), today=TODAY))
    assert found.claims
    rows = [json.loads(line) for line in (tmp_path / "data/claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {one["words"] for one in rows} == {"withheld"}
    told = plain(json.dumps(rows))
    for words in ("residents", "pro isil", "announcement", "on saturday", "farmer", "najjar", "t 72 tanks"):
        assert words not in told
    assert "russian armed forces" in told
    report = json.loads((tmp_path / "data/withheld.json").read_text(encoding="utf-8"))
    language = next(one for one in report if one["rule"] == "language")
    assert language["count"] == sum(one["kind"] not in {"presence", "movement"} for one in rows)
    assert "English" in language["why"]


def test_a_headline_of_civilian_losses_is_told_today_though_it_is_the_title_of_a_young_document(tadmor, tmp_path):
    told = "At least twelve civilians were killed"
    (tmp_path / "today.txt").write_text(
        f"{told}\n\nCedar Wire\n\nBEIRUT, Nov 20, 2026 - {told} on Thursday, residents said.\n", encoding="utf-8"
    )
    (tmp_path / "notes_on_today.txt").write_text(
        "Cedar Wire\n\nBEIRUT, March 4, 2019 - Six civilians were killed in Skaik on Sunday (see notes_on_today.txt).\n",
        encoding="utf-8",
    )
    case = tmp_path / "case"
    assert tadmor("read", tmp_path / "today.txt", tmp_path / "notes_on_today.txt", "--case", case).returncode == 0
    done = tadmor("publish", "-o", tmp_path / "site", "--case", case, "--today", TODAY)
    assert done.returncode == 0, done.stderr
    assert told.lower() in (tmp_path / "site/data/claims.jsonl").read_text(encoding="utf-8").lower()
