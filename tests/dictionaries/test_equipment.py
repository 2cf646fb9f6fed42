"""Weapons and platforms."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.dictionaries.equipment import load_equipment
from tadmor.dictionaries.equipment.designations import is_written, variants


def found(text):
    return [(text[start:end], one.id) for start, end, one in load_equipment().find(text)]


def ids(text):
    return [one.id for _, _, one in load_equipment().find(text)]


def test_many_systems():
    """At least 250 named systems and platforms, generic words not counted."""
    assert sum(not one.generic for one in load_equipment()) >= 250


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Pantsir-S1", "pantsir_s1"),
        ("Pantsyr-S1", "pantsir_s1"),
        ("SA-22 Greyhound", "pantsir_s1"),
        ("Pantsyr", "pantsir"),
        ("BTR-82A", "btr_82a"),
        ("Mil Mi-28N", "mi_28n"),
        ("Mi-28N Night Hunter", "mi_28n"),
        ("Kamov Ka-52", "ka_52"),
        ("Iskander-K", "iskander_k"),
        ("Iskander-M", "iskander_m"),
        ("S-400 Triumf", "s_400"),
        ("Kalibr", "kalibr"),
        ("T-90s", "t_90"),
        ("Su-24M", "su_24"),
        ("Bayraktar TB2", "bayraktar_tb2"),
        ("Geran-2", "shahed_136"),
        ("HIMARS", "himars"),
        ("BGM-71 TOW", "tow"),
        ("Kornets", "kornet"),
        ("main battle tanks", "tank"),
    ],
)
def test_lookup(name, id_):
    """A name, a NATO name, a maker's name, a plural: all lead to their entry."""
    one = load_equipment().lookup(name)
    assert one is not None
    assert one.id == id_


def test_a_family_leaves_the_variant_open():
    """Iskander is the family; Iskander-M and Iskander-K are of it and differ in kind."""
    table = load_equipment()
    family = table.lookup("Iskander")
    ballistic, cruise = table.lookup("Iskander-M"), table.lookup("Iskander-K")
    assert family.family is None
    assert ballistic.family == cruise.family == family.id
    assert (ballistic.kind, cruise.kind) == ("ballistic_missile", "cruise_missile")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("two T-72 tanks, a T72B3 and several T-90s", ["t_72", "tank", "t_72b3", "t_90"]),
        ("Su 24s and SU-34 bombers took off", ["su_24", "su_34", "bomber_aircraft"]),
        ("the S-400's radar", ["s_400", "radar"]),
        ("a T-72S, not T-72s", ["t_72b", "t_72"]),
        ("Pantsir-S1/SA-22 batteries", ["pantsir_s1", "pantsir_s1"]),
    ],
)
def test_designations_in_text(text, wanted):
    """Designations are found closed up, spaced, plural, possessive."""
    assert ids(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "An 26-year-old was hurt.",
        "A 10-year-old boy died at 4 p.m. on the A10.",
        "a think tank in Washington",
        "a water tank on the roof",
        "She keeps her private jet there.",
        "Islamic State fighters withdrew.",
        "Fighters stormed the town.",
        "A suicide bomber blew himself up near a bus.",
        "The Tor network hides users.",
        "General Abrams said so.",
        "He stepped down as leader of the Patriot Party.",
    ],
)
def test_other_words_are_no_equipment(text):
    """Words that only look like equipment are left alone."""
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Six fighters were scrambled from the air base.", "fighter_aircraft"),
        ("Bombers of the Russian air force took off from Mozdok.", "bomber_aircraft"),
        ("Grad rockets fell", "grad"),
        ("They fired Grad and Uragan rockets", "uragan"),
        ("An Abrams was hit, a Bradley and a Leopard 2 burned", "m2_bradley"),
        ("a Tor missile battery", "tor"),
    ],
)
def test_ambiguous_names_count_in_context(text, id_):
    """A name that is another word too counts near a word of its kind, a proper name also near other equipment."""
    assert id_ in ids(text)


def test_the_context_ends_with_the_sentence():
    """An aircraft in the next sentence makes no jets of fighters."""
    assert ids("The fighters fled. A jet circled.") == ["warplane"]


def test_spans_leave_out_possessives():
    """What is found is exactly the name."""
    assert found("Russia's Su-34s, Syria's MiG-29's range") == [("Su-34s", "su_34"), ("MiG-29", "mig_29")]


def test_generic_words_are_marked():
    """Generic words say so and have the kind that they stand for."""
    table = load_equipment()
    tanks = table.lookup("tanks")
    assert tanks.generic
    assert tanks.kind == "tank"
    assert "fighters" in table.get("fighter_aircraft").needs_context
    assert not table.lookup("T-72").generic


def test_variants():
    """A designation is also closed up, and plural with a small s; roads are not aircraft."""
    assert dict(variants("T-72")) == {"T-72": False, "T-72s": True, "T72": False}
    assert "A10" not in dict(variants("A-10"))


def test_is_written():
    """Figures need a capital before them, and a gap only after letters that are no English word."""
    assert is_written("Su 24")
    assert is_written("an artillery piece")
    assert not is_written("At 4")
    assert not is_written("a-10")


@given(st.text(max_size=200))
def test_find_is_total(text):
    """Any text can be searched; spans are inside it, in order, without overlap."""
    hits = load_equipment().find(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in hits)
    assert all(left[1] <= right[0] for left, right in pairwise(hits))
