"""What OpenAPI says of the answers: their schemas, and of what kind problems are."""

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from tadmor.views import answers
from tadmor.views.api.fields import ROWS, fields_of
from tadmor.views.exports import Row

#: How a schema is referred to.
_REF = "#/components/schemas/{name}"
_WHOLE = (
    answers.Case,
    answers.Activity,
    answers.Layer,
    answers.Facets,
    answers.Fitting,
    answers.Columns,
    answers.Found,
    answers.PlaceTold,
    answers.ActorTold,
    answers.ClaimTold,
    answers.DocumentTold,
    answers.Decided,
    answers.Decisions,
    answers.Questions,
    answers.Upload,
    answers.Uploads,
    answers.Members,
    answers.Audit,
    answers.Audited,
    answers.Problem,
)
Responses = dict[int | str, dict[str, Any]]

PROBLEM: Row = {
    "description": "What is wrong, in words (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"$ref": _REF.format(name="Problem")}}},
}
#: What any address may answer: the answer known already, no such value, a record being concluded.
PROBLEMS: Responses = {
    304: {"description": "As it was when its ETag was given."},
    403: PROBLEM,
    404: PROBLEM,
    422: PROBLEM,
    503: PROBLEM,
}
BYTES: Responses = {
    **PROBLEMS,
    200: {"description": "The bytes.", "content": {"application/octet-stream": {"schema": {"type": "string"}}}},
}


def _json(name: str) -> Row:
    return {"application/json": {"schema": {"$ref": _REF.format(name=name)}}}


def one_as(name: str) -> Responses:
    """Of an address that answers with one thing of a shape."""
    return {**PROBLEMS, 200: {"description": "As asked.", "content": _json(name)}}


def listed_as(name: str) -> Responses:
    """Of an address that answers with a page of a list, in one of the forms."""
    page = {
        "type": "object",
        "properties": {
            name: {"type": "array", "items": {"$ref": _REF.format(name=f"Some{ROWS[name].__name__}")}},
            "next": {"type": ["integer", "null"], "description": "`cursor` of the next page."},
        },
        "required": [name, "next"],
    }
    text = {"schema": {"type": "string"}}
    forms: Row = {
        "application/json": {"schema": page},
        "application/geo+json": {"schema": {"type": "object"}},
        "text/csv": text,
        "application/x-ndjson": text,
    }
    return {**PROBLEMS, 200: {"description": "A page.", "content": forms}}


def describe(app: FastAPI) -> None:
    """Have the application's description hold the schemas that its answers refer to."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            _name_fields(told["paths"])
            _group(told["paths"])
            schemas = told.setdefault("components", {}).setdefault("schemas", {})
            schemas |= _schemas()
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _name_fields(paths: dict[str, Any]) -> None:
    """Tell of each list which fields its rows have."""
    for path, methods in paths.items():
        for one in methods.get("get", {}).get("parameters", ()):
            if one["name"] == "fields":
                known = {"type": "string", "enum": list(fields_of(path.rpartition("/")[2]))}
                one |= {"schema": {"type": "array", "items": known}, "style": "form", "explode": False}


#: Under which heading an address is told, by the first word behind the version.
_GROUPS = {
    "claims": "Evidence",
    "documents": "Evidence",
    "search": "Evidence",
    "facets": "Evidence",
    "queue": "Decisions",
    "reviews": "Decisions",
    "uploads": "Uploads and runs",
    "runs": "Uploads and runs",
    "issues": "Uploads and runs",
}


def _group(paths: dict[str, Any]) -> None:
    """Sort addresses under headings."""
    for path, methods in paths.items():
        heading = _GROUPS.get(path.split("/")[3], "The record")
        for one in methods.values():
            one["tags"] = [heading]


def _schemas() -> dict[str, Any]:
    """Every shape by name; of rows also as `Some...`, with any of their fields, which `fields` may leave out."""
    rows = tuple(dict.fromkeys(ROWS.values()))
    _, found = msgspec.json.schema_components((*rows, *_WHOLE), ref_template=_REF)
    some = {f"Some{row.__name__}": _some(found[row.__name__]) for row in rows}
    return {**found, **some}


def _some(schema: dict[str, Any]) -> dict[str, Any]:
    """A row of which any field may be left out, also inside others."""
    return {
        "type": "object",
        "title": schema["title"],
        "description": f"{schema.get('description', schema['title'])} With `fields`, the fields asked for.",
        "properties": {key: {} for key in schema["properties"]},
        "additionalProperties": False,
    }
