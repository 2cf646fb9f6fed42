"""Chooses the network's decisions on marked texts that it was not trained on, and says how well sureness is calibrated.

    python -m training.tune [--check]

Every claim that the rules make or the network sees in `gold/dev` and in the project's own texts for choosing is scored
by the scorer of the gold set. Two logistic regressions are fitted to what it says: that a claim is *told* (found by the
scorer), which decides whether it is made, and that it is *right*, which is its score. A claim is made where its chance
of being told is at least half of the F1 that its kind then reaches: of all cuts that one gives the best F1 (Lipton et
al. 2014, doi:10.1007/978-3-662-44851-9_15). Calibration is measured by five-fold cross-validation over documents.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, product
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from quality.corpus import CHOOSING, shared, with_words

from tadmor.datamodel.claims import KINDS, Claim, kind_of
from tadmor.datamodel.documents import Document
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.sources import load_sources
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.decisions import (
    BY_NETWORK,
    BY_RULES,
    Decisions,
    Evidence,
    Sureness,
    load_decisions,
    odds,
)
from tadmor.extraction.learned.labels import ATTRIBUTES, ROLES
from tadmor.extraction.learned.network import load_network
from tadmor.extraction.learned.reader import Proposed, proposed
from tadmor.extraction.rules import RuleReader
from tadmor.grounding import Grounder
from tadmor.views.exports import claim_row
from training import marked

MODEL = Path(__file__).parents[1] / "src" / "tadmor" / "extraction" / "learned" / "model"
_WHOSE = (BY_RULES, BY_NETWORK)
#: Probabilities from which the network is believed against the rules that are tried, and one that is never reached.
_TRIED, _NEVER = (0.5, 0.65, 0.8, 0.9), 2.0
#: A gap is filled where somebody is likelier than nobody; not tried, since what is right counts few of these fields.
_LIKELIER = 0.5
_FOLDS, _BINS = 5, 10
#: How strongly the weights of a regression are held near 0: one claim's worth.
_RIDGE = 1.0
_SAID = re.compile(r'^  said \{"number": (\d+)')


class Text(NamedTuple):
    """A marked document: its file, the rows of its marks as the scorer reads them, and the document."""

    path: Path
    rows: Sequence[dict[str, Any]]
    document: Document


class Judged(NamedTuple):
    """A claim that may be made, in which text, and what the scorer says of it."""

    text: str
    one: Proposed
    told: bool
    right: bool


def main() -> int:
    """Choose, write, and print how well it does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the calibration of what ships; choose nothing")
    check = parser.parse_args().check
    data = shared("gold/dev", "gold/score_claims.py")
    if data is None:
        print("training.tune needs the reference data (../shared or TADMOR_SHARED)")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        texts = list(_texts(data, Path(scratch)))
        scorer, found = Scorer(data, texts), list(_found(texts))
        if check:
            judged = scorer.judged(found, load_decisions())
        else:
            decisions, judged = chosen(found, scorer)
            (MODEL / "decisions.json").write_bytes(
                msgspec.json.format(msgspec.json.encode(decisions), indent=1) + b"\n"
            )
            for what in ("least", "change", "point", "fill"):
                print(f"{what}: {getattr(decisions, what)}")
    for name, error in calibration(judged).items():
        print(f"calibration error of {name}, by cross-validation: {error:.3f}")
    return 0


def _texts(data: Path, scratch: Path) -> Iterator[Text]:
    """The texts that choose, each file once in `scratch`."""
    for one in (*marked.gold(data, "dev"), *marked.own(CHOOSING)):
        path = scratch / one.name
        path.write_text(one.document.raw, encoding="utf-8")
        rows = [_plain(mark.row, one) for mark in one.marks]
        yield Text(path, rows, one.document)


def _plain(row: marked.Row, one: marked.Marked) -> dict[str, Any]:
    """A mark as the scorer reads it."""
    return dict(row) if "text" in row else with_words(row, one.document.raw)


class Scorer:
    """The scorer of the gold set on some texts."""

    def __init__(self, data: Path, texts: Sequence[Text]) -> None:
        self._script = data / "gold" / "score_claims.py"
        self._folder = texts[0].path.parent
        self._texts = texts
        self._grounder = Grounder(open_gazetteer(), load_actors(), load_sources())
        (self._folder / "gold.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for text in texts for row in text.rows), encoding="utf-8"
        )

    def judged(self, found: Sequence[tuple[Text, Proposed]], decisions: Decisions) -> list[Judged]:
        """What the scorer says of each claim, settled: found at all, and right."""
        rows = list(self._rows(found, decisions))
        extra, wrong = (self._listed(rows, what) for what in ("extra", "wrong"))
        return [
            Judged(text.path.name, one, number not in extra, number not in extra and number not in wrong)
            for number, (text, one) in enumerate(found)
        ]

    def _rows(self, found: Sequence[tuple[Text, Proposed]], decisions: Decisions) -> Iterator[dict[str, Any]]:
        number = 0
        for _, group in groupby(found, key=lambda pair: pair[0].document.id):
            pairs = list(group)
            document = pairs[0][0].document
            for grounded in self._grounder.ground(document, [one.settled(decisions) for _, one in pairs]):
                yield {"number": number, **claim_row(grounded, document), "doc": pairs[0][0].path.name}
                number += 1

    def _listed(self, rows: Iterable[dict[str, Any]], what: str) -> set[int]:
        """The numbers of the claims that the scorer lists under a heading."""
        claims = self._folder / "claims.jsonl"
        claims.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        call = [sys.executable, str(self._script), "--gold", str(self._folder / "gold.jsonl"), "--show", what]
        call += ["--texts", str(self._folder), "--claims", str(claims)]
        done = subprocess.run(call, capture_output=True, text=True, check=True)  # noqa: S603  # the scorer of the marks
        return {int(hit[1]) for line in done.stdout.splitlines() if (hit := _SAID.match(line)) is not None}


