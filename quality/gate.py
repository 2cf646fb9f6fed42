"""Accuracy on marked texts, beside a naive baseline, against pinned floors.

    python -m quality.gate [--pin [--allow-lower]] [--keep FILE] [--set dev|train]

Reads the marked texts into a case of its own through the command line, exports the claims and scores them with the
scorer that comes with the marks. Skipped, saying so, where the reference data is missing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quality import floors, naive
from quality.calling import tadmor
from quality.corpus import fingerprint, shared

Report = dict[str, Any]
_KINDS = ("control", "event", "presence", "movement", "toll", "ALL")


def main() -> int:
    """Measure, print, and compare; 1 where a floor is not kept."""
    options = _options()
    folder = shared()
    if folder is None:
        print("quality: skipped, the reference data (../shared or TADMOR_SHARED) is missing")
        return 0
    texts, gold = folder / "gold" / options.set, folder / "gold" / f"{options.set}.jsonl"
    ours = _scored(folder, texts, gold, _read(texts, options.keep))
    base = _scored(folder, texts, gold, _naive(texts))
    print("\n".join(table(ours, base)))
    if options.set != "dev":
        return 0
    return _pin(figures(ours), fingerprint(texts, gold), options) if options.pin else _compare(ours, texts, gold)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true", help="pin the floors at what is measured now")
    parser.add_argument("--allow-lower", action="store_true", help="with --pin: even where that lowers one")
    parser.add_argument("--keep", type=Path, help="keep the exported claims in this file")
    parser.add_argument("--set", default="dev", choices=["dev", "train"], help="which marked texts")
    return parser.parse_args()


def _read(texts: Path, keep: Path | None) -> str:
    """The claims of a folder of texts, as exported."""
    with tempfile.TemporaryDirectory() as case:
        tadmor("read", texts, "--case", case)
        claims = tadmor("export", "claims", "--format", "jsonl", "--case", case)
    if keep is not None:
        keep.write_text(claims, encoding="utf-8")
    return claims


def _naive(texts: Path) -> str:
    rows: Iterator[dict[str, Any]] = (
        row for path in sorted(texts.glob("*.txt")) for row in naive.claims(path.name, path.read_text(encoding="utf-8"))
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def _scored(folder: Path, texts: Path, gold: Path, claims: str) -> Report:
    """What the scorer says."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(claims)
        file.flush()
        call = [sys.executable, str(folder / "gold" / "score_claims.py"), "--json", "--gold", str(gold)]
        call += ["--texts", str(texts), "--claims", file.name]
        done = subprocess.run(call, capture_output=True, text=True, check=True)  # noqa: S603  # the scorer of the marks
    return dict(json.loads(done.stdout))


def figures(report: Report) -> dict[str, float]:
    """The figures that have floors, by name."""
    found = {f"{kind}.{level}_f1": report[kind][f"{level}_f1"] for kind in _KINDS for level in ("found", "right")}
    found |= {f"field.{name}": share for name, (share, _) in report["fields"].items()}
    return found | {"false_facts": report["false_facts"], "unfaithful_quotes": float(report["unfaithful_quotes"])}


def table(ours: Report, base: Report) -> Iterable[str]:
    """The report for people: by kind, then by field."""
    yield f"{'kind':9} {'gold':>5} {'said':>5} | found P     R    F1 naive | right P     R    F1 naive"
    for kind in _KINDS:
        if kind not in ours:
            continue
        row, floor = ours[kind], base.get(kind, {"found_f1": 0.0, "right_f1": 0.0})
        levels = (
            f"{row[f'{level}_p']:7.3f} {row[f'{level}_r']:.3f} {row[f'{level}_f1']:.3f} {floor[f'{level}_f1']:.3f}"
            for level in ("found", "right")
        )
        yield f"{kind:9} {row['gold']:5} {row['said']:5} | " + " | ".join(levels)
    yield ""
    yield f"{'field':9} {'right':>6} {'of':>5} {'naive':>6}   (on the claims found)"
    for name, (share, count) in ours["fields"].items():
        naive_share = base["fields"].get(name, (None, 0))[0]
        yield f"{name:9} {share:6.3f} {count:5} " + (f"{naive_share:6.3f}" if naive_share is not None else f"{'-':>6}")
    yield ""
    yield f"plans, guesses and denials told as fact: {ours['false_facts']:.3f} (naive {base['false_facts']:.3f})"
    yield f"quotes that are not in the text: {ours['unfaithful_quotes']} (naive {base['unfaithful_quotes']})"


def _compare(ours: Report, texts: Path, gold: Path) -> int:
    pinned = floors.read()
    if pinned.fingerprint != fingerprint(texts, gold):
        print("quality: FAILED, the marked texts are not those that the floors were pinned on; pin anew with --pin")
        return 1
    worse = list(floors.fallen(pinned, figures(ours)))
    for line in worse:
        print(f"quality: FAILED, {line}")
    if not worse:
        print(f"quality: all {len(pinned.figures)} floors kept")
    return 1 if worse else 0


def _pin(measured: Mapping[str, float], digest: str, options: argparse.Namespace) -> int:
    old = floors.read()
    whole = floors.Floors(
        fingerprint=old.fingerprint,
        epsilon=old.epsilon,
        seeds=old.seeds,
        figures={name: old.figures.get(name, 1.0 if name in floors.CEILINGS else 0.0) for name in measured},
    )
    try:
        floors.write(floors.pinned(whole, measured, digest, allow_lower=options.allow_lower))
    except ValueError as error:
        print(f"quality: not pinned, {error}")
        return 1
    print(f"quality: {len(measured)} floors pinned")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
