"""Adding an original with all that was read from it, in one transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Table, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import claim_id, kind_of
from tadmor.datamodel.documents import Copy, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import RunInfo
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.dictionaries.names import fold
from tadmor.ledger import chain, tables
from tadmor.ledger.encoding import encode, key_of, slim, text_digest, understanding_of
from tadmor.ledger.store import index_quote


def add_run(connection: Connection, run: RunInfo) -> None:
    """Note a run; the same run twice is noted once."""
    if connection.execute(select(tables.runs.c.id).where(tables.runs.c.id == run.id)).first() is None:
        connection.execute(insert(tables.runs).values(id=run.id, started=run.started.isoformat(), value=encode(run)))
        chain.append(connection, "run", run.id, chain.content_digest(encode(run)))


def add_original(connection: Connection, run: RunInfo, original: Original) -> None:
    """The original's row and its revision."""
    connection.execute(
        insert(tables.originals).values(
            sha256=original.sha256, run=run.id, name=original.name, media_type=original.media_type, size=original.size
        )
    )
    chain.append(connection, "original", original.sha256, chain.content_digest(encode(original)))


def add_documents(connection: Connection, documents: Sequence[Document]) -> None:
    """Documents of one original, and the raw text they share."""
    if not documents:
        return
    first = documents[0]
    connection.execute(
        insert(tables.raws).values(original=first.original, sha256=text_digest(first.raw), text=first.raw)
    )
    for document in documents:
        published = document.published
        connection.execute(
            insert(tables.documents).values(
                id=document.id,
                original=document.original,
                position=document.index,
                published_from=published.earliest.isoformat() if published else None,
                published_to=published.latest.isoformat() if published else None,
                text=document.text,
                value=slim(document),
            )
        )
        content = chain.content_digest(
            slim(document), text_digest(document.raw).encode(), text_digest(document.text).encode()
        )
        chain.append(connection, "document", document.id, content)


def add_claims(connection: Connection, run: RunInfo, document: str, claims: Sequence[GroundedClaim]) -> None:
    """Claims of one document with how this run understood them."""
    fresh = {claim_id(claim.claim): claim for claim in claims}
    for identity, claim in fresh.items():
        number = _add_claim(connection, run, identity, claim)
        index_quote(connection, number, claim.claim.quote)
        add_grounding(connection, run, identity, claim)
    if fresh:
        content = chain.content_digest(*(part for claim in fresh.values() for part in _content(claim)))
        chain.append(connection, "claims", document, content)


def _content(claim: GroundedClaim) -> tuple[bytes, bytes]:
    return encode(claim.claim), encode(understanding_of(claim))


def _add_claim(connection: Connection, run: RunInfo, identity: str, claim: GroundedClaim) -> int:
    said = claim.claim
    result = connection.execute(
        insert(tables.claims).values(
            id=identity,
            document=said.document,
            run=run.id,
            kind=kind_of(said),
            modality=said.modality.value,
            polarity=said.polarity.value,
            start=said.start,
            end=said.end,
            score=said.score,
            quote=said.quote,
            value=encode(said),
        )
    )
    return _key(result)


def _key(result: CursorResult[Any]) -> int:
    """The number that a row was given."""
    key = result.inserted_primary_key
    assert key is not None, "an insert of one row has a key"  # noqa: S101 - SQLAlchemy's promise
    return int(key[0])


def add_grounding(connection: Connection, run: RunInfo, identity: str, claim: GroundedClaim) -> None:
    """How a run understood a claim, with snapshots of what it names."""
    result = connection.execute(
        insert(tables.groundings).values(
            claim=identity,
            run=run.id,
            earliest=claim.when.earliest.isoformat() if claim.when else None,
            latest=claim.when.latest.isoformat() if claim.when else None,
            value=encode(understanding_of(claim)),
        )
    )
    number = _key(result)
    rows = [
        {"grounding": number, "type": kind, "role": role, "entity": value.id} for kind, role, value in _named(claim)
    ]
    _add_ignoring(connection, tables.namings, rows)
    _add_ignoring(connection, tables.entities, [_entity(kind, value) for kind, _, value in _named(claim)])


def _named(claim: GroundedClaim) -> list[tuple[str, str, Place | Actor | Source]]:
    found: list[tuple[str, str, Place | Actor | Source]] = []
    found += [("place", role, place) for role, place in claim.places.items()]
    found += [("actor", role, actor) for role, actors in claim.actors.items() for actor in actors]
    found += [("source", str(position), source) for position, source in enumerate(claim.voices)]
    return found


def _entity(kind: str, value: Place | Actor | Source) -> Mapping[str, object]:
    digest = key_of(value).rsplit("@", 1)[1]
    return {"type": kind, "id": value.id, "digest": digest, "name": fold(value.name), "value": encode(value)}


def _add_ignoring(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows that are not there yet."""
    if rows:
        connection.execute(insert_or(table).on_conflict_do_nothing(), list(rows))


def add_shingles(connection: Connection, shingles: Mapping[str, bytes]) -> None:
    """What documents are compared by."""
    rows = [{"document": document, "value": value} for document, value in shingles.items()]
    _add_ignoring(connection, tables.shingles, rows)


def add_copies(connection: Connection, copies: Sequence[Copy]) -> None:
    """Pairs of documents that share words."""
    rows = [
        {"earlier": copy.earlier, "later": copy.later, "kind": copy.kind.value, "share": copy.share} for copy in copies
    ]
    _add_ignoring(connection, tables.copies, rows)


def add_issues(connection: Connection, run: RunInfo, issues: Sequence[Issue]) -> None:
    """What was wrong with the input."""
    for issue in issues:
        connection.execute(insert(tables.issues).values(run=run.id, value=encode(issue)))
