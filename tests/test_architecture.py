"""The house rules that a machine can check."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

import pytest
import typer
from packaging.markers import Marker

from tadmor.views.cli import app

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
#: Each takes 30 ms to a second to import: what does not need them must not wait for them.
HEAVY = ("sqlalchemy", "alembic", "numpy", "trafilatura", "pypdfium2", "marisa_trie", "rapidfuzz", "py3langid", "yaml")


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_stages_import_only_what_the_layers_allow() -> None:
    """Views, pipeline, settings, stages, dictionaries, datamodel, errors: each imports only what lies below it."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    """`tadmor --help` loads neither the store nor any reader."""
    loaded = _python("import sys, tadmor.views.cli; print('\\n'.join(sys.modules))").split()
    assert not sorted(set(HEAVY) & set(loaded))


def test_the_nouns_do_no_input_or_output() -> None:
    """Nothing in `datamodel` opens a file, a socket or a clock."""
    for path in sorted((ROOT / "src/tadmor/datamodel").glob("*.py")):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        assert not names & {"open", "socket", "Path", "print"}, path.name
        assert ".now(" not in path.read_text(), path.name
        assert ".today(" not in path.read_text(), path.name


def test_only_one_folder_opens_the_network() -> None:
    """What import-linter cannot tell apart: `urllib.parse` is no way out, `urllib.request` and fetching extractors are."""
    ways = re.compile(r"urllib\.request|urllib import request|urlopen|fetch_url|\bsocket\b")
    found = [path for path in SOURCES if ways.search(path.read_text()) and path.parent.name != "network"]
    assert [path.name for path in found] == []


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            yield node.name, node.end_lineno - node.body[0].lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src/tadmor")))
def test_modules_and_functions_stay_short(path: Path) -> None:
    """A module has at most 400 lines, a function's body at most 60."""
    assert len(path.read_text().splitlines()) <= 400
    assert [name for name, lines in _functions(path) if lines > 60] == []


def test_names_say_what_things_are() -> None:
    """No module is called by a word that would fit any module."""
    vague = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert [path.stem for path in SOURCES if path.stem in vague] == []


def test_pinned_requirements_name_no_index() -> None:
    """The lists install from whatever index is set up, and each file is pinned by its hash."""
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text()
        assert not re.search(r"https?://|--index|--find-links|--extra", text), path.name
        pinned = re.findall(r"^[\w.-]+==\S+.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pinned, path.name
        assert all("--hash=sha256:" in one for one in pinned), path.name


def test_no_file_names_a_place_on_one_machine() -> None:
    """What is committed works in any folder."""
    homes = re.compile(r"/(?:home|Users|work|root)/\w")
    text = {".py", ".toml", ".yaml", ".md", ".txt", ".in", ""}
    found = [path for path in _tracked() if path.suffix in text and homes.search(path.read_text(errors="ignore"))]
    assert [path.relative_to(ROOT) for path in found if path != Path(__file__)] == []


def _installed() -> Iterator[str]:
    """Packages that running tadmor installs here."""
    for line in (ROOT / "requirements/run.txt").read_text().splitlines():
        pinned = re.match(r"([\w.-]+)==[^ ;]+(?: ; ([^\\]+))?", line)
        if pinned and (pinned[2] is None or Marker(pinned[2].strip()).evaluate()):
            yield pinned[1]


def _free_of_copyleft(licence: str) -> bool:
    """Does a licence expression leave a choice that is neither GPL, AGPL nor LGPL?"""
    parts = licence.replace("(", "").replace(")", "").split(" AND ")
    return all(any("GPL" not in choice.upper() for choice in part.split(" OR ")) for part in parts)


def test_what_is_installed_is_under_permissive_licences() -> None:
    """Nothing that can be had only under the GPL, AGPL or LGPL comes along."""
    for name in _installed():
        about = metadata(name)
        told = about.get_all("Classifier", [])
        licences = [one for one in told if one.startswith("License")] or [about.get("License-Expression") or ""]
        assert all(map(_free_of_copyleft, licences)), f"{name}: {licences}"


def test_every_dependency_is_explained() -> None:
    """`docs/dependencies.md` says of each direct dependency what it is for."""
    told = (ROOT / "docs/dependencies.md").read_text()
    listed = re.findall(r'^    "([\w-]+)[><=]', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert listed
    assert [name for name in listed if f"`{name}`" not in told] == []


def test_the_documentation_lists_every_command() -> None:
    """README.md names each command of the program."""
    names = list(typer.main.get_command(app).commands)
    told = (ROOT / "README.md").read_text()
    assert len(names) >= 14
    assert [name for name in names if f"tadmor {name}" not in told] == []
