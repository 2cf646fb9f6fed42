"""Writing a folder whole or not at all, and replacing only what tadmor wrote."""

import ctypes
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tadmor.errors import UsageError

#: The file by which a folder is known to be tadmor's.
MARK = "tadmor-publish.json"
_MAKING = ".making"
_HERE, _EXCHANGE = -100, 2


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place at the end; nothing of it stays where the body fails.

    Raises:
        UsageError: the target is there and not tadmor's, or cannot be written.
    """
    _check(target)
    passing = target.with_name(f".{target.name}.tadmor-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target)
        shutil.rmtree(passing, ignore_errors=True)
        passing.mkdir()
        (passing / _MAKING).touch()
        yield passing
        (passing / _MAKING).unlink()
        os.sync()  # all on the disk before it gets its name; file by file takes minutes for 100,000 pages
        _put(passing, target)
    except OSError as error:
        message = f"{target}: cannot be written ({error.strerror or error})"
        raise UsageError(message) from error
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def replaced(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: it cannot be written.
    """
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        passing.write_text(text, encoding="utf-8")
        with passing.open("rb") as file:
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror or error})"
        raise UsageError(message) from error
    finally:
        passing.unlink(missing_ok=True)


def _check(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        message = f"{target}: is no folder; choose another"
        raise UsageError(message)
    if target.is_dir() and any(target.iterdir()) and not _is_ours(target):
        message = f"{target}: holds what tadmor did not publish; choose another folder, or empty it yourself"
        raise UsageError(message)


def _is_ours(target: Path) -> bool:
    try:
        told = json.loads((target / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("made_by") == "tadmor"


def _tidy(target: Path) -> None:
    """Remove what makers left that were killed: folders of this target that are marked as being made, or replaced."""
    for left in target.parent.glob(f".{target.name}.tadmor-*"):
        number = left.name.rpartition("-")[2]
        if number.isdigit() and not _lives(int(number)) and ((left / _MAKING).exists() or _is_ours(left)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()


def _put(passing: Path, target: Path) -> None:
    """Give a folder its place; one that is there is exchanged at once where the system can, else moved aside first."""
    if not target.exists():
        passing.rename(target)
    elif not _exchanged(passing, target):
        aside = passing.with_name(f"{passing.name.rpartition('-')[0]}-0")
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
        passing.rename(target)
        shutil.rmtree(aside, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (renameat2 of Linux); `False` where the system has no such step."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return call is not None and call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0
