"""Decisions and questions for programs: `/api/v1/reviews` and `/api/v1/queue`."""

import json

import pytest
from made_site import client as served

from tadmor.ledger import Ledger

BY = {"author": "R. Reviewer", "reason": "I was there"}


@pytest.fixture
def client(own):
    with served(own) as found:
        yield found


@pytest.fixture
def claims(own):
    """Ids of claims by kind."""
    with Ledger.open(own) as ledger:
        found = list(ledger.claims())
    return lambda kind: [claim.id for claim in found if claim.kind == kind]


def decide(client, **body):
    return client.post("/api/v1/reviews", json=BY | body)


def test_a_decision_is_noted_and_told(client, claims):
    """201 with the row and its address, where it is found again; the list has it, and says that it stands."""
    claim = claims("toll")[0]
    told = decide(client, claim=claim, decision="reject")
    assert (told.status_code, told.headers["location"]) == (201, "/api/v1/reviews/1")
    row = told.json()
    assert (row["number"], row["what"], row["author"], row["reason"], row["stands"]) == (
        1,
        "reject",
        *BY.values(),
        True,
    )
    assert [one["claim"] for one in row["claims"]] == [claim]
    assert client.get(told.headers["location"]).json() == row
    assert client.get("/api/v1/reviews").json() == {"reviews": [row], "next": None}


