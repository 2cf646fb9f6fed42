"""A case read with a model: what is sent, what is kept, and what happens when the model fails."""

import json
import os
import signal
import subprocess
import sys
import time
from threading import Event

import pytest
from made_endpoint import Given, completion

from tadmor import pipeline
from tadmor.datamodel.issues import Severity
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.settings import LlmSettings, Settings, llm_settings

KEY = "sk-very-secret"
#: The program as it is at a terminal: a shell that runs tests in the background has what it starts ignore Ctrl-C.
HEARS_CTRL_C = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('tadmor.views.cli', run_name='__main__')"
)
REPORTS = {
    "one.txt": "Tikrit taken\nReuters\n2015-04-01\n\nThe Iraqi army captured Tikrit from Islamic State on Tuesday.\n",
    "two.txt": "Explosion\nReuters\n2015-06-21\n\nA car bomb killed at least 12 people in Baghdad on Saturday.\n",
}
TAKEN = {"kind": "control", "quote": "captured Tikrit", "change": "gained", "place": "Tikrit"}
TAKEN |= {"holder": "The Iraqi army", "from": "Islamic State"}


@pytest.fixture
def reports(tmp_path):
    """Two reports of one sentence each."""
    folder = tmp_path / "secret-folder"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def ledger(tmp_path):
    """A new case, open for writing."""
    with Ledger.open(tmp_path / "case", create=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch):
    """What is down is tried again at once."""
    monkeypatch.setattr("tadmor.network.chat.WAITS", (0.0, 0.0))


def _settings(url, **fields):
    return Settings(reader="llm", llm=LlmSettings(url=url, model="made/up:7b", **fields), workers=4, few=1)


def _tikrit(asked):
    """Answers of Tikrit; of anything else there is nothing to mark."""
    text = asked.body["messages"][1]["content"]
    return completion(json.dumps({"claims": [TAKEN] if "Iraqi" in text else []}))


def test_a_case_is_read_with_a_model(endpoint, ledger, reports):
    """Its claims are in the record, under its name, with quotes that lead back to the file."""
    endpoint.reply = _tikrit
    summary = pipeline.read([reports], ledger, settings=_settings(endpoint.url))
    assert (summary.documents, summary.claims, summary.complete, summary.issues) == (2, 1, True, ())
    found, (claim,) = pipeline.record(ledger)
    assert claim.claim.quote == "captured Tikrit"
    assert claim.claim.reader == "llm/made/up:7b"
    assert [spell.holder for spell in found.spells if spell.end is None] == ["iraq"]


def test_only_the_words_of_the_texts_leave_the_machine(endpoint, ledger, reports):
    """No name of a file, a folder or a case is sent; the second reading sends nothing."""
    pipeline.read([reports], ledger, settings=_settings(endpoint.url))
    sent = json.dumps([(asked.headers, asked.body) for asked in endpoint.asked])
    assert "captured Tikrit" in sent
    assert not any(word in sent for word in ("one.txt", "secret-folder", str(reports.parent)))
    before = len(endpoint.asked)
    assert pipeline.read([reports], ledger, settings=_settings(endpoint.url)).known == 2
    assert len(endpoint.asked) == before


def test_a_model_that_is_down_leaves_the_case_to_the_rules(endpoint, ledger, reports):
    """All files are read, each with an issue that the case keeps, and the summary says that not all went as asked."""
    endpoint.reply = lambda _asked: Given(status=503)
    summary = pipeline.read([reports], ledger, settings=_settings(endpoint.url))
    assert (summary.documents, summary.complete) == (2, False)
    assert {claim.claim.reader for claim in ledger.claims()} == {"rules"}
    lines = [issue.line() for issue in summary.issues]
    assert lines[0] == (
        "one.txt: all of it read by the rules, not by llm/made/up:7b: " + f"{endpoint.url}/chat/completions: HTTP 503"
    )
    assert {issue.rule for issue in ledger.issues()} == {"llm-endpoint"}
    assert len(endpoint.asked) == 4  # three tries of the first, one of the second


