"""What a bundle is, for programs: RO-Crate 1.1 metadata. https://www.researchobject.org/ro-crate/1.1/."""

from collections.abc import Mapping, Sequence
from typing import Any

from tadmor import __version__
from tadmor.views.bundling.told import Told

_VERSION = "https://w3id.org/ro/crate/1.1"
#: How names end -> what the file is.
_FORMATS = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".py": "text/x-python",
    ".warc": "application/warc",
    ".eml": "message/rfc822",
    ".tsr": "application/timestamp-reply",
}
_NAMES = {
    "report.html": "The report, for reading",
    "report.pdf": "The report, for printing",
    "verify.py": "A program that checks this bundle, without network and without other packages",
    "README.txt": "How to read and check this bundle",
    "findings.jsonl": "What is concluded, one finding a line",
    "history/revisions.jsonl": "Revisions of the case's history",
    "history/tree.json": "The Merkle tree over the history",
}
_RIGHTS = "Rights in the originals and in the texts taken from them stay with those who made them."


def crate_of(about: str, told: Told, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The metadata of a bundle, by its members so far; its date is that of the last revision."""
    files = [_file(one, told) for one in members]
    parts = [{"@id": one["@id"]} for one in files]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about,
        "description": f"A proof bundle of the case “{told.case}”: {about}, with all that it rests on.",
        "datePublished": told.made or "1970-01-01",
        "license": {"@id": "#rights"},
        "identifier": f"urn:tadmor:history:{told.head}",
        "hasPart": parts,
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": _VERSION},
        "about": {"@id": "./"},
    }
    tool = {"@id": "#tadmor", "@type": "SoftwareApplication", "name": "tadmor", "version": __version__}
    made = {
        "@id": "#bundling",
        "@type": "CreateAction",
        "name": "Bundling",
        "instrument": {"@id": "#tadmor"},
        "result": {"@id": "./"},
    }
    rights = {"@id": "#rights", "@type": "CreativeWork", "name": "Rights", "description": _RIGHTS}
    context = [f"{_VERSION}/context", {"sha256": "https://schema.org/sha256"}]
    return {"@context": context, "@graph": [descriptor, root, tool, made, rights, *files]}


def _file(member: Mapping[str, Any], told: Told) -> dict[str, Any]:
    path = str(member["path"])
    return {
        "@id": path,
        "@type": "File",
        "name": _NAMES.get(path) or told.files.get(path) or path,
        "encodingFormat": _FORMATS.get(path[path.rfind(".") :], "application/octet-stream"),
        "contentSize": str(member["size"]),
        "sha256": member["sha256"],
    }
