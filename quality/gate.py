"""The accuracy gate: claims on marked texts and the first documents' checks, against pinned floors.

    python -m quality.gate [--pin [--allow-lower "REASON"]] [--json]

Ends with 1 where a figure falls below its floor by more than its margin, or a check that held no longer holds. Says
what rose, and where the marked texts are others than those the floors were pinned on. Skipped, saying so, where the
reference data is missing.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quality import claims, floors, seeds
from quality.corpus import fingerprint, shared
from quality.floors import Floors, Measured


def main() -> int:
    """Measure, print, and compare or pin."""
    options = _options()
    folder = shared("seeds", *claims.needed("dev"))
    if folder is None:
        print("quality.gate: skipped, the reference data (../shared or TADMOR_SHARED) is missing")
        return 0
    scores = claims.measure(folder, "dev")
    results = seeds.results_of(seeds.read(folder / "seeds"))
    measured = figures(scores.ours) | passage_figures(folder)
    holding = tuple(name for name, (holds, _) in results.items() if holds)
    pinned = floors.read()
    if options.json:
        print(json.dumps({"figures": {name: one.value for name, one in measured.items()}, "holding": holding}))
    else:
        print("\n".join([*claims.table(scores), "", *seeds.table(results, pinned.seeds), ""]))
    found = fingerprints(folder)
    if options.pin:
        return _pin(pinned, measured, found, holding, options.allow_lower)
    return judge(pinned, measured, found, holding)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true", help="pin the floors at what is measured now")
    parser.add_argument("--allow-lower", metavar="REASON", help="with --pin: lower floors too, and record why")
    parser.add_argument("--json", action="store_true", help="the figures as JSON in place of the tables")
    return parser.parse_args()


def fingerprints(folder: Path) -> dict[str, str]:
    """Of the marked texts with their marks, and of the first documents."""
    gold = folder / "gold"
    return {
        "gold_dev": fingerprint([*(gold / "dev").glob("*.txt"), gold / "dev.jsonl"]),
        "seeds": fingerprint((folder / "seeds").glob("*.txt")),
    }


def figures(report: Mapping[str, Any]) -> dict[str, Measured]:
    """The figures that have floors, by name; a kind's tells of its marked claims, a field's of the claims found."""
    found = {
        f"{kind}.{level}_f1": Measured(value=report[kind][f"{level}_f1"], count=report[kind]["gold"])
        for kind in claims.KINDS
        for level in ("found", "right")
    }
    found |= {f"field.{name}": Measured(value=share, count=count) for name, (share, count) in report["fields"].items()}
    said = report["ALL"]["said"]
    found["false_facts"] = Measured(value=report["false_facts"], count=said)
    found["unfaithful_quotes"] = Measured(value=float(report["unfaithful_quotes"]), count=said)
    return found


def passage_figures(folder: Path) -> dict[str, Measured]:
    """Those of the passages on many wars that the repository holds, over all kinds, each half by its split's name."""
    reports = {split: claims.learned(folder, split)["ALL"] for split in claims.PASSAGES}
    return {
        f"{split}.{level}_f1": Measured(value=report[f"{level}_f1"], count=report["gold"])
        for split, report in reports.items()
        for level in ("found", "right")
    }


def judge(pinned: Floors, measured: Mapping[str, Measured], found: Mapping[str, str], holding: tuple[str, ...]) -> int:
    """Print what fell, what rose and what changed; 1 where something fell."""
    for line in _changed(pinned, found):
        print(f"quality: {line}")
    worse = dict.fromkeys([*floors.below_least(measured), *_fallen(pinned, measured, found, holding)])
    for line in worse:
        print(f"quality: FAILED, {line}")
    for line in floors.risen(pinned, measured):
        print(f"quality: rose, {line}")
    for name in holding:
        if name not in pinned.seeds:
            print(f'quality: rose, "{name}" holds')
    if not worse:
        print(f"quality: {len(pinned.figures)} floors and {len(pinned.seeds)} checks kept")
    return 1 if worse else 0


def _changed(pinned: Floors, found: Mapping[str, str]) -> Iterator[str]:
    for name, digest in found.items():
        if pinned.fingerprints.get(name) != digest:
            yield (
                f"{name} is not what the floors were pinned on: its figures are shown, and compared only with what is "
                "asked at the very least; pin anew with --pin"
            )


def _fallen(
    pinned: Floors, measured: Mapping[str, Measured], found: Mapping[str, str], holding: tuple[str, ...]
) -> Iterator[str]:
    if pinned.fingerprints.get("gold_dev") == found.get("gold_dev"):
        yield from floors.fallen(pinned, measured)
    if pinned.fingerprints.get("seeds") == found.get("seeds"):
        yield from (f'"{name}" no longer holds' for name in pinned.seeds if name not in holding)


def _pin(
    pinned: Floors,
    measured: Mapping[str, Measured],
    found: Mapping[str, str],
    holding: tuple[str, ...],
    reason: str | None,
) -> int:
    try:
        floors.write(floors.pinned(pinned, measured, found, holding, reason=reason))
    except floors.LoweringRefusedError as error:
        print(f"quality: not pinned, {error}")
        return 1
    print(f"quality: {len(measured)} floors and {len(holding)} checks pinned")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
