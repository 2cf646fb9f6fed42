"""Claims taken from marked texts, beside a naive baseline, scored by the scorer that comes with the marks.

    python -m quality.claims [--split dev|train] [--json | --markdown] [--keep FILE]

Reads the texts into a case of its own through the command line and exports the claims, as a user would. Skipped,
saying so, where the reference data is missing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from quality import naive
from quality.calling import tadmor
from quality.corpus import shared

Report = dict[str, Any]
SPLITS = ("dev", "train")
KINDS = ("control", "event", "presence", "movement", "toll", "ALL")
_NOTHING = {"found_f1": 0.0, "right_f1": 0.0}


class Scores(NamedTuple):
    """What the scorer says of tadmor's claims and of the baseline's."""

    ours: Report
    base: Report


def main() -> int:
    """Measure and print."""
    options = _options()
    folder = shared(*needed(options.split))
    if folder is None:
        print("quality.claims: skipped, the reference data (../shared or TADMOR_SHARED) is missing")
        return 0
    scores = measure(folder, options.split, keep=options.keep)
    if options.json:
        print(json.dumps({"split": options.split, "tadmor": scores.ours, "naive": scores.base}))
    else:
        print("\n".join(markdown(scores) if options.markdown else table(scores)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="dev", choices=SPLITS, help="which marked texts")
    parser.add_argument("--json", action="store_true", help="both reports as one JSON object")
    parser.add_argument("--markdown", action="store_true", help="the tables as they stand in docs/quality.md")
    parser.add_argument("--keep", type=Path, help="keep the exported claims in this file")
    return parser.parse_args()


def needed(split: str) -> tuple[str, ...]:
    """What measuring a split reads of the reference data."""
    return f"gold/{split}", f"gold/{split}.jsonl", "gold/score_claims.py"


def measure(folder: Path, split: str, *, keep: Path | None = None) -> Scores:
    """Score both readers on a split of the marked texts; `folder` is that of the reference data."""
    texts, gold = folder / "gold" / split, folder / "gold" / f"{split}.jsonl"
    claims = _read(texts)
    if keep is not None:
        keep.write_text(claims, encoding="utf-8")
    return Scores(scored(folder, texts, gold, claims), scored(folder, texts, gold, _naive(texts)))


def _read(texts: Path) -> str:
    """The claims of a folder of texts, as exported."""
    with tempfile.TemporaryDirectory() as case:
        tadmor("read", texts, "--case", case)
        return tadmor("export", "claims", "--format", "jsonl", "--case", case)


def _naive(texts: Path) -> str:
    rows: Iterator[dict[str, Any]] = (
        row for path in sorted(texts.glob("*.txt")) for row in naive.claims(path.name, path.read_text(encoding="utf-8"))
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def scored(folder: Path, texts: Path, gold: Path, claims: str) -> Report:
    """What the scorer says of claims, given as JSON Lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(claims)
        file.flush()
        call = [sys.executable, str(folder / "gold" / "score_claims.py"), "--json", "--gold", str(gold)]
        call += ["--texts", str(texts), "--claims", file.name]
        done = subprocess.run(call, capture_output=True, text=True, check=True)  # noqa: S603  # the scorer of the marks
    return dict(json.loads(done.stdout))


def table(scores: Scores) -> Iterable[str]:
    """The report for people: by kind, then by field."""
    ours, base = scores
    yield f"{'kind':9} {'gold':>5} {'said':>5} | found P     R    F1 naive | right P     R    F1 naive"
    for kind, row, floor in _by_kind(scores):
        levels = (
            f"{row[f'{level}_p']:7.3f} {row[f'{level}_r']:.3f} {row[f'{level}_f1']:.3f} {floor[f'{level}_f1']:.3f}"
            for level in ("found", "right")
        )
        yield f"{kind:9} {row['gold']:5} {row['said']:5} | " + " | ".join(levels)
    yield ""
    yield f"{'field':9} {'right':>6} {'of':>5} {'naive':>6}   (on the claims found)"
    for name, (share, count) in ours["fields"].items():
        yield f"{name:9} {share:6.3f} {count:5} {_naive_share(base, name):>6}"
    yield ""
    yield f"plans, guesses and denials told as fact: {ours['false_facts']:.3f} (naive {base['false_facts']:.3f})"
    yield f"quotes that are not in the text: {ours['unfaithful_quotes']} (naive {base['unfaithful_quotes']})"


def markdown(scores: Scores) -> Iterable[str]:
    """The same for a page."""
    ours, base = scores
    yield "| kind | gold | said | found P | found R | **found F1** | naive | right P | right R | **right F1** | naive |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for kind, row, floor in _by_kind(scores):
        cells = [kind, str(row["gold"]), str(row["said"])]
        for level in ("found", "right"):
            cells += [f"{row[f'{level}_{figure}']:.3f}" for figure in ("p", "r", "f1")] + [
                f"{floor[f'{level}_f1']:.3f}"
            ]
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield "| field | right, of the claims found | of | naive |"
    yield "|---|--:|--:|--:|"
    for name, (share, count) in ours["fields"].items():
        yield f"| {name} | {share:.3f} | {count} | {_naive_share(base, name)} |"
    yield ""
    yield f"Plans, guesses and denials told as fact: {ours['false_facts']:.3f} (naive {base['false_facts']:.3f})."
    yield f"Quotes that are not in the text: {ours['unfaithful_quotes']} (naive {base['unfaithful_quotes']})."


def _by_kind(scores: Scores) -> Iterator[tuple[str, Report, Report]]:
    return ((kind, scores.ours[kind], scores.base.get(kind, _NOTHING)) for kind in KINDS if kind in scores.ours)


def _naive_share(base: Report, name: str) -> str:
    share = base["fields"].get(name, (None, 0))[0]
    return "-" if share is None else f"{share:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
