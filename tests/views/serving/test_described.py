"""What the API's description promises, asked at random: no 500, and every answer as described.

All checks of schemathesis run, on a copy of the small case of which decisions, uploads and days are part: what the
questions write, they write for good.
"""

import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from made_site import client, nobody
from schemathesis.specs.openapi.checks import positive_data_acceptance

#: Questions of each address, half of them such as should be refused. So many take CI half a minute; 60 were asked by hand.
QUESTIONS = 8

#: The description depends on no case.
SCHEMA = schemathesis.openapi.from_dict(client(Path("none"), reading=nobody).get("/openapi.json").json())
ADDRESSES = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations()}
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
#: What these take hangs on several fields at once, which their description says in words alone: of what it would let
#: pass, some may be refused.
IN_WORDS = {"POST /api/v1/reviews", "POST /api/v1/uploads"}


def could_be_wrong(operation):
    """Has it anything that some value would be wrong for? Any text is an id, of nothing."""
    told = operation.definition.raw
    return "requestBody" in told or any(
        one["in"] == "query" or one["schema"].get("type") != "string" or "enum" in one["schema"]
        for one in told.get("parameters", ())
    )


ASKED = [
    pytest.param(address, mode, id=f"{address} {mode.value}")
    for address, operation in ADDRESSES.items()
    for mode in (POSITIVE, NEGATIVE)
    if mode is POSITIVE or could_be_wrong(operation)
]


def local(app):
    """The application, asked by a name of this machine."""

    async def asked(scope, receive, send):
        if scope["type"] == "http":
            headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
            scope = {**scope, "headers": [*headers, (b"host", b"localhost")]}
        await app(scope, receive, send)

    return asked


@pytest.fixture(scope="module")
def asked(laid_case, tmp_path_factory):
    folder = shutil.copytree(laid_case, tmp_path_factory.mktemp("asked") / "case")
    with client(folder) as site:
        yield local(site.app)


@pytest.fixture(scope="module")
def known(laid_case):
    """An id of each thing that can be asked for, by what its address calls them."""
    with client(laid_case) as site:

        def first(what, field="id"):
            rows = site.get(f"/api/v1/{what}").json()[what]
            return next(row[field] for row in rows if row[field])

        listed = ("claims", "contradictions", "documents", "incidents", "places", "sources", "tolls")
        found = {what: first(what) for what in listed}
        spell = site.get(f"/api/v1/places/{found['places']}").json()["spells"][0]["id"]
        holder = site.get(f"/api/v1/places/{found['places']}").json()["spells"][0]["holder"]["id"]
        return {**found, "spells": spell, "actors": holder}


@pytest.mark.parametrize(("address", "mode"), ASKED)
def test_every_answer_is_as_described(asked, known, address, mode):
    """Of what has an id, every second question is of something that is there."""
    operation = replace(ADDRESSES[address], app=asked)
    excluded = [positive_data_acceptance] if address in IN_WORDS else []
    meant = known.get(address.split("/")[3]) if "{identity}" in address else None
    turns = count()

    @settings(
        max_examples=QUESTIONS // 2,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def asking(case):
        if mode is POSITIVE and meant is not None and next(turns) % 2 == 0:
            case.path_parameters["identity"] = meant
        case.call_and_validate(excluded_checks=excluded)

    asking()


def test_what_every_second_question_is_of_is_there(laid_case, known):
    """Else all of them would be answered by "not found"."""
    with client(laid_case) as site:
        assert {what: site.get(f"/api/v1/{what}/{identity}").status_code for what, identity in known.items()} == (
            dict.fromkeys(known, 200)
        )
