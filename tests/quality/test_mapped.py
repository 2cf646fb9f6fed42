"""Maps that go the whole way: imported, concluded, exported, and held to another map."""

import json
from pathlib import Path

import pytest
from made_maps import write

from quality import mapped


def asked(folder: Path) -> list[str]:
    return [str(folder), "--target", "truth", "--inputs", "quick,slow", "--holders", "RU=Russia,UA=Ukraine"]


def test_the_record_follows_the_quicker_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without being told which map is the better one, in a case of the real program."""
    assert mapped.main(asked(write(tmp_path))) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["contested_place_days"] > 0
    assert found["contested_accuracy"] > 0.8
    assert found["other_accuracy"] > 0.95


def test_what_is_missing_is_named_and_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With code 0: the data are no part of the repository."""
    assert mapped.main(asked(tmp_path)) == 0
    assert "quick.csv.gz" in capsys.readouterr().err