def test_each_decision_can_be_made_and_taken_back(client, claims):
    """Accept, reject, correct, undo, link, part, and undoing a link."""
    control = claims("control")[0]
    one, other = claims("toll")[:2]
    for body in (
        {"claim": control[:10], "decision": "accept"},
        {"claim": control, "decision": "correct", "set": {"place": "Raqqa", "from": "Russia", "polarity": "denied"}},
        {"claim": control, "decision": "undo"},
        {"link": [one, other]},
        {"part": [one, other]},
        {"link": [other, one], "decision": "undo"},
    ):
        told = decide(client, **body)
        assert told.status_code == 201, told.text
    rows = client.get("/api/v1/reviews").json()["reviews"]
    assert [row["what"] for row in rows] == ["accept", "correct", "undo", "link", "part", "undo"]
    assert [row["stands"] for row in rows] == [True, False, False, True, False, False]
    assert set(rows[1]["value"]) == {"place", "loser", "polarity"}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 422, "decide one thing"),
        ({"claim": "CONTROL"}, 422, "what is decided of the claim"),
        ({"claim": "CONTROL", "decision": "burn"}, 422, "Invalid enum value"),
        ({"claim": "CONTROL", "decision": "accept", "link": ["TOLL", "TOLL"]}, 422, "decide one thing"),
        ({"claim": "CONTROL", "decision": "accept", "set": {"place": "Raqqa"}}, 422, "only a correction has fields"),
        ({"claim": "CONTROL", "decision": "correct"}, 422, "nothing is corrected"),
        ({"claim": "CONTROL", "decision": "correct", "set": {"harm": "killed"}}, 422, "cannot be corrected"),
        ({"claim": "CONTROL", "decision": "correct", "set": {"place": "Nowhereville"}}, 422, "no place is known by"),
        ({"claim": "CONTROL", "decision": "correct", "set": {"place": 7}}, 422, "Expected `str`"),
        ({"claim": "CONTROL", "decision": "accept", "reason": ""}, 422, "reason"),
        ({"claim": "CONTROL", "decision": "accept", "reason": "   "}, 422, "needs a reason"),
        ({"claim": "CONTROL", "decision": "accept", "author": "\u0000"}, 422, "no person's name"),
        ({"claim": "CONTROL", "decision": "accept", "when": "now"}, 422, "unknown field"),
        ({"claim": "CONTROL", "decision": "undo"}, 422, "nothing to undo"),
        ({"link": ["TOLL"]}, 422, "length 2"),
        ({"link": ["TOLL", "TOLL"]}, 422, "nothing to link"),
        ({"part": ["TOLL", "CONTROL"], "decision": "undo"}, 422, "two claims are linked or parted"),
        ({"part": ["TOLL", "CONTROL"]}, 422, "only events and tolls are linked"),
        ({"claim": "0000", "decision": "accept"}, 404, "no claim begins with '0000'"),
        ({"claim": "\u0000'\"%_", "decision": "accept"}, 404, "no claim begins"),
        ({"claim": "", "decision": "accept"}, 404, "no claim begins"),
    ],
)
def test_what_cannot_be_decided_is_a_problem_in_words(client, claims, body, status, words):
    """Each wrong body has its status, says what is wrong (RFC 9457), and notes nothing."""
    meant = {"CONTROL": claims("control")[0], "TOLL": claims("toll")[0]}
    swap = lambda value: [meant.get(one, one) for one in value] if isinstance(value, list) else value  # noqa: E731
    body = {key: meant.get(value, value) if isinstance(value, str) else swap(value) for key, value in body.items()}
    told = decide(client, **body)
    assert told.status_code == status, told.text
    assert told.headers["content-type"] == "application/problem+json"
    assert words in told.json()["detail"]
    assert told.json()["status"] == status
    assert client.get("/api/v1/reviews").json() == {"reviews": [], "next": None}


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 422),
        (b"[1]", "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b'{"claim": "\\ud800", "decision": "accept", "author": "A", "reason": "R"}', "application/json", 422),
        (b"[" * 60_000, "application/json", 422),
        (b" " * 70_000, "application/json", 413),
        (b'{"claim": "a"}', "text/plain", 415),
        (b"claim=a", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_decision_is_refused_and_never_an_error_of_the_server(client, content, kind, status):
    """Broken JSON, lone surrogates, deep nesting, too much, and types that a foreign page could send unasked."""
    told = client.post("/api/v1/reviews", content=content, headers={"content-type": kind})
    assert told.status_code == status, told.text
    assert told.headers["content-type"] == "application/problem+json"


def test_decisions_are_paged_by_a_cursor_and_tagged(client, claims):
    """Pages hold each decision once, in the order made; an unchanged list is not sent again."""
    claim = claims("control")[0]
    for number in range(5):
        decide(client, claim=claim, decision="accept", reason=f"reason {number}")
    seen, cursor = [], 0
    while cursor is not None:
        page = client.get("/api/v1/reviews", params={"limit": 2, "cursor": cursor}).json()
        seen += [row["number"] for row in page["reviews"]]
        cursor = page["next"]
    assert seen == [1, 2, 3, 4, 5]
    tag = client.get("/api/v1/reviews").headers["etag"]
    assert client.get("/api/v1/reviews", headers={"if-none-match": tag}).status_code == 304
    decide(client, claim=claim, decision="reject")
    assert client.get("/api/v1/reviews", headers={"if-none-match": tag}).status_code == 200
    assert client.get("/api/v1/reviews/99").status_code == 404
    assert client.get("/api/v1/reviews", params={"limit": 0}).status_code == 422


def test_the_record_follows_a_decision(client, claims):
    """A rejected claim is in no answer any more, and its question is asked no more."""
    queue = client.get("/api/v1/queue", params={"limit": 1}).json()
    assert len(queue["questions"]) == 1
    assert queue["every"] >= 1
    every = {claim for account in queue["questions"][0]["accounts"] for claim in account["claims"]}
    for claim in every:
        assert decide(client, claim=claim, decision="accept").status_code == 201
    client.get("/api/v1/case")
    left = client.get("/api/v1/queue", params={"limit": 500}).json()["questions"]
    assert queue["questions"][0]["about"] not in [one["about"] for one in left]
    assert client.get(f"/api/v1/claims/{min(every)}").json()["score"] == 1
    assert client.get("/api/v1/case").json()["reviews"] == len(every)


def test_the_body_of_a_decision_is_described(client):
    """OpenAPI names each field of the body and what may be decided."""
    spec = json.loads(client.get("/openapi.json").content)
    post = spec["paths"]["/api/v1/reviews"]["post"]
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    own = {"claim", "decision", "set", "link", "part", "reason", "author", "blind"}
    assert set(schema["properties"]) == own | {"identity", "grade", "add", "undo", "settle"}
    assert schema["required"] == ["reason"]
    assert "$ref" not in json.dumps(schema)
    assert {"201", "404", "409", "422"} <= set(post["responses"])