def _found(texts: Sequence[Text]) -> Iterator[tuple[Text, Proposed]]:
    """All claims that may be made of some texts."""
    rules, network = RuleReader(), load_network()
    for text in texts:
        yield from ((text, one) for one in proposed(Reading(text.document), rules, network))


def chosen(found: Sequence[tuple[Text, Proposed]], scorer: Scorer) -> tuple[Decisions, list[Judged]]:
    """The best decisions found, one after the other, and the claims as they are settled by them."""
    best = dict.fromkeys([*product(("change",), ATTRIBUTES), *product(("point",), ROLES)], _NEVER)
    judged = scorer.judged(found, _undecided(best))
    rights = sum(one.right for one in judged)
    for name in tuple(best):
        for least in reversed(_TRIED):
            tried = {**best, name: least}
            again = scorer.judged(found, _undecided(tried))
            if (count := sum(one.right for one in again)) > rights:
                best, judged, rights = tried, again, count
    return _decisions(best, judged), judged


def _undecided(least: Mapping[tuple[str, str], float]) -> Decisions:
    """Decisions that only say when the network is believed against the rules."""
    by: dict[str, dict[str, float]] = {"change": {}, "point": {}, "fill": dict.fromkeys(ROLES, _LIKELIER)}
    for (what, name), value in least.items():
        by[what][name] = value
    return Decisions(told={}, right={}, least={}, **by)


def _decisions(least: Mapping[tuple[str, str], float], judged: Sequence[Judged]) -> Decisions:
    told = {whose: fitted([one for one in judged if one.one.by == whose], "told") for whose in _WHOSE}
    right = {whose: fitted([one for one in judged if one.one.by == whose], "right") for whose in _WHOSE}
    cuts = {kind: _cut([one for one in judged if kind_of(one.one.claim) == kind], told) for kind in KINDS}
    return msgspec.structs.replace(_undecided(least), told=told, right=right, least=cuts)


def _cut(judged: Sequence[Judged], told: dict[str, Sureness]) -> float:
    """Half of the best expected F1: below it a claim costs more than it brings."""
    chances = sorted((sureness(one, told) for one in judged), reverse=True)
    marked_ones = sum(chances)  # those that nothing proposes cannot be found at any cut
    found, best = 0.0, 0.0
    for number, chance in enumerate(chances, 1):
        found += chance
        best = max(best, 2 * found / (number + marked_ones))
    return round(best / 2, 3)


def sureness(one: Judged, by: dict[str, Sureness]) -> float:
    """The probability that regressions give to a claim."""
    evidence = one.one.evidence
    return by[one.one.by].of(kind_of(one.one.claim), evidence) if evidence is not None else 1.0


def fitted(judged: Sequence[Judged], what: str) -> Sureness:
    """The regression of what the scorer says of some claims on their evidence."""
    read = [one for one in judged if one.one.evidence is not None]
    design = np.array([_features(one.one.claim, one.one.evidence) for one in read if one.one.evidence is not None])
    wanted = np.array([float(getattr(one, what)) for one in read])
    weights = _logistic(design, wanted)
    shared_weights = dict(zip(("mean", "peak", "place", "value"), weights[len(KINDS) :].round(4).tolist(), strict=True))
    return Sureness(constant=dict(zip(KINDS, weights[: len(KINDS)].round(4).tolist(), strict=True)), **shared_weights)


def _features(claim: Claim, evidence: Evidence) -> list[float]:
    return [float(kind_of(claim) == kind) for kind in KINDS] + [odds(value) for value in evidence]


def _logistic(design: Any, wanted: Any) -> Any:
    """Weights of a logistic regression with a small ridge, by Newton's method."""
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - wanted) + _RIDGE * weights
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + _RIDGE * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def calibration(judged: Sequence[Judged]) -> dict[str, float]:
    """The expected calibration error of both regressions, each fold's claims judged by a fit to the others'."""
    names = sorted({one.text for one in judged})
    out: dict[str, float] = {}
    for what in ("told", "right"):
        pairs: list[tuple[float, float]] = []
        for fold in range(_FOLDS):
            mine = set(names[fold::_FOLDS])
            others = [one for one in judged if one.text not in mine]
            by = {whose: fitted([one for one in others if one.one.by == whose], what) for whose in _WHOSE}
            pairs += [(sureness(one, by), float(getattr(one, what))) for one in judged if one.text in mine]
        out[what] = _error(pairs)
    return out


def _error(pairs: Sequence[tuple[float, float]]) -> float:
    """Mean distance of what is said from what is so, over ten bins of what is said."""
    bins: dict[int, list[tuple[float, float]]] = {}
    for said, so in pairs:
        bins.setdefault(min(int(said * _BINS), _BINS - 1), []).append((said, so))
    apart = (abs(sum(said - so for said, so in each)) for each in bins.values())
    return sum(apart) / len(pairs)


if __name__ == "__main__":
    sys.exit(main())
