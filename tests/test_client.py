"""The client gives what the server has: every row, page after page; problems as exceptions with their words."""

import itertools
from pathlib import Path

import pytest
from made_site import client as served
from made_site import nobody

import tadmor.client
from tadmor import pipeline
from tadmor.client import Client
from tadmor.errors import EndpointError, ProblemError, UsageError
from tadmor.ledger import Ledger
from tadmor.network.door import Reply
from tadmor.settings import Settings

TOKEN = "0123456789abcdef"  # noqa: S105 - of no server

REPORTS = {
    "taken.txt": "Army takes Palmyra\nReuters\n2016-03-27\n\nThe Syrian army captured Palmyra from Islamic State on Sunday. "
    "At least 12 soldiers were killed in the city.\n",
    "lost.txt": "Islamic State retakes Palmyra\nAFP\n2016-12-11\n\nIslamic State recaptured Palmyra on Sunday.\n",
}


class Line:
    """What stands for the network: the application asked in this process, and what went over the line."""

    def __init__(self, site):
        self.site, self.sent, self.first = site, [], []

    def ask(self, method, to, headers, timeout, *, body=None, most=0):
        data = body if isinstance(body, bytes) or body is None else b"".join(iter(lambda: body.read(7), b""))
        if "Content-Length" in headers:
            assert len(data) == int(headers["Content-Length"])
        self.sent.append((method, to.path, to.query, headers))
        if self.first:
            return self.first.pop(0)
        got = self.site.request(method, f"{to.path}?{to.query}", content=data, headers=dict(headers))
        after = got.headers.get("retry-after")
        return Reply(got.status_code, got.content, float(after) if after else None, got.headers.get("content-type", ""))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A case of two reports."""
    reports = tmp_path_factory.mktemp("told")
    for name, text in REPORTS.items():
        (reports / name).write_text(text)
    case = tmp_path_factory.mktemp("client") / "case"
    with Ledger.create(case) as ledger:
        pipeline.read([reports], ledger, settings=Settings(reader="rules"))
    return case


@pytest.fixture
def line(folder, monkeypatch):
    with served(folder) as site:
        found = Line(site)
        monkeypatch.setattr(tadmor.client, "ask", found.ask)
        yield found


@pytest.fixture
def case(line):
    return Client("http://localhost:8321")


LISTS = ("claims", "places", "actors", "sources", "documents", "spells", "incidents", "tolls", "contradictions", "runs")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_gives_every_row_page_after_page(case, line, name, monkeypatch):
    whole = line.site.get(f"/api/v1/{name}?limit=1000").json()[name]
    monkeypatch.setattr(tadmor.client, "_PAGE", 1)
    assert list(getattr(case, name)()) == whole
    assert list(getattr(case, name)(limit=1)) == whole[:1]


def test_rows_are_asked_for_as_they_are_taken(case, line, monkeypatch):
    monkeypatch.setattr(tadmor.client, "_PAGE", 1)
    list(itertools.islice(case.claims(), 2))
    assert len(line.sent) == 2


def test_conditions_and_fields_go_into_the_address(case):
    found = list(case.claims(place="gn:163808", from_="2016-12-01", fields=("id", "place.name"), counted=True))
    assert found
    assert all(one.keys() == {"id", "place"} and one["place"].keys() == {"name"} for one in found)


def test_single_things_come_by_id(case, folder):
    told = case.place("gn:163808")
    assert told["place"]["name"] == "Palmyra"
    assert case.case()["documents"] == 2
    document = next(case.documents())
    assert case.document(document["id"])["text"]
    assert case.original(document["id"]) in {text.encode() for text in REPORTS.values()}
    claim = next(case.claims())
    assert case.claim(claim["id"])["findings"] is not None
    assert case.search("Palmyra")["claims"]
    assert next(iter(case.control("2016-05-01")))["holder"]["id"] == "syrian_government"
    assert case.columns()["places"]["id"]


def test_a_problem_is_an_exception_with_its_words(case):
    with pytest.raises(ProblemError, match="the record has no claim 'zz'") as raised:
        case.claim("zz")
    assert raised.value.status == 404
    with pytest.raises(ProblemError, match="claims have no field 'qoute'; did you mean 'quote'"):
        next(case.claims(fields="qoute"))


def test_a_server_that_is_none_of_tadmor_s_is_said(case, line):
    line.first = [Reply(502, b"<html>gateway</html>")]
    with pytest.raises(EndpointError, match="answered 502, and not as tadmor does"):
        case.case()


def test_a_server_that_is_not_ready_is_asked_again_and_a_decision_is_not(case, line):
    busy = Reply(503, b'{"title": "Not ready", "detail": "soon", "status": 503}', 0.0)
    line.first = [busy, busy]
    assert case.case()["documents"] == 2
    line.first = [busy]
    with pytest.raises(ProblemError, match="soon"):
        case.decide(claim="zz", decision="accept", author="A. Reviewer", reason="none")
    assert line.sent[-1][0] == "POST"


def test_a_token_goes_with_every_request_and_never_in_the_open(line):
    Client("http://localhost:8321", token=TOKEN).case()
    assert line.sent[-1][3]["Authorization"] == f"Bearer {TOKEN}"
    with pytest.raises(UsageError, match="a token goes over https"):
        Client("http://cases.example.org", token=TOKEN)
    Client("https://cases.example.org", token=TOKEN)


def test_files_are_sent_as_they_are_read_and_followed_until_they_are(case, tmp_path):
    report = tmp_path / 'a "quoted" report.txt'
    report.write_text("Talbiseh\nReuters\n2016-05-01\n\nThe Syrian army captured Talbiseh on Sunday.\n")
    told = case.upload(report, tmp_path / report.name, source="Orontes Wire", published="2016-05-02")
    assert (told["state"], told["documents"], told["known"]) == ("done", 1, 1)
    assert (told["source"], told["published"]) == ("Orontes Wire", "2016-05-02")
    assert told["read"][0]["size"] == report.stat().st_size
    assert case.uploaded(told["id"]) == told
    with pytest.raises(UsageError, match="cannot be read"):
        case.upload(tmp_path / "none.txt")


def test_whoever_does_not_wait_gets_the_upload_as_it_stands(folder, tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x")
    with served(folder, reading=nobody) as site:
        monkeypatch.setattr(tadmor.client, "ask", Line(site).ask)
        assert Client().upload(tmp_path / "a.txt", wait=False)["state"] == "waiting"


def test_a_decision_is_noted(case):
    claim = next(case.claims())
    made = case.decide(claim=claim["id"], decision="accept", author="A. Reviewer", reason="it says so")
    assert (made["what"], made["author"]) == ("accept", "A. Reviewer")
    assert [one["number"] for one in case.reviews()][-1] == made["number"]
