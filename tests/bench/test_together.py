"""Reports are read into a case that is served: nobody who looks or decides meanwhile is turned away or misled."""

import json
import subprocess
import sys


def test_people_look_and_decide_while_reports_are_read(repository):
    """No error, no lost decision, no quote that is not in its document; the history holds."""
    call = "-m bench.together --documents 12 --readers 3 --reviewers 2 --port 18996 --json"
    done = subprocess.run(
        [sys.executable, *call.split()], cwd=repository, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    found = {one["name"]: one["value"] for one in json.loads(done.stdout)}
    assert found["documents read meanwhile"] == 12
    assert found["decisions noted, none lost"] > 0
