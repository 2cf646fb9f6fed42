"""From a case to its atlas."""

from datetime import date
from pathlib import Path

from tadmor import pipeline
from tadmor.datamodel.keys import digest
from tadmor.ledger import Ledger
from tadmor.ledger.atlas import AtlasWriter, forget
from tadmor.views.deciding_things import decided_on_things
from tadmor.views.exports import Row
from tadmor.views.laying.claims import claim_entries, document_entries
from tadmor.views.laying.columns import LAYERS, Columns
from tadmor.views.laying.encoding import encoded
from tadmor.views.laying.findings import finding_entries
from tadmor.views.laying.known import Known
from tadmor.views.laying.things import actor_entries, place_entries, source_entries
from tadmor.views.queue import worth_of

#: Questions of the queue that are laid out: more than a person answers between two states of a case.
_QUESTIONS = 500


def atlas_path(ledger: Ledger, as_of: date | None) -> Path:
    """Where the atlas of a case as it stands lies, or would lie: another place once anything is written to the case.

    Days as of which the same is known share one; another tadmor, told by its code, lays out another.
    """
    as_of = ledger.known_day(as_of) if as_of is not None else None
    key = digest("atlas", ledger.head(), pipeline.code(), as_of.isoformat() if as_of is not None else "")
    return ledger.folder / "atlas" / f"{key}.db"


def lay(ledger: Ledger, as_of: date | None = None) -> Path:
    """Conclude a case and lay its record out; where it is laid out already, nothing is done.

    Raises:
        CaseNotWritableError: the atlas cannot be written.
    """
    path = atlas_path(ledger, as_of)
    if path.is_file():
        return path
    head = ledger.head()
    as_of = ledger.known_day(as_of) if as_of is not None else None
    record, claims = pipeline.record(ledger, as_of=as_of)
    known = Known(record, claims, ledger.documents(), ledger.copies(), decided_on_things(ledger))
    with AtlasWriter(path) as writer:
        writer.claims(claim_entries(known, ledger))
        writer.documents(document_entries(known))
        write_known(writer, known)
        writer.sheet("queue", encoded(_queue(known, ledger)))
        writer.sheet("case", encoded(_case(known, ledger, head)))
    forget(path.parent, keep=path)
    return path


def write_known(writer: AtlasWriter, known: Known) -> None:
    """What an atlas has of a record besides its claims and documents, which go before."""
    writer.places(place_entries(known))
    writer.actors(actor_entries(known))
    writer.sources(source_entries(known))
    writer.findings(finding_entries(known))
    columns = Columns(known)
    spells = columns.spells()
    writer.sheet("spells", encoded(spells))
    writer.sheet("holders", encoded(spells["actors"]["id"]))
    writer.sheet("activity", encoded(columns.activity()))
    for name in LAYERS:
        writer.sheet(name, encoded(columns.layer(name)))


def _queue(known: Known, ledger: Ledger) -> Row:
    """What a person's word would be worth most on, of how many questions, and how many decisions it reckons with."""
    found = pipeline.asked_of(ledger, known.record, known.claims)
    questions = worth_of(found[:_QUESTIONS], known.names)
    return {"questions": questions, "every": len(found), "reviews": len(ledger.reviews())}


def _case(known: Known, ledger: Ledger, head: str) -> Row:
    """A case at a glance."""
    record = known.record
    published = [one.published for one in known.documents.values() if one.published is not None]
    kinds = sorted({claim.kind for claim in known.claims})
    return {
        "name": ledger.name,
        "head": head,
        "claims": len(known.claims),
        "documents": len(known.documents),
        "places": len(known.places),
        "sources": len(known.sources),
        "spells": len(record.spells),
        "incidents": sum(one.type is not None for one in record.incidents),
        "tolls": len(record.tolls),
        "contradictions": len(record.contradictions),
        "counted": len(known.counted),
        "first_published": min((one.earliest for one in published), default=None),
        "last_published": max((one.latest for one in published), default=None),
        "undated_documents": len(known.documents) - len(published),
        "kinds": {kind: sum(claim.kind == kind for claim in known.claims) for kind in kinds},
        "issues": len(ledger.issues()),
        "reviews": len(ledger.reviews()),
    }
