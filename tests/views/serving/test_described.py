"""What the API's description promises, asked at random: no 500, and every answer as described.

All checks of schemathesis run, on a copy of the small case of which decisions, uploads and days are part: what the
questions write, they write for good.
"""

import shutil
from dataclasses import replace
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


@pytest.mark.parametrize(("address", "mode"), ASKED)
def test_every_answer_is_as_described(asked, address, mode):
    operation = replace(ADDRESSES[address], app=asked)
    excluded = [positive_data_acceptance] if address in IN_WORDS else []

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
        case.call_and_validate(excluded_checks=excluded)

    asking()
