"""Who held which place on which day: the record's fusion beside simpler ways, on maps of a real war.

    python -m quality.control ../shared/corpora/control-window-a --target deepstate \
        --inputs isw_assessed,lum_nzz,wiki [--claims isw_ruclaim,isw_advance,isw_uaclaim] [--markdown] [--folds 5]

Estimates each place and day from the inputs without seeing the target, then scores the contested place-days: at
least two inputs have a status (carried over at most 7 days) and not all the same, and the target names a holder:

    tadmor        tadmor.record.fusion, as known at the end (smoother) and on the day itself (filter)
    best_single   the input that turns out best, which nobody could have known; taken at its word
    vote          shares of the inputs' statuses
    dawid_skene   confusions of each input and chances of each place-day by EM, each place-day a task
    hmm           a plain hidden Markov chain for each place, each day's statuses fresh evidence, learned by EM

The claims, layers that say IN where a side claims or is claimed to have gone, go to tadmor alone: the others have no
use for words that name no holder. `seconds` are those of reading the files and fusing them by tadmor, `megabytes` the
most memory held by then. `--folds N` chooses tadmor's settings anew on all but one part of the 25 km cells, for each
part in turn, and scores it there: what may be expected of places that nothing was chosen on.
Skipped, saying so, where the data are missing.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quality import maps, rivals
from quality.scoring import scores
from tadmor.record.fusion import Fused, Settings, fuse

Floats = NDArray[np.float64]
#: What `--folds` chooses from: one setting at a time away from the default.
CANDIDATES = (
    Settings(),
    Settings(doubt=0.1),
    Settings(doubt=0.2),
    Settings(straying=1 / 300),
    Settings(straying=1 / 100),
    Settings(correcting=0.1),
    Settings(moving_strength=2000.0),
    Settings(neighbours=24),
    Settings(afar=0.1),
    Settings(turning=0.001, turning_strength=10_000.0),
    Settings(tied=0.0),
    Settings(tied=0.5),
    Settings(lessons=2.0),
)
_CELL_KM = 25.0
_KM_A_DEGREE = 111.32


class Cases(NamedTuple):
    """The contested place-days.

    Args:
        where: which, days by places.
        truth: index of the actor whom the target names, one a case.
        actors: who may hold.
    """

    where: NDArray[np.bool_]
    truth: NDArray[np.int64]
    actors: tuple[str, ...]


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = _parser()
    asked = parser.parse_args(words)
    inputs, claims = layer_names(asked.inputs), layer_names(asked.claims)
    if len(inputs) < 2:
        parser.error("--inputs needs two or more layers, as isw_assessed,lum_nzz")
    if asked.target in inputs + claims:
        parser.error(f"the target {asked.target} must not be among the inputs or claims")
    if lacking := maps.missing(asked.folder, [*inputs, *claims, asked.target]):
        print(f"quality.control: skipped, {asked.folder} has no {', '.join(lacking)}", file=sys.stderr)
        return 0
    try:
        found = measured(asked.folder, asked.target, inputs, claims, asked.folds)
    except maps.BadMaps as error:
        print(f"quality.control: {error}", file=sys.stderr)
        return 2
    print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quality.control", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="places.csv, observed_days.csv and LAYER.csv.gz files")
    parser.add_argument("--target", required=True, metavar="LAYER", help="whom to score against; no method sees it")
    parser.add_argument("--inputs", required=True, metavar="LAYER,LAYER", help="layers that name holders")
    parser.add_argument(
        "--claims", default="", metavar="LAYER,...", help="layers of claims (IN, OUT), for tadmor alone"
    )
    parser.add_argument("--folds", type=int, default=0, metavar="N", help="cross-validate tadmor's settings in N parts")
    parser.add_argument("--markdown", action="store_true", help="a table instead of JSON")
    return parser


def layer_names(text: str) -> list[str]:
    """The names in a list with commas, each once."""
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def measured(folder: Path, target: str, inputs: list[str], claims: list[str], folds: int = 0) -> dict[str, Any]:
    """All methods on the contested place-days of a folder."""
    started = time.perf_counter()
    seen = maps.read(folder, [*inputs, *claims])
    actors = seen.actors(inputs)
    if len(actors) < 2:
        message = f"{folder}: the inputs name {len(actors)} holder(s), two are needed"
        raise maps.BadMaps(message)
    fused = fuse(seen.voices([*inputs, *claims]), actors, seen.points, days=seen.days())
    smoothed, filtered = fused.smoothed, fused.filtered
    seconds, megabytes = time.perf_counter() - started, _megabytes()
    layers = seen.of(inputs)
    cases = judged(maps.read(folder, [target], like=seen).layers[target], layers, actors)
    found: dict[str, Any] = {
        "target": target,
        "inputs": inputs,
        "claims": claims,
        "contested_place_days": len(cases.truth),
        "contested_places": int(cases.where.any(0).sum()),
        "seconds": round(seconds, 2),
        "megabytes": round(megabytes),
    }
    if len(cases.truth):
        methods = {"tadmor": _both(smoothed, filtered, cases), **_rivals(layers, cases)}
        found["methods"] = methods
        if folds > 1:
            methods["tadmor"]["cross_validated"] = _folded(seen, [*inputs, *claims], cases, folds)
    return found


def judged(target: maps.Layer, inputs: Sequence[maps.Layer], actors: tuple[str, ...]) -> Cases:
    """The contested place-days of which the target names a holder."""
    holder = maps.named(target, actors)
    where = maps.contested(inputs) & (holder >= 0)
    return Cases(where, holder[where], actors)


def _both(smoothed: Floats, filtered: Floats, cases: Cases) -> dict[str, Any]:
    return {
        "smoother": scores(smoothed[cases.where], cases.truth),
        "filter": scores(filtered[cases.where], cases.truth),
    }


def _rivals(layers: Sequence[maps.Layer], cases: Cases) -> dict[str, Any]:
    """The simpler ways; a status that names nobody is an answer of its own for those that learn confusions."""
    classes = len(cases.actors)
    holders = np.stack([maps.named(layer, cases.actors) for layer in layers], 2)
    silent = np.stack([layer.said for layer in layers], 2) < 0
    answers = np.where((holders < 0) & ~silent, classes, holders)
    singles = {
        layer.name: scores(rivals.single(holders[..., index][cases.where], classes), cases.truth)
        for index, layer in enumerate(layers)
    }
    best = max(singles, key=lambda name: singles[name]["accuracy"])
    days, places, sources = answers.shape
    confused = rivals.dawid_skene(answers.reshape(-1, sources), classes + 1).reshape(days, places, -1)[..., :classes]
    smoothed, filtered = rivals.hidden_markov(answers, classes)
    chain = _both(smoothed, filtered, cases)
    return {
        "best_single": {"source": best, **singles[best]},
        "vote": scores(rivals.vote(answers[cases.where], classes), cases.truth),
        "dawid_skene": scores(_among(confused[cases.where]), cases.truth),
        "hmm": {**chain["smoother"], **chain},
    }


def _among(chances: Floats) -> Floats:
    """Chances of the holders alone, where a class for nobody has some too."""
    kept = chances + 1e-12
    return np.asarray(kept / kept.sum(1, keepdims=True))


def _folded(seen: maps.Maps, names: list[str], cases: Cases, folds: int) -> dict[str, Any]:
    """Settings chosen by log-loss on the cells of the other parts, scored on the cells of each part."""
    tried = [fuse(seen.voices(names), cases.actors, seen.points, settings, seen.days()) for settings in CANDIDATES]
    part = _parts(seen.points, folds)[np.nonzero(cases.where)[1]]
    found: dict[str, Any] = {}
    for name in ("smoother", "filter"):
        chances = np.stack([_pass(one, name)[cases.where] for one in tried])
        losses = -np.log(np.take_along_axis(chances, cases.truth[None, :, None], 2)[..., 0])
        chosen = [int(losses[:, part != one].mean(1).argmin()) for one in range(folds)]
        found[name] = scores(chances[np.array(chosen)[part], np.arange(len(part))], cases.truth)
        found[name]["chosen"] = [_differs(CANDIDATES[one]) for one in chosen]
    return found


def _pass(fused: Fused, name: str) -> Floats:
    return fused.smoothed if name == "smoother" else fused.filtered


def _differs(settings: Settings) -> dict[str, float]:
    usual = Settings()._asdict()
    return {name: round(value, 4) for name, value in settings._asdict().items() if value != usual[name]}


def _parts(points: Floats, folds: int) -> NDArray[np.int64]:
    """The part of each place: whole cells of 25 km, dealt out by a fixed mixing of their numbers."""
    scale = np.array([_KM_A_DEGREE, _KM_A_DEGREE * np.cos(np.radians(points[:, 0].mean()))]) / _CELL_KM
    _, cell = np.unique(np.floor(points * scale).astype(np.int64), axis=0, return_inverse=True)
    dealt = np.random.default_rng(0).permutation(int(cell.max()) + 1) % folds
    return np.asarray(dealt[cell.ravel()])


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def markdown(found: dict[str, Any]) -> list[str]:
    """The figures as a table."""
    told = (
        f"Inputs {', '.join(found['inputs'])}; claims {', '.join(found['claims']) or 'none'}; ",
        f"target {found['target']}; {found['contested_place_days']} contested place-days at ",
        f"{found['contested_places']} places; {found['seconds']} s, {found['megabytes']} MB.",
    )
    lines = [
        "".join(told),
        "",
        "| method | accuracy | Brier | log-loss | calibration error |",
        "|---|---|---|---|---|",
    ]
    for name, row in found.get("methods", {}).items():
        lines += _table_rows(name, row)
    return lines


def _table_rows(name: str, row: dict[str, Any]) -> list[str]:
    if any(isinstance(part, dict) for part in row.values()):
        parts = ((key, part) for key, part in row.items() if isinstance(part, dict))
        return [line for key, part in parts for line in _table_rows(f"{name}, {key.replace('_', ' ')}", part)]
    told = f"{name} ({row['source']})" if "source" in row else name
    return [f"| {told} | {' | '.join(f'{row[key]:.3f}' for key in ('accuracy', 'brier', 'log_loss', 'ece'))} |"]


if __name__ == "__main__":
    sys.exit(main())
