"""PROV-O as JSON-LD 1.1: what each entry was derived from, down to the words and the bytes, with W3C selectors.

The context stands in the file: nothing is fetched to read it. An entry is a `prov:Entity` derived from passages; a
passage (`oa:SpecificResource`, W3C Web Annotation) has a TextQuoteSelector and a TextPositionSelector, was quoted from
a document, and is attributed to its sources; a document was derived from an original with its SHA-256.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import tadmor
from tadmor.datamodel.entries import Account, Entry
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.views.exchange.edtf import entry_edtf
from tadmor.views.exchange.formats import DataSet
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.titles import title
from tadmor.views.exchange.whole import WHOLE, whole

_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "t": "urn:tadmor:",
    "says": {"@id": "t:says", "@type": "@json"},
    "edtf": "dcterms:temporal",
}
_AGENTS = {SourceKind.PERSON: "prov:Person"}


class Prov:
    """One graph."""

    name = "prov"
    suffix = ".jsonld"
    about = "PROV-O as JSON-LD, with W3C selectors of the words"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The graph, a node a line."""
        head = json.dumps(_CONTEXT, ensure_ascii=False)
        yield f'{{"@context": {head},\n"@graph": [\n'.encode()
        yield json.dumps(_software(), ensure_ascii=False).encode()
        seen: set[str] = set()
        for entry in entries:
            tally.carry(entry, WHOLE)
            for node in _nodes(entry, data):
                if node["@id"] not in seen:
                    seen.add(node["@id"])
                    yield b",\n" + json.dumps(node, ensure_ascii=False).encode()
        yield b"\n]}\n"


def _software() -> dict[str, Any]:
    return {"@id": "t:software", "@type": ["prov:SoftwareAgent"], "rdfs:label": f"tadmor {tadmor.__version__}"}


def _nodes(entry: Entry, data: DataSet) -> Iterator[dict[str, Any]]:
    own = f"t:entry:{entry.id}"
    passages = [_passage_id(account) for account in entry.accounts]
    yield {
        "@id": own,
        "@type": ["prov:Entity"],
        "rdfs:label": title(entry),
        "edtf": entry_edtf(entry) or "",
        "prov:wasDerivedFrom": [{"@id": one} for one in passages],
        "prov:wasGeneratedBy": {"@id": f"t:making:{entry.id}"},
        "says": {name: value for name, value in whole(entry).items() if name not in ("accounts", "edtf")},
    }
    yield {
        "@id": f"t:making:{entry.id}",
        "@type": ["prov:Activity"],
        "prov:used": [{"@id": one} for one in passages],
        "prov:wasAssociatedWith": {"@id": "t:software"},
        "prov:endedAtTime": {"@value": data.made.isoformat(), "@type": "xsd:dateTime"},
    }
    for account in entry.accounts:
        yield from _account(account)


def _passage_id(account: Account) -> str:
    return f"t:passage:{account.document}:{account.start}-{account.end}"


def _account(account: Account) -> Iterator[dict[str, Any]]:
    document, original = f"t:document:{account.document}", f"urn:sha256:{account.original}"
    yield {
        "@id": _passage_id(account),
        "@type": ["prov:Entity", "oa:SpecificResource"],
        "oa:hasSource": {"@id": document},
        "oa:hasSelector": [
            {"@type": "oa:TextQuoteSelector", "oa:exact": account.quote},
            {"@type": "oa:TextPositionSelector", "oa:start": account.start, "oa:end": account.end},
        ],
        "prov:wasQuotedFrom": {"@id": document},
        "prov:wasAttributedTo": [{"@id": _source_id(source)} for source in account.voices],
        "t:chain": {"@list": [{"@id": _source_id(source)} for source in account.voices]},
        "t:claim": list(account.claims),
    }
    yield {
        "@id": document,
        "@type": ["prov:Entity"],
        "rdfs:label": account.title or account.file,
        "prov:wasDerivedFrom": [{"@id": original}],
        "prov:wasAttributedTo": [{"@id": _source_id(source)} for source in account.voices[:1]],
        "dcterms:issued": account.published.latest.isoformat() if account.published is not None else "",
    }
    yield {"@id": original, "@type": ["prov:Entity"], "rdfs:label": account.file, "t:sha256": account.original}
    yield from map(_agent, account.voices)


def _source_id(source: Source) -> str:
    return f"t:source:{_iri(source.id)}"


def _agent(source: Source) -> dict[str, Any]:
    kind = _AGENTS.get(source.kind, "prov:Organization")
    return {"@id": _source_id(source), "@type": ["prov:Agent", kind], "rdfs:label": source.name}


def _iri(words: str) -> str:
    """An id as part of an IRI: what may not stand in one is percent-encoded."""
    from urllib.parse import quote  # noqa: PLC0415 - only where there is something to write

    return quote(words, safe=":")
