"""Releases: versions of the published record that stay, each with what differs from the last, and a DataCite record."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from tadmor import __version__
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.exports import Row
from tadmor.views.progress import Told, untold
from tadmor.views.publishing.checking import Check
from tadmor.views.publishing.composing import Composed
from tadmor.views.publishing.files import sums, write_json
from tadmor.views.publishing.publishing import Call, composed_into
from tadmor.views.publishing.writing import replaced, written_whole

#: The list of releases, by which the folder is known to be tadmor's.
LISTED = "releases.json"
_VERSION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,40}[A-Za-z0-9])?")
#: Tables that are compared, and the field that names a row; spells of control have ids of their own.
_TABLES = ("claims", "control", "tolls", "incidents", "contradictions", "sources", "documents")
_SCHEMA = "http://datacite.org/schema/kernel-4"


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """How a release is cited: who made it, who publishes it, its DOI and licence (SPDX) where it has them."""

    creators: tuple[str, ...]
    publisher: str
    doi: str | None = None
    licence: str | None = None


class Differs(msgspec.Struct, frozen=True, kw_only=True):
    """How a table differs from the last release: ids of rows, and of changed ones the names of the fields."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """A release: its version and the one before, and how many rows of each table were added, removed, changed."""

    version: str
    previous: str | None
    claims: int
    files: int
    counts: Mapping[str, tuple[int, int, int]]


def release(
    ledger: Ledger, target: Path, version: str, call: Call, citation: Citation, told: Told = untold
) -> Released:
    """Add a release to a folder of releases.

    Raises:
        LeakError: what was written holds what the policy withholds; nothing was released.
        UsageError: the version is there, or is none; the folder is not one of releases, or cannot be written.
    """
    known = _known(target)
    _check(version, known, target)
    previous = known[-1] if known else None
    own = target / version
    with written_whole(own) as folder:
        found = composed_into(ledger, folder, call, told)
        differs = _differences(folder / "data", target / previous["version"] / "data" if previous else None)
        write_json(folder / "data" / "differences.json", _differences_row(previous, differs))
        write_json(folder / "data" / "files.json", sums(folder / "data"))
        write_json(folder / "datacite.json", datacite(found, version, call.today, citation, previous))
        files = Check(found, call.policy).folder(folder, told)
    row = {"version": version, "day": call.today.isoformat(), "doi": citation.doi, "claims": len(found.claims)}
    replaced(target / LISTED, json.dumps({"made_by": "tadmor", "releases": [*known, row]}, indent=1) + "\n")
    return Released(
        version=version,
        previous=previous["version"] if previous else None,
        claims=len(found.claims),
        files=files,
        counts={name: (len(one.added), len(one.removed), len(one.changed)) for name, one in differs.items()},
    )


def _known(target: Path) -> list[Row]:
    """The releases of a folder, the last one last."""
    path = target / LISTED
    if not path.exists():
        if target.exists() and (not target.is_dir() or any(one for one in target.iterdir() if one.name[0] != ".")):
            message = f"{target}: is no folder of releases; choose another, or an empty one"
            raise UsageError(message)
        return []
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return [dict(one) for one in told["releases"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path}: is not as tadmor wrote it ({error})"
        raise UsageError(message) from error


def _check(version: str, known: Sequence[Row], target: Path) -> None:
    if not _VERSION.fullmatch(version):
        message = f"{version!r} is no version; use letters, digits, points and hyphens, as 1.0"
        raise UsageError(message)
    if any(one["version"] == version for one in known):
        message = f"{target}: has a release {version}, and releases stay as they are; choose another version"
        raise UsageError(message)


def _differences(now: Path, before: Path | None) -> Mapping[str, Differs]:
    return {name: _differ(_rows(before, name) if before is not None else {}, _rows(now, name)) for name in _TABLES}


def _rows(folder: Path, name: str) -> Mapping[str, Row]:
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        return {}
    rows = map(json.loads, filter(None, path.read_text(encoding="utf-8").split("\n")))
    return {str(one["id"]): one for one in rows}


def _differ(before: Mapping[str, Row], now: Mapping[str, Row]) -> Differs:
    changed = {
        key: tuple(
            sorted(field for field in {*now[key], *before[key]} if now[key].get(field) != before[key].get(field))
        )
        for key in sorted(now.keys() & before.keys())
    }
    return Differs(
        added=tuple(sorted(now.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - now.keys())),
        changed={key: fields for key, fields in changed.items() if fields},
    )


def _differences_row(previous: Row | None, differs: Mapping[str, Differs]) -> Row:
    """What differs, as a file: ids and names of fields; the values stand in the two releases."""
    return {
        "since": previous["version"] if previous else None,
        "tables": {name: msgspec.to_builtins(one) for name, one in differs.items()},
    }


def datacite(found: Composed, version: str, day: date, citation: Citation, previous: Row | None) -> Row:
    """The metadata of a release by the DataCite Metadata Schema 4 (as JSON for its REST API)."""
    days = [one for document in found.documents if document.published is not None for one in document.published]
    dates = [{"date": day.isoformat(), "dateType": "Issued"}]
    if days:
        dates.append({"date": f"{min(days)}/{max(days)}", "dateType": "Other", "dateInformation": "reports published"})
    row: Row = {
        "schemaVersion": _SCHEMA,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Record of conflict reporting"},
        "creators": [{"name": one, "nameType": "Organizational"} for one in citation.creators],
        "titles": [{"title": found.title}],
        "publisher": citation.publisher,
        "publicationYear": day.year,
        "version": version,
        "language": "en",
        "dates": dates,
        "subjects": [{"subject": one} for one in ("armed conflict", "human rights", "open-source investigation")],
        "formats": ["text/html", "application/x-ndjson", "text/csv", "application/geo+json"],
        "sizes": [f"{len(found.claims)} claims", f"{len(found.documents)} documents"],
        "descriptions": [{"description": _described(found), "descriptionType": "Abstract"}],
        "contributors": [
            {"name": f"tadmor {__version__}", "nameType": "Organizational", "contributorType": "Producer"}
        ],
    }
    return row | _optional(citation, previous)


def _optional(citation: Citation, previous: Row | None) -> Row:
    row: Row = {"identifiers": [], "rightsList": [], "relatedIdentifiers": []}
    if citation.doi is not None:
        row |= {"doi": citation.doi, "identifiers": [{"identifier": citation.doi, "identifierType": "DOI"}]}
    if citation.licence is not None:
        uri = f"https://spdx.org/licenses/{citation.licence}.html"
        row["rightsList"] = [
            {
                "rightsIdentifier": citation.licence,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
                "rightsUri": uri,
            }
        ]
    if previous is not None and previous.get("doi"):
        row["relatedIdentifiers"] = [
            {
                "relatedIdentifier": previous["doi"],
                "relatedIdentifierType": "DOI",
                "relationType": "IsNewVersionOf",
            }
        ]
    return row


def _described(found: Composed) -> str:
    return (
        f"Claims of published reports on an armed conflict, each with its source, and what is concluded from them: who "
        f"held which place when, what happened, what it cost, which accounts disagree. {len(found.claims)} claims of "
        f"{len(found.documents)} documents. Published with a delay, with places of forces coarsened and without names "
        f"of private persons, as its report of what is withheld tells."
    )
