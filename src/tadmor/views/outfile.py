"""Files that are handed out: whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from tadmor.errors import UsageError


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside its place and put it there once it is whole; a pipe or a device is written as it is.

    Raises:
        UsageError: it cannot be written there.
    """
    passing = path.with_name(f".{path.name}.{os.getpid()}.part") if is_replaceable(path) else path
    try:
        try:
            with passing.open("wb") as file:
                file.writelines(pieces)
            if passing != path:
                passing.replace(path)
        finally:
            if passing != path:
                passing.unlink(missing_ok=True)
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror}); choose another file"
        raise UsageError(message) from error


def is_replaceable(path: Path) -> bool:
    """May another file take its place? Not that of a device or a pipe."""
    return path.is_file() or not path.exists()


def keep_out_of(folder: Path, output: Path) -> None:
    """Nothing is written among what a case keeps.

    Raises:
        UsageError: the file would lie there.
    """
    if folder.absolute().resolve() in output.absolute().resolve().parents:
        message = f"{output}: lies in the case; choose a file outside it"
        raise UsageError(message)
