"""The atlas: whole or not at all, and each question answered from it."""

import os
import time

import msgspec
import pytest

from tadmor.errors import CaseNotWritableError
from tadmor.ledger.atlas import (
    AtlasWriter,
    ClaimEntry,
    DocumentEntry,
    FindingEntry,
    FindingKind,
    PlaceEntry,
    RestsEntry,
    Wanted,
    atlas_at,
    forget,
)
from tadmor.ledger.atlas.words import Vocabulary, question

WORDS = {
    "a1": "the army captured the citadel of Palmyra",
    "a2": "rebels executed ten soldiers in Aleppo",
    "a3": "دخل الجيش السوري بتدمر أمس",
    "a4": "the army lost Palmyra",
}


def claim(identity, day, **fields):
    told = {
        "document": "d1",
        "kind": "control",
        "modality": "asserted",
        "polarity": "affirmed",
        "score": 0.9,
        "counted": True,
        "earliest": day,
        "latest": day,
        "published": day,
        "tags": (("place", "p1"), ("actor", "army")),
        "words": WORDS[identity],
        "value": f'{{"id":"{identity}"}}'.encode(),
    }
    return ClaimEntry(id=identity, **(told | fields))


CLAIMS = [
    claim("a1", "2016-03-27"),
    claim("a2", "2016-05-01", kind="event", tags=(("place", "p2"), ("actor", "rebels"))),
    claim("a3", "2017-03-02", tags=(("place", "p3"), ("actor", "army"))),
    claim("a4", None, score=0.4, tags=(("place", "p1"), ("side", "syria"))),
]


def place(identity, ground, claims=1):
    return PlaceEntry(
        id=identity, name=identity, names=(identity,), level="site", claims=claims, ground=ground, value=b"{}"
    )


def spell(identity, first, last):
    return FindingEntry(
        kind=FindingKind.SPELL,
        id=identity,
        place="p1",
        first=first,
        last=last,
        type="held",
        actors=("army",),
        weight=1.0,
        value=f'{{"id":"{identity}"}}'.encode(),
    )


def rests(identity, finding, way):
    return RestsEntry(claim=identity, kind=FindingKind.SPELL, id=finding, way=way)


@pytest.fixture
def atlas(tmp_path):
    path = tmp_path / "atlas" / "one.db"
    with AtlasWriter(path) as writer:
        writer.claims(CLAIMS)
        writer.documents(
            [
                DocumentEntry(
                    id="d1", name="d1.txt", title="Palmyra", published=None, claims=4, text="Long story", value=b"{}"
                )
            ]
        )
        writer.places([place("p1", ("p1", "p3"), claims=3), place("p2", ("p2",)), place("p3", ("p3",))])
        writer.findings(
            [
                (spell("s1", None, "2016-12-10"), [rests("a1", "s1", 1), rests("a4", "s1", -1)]),
                (spell("s2", "2016-12-11", None), [rests("a3", "s2", 1)]),
            ]
        )
        writer.sheet("case", b"{}")
    found = atlas_at(path)
    yield found
    found.close()


def ids(page):
    return [value.decode().split('"')[3] for value in page.values]


def test_claims_come_by_day_and_those_without_a_day_last(atlas):
    assert ids(atlas.claims(Wanted(), limit=10)) == ["a1", "a2", "a3", "a4"]


def test_pages_follow_one_another_without_gap_or_double(atlas):
    first = atlas.claims(Wanted(), limit=3)
    rest = atlas.claims(Wanted(), limit=3, after=first.after)
    assert ids(first) + ids(rest) == ["a1", "a2", "a3", "a4"]
    assert rest.after is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(kind="event"), ["a2"]),
        (Wanted(place="p1"), ["a1", "a3", "a4"]),  # p3 lies inside p1
        (Wanted(place="p3"), ["a3"]),
        (Wanted(actor="army"), ["a1", "a3"]),
        (Wanted(side="syria"), ["a4"]),
        (Wanted(least=0.5), ["a1", "a2", "a3"]),
        (Wanted(first="2016-04-01", last="2016-12-31"), ["a2"]),
        (Wanted(words="army palmyra"), ["a1", "a4"]),
        (Wanted(words="army palmyra", place="p1", least=0.5), ["a1"]),
        (Wanted(words="ARMY"), ["a1", "a4"]),
        (Wanted(words="execut*"), ["a2"]),
        (Wanted(words="execut"), []),
        (Wanted(words="تدمر"), ["a3"]),  # written on to its preposition
        (Wanted(words='"; DROP TABLE claims; --'), []),
        (Wanted(words="!?"), []),
    ],
)
def test_conditions_find_what_fits_them_all(atlas, wanted, found):
    assert ids(atlas.claims(wanted, limit=10)) == found


