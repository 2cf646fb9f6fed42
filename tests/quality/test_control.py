"""Fusing maps measured: what is contested, the shape of what is printed, bad folders."""

import json
from pathlib import Path

import numpy as np
import pytest
from made_maps import DAYS, PLACES, changed, late, layer, write

from quality import control, copies, maps, partisan
from tadmor.record.fusion import SILENT

METHODS = {"tadmor", "best_single", "vote", "dawid_skene", "hmm"}
SCORES = {"accuracy", "brier", "log_loss", "ece"}
WINDOW = "corpora/control-window-a"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("maps"))


def ran(capsys: pytest.CaptureFixture[str], module: object, *words: str | Path) -> tuple[int, str, str]:
    code = module.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def call(folder: Path) -> list[str | Path]:
    return [folder, "--target", "truth", "--inputs", "quick,slow"]


def test_the_figures_come_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All methods with all scores; the two of tadmor and of the chain with filter and smoother."""
    code, out, _ = ran(capsys, control, *call(folder), "--claims", "claims")
    found = json.loads(out)
    assert code == 0
    assert set(found["methods"]) == METHODS
    assert found["contested_place_days"] == sum(
        min(changed(place) + late("slow", place), DAYS) - min(changed(place) + late("quick", place), DAYS)
        for place in range(29)
    )
    assert set(found["methods"]["tadmor"]) == {"smoother", "filter"}
    for name in METHODS - {"tadmor"}:
        assert set(found["methods"][name]) >= SCORES
    for row in (*found["methods"]["tadmor"].values(), found["methods"]["hmm"]["filter"]):
        assert set(row) == SCORES
    assert {"seconds", "megabytes"} <= set(found)


def test_the_quicker_of_two_is_believed_without_being_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The best single source is named for comparison alone."""
    found = json.loads(ran(capsys, control, *call(folder))[1])["methods"]
    assert found["best_single"]["source"] == "quick"
    assert found["tadmor"]["smoother"]["accuracy"] > 0.9
    assert found["vote"]["accuracy"] == 0.5


def test_a_table_may_be_asked_for_and_settings_cross_validated(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line a method; cross-validated figures beside."""
    _, out, _ = ran(capsys, control, *call(folder), "--markdown", "--folds", "2")
    assert "| tadmor, smoother |" in out
    assert "| tadmor, cross validated, filter |" in out
    assert "| best_single (quick) |" in out


def test_what_is_missing_is_named_and_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With code 0: the data are no part of the repository."""
    for module in (control, partisan):
        code, out, err = ran(capsys, module, *call(tmp_path), "--claims", "claims")
        assert (code, out) == (0, "")
        assert "skipped" in err
        assert "quick.csv.gz" in err
        assert err.count("\n") == 1
    code, _, err = ran(capsys, copies, tmp_path, "--inputs", "quick,slow")
    assert code == 0
    assert "skipped" in err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("p1", "RU", "2020-01-01", "soon")], "line 2: 'soon' is no day"),
        ([("p1", "RU", "2020-01-01", "2021-01-01")], "not within the observed days"),
        ([("p1", "RU", "2020-01-09", "2020-01-02")], "not within the observed days"),
    ],
)
def test_a_bad_layer_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[tuple[str, ...]], said: str
) -> None:
    """Which file, which line, what to do."""
    write(tmp_path)
    layer(tmp_path, "slow", rows)
    code, out, err = ran(capsys, control, *call(tmp_path))
    assert (code, out) == (2, "")
    assert said in err
    assert "slow.csv.gz" in err
    assert err.count("\n") == 1


def test_a_table_without_a_column_and_a_broken_archive_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither is a traceback."""
    write(tmp_path)
    (tmp_path / "slow.csv.gz").write_bytes(b"no archive")
    assert "cannot be read" in ran(capsys, control, *call(tmp_path))[2]
    (tmp_path / "places.csv").write_text("place_id,lat\n", encoding="utf-8")
    assert "no column lon" in ran(capsys, control, *call(tmp_path))[2]


@pytest.mark.parametrize("inputs", ["quick", "quick,truth"])
def test_the_target_must_be_kept_out_and_inputs_be_two(
    folder: Path, capsys: pytest.CaptureFixture[str], inputs: str
) -> None:
    """A wrong call ends with code 2 and says why."""
    with pytest.raises(SystemExit) as ended:
        control.main([str(folder), "--target", "truth", "--inputs", inputs])
    assert ended.value.code == 2
    assert "--inputs needs two" in (said := capsys.readouterr().err) or "must not be among" in said


def test_contested_is_where_two_speak_and_differ() -> None:
    """Words are compared, not numbers; silence differs from nothing; one alone is not contested."""
    one = maps.Layer("one", ("RU", "UA"), np.array([[0, 0, 1, SILENT]], np.int8))
    other = maps.Layer("other", ("UA", "other", "RU"), np.array([[2, 1, SILENT, SILENT]], np.int8))
    assert maps.contested([one, other]).tolist() == [[False, True, False, False]]


def test_places_held_before_are_left_out_and_gaps_carried(folder: Path) -> None:
    """The last place of the invented folder is such a place."""
    seen = maps.read(folder, ["quick", "claims"])
    assert len(seen.ids) == PLACES - 1
    assert seen.actors(["quick", "claims"]) == ("RU", "UA")


def test_copies_are_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Copies of the one input asked for: how far they move the record, and that they are named."""
    _, out, _ = ran(capsys, copies, folder, "--inputs", "quick,slow", "--of", "slow", "--numbers", "2")
    rows = json.loads(out)["rows"]
    assert [row["kind"] for row in rows] == ["exact", "lagged", "corrupted"]
    assert all(row["moved"] < 0.05 for row in rows)
    assert rows[1]["named"] == 1.0
    assert (
        "| slow | exact | 2 |"
        in ran(capsys, copies, folder, "--inputs", "quick,slow", "--of", "slow", "--numbers", "2", "--markdown")[1]
    )


def test_partisan_claims_are_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whom they serve, and the Brier score beside that of the base rate."""
    _, out, _ = ran(capsys, partisan, *call(folder), "--claims", "claims")
    found = json.loads(out)["layers"]["claims"]
    assert found["side"] == "RU"
    assert found["confirmed"] == 1.0
    assert {"brier", "base_rate", "believed", "held_already", "reliability", "not_yet"} <= set(found)
    assert (
        "no layer of claims"
        in ran(capsys, partisan, folder, "--target", "truth", "--inputs", "slow,claims", "--claims", "quick")[2]
    )


@pytest.mark.shared
@pytest.mark.slow
def test_real_maps_are_fused_as_well_as_promised(shared: Path) -> None:
    """The floors of the first window, and that what is contested is counted as agreed."""
    if not (shared / WINDOW).is_dir():
        pytest.skip("the maps of window A are missing")
    three = control.measured(shared / WINDOW, "deepstate", ["isw_assessed", "lum_nzz", "wiki"], [])
    assert (three["contested_place_days"], three["contested_places"]) == (22_362, 620)
    fused = three["methods"]["tadmor"]["smoother"]
    assert fused["accuracy"] >= 0.83
    assert fused["log_loss"] <= 0.48
    assert fused["ece"] <= 0.06
    two = control.measured(shared / WINDOW, "deepstate", ["isw_assessed", "lum_nzz"], [])
    assert two["methods"]["tadmor"]["smoother"]["accuracy"] >= 0.80
