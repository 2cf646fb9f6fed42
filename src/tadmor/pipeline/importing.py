"""Files of places -> the places of a case."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.places import PlaceFile
from tadmor.ledger import Ledger

if TYPE_CHECKING:  # only importing needs them
    from tadmor.dictionaries.gazetteer.examining import Examined
    from tadmor.dictionaries.gazetteer.joining import Joined


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one file of places brought.

    Of the `places` that it tells of, `added` are new and `known` only gave a place that was known their names;
    `left_out` rows are of features that no report tells of. A file that was `imported` before adds nothing.
    """

    file: str
    layout: str
    places: int
    left_out: int
    imported: bool
    added: int = 0
    known: int = 0


class Imports(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one call of `import_places` did."""

    files: tuple[ImportedFile, ...]
    issues: tuple[Issue, ...]

    @property
    def complete(self) -> bool:
        """Was every row of every file read?"""
        return all(issue.severity is not Severity.ERROR for issue in self.issues)


def import_places(
    paths: Sequence[Path], ledger: Ledger, *, layout: str | None = None, licence: str | None = None
) -> Imports:
    """Bring files of places into a case: of each all that can be read, of all together everything or nothing.

    Args:
        paths: the files; one that is missing or cannot be read becomes an issue, and the rest goes on.
        ledger: the case, open for writing.
        layout: of all files, where it does not show in them.
        licence: what the caller says of the right to use them.
    """
    from tadmor.dictionaries.gazetteer.examining import Examined, examine  # noqa: PLC0415 - only importing needs it

    files, told, issues = list(ledger.places.kept()), list[tuple[str, bool, Examined]](), list[Issue]()
    before = len(files)
    for path in paths:
        found = examine(path, layout, files)
        issues.extend(found.issues)
        if found.layout is None:
            continue
        imported = any(file.sha256 == found.sha256 for file in files)
        ledger.places.keep(found.sha256, found.data)
        told.append((path.name, imported, found))
        if not imported:
            files.append(_place_file(path, found.layout, found, licence))
    joined: dict[str, Joined] = {}
    if len(files) > before:
        _, joined = _compile(ledger, files)
        ledger.places.note(files[before:])
    issues.extend(issue for file in files[before:] for issue in _lost(file.name, joined[file.sha256]))
    return Imports(
        files=tuple(_imported(name, found, None if known else joined[found.sha256]) for name, known, found in told),
        issues=tuple(issues),
    )


def places_of(ledger: Ledger, *, make: bool = False) -> Path | None:
    """Where the compiled places of a case lie; `None` where it has none.

    Args:
        ledger: the case.
        make: it is open for writing: compile them where they are missing, or were compiled for another gazetteer.
    """
    kept = ledger.places.kept()
    if not kept:
        return None
    from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
    from tadmor.dictionaries.gazetteer.joining import name_of  # noqa: PLC0415

    found = ledger.places.compiled(name_of(kept, open_gazetteer()))
    return _compile(ledger, kept)[0] if found is None and make else found


def _compile(ledger: Ledger, files: Sequence[PlaceFile]) -> "tuple[Path, dict[str, Joined]]":
    from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
    from tadmor.dictionaries.gazetteer.joining import compile_files, name_of  # noqa: PLC0415

    shipped, tables = open_gazetteer(), [(file, ledger.places.held(file)) for file in files]
    joined: dict[str, Joined] = {}
    folder = ledger.places.compile(
        name_of(files, shipped), lambda passing: joined.update(compile_files(tables, shipped, passing))
    )
    return folder, joined


def _place_file(path: Path, layout: str, found: "Examined", licence: str | None) -> PlaceFile:
    return PlaceFile(
        sha256=found.sha256,
        name=path.name,
        layout=layout,
        size=len(found.data),
        places=found.places,
        imported=datetime.now(UTC),
        licence=licence,
    )


def _imported(name: str, found: "Examined", joined: "Joined | None") -> ImportedFile:
    return ImportedFile(
        file=name,
        layout=found.layout or "",
        places=found.places,
        left_out=found.left_out,
        imported=joined is None,
        added=joined.added if joined is not None else 0,
        known=joined.enriched if joined is not None else 0,
    )


def _lost(name: str, joined: "Joined") -> Iterator[Issue]:
    """Parents that were not found."""
    for line, parent in joined.lost:
        message = (
            f"line {line}: imported, but no place near it has the id or name of its parent {parent!r};"
            " write one that the gazetteer or a line before has"
        )
        yield Issue(where=name, rule="place-parent", message=message, severity=Severity.WARNING)
