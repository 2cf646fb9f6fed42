"""How surely claims are read: the chance that a claim is right, by the reader's score and as `record/sureness` has it.

    python -m quality.sureness [--json | --markdown]

Reads the marked texts of `gold/train` and `gold/dev` of the reference data (two minutes or so), and holds every claim
that is told as fact to the marks: it is right where the scorer says so (`gold/score_claims.py`: found, and every core
field agrees). On `train` the log-odds of being right are fitted anew, and printed for `record/sureness.READINGS`; on
`dev` the log-loss and calibration error of three ways of knowing are compared: the rate of right claims of the kind,
the reader's score as it is, and `record/sureness`. The reader was trained on `train`, where its scores are kinder than
elsewhere: only the figures of `dev` are a measurement. Skipped, saying so, where the data are missing.
"""

import argparse
import contextlib
import io
import json
import runpy
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quality.calling import exported, tadmor
from quality.claims import needed
from quality.corpus import shared
from quality.scoring import calibration_error
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.ledger import Ledger
from tadmor.record.sureness import READINGS, Reading, features, sureness

Floats = NDArray[np.float64]
#: Steps of Newton's method: the last moves no weight by a thousandth; and how much a weight of 1 is held back.
_STEPS, _HELD = 60, 1.0
#: A certain mistake costs log-loss this much at most.
_LEAST = 1e-3
WAYS = ("rate of the kind", "score", "sureness")


class Judged(NamedTuple):
    """A claim, and whether the marks say that it is right."""

    claim: GroundedClaim
    right: bool


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="quality.sureness", description=__doc__)
    parser.add_argument("--json", action="store_true", help="as JSON, the default")
    parser.add_argument("--markdown", action="store_true", help="as the table in docs/quality.md")
    asked = parser.parse_args(words)
    folder = shared(*needed("train"), *needed("dev"))
    if folder is not None:
        found = measured(folder)
        print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1))
    return 0


def measured(folder: Path) -> dict[str, Any]:
    """The figures of all kinds."""
    train, dev = judged(folder, "train"), judged(folder, "dev")
    return {kind: _figures(train[kind], dev[kind], kind) for kind in READINGS}


def _figures(train: Sequence[Judged], dev: Sequence[Judged], kind: str) -> dict[str, Any]:
    right = np.array([one.right for one in dev], dtype=float)
    told = {
        "rate of the kind": np.full(len(dev), np.mean([one.right for one in train])),
        "score": np.array([one.claim.claim.score for one in dev]),
        "sureness": np.array([sureness(one.claim) for one in dev]),
    }
    fit = Reading(*(round(float(each), 2) for each in fitted(train)))
    return {
        "train": len(train),
        "dev": len(dev),
        "right": round(float(right.mean()), 3),
        "log_loss": {way: round(_log_loss(told[way], right), 3) for way in WAYS},
        "calibration_error": {way: round(calibration_error(told[way], right), 3) for way in WAYS},
        "fitted": fit._asdict(),
        "in_use": READINGS[kind]._asdict(),
    }


def judged(folder: Path, split: str) -> Mapping[str, list[Judged]]:
    """The claims of a split that are told as fact, by kind, each as the scorer judges it."""
    texts, gold = folder / "gold" / split, folder / "gold" / f"{split}.jsonl"
    found: dict[str, list[Judged]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        case = Path(scratch) / "case"
        tadmor("read", texts, "--case", case)
        rows = exported("claims", case)
        with Ledger.open(case) as ledger:
            claims = {claim.id: claim for claim in ledger.claims()}
    scorer = _scorer(folder / "gold" / "score_claims.py", gold, texts)
    for row, right in _scored(scorer, texts, gold, rows):
        claim = claims[row["id"]]
        found[claim.kind].append(Judged(claim, right))
    return found


def _scorer(path: Path, gold: Path, texts: Path) -> Mapping[str, Callable[..., Any]]:
    """The scorer's own functions; running it, as it is written, scores no claims."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as nothing, contextlib.redirect_stdout(io.StringIO()):
        before, sys.argv = sys.argv, [path.name, "--gold", str(gold), "--texts", str(texts), "--claims", nothing.name]
        try:
            return runpy.run_path(str(path))
        finally:
            sys.argv = before


def _scored(
    scorer: Mapping[str, Callable[..., Any]], texts: Path, gold: Path, rows: Sequence[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], bool]]:
    """The claims told as fact in marked texts, paired with marks as the scorer pairs them."""
    marks, said = defaultdict(list), defaultdict(list)
    for line in gold.read_text(encoding="utf-8").splitlines():
        mark = json.loads(line)
        marks[mark["doc"]].append(mark)
    for row in rows:
        if row["doc"] in marks:
            said[row["doc"]].append(row)
    for document, own in marks.items():
        text = (texts / document).read_text(encoding="utf-8")
        spans = [scorer["locate"](text, mark) for mark in own]
        right = _paired(scorer, own, spans, said[document])
        yield from ((row, right.get(at, False)) for at, row in enumerate(said[document]) if scorer["is_fact"](row))


def _paired(
    scorer: Mapping[str, Callable[..., Any]],
    marks: Sequence[dict[str, Any]],
    spans: Sequence[tuple[int, int]],
    rows: Sequence[dict[str, Any]],
) -> dict[int, bool]:
    """For each claim that has a mark of its own, by its number: is it right? The best pairs first, each taken once."""
    pairs = []
    for number, (mark, (start, end)) in enumerate(zip(marks, spans, strict=True)):
        for at, row in enumerate(rows):
            overlap = min(end, row["end"]) - max(start, row["start"])
            if row["kind"] == mark["kind"] and overlap > 0:
                agreeing = sum(scorer["agreement"](mark, row).values())
                pairs.append((scorer["right"](mark, row), agreeing, overlap, -number, -at))
    taken: set[int] = set()
    right: dict[int, bool] = {}
    for is_right, _, _, number, at in sorted(pairs, reverse=True):
        if -number not in taken and -at not in right:
            taken.add(-number)
            right[-at] = bool(is_right)
    return right


def fitted(claims: Sequence[Judged]) -> Floats:
    """The log-odds of being right by logistic regression, weights held near 0."""
    given = np.array([features(one.claim) for one in claims], dtype=float)
    right = np.array([one.right for one in claims], dtype=float)
    held = _HELD * np.diag([0.0, *np.ones(given.shape[1] - 1)])
    weights = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - chance) - held @ weights
        weights += np.linalg.solve((given.T * (chance * (1 - chance))) @ given + held, slope)
    return weights


def _log_loss(told: Floats, right: Floats) -> float:
    kept = np.clip(told, _LEAST, 1 - _LEAST)
    return float(-(right * np.log(kept) + (1 - right) * np.log(1 - kept)).mean())


def markdown(found: Mapping[str, Any]) -> list[str]:
    """The figures as a table."""
    lines = [
        "| kind | claims | right | log-loss by rate | by score | by sureness | error by score | by sureness |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, row in found.items():
        losses = " | ".join(f"{row['log_loss'][way]:.3f}" for way in WAYS)
        errors = " | ".join(f"{row['calibration_error'][way]:.3f}" for way in WAYS[1:])
        lines.append(f"| {kind} | {row['dev']} | {row['right']:.3f} | {losses} | {errors} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
