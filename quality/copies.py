"""Copies of a source among the sources: how far they move the record, and whether the copiers are named.

    python -m quality.copies ../shared/corpora/control-window-a --inputs isw_assessed,lum_nzz,wiki \
        [--claims isw_ruclaim,isw_advance,isw_uaclaim] [--of lum_nzz] [--numbers 1,5,20]

For each input in turn (or those of `--of`), copies are made and added to the sources:

    exact       word for word, on the same day
    lagged      1 to 5 days later, each copy with a lag of its own
    corrupted   1 to 5 days later, and 2 in 100 of the words another one of its vocabulary, at random

`moved` is the mean absolute change of the chance of whoever was the likeliest holder without them, over contested
place-days, `moved_filter` the same of the filter, `moved_everywhere` over all place-days; `named` the share of copies
that are told to repeat the source or another copy of it (exact copies cannot be told from their source: the pair is
named); `lag_right` those whose lag is told right; `falsely` the other sources that are told to copy. `vote_moved` is
what the copies do to shares of votes.
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

from quality import maps, rivals
from quality.control import layer_names
from tadmor.record.fusion import Copying, Fused, fuse
from tadmor.record.fusion.voices import SILENT, from_grid

Floats = NDArray[np.float64]
KINDS = ("exact", "lagged", "corrupted")
_LAGS = 5
_WRONG = 0.02


class Setting(NamedTuple):
    """What the copies are added to.

    Args:
        voices: inputs, then claims.
        inputs: how many of them are inputs.
        actors: who may hold.
        points: of the places.
        before: the record without copies.
    """

    voices: list[maps.Layer]
    inputs: int
    actors: tuple[str, ...]
    points: Floats
    before: Fused


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = _parser()
    asked = parser.parse_args(words)
    inputs, claims = layer_names(asked.inputs), layer_names(asked.claims)
    copied = layer_names(asked.of) or inputs
    if wrong := [name for name in copied if name not in inputs]:
        parser.error(f"--of {', '.join(wrong)}: not among the inputs")
    if lacking := maps.missing(asked.folder, [*inputs, *claims]):
        print(f"quality.copies: skipped, {asked.folder} has no {', '.join(lacking)}", file=sys.stderr)
        return 0
    try:
        found = measured(asked.folder, inputs, claims, copied, [int(number) for number in layer_names(asked.numbers)])
    except maps.BadMaps as error:
        print(f"quality.copies: {error}", file=sys.stderr)
        return 2
    print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quality.copies", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="laid out as quality.control wants it")
    parser.add_argument("--inputs", required=True, metavar="LAYER,LAYER", help="layers that name holders")
    parser.add_argument("--claims", default="", metavar="LAYER,...", help="layers of claims")
    parser.add_argument("--of", default="", metavar="LAYER,...", help="whose copies; of each input in turn")
    parser.add_argument("--numbers", default="1,5,20", metavar="N,...", help="how many copies at once (1,5,20)")
    parser.add_argument("--markdown", action="store_true", help="a table instead of JSON")
    return parser


def measured(
    folder: Path, inputs: list[str], claims: list[str], copied: list[str], numbers: list[int]
) -> dict[str, Any]:
    """Each kind and number of copies of each source."""
    seen = maps.read(folder, [*inputs, *claims])
    actors, layers = seen.actors(inputs), seen.of([*inputs, *claims])
    setting = Setting(layers, len(inputs), actors, seen.points, _fused(layers, actors, seen.points))
    rows = [
        _tried(setting, inputs.index(name), kind, number) for name in copied for kind in KINDS for number in numbers
    ]
    return {
        "inputs": inputs,
        "claims": claims,
        "contested_place_days": int(maps.contested(layers[: len(inputs)]).sum()),
        "copies_told_without_any": [_told(one, layers) for one in setting.before.copies],
        "rows": rows,
    }


def _told(one: Copying, voices: Sequence[maps.Layer]) -> dict[str, Any]:
    return {
        "copier": voices[one.copier].name,
        "origin": voices[one.origin].name,
        "lag": one.lag,
        "share": round(one.share, 3),
        "either": one.either,
    }


def _tried(setting: Setting, origin: int, kind: str, number: int) -> dict[str, Any]:
    source = setting.voices[origin]
    lags = [0 if kind == "exact" else 1 + rank % _LAGS for rank in range(number)]
    wrong = _WRONG if kind == "corrupted" else 0.0
    made = [copied(source, f"{source.name}_copy_{rank + 1}", lag, wrong, rank) for rank, lag in enumerate(lags)]
    voices = [*setting.voices, *made]
    after = _fused(voices, setting.actors, setting.points)
    where = maps.contested(setting.voices[: setting.inputs])
    return {
        "of": source.name,
        "kind": kind,
        "copies": number,
        "moved": round(_moved(setting.before.smoothed[where], after.smoothed[where]), 4),
        "moved_filter": round(_moved(setting.before.filtered[where], after.filtered[where]), 4),
        "moved_everywhere": round(_moved(setting.before.smoothed, after.smoothed), 5),
        "vote_moved": round(_vote_moved(setting, made, where), 4),
        **_naming(after, len(setting.voices), origin, lags),
    }


def _fused(layers: Sequence[maps.Layer], actors: tuple[str, ...], points: Floats) -> Fused:
    return fuse([from_grid(*layer) for layer in layers], actors, points, days=len(layers[0].said))


def copied(source: maps.Layer, name: str, lag: int, wrong: float, seed: int) -> maps.Layer:
    """A copy some days later, of which a share of the words is another one at random."""
    said = np.full_like(source.said, SILENT)
    said[lag:] = source.said[: len(said) - lag] if lag else source.said
    if wrong and len(source.vocabulary) > 1:
        draw = np.random.default_rng(seed)
        hit = (draw.random(said.shape) < wrong) & (said != SILENT)
        shift = draw.integers(1, len(source.vocabulary), said.shape)
        said = np.where(hit, (said + shift) % len(source.vocabulary), said).astype(source.said.dtype)
    return maps.Layer(name, source.vocabulary, said)


def _moved(before: Floats, after: Floats) -> float:
    best = before.argmax(-1)[..., None]
    return float(np.abs(np.take_along_axis(after, best, -1) - np.take_along_axis(before, best, -1)).mean())


def _vote_moved(setting: Setting, made: Sequence[maps.Layer], where: NDArray[np.bool_]) -> float:
    def shares(voices: Sequence[maps.Layer]) -> Floats:
        answers = np.stack([maps.named(voice, setting.actors)[where] for voice in voices], 1)
        return rivals.vote(answers, len(setting.actors))

    inputs = setting.voices[: setting.inputs]
    return _moved(shares(inputs), shares([*inputs, *made]))


def _naming(after: Fused, own: int, origin: int, lags: Sequence[int]) -> dict[str, Any]:
    """How many copies are named, with the right lag, and who else is said to copy."""
    family = {origin, *range(own, own + len(lags))}
    told = {one.copier: one for one in after.copies if one.copier in family and one.origin in family}
    lag = {origin: 0, **{own + rank: days for rank, days in enumerate(lags)}}
    right = [one for one in told.values() if one.lag == lag[one.copier] - lag[one.origin]]
    falsely = {one.copier for one in after.copies} - set(told)
    # Of n exact copies and their source, n are copies of another; which one is the source shows nowhere.
    return {
        "named": round(len(told) / len(lags), 3),
        "source_named_too": int(origin in told),
        "lag_right": round(len(right) / max(len(told), 1), 3),
        "falsely": len(falsely),
    }


def markdown(found: dict[str, Any]) -> list[str]:
    """The figures as a table."""
    told = ("of", "kind", "copies", "moved", "moved_filter", "moved_everywhere", "vote_moved", "named", "lag_right")
    lines = [f"| {' | '.join(name.replace('_', ' ') for name in told)} |", f"|{'---|' * len(told)}"]
    return lines + [f"| {' | '.join(str(row[name]) for name in told)} |" for row in found["rows"]]


if __name__ == "__main__":
    sys.exit(main())
