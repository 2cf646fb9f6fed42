"""Where things are and what the limits are: from the call, the environment, then defaults."""

import os
from pathlib import Path

import msgspec

#: The folder of a case where nothing else is said.
DEFAULT_CASE = Path("case")


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run works with.

    `batch` files of `batch_bytes` in all are held in memory together; undated documents are dated by the company of
    their batch and of `company` documents of the case. From `few` files on, `workers` processes read; each holds the
    tables, about 150 MB, and takes a second to start, in which one process reads about ten reports.

    `sources` is a table of the user's own sources and their sides, in the format of `dictionaries/sources`.
    """

    batch: int = 200
    batch_bytes: int = 64_000_000
    company: int = 500
    few: int = 40
    workers: int = msgspec.field(default_factory=lambda: min(os.cpu_count() or 1, 4))
    sources: Path | None = None


def own_sources(case: Path, given: Path | None) -> Path | None:
    """The user's table of sources: the one given, else `sources.yaml` in the case, else none."""
    kept = case / "sources.yaml"
    return given or (kept if kept.is_file() else None)


def case_folder(given: Path | None) -> Path:
    """The case's folder: the one given, else TADMOR_CASE, else `case` in the working folder."""
    if given is not None:
        return given
    named = os.environ.get("TADMOR_CASE")
    return Path(named) if named else DEFAULT_CASE
