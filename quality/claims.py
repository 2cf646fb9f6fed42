"""Claims taken from marked texts, beside the rules alone and a naive baseline, scored by the scorer of the gold set.

    python -m quality.claims [--split dev|train|own|passages|heldout] [--json | --markdown] [--show WHAT] [--keep FILE]

Reads the texts into a case of its own through the command line and exports the claims, as a user would. `own` are the
project's texts that were never trained on (`training/texts`); `passages` and `heldout` short ones of many wars and
genres (`quality/marks/passages.jsonl`): those whose misses were read, and those whose were not. `--show` prints the
claims of one sort of error, as the scorer does. Skipped, saying so, where the reference data is missing.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from quality import naive
from quality.calling import tadmor
from quality.corpus import CHOOSING, MEASURING, own_marks, own_texts, passages, shared

Report = dict[str, Any]
#: The splits of the passages, by the use that these were marked for.
PASSAGES = {"passages": CHOOSING, "heldout": MEASURING}
#: The splits whose texts are the repository's.
_OURS = ("own", *PASSAGES)
SPLITS = ("dev", "train", *_OURS)
KINDS = ("control", "event", "presence", "movement", "toll", "ALL")
_ERRORS = ("missed", "wrong", "extra", "false-facts")
_NOTHING = {"found_f1": 0.0, "right_f1": 0.0}


class Scores(NamedTuple):
    """What the scorer says of tadmor's claims, of those of its rules alone, and of the baseline's."""

    ours: Report
    rules: Report
    base: Report


def main() -> int:
    """Measure and print."""
    options = _options()
    folder = shared(*needed(options.split))
    if folder is None:
        print("quality.claims: skipped, the reference data (../shared or TADMOR_SHARED) is missing")
        return 0
    if options.show:
        print(shown(folder, options.split, options.show))
        return 0
    scores = measure(folder, options.split, keep=options.keep)
    if options.json:
        said = {"tadmor": scores.ours, "rules": scores.rules, "naive": scores.base}
        print(json.dumps({"split": options.split, **said}))
    else:
        print("\n".join(markdown(scores) if options.markdown else table(scores)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="dev", choices=SPLITS, help="which marked texts")
    parser.add_argument("--json", action="store_true", help="both reports as one JSON object")
    parser.add_argument("--markdown", action="store_true", help="the tables as they stand in docs/quality.md")
    parser.add_argument("--show", choices=_ERRORS, help="the claims of one sort of error, beside their marks")
    parser.add_argument("--keep", type=Path, help="keep the exported claims in this file")
    return parser.parse_args()


def needed(split: str) -> tuple[str, ...]:
    """What measuring a split reads of the reference data."""
    scorer = "gold/score_claims.py"
    return (scorer,) if split in _OURS else (f"gold/{split}", f"gold/{split}.jsonl", scorer)


def measure(folder: Path, split: str, *, keep: Path | None = None) -> Scores:
    """Score the readers on a split of the marked texts; `folder` is that of the reference data."""
    with tempfile.TemporaryDirectory() as scratch:
        texts, gold = _marked(folder, split, Path(scratch))
        claims = _read(texts, "learned")
        if keep is not None:
            keep.write_text(claims, encoding="utf-8")
        told = (claims, _read(texts, "rules"), _naive(texts))
        return Scores(*(scored(folder, texts, gold, each) for each in told))


def learned(folder: Path, split: str) -> Report:
    """What the scorer says of the learned reader alone."""
    with tempfile.TemporaryDirectory() as scratch:
        texts, gold = _marked(folder, split, Path(scratch))
        return scored(folder, texts, gold, _read(texts, "learned"))


def shown(folder: Path, split: str, error: str) -> str:
    """The claims of one sort of error of the learned reader, beside their marks, as the scorer prints them."""
    with tempfile.TemporaryDirectory() as scratch:
        texts, gold = _marked(folder, split, Path(scratch))
        return _scorer(folder, texts, gold, _read(texts, "learned"), "--show", error)


def _marked(folder: Path, split: str, scratch: Path) -> tuple[Path, Path]:
    """The texts of a split and the file of their marks, as the scorer reads it."""
    if split not in _OURS:
        return folder / "gold" / split, folder / "gold" / f"{split}.jsonl"
    texts, gold = scratch / "texts", scratch / "gold.jsonl"
    texts.mkdir()
    if split == "own":
        for path in own_texts(MEASURING):
            shutil.copy(path, texts)
        marks = list(own_marks(MEASURING))
    else:
        found, marks = passages(PASSAGES[split])
        for name, text in found.items():
            (texts / name).write_text(text, encoding="utf-8")
    gold.write_text("".join(json.dumps(row) + "\n" for row in marks), encoding="utf-8")
    return texts, gold


def _read(texts: Path, reader: str) -> str:
    """The claims of a folder of texts, as exported."""
    with tempfile.TemporaryDirectory() as case:
        tadmor("read", texts, "--case", case, "--reader", reader)
        return tadmor("export", "claims", "--format", "jsonl", "--case", case)


def _naive(texts: Path) -> str:
    rows: Iterator[dict[str, Any]] = (
        row for path in sorted(texts.glob("*.txt")) for row in naive.claims(path.name, path.read_text(encoding="utf-8"))
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def scored(folder: Path, texts: Path, gold: Path, claims: str) -> Report:
    """What the scorer says of claims, given as JSON Lines."""
    return dict(json.loads(_scorer(folder, texts, gold, claims, "--json")))


def _scorer(folder: Path, texts: Path, gold: Path, claims: str, *options: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(claims)
        file.flush()
        call = [sys.executable, str(folder / "gold" / "score_claims.py"), *options, "--gold", str(gold)]
        call += ["--texts", str(texts), "--claims", file.name]
        done = subprocess.run(call, capture_output=True, text=True, check=True)  # noqa: S603  # the scorer of the marks
    return done.stdout


def table(scores: Scores) -> Iterable[str]:
    """The report for people: by kind, then by field."""
    ours, others = scores.ours, (scores.rules, scores.base)
    yield f"{'kind':9} {'gold':>5} {'said':>5} | found P     R    F1 rules naive | right P     R    F1 rules naive"
    for kind in _kinds(ours):
        row = ours[kind]
        levels = (
            f"{row[f'{level}_p']:7.3f} {row[f'{level}_r']:.3f} {' '.join(_three(scores, kind, f'{level}_f1'))}"
            for level in ("found", "right")
        )
        yield f"{kind:9} {row['gold']:5} {row['said']:5} | " + " | ".join(levels)
    yield ""
    yield f"{'field':9} {'right':>6} {'of':>5} {'rules':>6} {'naive':>6}   (on the claims found)"
    for name, (share, count) in ours["fields"].items():
        rules, naive_share = (_share(other, name) for other in others)
        yield f"{name:9} {share:6.3f} {count:5} {rules:>6} {naive_share:>6}"
    yield ""
    for what, words in _OVERALL.items():
        yield f"{words}: {ours[what]:.3f} (rules {scores.rules[what]:.3f}, naive {scores.base[what]:.3f})"


def markdown(scores: Scores) -> Iterable[str]:
    """The same for a page."""
    ours = scores.ours
    heads = ["kind", "gold", "said"]
    heads += [f"{level} {what}" for level in ("found", "right") for what in ("P", "R", "**F1**", "rules", "naive")]
    yield f"| {' | '.join(heads)} |"
    yield f"|---|{'--:|' * (len(heads) - 1)}"
    for kind in _kinds(ours):
        row = ours[kind]
        cells = [kind, str(row["gold"]), str(row["said"])]
        for level in ("found", "right"):
            cells += [f"{row[f'{level}_p']:.3f}", f"{row[f'{level}_r']:.3f}", *_three(scores, kind, f"{level}_f1")]
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield "| field | right, of the claims found | of | rules | naive |"
    yield "|---|--:|--:|--:|--:|"
    for name, (share, count) in ours["fields"].items():
        yield f"| {name} | {share:.3f} | {count} | {_share(scores.rules, name)} | {_share(scores.base, name)} |"
    yield ""
    for what, words in _OVERALL.items():
        yield f"{words}: {ours[what]:.3f} (rules {scores.rules[what]:.3f}, naive {scores.base[what]:.3f})."


#: Figures of all claims, in words.
_OVERALL = {
    "false_facts": "Plans, guesses and denials told as fact, of the claims told as fact",
    "unfaithful_quotes": "Quotes that are not in the text",
}


def _kinds(report: Report) -> Iterator[str]:
    return (kind for kind in KINDS if kind in report)


def _three(scores: Scores, kind: str, figure: str) -> list[str]:
    """A figure of a kind: tadmor's, its rules', the baseline's."""
    return [f"{report.get(kind, _NOTHING)[figure]:.3f}" for report in scores]


def _share(report: Report, name: str) -> str:
    share = report["fields"].get(name, (None, 0))[0]
    return "-" if share is None else f"{share:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
