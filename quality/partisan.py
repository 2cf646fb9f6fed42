"""A side's claims of control: how likely each is, when it is made, to be confirmed within 30 days.

    python -m quality.partisan ../shared/corpora/control-window-a --target deepstate \
        --inputs isw_assessed,lum_nzz,wiki --claims isw_ruclaim,isw_advance,isw_uaclaim

A claim is made where and when a layer of claims goes from OUT to IN; it serves the actor in whose places the layer says
IN more often. It is confirmed if the target names that actor at the place on any of the next 30 days; claims with fewer
days ahead, or of which the target says nothing in them, are left out. What is told at claim time comes from
`tadmor.record.fusion.claiming`: it rests on no later word, and learns from how the record bore out earlier claims of
the layer, 30 days old by then. No method sees the target.

Printed beside the Brier score are those of telling every claim the share that is confirmed in the end (`base_rate`,
which nobody knew at the time), of believing every claim (`believed`), and of the filter's bare chance that the actor
holds the place already (`held_already`). `helps` is what the claims do for the record: quality.control's scores without
and with.
Skipped, saying so, where the data are missing.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality import maps
from quality.control import judged, layer_names
from quality.scoring import reliability, scores
from tadmor.record.fusion import Fused, fuse
from tadmor.record.fusion.claiming import Made, confirmation, made, serves
from tadmor.record.fusion.voices import SILENT

Floats = NDArray[np.float64]
#: Days within which a claim must be confirmed.
WITHIN = 30
_IN, _OUT = "IN", "OUT"


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = _parser()
    asked = parser.parse_args(words)
    inputs, claims = layer_names(asked.inputs), layer_names(asked.claims)
    if asked.target in inputs + claims:
        parser.error(f"the target {asked.target} must not be among the inputs or claims")
    if lacking := maps.missing(asked.folder, [*inputs, *claims, asked.target]):
        print(f"quality.partisan: skipped, {asked.folder} has no {', '.join(lacking)}", file=sys.stderr)
        return 0
    try:
        found = measured(asked.folder, asked.target, inputs, claims)
    except maps.BadMaps as error:
        print(f"quality.partisan: {error}", file=sys.stderr)
        return 2
    print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quality.partisan", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="laid out as quality.control wants it")
    parser.add_argument("--target", required=True, metavar="LAYER", help="who confirms; no method sees it")
    parser.add_argument("--inputs", required=True, metavar="LAYER,LAYER", help="layers that name holders")
    parser.add_argument("--claims", required=True, metavar="LAYER,...", help="layers of claims (IN, OUT)")
    parser.add_argument("--markdown", action="store_true", help="a table instead of JSON")
    return parser


def measured(folder: Path, target: str, inputs: list[str], claims: list[str]) -> dict[str, Any]:
    """Claims of each layer and of all together; and what the claims do for the record."""
    seen = maps.read(folder, [*inputs, *claims])
    actors = seen.actors(inputs)
    names = [*inputs, *claims]
    voices = dict(zip(names, seen.voices(names), strict=True))
    if wrong := [name for name in claims if set(seen.layers[name].vocabulary) != {_IN, _OUT}]:
        message = f"{folder}: {', '.join(wrong)} is no layer of claims; its statuses must be {_IN} and {_OUT}"
        raise maps.BadMaps(message)
    fused = fuse([*voices.values()], actors, seen.points, days=seen.days())
    judge = maps.read(folder, [target], like=seen).layers[target]
    sides = {name: serves(voices[name], _IN, fused.smoothed) for name in claims}
    truth = maps.named(judge, actors)
    told = {
        name: _told(made(voices[name], _IN), seen.points, fused.filtered[..., side], judge, truth == side)
        for name, side in sides.items()
    }
    every = tuple(np.concatenate(parts) for parts in zip(*told.values(), strict=True))
    rows = {name: {"side": actors[sides[name]], **_scored(*parts)} for name, parts in told.items()} | {
        "all": _scored(*every)
    }
    return {
        "target": target,
        "within_days": WITHIN,
        "layers": rows,
        "helps": _helps(seen, inputs, fused, judge, actors),
    }


def _told(
    claims: Made, points: Floats, holds: Floats, judge: maps.Layer, names_it: NDArray[np.bool_]
) -> tuple[Floats, ...]:
    """Of each claim that can be judged: what is told, whether it is confirmed, the chance that it holds already."""
    chances = confirmation(claims, holds, points, WITHIN)
    kept = (claims.day + WITHIN < len(holds)) & _within(claims, judge.said != SILENT)
    confirmed = _within(claims, names_it).astype(float)
    already = names_it[claims.day, claims.place].astype(float)
    return chances[kept], confirmed[kept], holds[claims.day, claims.place][kept], already[kept]


def _within(claims: Made, holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Is it so on any of the days after each claim?"""
    pairs = zip(claims.day, claims.place, strict=True)
    return np.array([holds[day + 1 : day + 1 + WITHIN, place].any() for day, place in pairs], bool)


def _scored(told: Floats, confirmed: Floats, held: Floats, already: Floats) -> dict[str, Any]:
    """Brier scores, of all claims and of those that the target had not confirmed yet when they were made."""
    if not len(told):
        return {"claims": 0}
    new = already == 0
    return {
        "claims": len(told),
        "confirmed": round(float(confirmed.mean()), 4),
        **_briers(told, confirmed, held),
        "not_yet": {
            "claims": int(new.sum()),
            "confirmed": round(float(confirmed[new].mean()), 4) if new.any() else None,
            **(_briers(told[new], confirmed[new], held[new]) if new.any() else {}),
        },
        "reliability": [{name: round(value, 3) for name, value in row.items()} for row in reliability(told, confirmed)],
    }


def _briers(told: Floats, confirmed: Floats, held: Floats) -> dict[str, float]:
    found = {"brier": told, "base_rate": confirmed.mean(), "believed": 1.0, "held_already": held}
    return {name: round(float(((chance - confirmed) ** 2).mean()), 4) for name, chance in found.items()}


def _helps(
    seen: maps.Maps, inputs: list[str], fused: Fused, judge: maps.Layer, actors: tuple[str, ...]
) -> dict[str, Any]:
    """The record without the claims and with them, on contested place-days."""
    cases = judged(judge, seen.of(inputs), actors)
    without = fuse(seen.voices(inputs), actors, seen.points, days=seen.days())
    return {
        told: {
            "smoother": scores(one.smoothed[cases.where], cases.truth),
            "filter": scores(one.filtered[cases.where], cases.truth),
        }
        for told, one in (("without", without), ("with", fused))
    }


def markdown(found: dict[str, Any]) -> list[str]:
    """The figures as a table."""
    columns = ("brier", "base_rate", "believed", "held_already")
    lines = [
        "| claims of | how many | confirmed | Brier | base rate's | if believed | filter's bare chance |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, row in found["layers"].items():
        for part, figures in ((name, row), (f"{name}, not confirmed yet", row.get("not_yet", {}))):
            if "brier" in figures:
                cells = " | ".join(f"{figures[column]:.3f}" for column in columns)
                lines.append(f"| {part} | {figures['claims']} | {figures['confirmed']:.3f} | {cells} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