def test_a_model_that_hangs_is_given_up(endpoint, ledger, reports):
    """After the seconds allowed, for each try."""
    endpoint.reply = lambda _asked: time.sleep(0.5) or Given()
    summary = pipeline.read([reports / "one.txt"], ledger, settings=_settings(endpoint.url, timeout=0.1))
    assert [issue.severity for issue in summary.issues] == [Severity.ERROR]
    assert "no answer within 0.1 seconds" in summary.issues[0].message
    assert ledger.counts()["claims"] > 0


def test_a_key_that_is_refused_stops_the_reading_and_keeps_what_was_read(endpoint, ledger, reports, monkeypatch):
    """The same call goes on from there, once the key holds."""
    monkeypatch.setenv("TADMOR_LLM_KEY", KEY)
    endpoint.reply = lambda asked: _tikrit(asked) if len(endpoint.asked) < 2 else Given(status=401)
    with pytest.raises(UsageError, match="the key is refused"):
        pipeline.read([reports], ledger, settings=_settings(endpoint.url))
    assert ledger.counts()["documents"] == 1
    endpoint.reply = _tikrit
    assert pipeline.read([reports], ledger, settings=_settings(endpoint.url)).known == 1


def test_the_key_is_sent_and_nowhere_kept(endpoint, tmp_path, reports):
    """Not in the ledger, not in what is printed; it comes from the environment alone."""
    endpoint.reply = lambda asked: Given(
        json.dumps({"error": {"message": asked.headers["Authorization"]}}).encode(), 400
    )
    call = [sys.executable, "-m", "tadmor.views.cli", "read", str(reports), "--case", str(tmp_path / "kept")]
    call += ["--reader", "llm", "--llm-url", endpoint.url, "--llm-model", "made-up"]
    done = subprocess.run(call, env=os.environ | {"TADMOR_LLM_KEY": KEY}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "HTTP 400: Bearer [key]" in done.stderr
    assert {asked.headers["Authorization"] for asked in endpoint.asked} == {f"Bearer {KEY}"}
    assert KEY not in done.stdout + done.stderr
    files = [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in path.read_bytes() for path in files)


def test_who_stops_the_program_does_not_wait_for_the_model(endpoint, tmp_path, reports):
    """Ctrl-C ends it at once, whatever is under way."""
    stopped = Event()
    endpoint.reply = lambda _asked: stopped.wait(60) and Given()
    call = [sys.executable, "-c", HEARS_CTRL_C, "read", str(reports), "--case", str(tmp_path / "stopped")]
    call += ["--reader", "llm", "--llm-url", endpoint.url, "--llm-model", "made-up"]
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 60
        while not endpoint.asked and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        try:
            _, told = running.communicate(timeout=20)
        finally:
            running.kill()
    stopped.set()
    assert running.returncode == 130
    assert "the same call goes on from there" in told


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--reader", "llm"], "needs --llm-url"),
        (["--reader", "llm", "--llm-url", "http://localhost:1/v1"], "and --llm-model"),
        (["--llm-url", "http://localhost:1/v1"], "go with --reader llm"),
        (["--reader", "llm", "--llm-url", "localhost", "--llm-model", "m"], "write it as"),
    ],
)
def test_a_call_that_lacks_something_is_one_line(options, why, tmp_path, reports):
    """Without an address that the user names nothing is sent; the exit code is 2."""
    call = [sys.executable, "-m", "tadmor.views.cli", "read", str(reports), "--case", str(tmp_path / "none"), *options]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_settings_hold_an_endpoint_for_its_reader_alone():
    """Neither goes without the other."""
    assert llm_settings("rules", None, None) is None
    endpoint = llm_settings("llm", "http://localhost:1/v1", "m", 2, 9.0)
    assert endpoint == LlmSettings(url="http://localhost:1/v1", model="m", at_once=2, timeout=9.0)
    for wrong in ({"reader": "llm"}, {"reader": "rules", "llm": endpoint}):
        with pytest.raises(ValueError, match="goes with the reader llm"):
            Settings(**wrong)
