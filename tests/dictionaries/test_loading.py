"""Tables from YAML into typed rows."""

from pathlib import Path

import msgspec
import pytest

from tadmor.dictionaries.loading import items, read_table, read_yaml, spellings
from tadmor.errors import DictionaryError


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    iso: str = ""
    weight: float = 0.0
    alone: bool = True


def table(folder: Path, text: str) -> Path:
    path = folder / "table.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_keys_of_a_map_become_ids(tmp_path: Path) -> None:
    """A map of maps gives rows in file order whose id is the key."""
    rows = read_table(table(tmp_path, "b: {iso: RU}\na: {iso: UA}\n"), Row)
    assert [(row.id, row.iso) for row in rows] == [("b", "RU"), ("a", "UA")]


def test_a_list_gives_one_row_each(tmp_path: Path) -> None:
    """A list of maps needs its ids written out."""
    assert read_table(table(tmp_path, "- {id: a}\n- {id: b}\n"), Row) == (Row(id="a"), Row(id="b"))


def test_the_type_decides_what_a_scalar_is(tmp_path: Path) -> None:
    """Norway stays a country code, numbers and booleans come out as their fields want them."""
    (row,) = read_table(table(tmp_path, "norway: {iso: NO, weight: 0.5, alone: false}\n"), Row)
    assert row == Row(id="norway", iso="NO", weight=0.5, alone=False)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: {iso: UA}\nb: {colour: red}\n", "b"),
        ("- {id: a}\n- {iso: UA}\n", "entry 2"),
        ("a: {weight: heavy}\n", "weight"),
        ("a: [1, 2\n", "table.yaml"),
        ("a: {iso: UA}\na: {iso: RU}\n", "twice"),
        ("a: &x {iso: UA}\nb: *x\n", "anchors"),
        ("just words\n", "neither a list nor a map"),
        ("", "neither a list nor a map"),
    ],
)
def test_malformed_tables_name_file_and_entry(tmp_path: Path, text: str, what: str) -> None:
    """A table that cannot be read is an error of ours that says where it is wrong."""
    with pytest.raises(DictionaryError, match=what) as caught:
        read_table(table(tmp_path, text), Row)
    assert "table.yaml" in str(caught.value)


def test_missing_tables_are_dictionary_errors() -> None:
    """A name below the package that does not exist is no bare OSError."""
    with pytest.raises(DictionaryError, match="cannot be read"):
        read_yaml("actors/no_such_table.yaml")


def test_cells_hold_names_and_exact_spellings() -> None:
    """Bars separate, an equals sign marks what counts only as written, empty parts vanish."""
    assert list(spellings("Islamic State | =IS || ISIS ")) == [("Islamic State", False), ("IS", True), ("ISIS", False)]
    assert items(" a | b |") == ("a", "b")
