"""A process killed at any moment loses nothing committed and leaves nothing half-written."""

import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from made_case import RUN, faults, made

from tadmor.errors import CaseNotFoundError
from tadmor.ledger import Ledger
from tadmor.ledger.tables import captures

KILLS = 20


@pytest.mark.slow
def test_kill_at_any_moment(tmp_path):
    """After each of 20 SIGKILLs every number printed is in the ledger, whole, and nothing is at fault."""
    folder = tmp_path / "case"
    moments = random.Random(7)
    done: list[int] = []
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("made_case.py")), str(folder), str(len(done) + 1000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        # counted in documents, not in seconds alone, so that a slow machine is killed in mid-writing too
        done += [int(writer.stdout.readline()) for _ in range(moments.randint(1, 3))]
        time.sleep(moments.uniform(0, 0.05))
        writer.send_signal(signal.SIGKILL)
        done += [int(line) for line in writer.stdout.read().split()]
        writer.wait()
        writer.stdout.close()
        with Ledger.open(folder) as ledger:
            assert all(ledger.holds(made(number)[0].sha256) for number in done)
            assert faults(ledger) == []
            counts = ledger.counts()
            assert counts["originals"] == counts["documents"] == counts["claims"]
    assert len(done) > KILLS


def test_all_migrations_are_one_transaction(tmp_path, monkeypatch):
    """What fails in the last of them leaves nothing of the first, and the case can be made again."""

    def ended(*_):
        message = "ended here"
        raise RuntimeError(message)

    monkeypatch.setattr(captures, "create", ended)
    with pytest.raises(RuntimeError, match="ended here"):
        Ledger.create(tmp_path / "case")
    with pytest.raises(CaseNotFoundError):
        Ledger.open(tmp_path / "case")
    monkeypatch.undo()
    with Ledger.create(tmp_path / "case") as ledger:
        assert faults(ledger) == []


@pytest.mark.slow
def test_kill_while_the_case_is_made(tmp_path):
    """A case whose making was killed is either none or an empty one, and can be made again."""
    moments = random.Random(7)
    for number in range(8):
        folder = tmp_path / f"case{number}"
        writer = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("made_case.py")), str(folder), "1"],
            stdout=subprocess.DEVNULL,
        )
        while writer.poll() is None and not (folder / "ledger.db").exists():
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.1))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        with suppress(CaseNotFoundError), Ledger.open(folder) as reader:
            assert faults(reader) == []
        with Ledger.create(folder) as ledger:
            ledger.add(RUN, *made(999))
            assert faults(ledger) == []
