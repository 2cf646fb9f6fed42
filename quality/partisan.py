"""A side's claims of control: how likely each is, when it is made, to be confirmed within 30 days.

    python -m quality.partisan ../shared/corpora/control-window-a --target deepstate \
        --inputs isw_assessed,lum_nzz,wiki --claims isw_ruclaim,isw_advance,isw_uaclaim

A claim is made where and when a layer of claims goes from OUT to IN; it serves the actor in whose places the layer says
IN more often. It is confirmed if the target names that actor at the place on any of the next 30 days; claims with fewer
days of the target ahead are left out. What is told at claim time rests on the filter of `tadmor.record.fusion` (no later
word) and on how far the filter bore out earlier claims of the layer, 30 days old by then. No method sees the target.

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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quality import maps
from quality.control import judged, layer_names
from quality.scoring import reliability, scores
from tadmor.record.fusion import Fused, fuse
from tadmor.record.fusion.voices import Voice

Floats = NDArray[np.float64]
#: Days within which a claim must be confirmed.
WITHIN = 30
_IN, _OUT = "IN", "OUT"
#: Believed before any claim is 30 days old: a claim of a place that is held is confirmed with the first chance, of
#: another place with the second; each believed as firmly as this many claims make one.
_HELD, _NOT_HELD, _FIRMLY = 0.85, 0.4, 10.0


class Made(NamedTuple):
    """Claims of one layer, in order of day.

    Args:
        layer: its name.
        side: index of the actor whom its claims serve.
        day: of each claim.
        place: of each claim.
    """

    layer: str
    side: int
    day: NDArray[np.int64]
    place: NDArray[np.int64]


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
    voices = seen.voices([*inputs, *claims])
    if wrong := [name for name in claims if set(seen.layers[name].vocabulary) != {_IN, _OUT}]:
        message = f"{folder}: {', '.join(wrong)} is no layer of claims; its statuses must be {_IN} and {_OUT}"
        raise maps.BadMaps(message)
    fused = fuse(voices, actors, seen.points)
    judge = maps.read(folder, [target], like=seen).layers[target]
    truth = maps.named(judge, actors)
    sides = {name: _side(fused, seen.layers[name]) for name in claims}
    told = {name: _told(made(seen.layers[name], side), fused, truth) for name, side in sides.items()}
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


def made(layer: Voice, side: int) -> Made:
    """The claims that a layer makes."""
    claimed = layer.said == layer.vocabulary.index(_IN)
    not_yet = layer.said == layer.vocabulary.index(_OUT)
    day, place = np.nonzero(claimed[1:] & not_yet[:-1])
    return Made(layer.name, side, day + 1, place)


def _side(fused: Fused, layer: Voice) -> int:
    """In whose places, by the record, the layer says IN more often."""
    claimed = layer.said == layer.vocabulary.index(_IN)
    return int((fused.smoothed[claimed].sum(0) / fused.smoothed.sum((0, 1))).argmax())


def _told(layer: Made, fused: Fused, truth: NDArray[np.int64]) -> tuple[Floats, ...]:
    """Of each claim that can be judged: what is told, whether it is confirmed, the chance that it holds already."""
    held = fused.filtered[layer.day, layer.place, layer.side]
    borne_out = _within(layer, fused.filtered[..., layer.side])
    chances = np.array([_chance(layer, held, borne_out, index) for index in range(len(held))])
    kept = (layer.day + WITHIN < len(truth)) & (_within(layer, truth) >= 0)
    confirmed = _within(layer, (truth == layer.side).astype(float))
    already = (truth[layer.day, layer.place] == layer.side).astype(float)
    return chances[kept], confirmed[kept], held[kept], already[kept]


def _within(layer: Made, values: NDArray[Any]) -> Floats:
    """The highest value at the place on the days after each claim; -1 where there is no day after."""
    pairs = zip(layer.day, layer.place, strict=True)
    return np.array([values[day + 1 : day + 1 + WITHIN, place].max(initial=-1) for day, place in pairs], float)


def _chance(layer: Made, held: Floats, borne_out: Floats, index: int) -> float:
    """What is told of a claim, by what became of those that were 30 days old when it was made."""
    old = np.flatnonzero(layer.day + WITHIN < layer.day[index])
    holding, so = held[old], borne_out[old]
    if_held = (_FIRMLY * _HELD + (holding * so).sum()) / (_FIRMLY + holding.sum())
    if_not = (_FIRMLY * _NOT_HELD + ((1 - holding) * so).sum()) / (_FIRMLY + (1 - holding).sum())
    return float(held[index] * if_held + (1 - held[index]) * if_not)


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


def _helps(seen: maps.Maps, inputs: list[str], fused: Fused, judge: Voice, actors: tuple[str, ...]) -> dict[str, Any]:
    """The record without the claims and with them, on contested place-days."""
    cases = judged(judge, seen.voices(inputs), actors)
    without = fuse(seen.voices(inputs), actors, seen.points)
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