def test_many_claims_of_a_tag_are_found_as_few_are(atlas, monkeypatch):
    monkeypatch.setattr("tadmor.ledger.atlas.asking._MANY", 1)
    assert ids(atlas.claims(Wanted(actor="army", place="p1"), limit=10)) == ["a1", "a3"]


def test_search_pages_by_the_same_cursor(atlas):
    first = atlas.claims(Wanted(words="palmyra"), limit=1)
    assert ids(first) == ["a1"]
    assert ids(atlas.claims(Wanted(words="palmyra"), limit=5, after=first.after)) == ["a4"]


def test_facets_count_by_kind(atlas):
    assert atlas.facets(Wanted()) == {"control": 3, "event": 1}


def test_mistyped_words_are_put_right_by_the_words_of_the_case(atlas):
    assert atlas.corrected("Palmira army") == "palmyra army"
    assert atlas.corrected("army palmyra") is None
    assert atlas.corrected("zzzzzz") is None


def test_of_two_like_terms_the_likest_then_the_commonest_is_meant():
    known = Vocabulary({"raqqa": 3, "raqua": 9, "aleppo": 5})
    assert known.corrected("raqqqa") == "raqqa"
    assert known.corrected("raq") is None  # too short to guess at


def test_a_day_has_the_spell_that_holds_on_it(atlas):
    before = atlas.findings(FindingKind.SPELL, place="p1", day="2016-12-10", limit=5)
    after = atlas.findings(FindingKind.SPELL, place="p1", day="2016-12-11", limit=5)
    assert (ids(before), ids(after)) == (["s1"], ["s2"])


def test_a_claim_tells_which_findings_rest_on_it_and_how(atlas):
    assert [(one.id, one.way) for one in atlas.resting("a1")] == [("s1", 1)]
    assert [(one.id, one.way) for one in atlas.resting("a4")] == [("s1", -1)]
    assert atlas.resting("a2") == ()


def test_ticks_are_the_claims_of_control_for_and_against(atlas):
    ticks = [(one.value.decode().split('"')[3], one.finding, one.way) for one in atlas.ticks("p1")]
    assert ticks == [("a1", "s1", 1), ("a3", "s2", 1), ("a4", "s1", -1)]


def test_documents_are_found_by_title_and_text(atlas):
    assert atlas.found_documents("palmyra story", limit=5) == (b"{}",)
    assert atlas.found_documents("nothing", limit=5) == ()


def test_what_is_not_there_is_none(atlas):
    assert atlas.claim("zz") is None
    assert atlas.place("zz") is None
    assert atlas.finding(FindingKind.TOLL, "s1") is None
    with pytest.raises(KeyError):
        atlas.sheet("zz")


def test_an_atlas_whose_making_fails_is_not_there(tmp_path):
    path = tmp_path / "atlas" / "one.db"

    def failing():
        yield CLAIMS[0]
        raise RuntimeError

    with pytest.raises(RuntimeError), AtlasWriter(path) as writer:
        writer.claims(failing())
    assert list(path.parent.iterdir()) == []


def test_a_damaged_atlas_is_none_and_is_made_anew(tmp_path):
    path = tmp_path / "one.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert atlas_at(path) is None
    assert atlas_at(tmp_path / "two.db") is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "atlas").write_text("a file where the folder would be")
    with pytest.raises(CaseNotWritableError), AtlasWriter(tmp_path / "atlas" / "one.db"):
        pass


def test_old_atlases_and_leftovers_are_forgotten(tmp_path):
    for number in range(9):
        (tmp_path / f"{number}.db").write_bytes(b"")
    for name, age in ((".old.part", 7200), (".new.part", 0)):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    forget(tmp_path, keep=tmp_path / "0.db")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert "0.db" in left
    assert ".new.part" in left  # somebody may be writing it
    assert ".old.part" not in left
    assert len(left) == 7


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("air strike", ("words", '"air" "strike"')),
        ('a "b', ("words", '"a" """b"')),
        ("بتدمر", ("trigrams", '"بتدمر"')),
        ("في", ("trigrams", '""')),
    ],
)
def test_words_become_a_question_that_nothing_in_them_can_change(words, asked):
    assert question(words) == asked


