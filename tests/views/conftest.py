"""A small case, read once, and the command line to ask it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPORTS = {
    "taken.txt": (
        "Army takes Palmyra\nReuters\n2016-03-27\n\n"
        "The Syrian army captured Palmyra from Islamic State on Sunday, the army command said. "
        "At least 12 soldiers were killed in the city.\n"
    ),
    "denied.txt": (
        "Islamic State holds Palmyra\nAl Jazeera\n2016-03-27\n\n"
        "Islamic State still controlled Palmyra on Sunday, activists said. "
        "The group said that 40 soldiers were killed in Palmyra. "
        "The army is preparing to storm Raqqa.\n"
    ),
    "lost.txt": (
        "Islamic State retakes Palmyra\nAFP\n2016-12-11\n\n"
        "Islamic State recaptured Palmyra on Sunday, the Syrian Observatory for Human Rights said. "
        "Russian aircraft carried out 64 air strikes on Palmyra.\n"
    ),
}

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def tadmor() -> Call:
    """The command line in a process of its own, as its users call it."""

    def call(*words: object, **options: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "tadmor.views.cli", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)

    return call


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports on one city that disagree."""
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def case(tadmor: Call, reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case that they were read into; tests only ask it."""
    folder = tmp_path_factory.mktemp("case") / "made"
    done = tadmor("read", reports, "--case", folder)
    assert done.returncode == 0, done.stderr
    return folder
