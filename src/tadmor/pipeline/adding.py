"""A claim that a person made -> as understood, as those that a reader took."""

import secrets
from datetime import UTC, datetime

import msgspec

from tadmor import __version__
from tadmor.datamodel.claims import HAND, Claim
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import RunInfo
from tadmor.ledger import ClaimFilter, Ledger
from tadmor.pipeline.importing import places_of
from tadmor.settings import own_sources


def understood(ledger: Ledger, document: Document, claim: Claim) -> tuple[RunInfo, GroundedClaim]:
    """A claim of a document as the grounder understands it, and the run that understood it.

    The publisher is the one that the document's other claims have, whichever table of sources they were read with.
    """
    from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - tables are read only where names are made out
    from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
    from tadmor.dictionaries.sources import load_sources  # noqa: PLC0415
    from tadmor.grounding import Grounder  # noqa: PLC0415

    gazetteer = open_gazetteer(case=places_of(ledger))
    grounder = Grounder(gazetteer, load_actors(), load_sources(own_sources(ledger.folder, None)))
    (found,) = grounder.ground(document, (claim,))
    beside = next(ledger.claims(ClaimFilter(document=document.id), rejected=True), None)
    if beside is not None:
        found = msgspec.structs.replace(found, voices=(beside.publisher, *found.voices[1:]))
    run = RunInfo(
        id=secrets.token_hex(8),
        started=datetime.now(UTC),
        tadmor=__version__,
        reader=HAND,
        gazetteer=gazetteer.version,
    )
    return run, found