def test_from_a_day_on_also_finds_what_reaches_into_it_and_nothing_without_a_day(tmp_path):
    told = [
        claim("a1", "2016-01-01", latest="2016-12-31"),
        claim("a2", "2016-02-01", latest="2016-02-02"),
        claim("a3", "2016-06-01"),
        claim("a4", None),
    ]
    with AtlasWriter(tmp_path / "one.db") as writer:
        writer.claims(told)
        writer.sheet("case", b"{}")
    atlas = atlas_at(tmp_path / "one.db")
    assert ids(atlas.claims(Wanted(first="2016-05-01"), limit=9)) == ["a1", "a3"]
    first = atlas.claims(Wanted(first="2016-05-01"), limit=1)
    assert ids(atlas.claims(Wanted(first="2016-05-01"), limit=9, after=first.after)) == ["a3"]
    assert ids(atlas.claims(Wanted(first="2016-05-01", words="army OR the"), limit=9)) == []
    assert ids(atlas.claims(Wanted(first="2016-05-01", words="army"), limit=9)) == ["a1"]
    assert atlas.facets(Wanted(first="2016-05-01")) == {"control": 2}
    atlas.close()


def test_spells_of_a_day_as_geojson_are_those_that_hold_on_it(tmp_path):
    with AtlasWriter(tmp_path / "one.db") as writer:
        writer.claims([])
        writer.findings(
            [
                (msgspec.structs.replace(spell("s1", None, "2016-12-10"), feature=b"1"), []),
                (msgspec.structs.replace(spell("s2", "2016-12-11", None), feature=b"2"), []),
            ]
        )
        writer.sheet("case", b"{}")
    atlas = atlas_at(tmp_path / "one.db")
    assert (atlas.features("2016-12-10"), atlas.features("2016-12-11")) == ((b"1",), (b"2",))
    atlas.close()


def test_claims_that_fit_are_counted_by_what_they_have(atlas):
    """A thing that several claims have comes before one that one has; types that no claim has are not there."""
    told = atlas.tallies(Wanted())
    assert (told.counted, told.all) == (4, True)
    assert [(one.id, one.claims) for one in told.by["kind"]] == [("control", 3), ("event", 1)]
    assert [(one.id, one.claims) for one in told.by["place"]] == [("p1", 2), ("p2", 1), ("p3", 1)]
    assert [(one.id, one.claims) for one in told.by["actor"]] == [("army", 2), ("rebels", 1)]
    assert "source" not in told.by
    assert [one.id for one in atlas.tallies(Wanted(words="army", place="p1")).by["side"]] == ["syria"]


def test_of_more_claims_than_are_counted_the_first_stand_for_all(atlas, monkeypatch):
    monkeypatch.setattr("tadmor.ledger.atlas.tallying.COUNTED", 2)
    told = atlas.tallies(Wanted())
    assert (told.counted, told.all) == (2, False)
    assert sum(one.claims for one in told.by["kind"]) == 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {"s1", "s2"}),
        (Wanted(words="citadel"), {"s1"}),
        (Wanted(words="citadel", kind="toll"), set()),
        (Wanted(side="syria"), {"s1"}),  # a claim against it is one that it rests on
        (Wanted(first="2017-01-01"), {"s2"}),
        (Wanted(kind="event"), set()),
    ],
)
def test_the_findings_that_rest_on_claims_that_fit(atlas, wanted, found):
    resting = atlas.resting_on(FindingKind.SPELL, wanted)
    assert {one.id for one in resting} == found
    assert {one.first for one in resting if one.id == "s1"} <= {None}


def test_the_claims_that_fit_by_their_ids(atlas):
    assert atlas.claims_fitting(Wanted(actor="army")) == ("a1", "a3")


def test_the_claims_of_a_kind_that_hold_a_word_by_their_ids(atlas):
    held = set(atlas.claims_fitting(Wanted(kind="control")))
    holding = atlas.claims_fitting(Wanted(words="citadel"))
    assert set(atlas.claims_fitting(Wanted(words="citadel", kind="control"))) == held & set(holding) != set()
    assert atlas.claims_fitting(Wanted(words="citadel", kind="nothing of the sort")) == ()
    assert atlas.claims_fitting(Wanted(words="unheard")) == ()
