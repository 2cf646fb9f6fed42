"""Addresses that count claims by what they have, and that tell which marks of the map rest on them."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from tadmor.ledger.atlas import Atlas, FindingKind, Wanted
from tadmor.views.api.describing import PROBLEMS, one_as
from tadmor.views.api.replying import Answers
from tadmor.views.exports import Row
from tadmor.views.laying.encoding import encoded
from tadmor.views.serving.conditions import AsOf, Conditions
from tadmor.views.serving.looking import facets, of_kind
from tadmor.views.serving.shelf import Shelf

Layer = Literal["control", "events", "tolls", "presences", "movements", "contradictions", "claims"]
#: Layers whose marks are findings; those of the others are claims.
_FINDINGS = {"events": FindingKind.INCIDENT, "tolls": FindingKind.TOLL, "contradictions": FindingKind.CONTRADICTION}
_CLAIMS = {"presences": "presence", "movements": "movement"}


def counting(shelf: Shelf) -> APIRouter:
    """The addresses over a shelf."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS)
    answers = Answers()

    summary = "How many claims that fit all conditions have which kind, place, actor, source, side"

    @api.get("/facets", summary=summary, responses=one_as("Facets"))
    def every_facet(request: Request, wanted: Conditions, as_of: AsOf = None) -> Response:
        opened = shelf.atlas(as_of)
        return answers.reply(request, opened, lambda: encoded(facets(opened.atlas, wanted)))

    summary = "The marks of a layer that rest on any claim that fits all conditions"

    @api.get("/fitting/{layer}", summary=summary, responses=one_as("Fitting"))
    def fitting(request: Request, layer: Layer, wanted: Conditions, as_of: AsOf = None) -> Response:
        opened = shelf.atlas(as_of)
        return answers.reply(request, opened, lambda: encoded(_fitting(opened.atlas, layer, wanted)))

    return api


def _fitting(atlas: Atlas, layer: Layer, wanted: Wanted) -> Row:
    """Ids of marks; of control, which has none in its columns, the place and first day of each spell."""
    if layer == "control":
        spells = atlas.resting_on(FindingKind.SPELL, wanted)
        return {"place": [one.place for one in spells], "first": [one.first for one in spells]}
    if layer in _FINDINGS:
        return {"id": [one.id for one in atlas.resting_on(_FINDINGS[layer], wanted)]}
    kind = _CLAIMS.get(layer)
    if kind is not None and wanted.kind not in {None, kind}:
        return {"id": []}
    return {"id": atlas.claims_fitting(wanted if kind is None else of_kind(wanted, kind))}
