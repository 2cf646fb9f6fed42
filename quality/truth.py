"""Which value is true, when unequal sources tell different ones: tadmor's method beside its peers on the classic sets.

    python -m quality.truth DIR

DIR has the folders `population/data`, `books` and `d-product`. Prints JSON: for each set what is measured, the score of
each method on the one file, all in this run, and the figure published for it. `voting` is what most tell, of equals the
lower figure or the shorter list; methods marked `prepared` see the population set as the published figures were made:
figures that lie far from TruthFinder's taken out and the rest made standard (Zhao and Han 2012).
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from quality import peers
from quality.truth_sets import Books, Names, Populations, Products, books, populations, products
from tadmor.record.estimation import labels, numbers, sets
from tadmor.record.estimation.engine import Floats, Ints

#: As published for these sets; where they were measured is in `docs/decisions/0012-values-from-unequal-sources.md`.
_PUBLISHED = {
    "population": {"catd": 0.142, "crh": 0.168, "truthfinder": 0.172, "voting": 0.526},
    "books": {"truthfinder": 0.95},
    "d_product": {"dawid_skene": 93.66, "voting": 89.66, "zencrowd": 92.8},
}
#: How far a figure may be from the right one.
_NEAR = 0.01
#: From how far off TruthFinder's figure a figure is left out: as a share of it, and in standard deviations.
_FAR, _DEVIATIONS = 0.91, 2.5


class _Facts(NamedTuple):
    """The distinct values told of each question, and which one each claim tells."""

    items: Ints
    of_claim: Ints


def of_populations(given: Populations) -> dict[str, float]:
    """The share of towns whose population is off by more than a hundredth, by method."""
    told, figures = given.told, given.figures
    unique, of_claim = np.unique(np.stack([told.asked.astype(float), figures], axis=1), axis=0, return_inverse=True)
    facts, values = _Facts(unique[:, 0].astype(np.int64), of_claim.ravel()), unique[:, 1]
    count, everyone = len(values), np.ones(len(figures))
    found = values[peers.best(facts.items, _truthfinder_of_figures(given, facts, values))]
    asked, sources, standard, spread = _prepared(given, found)
    known = {
        "tadmor": numbers(told.asked, told.sources, figures, kinds=told.kinds).best(),
        "tadmor, sources of one kind": numbers(told.asked, told.sources, figures).best(),
        "voting": values[peers.best(facts.items, peers.votes(facts.of_claim, count), -values)],
        "mean": peers.weighted_mean(told.asked, figures, everyone),
        "median": peers.weighted_middle(told.asked, figures, everyone),
        "truthfinder": found,
        "zencrowd": values[
            peers.best(facts.items, peers.zencrowd(facts.of_claim, told.sources, told.asked, facts.items), -values)
        ],
        "crh": peers.crh(told.asked, told.sources, figures),
        "catd": peers.catd(told.asked, told.sources, figures),
        "catd, weighted median": peers.catd(told.asked, told.sources, figures, peers.weighted_middle),
        "mean, prepared": found + spread * peers.weighted_mean(asked, standard, np.ones(len(asked))),
        "crh, prepared": found + spread * peers.crh(asked, sources, standard),
        "catd, prepared": found + spread * peers.catd(asked, sources, standard),
        "catd, prepared, weighted median": found + spread * peers.catd(asked, sources, standard, peers.weighted_middle),
    }
    return {name: _off(given.true, estimate) for name, estimate in known.items()}


def _off(true: Mapping[int, float], found: Floats) -> float:
    return float(np.mean([abs(found[item] - right) > _NEAR * right for item, right in true.items()]))


def _truthfinder_of_figures(given: Populations, facts: _Facts, values: Floats) -> Floats:
    """A figure implies another as far as the smaller is of the larger, less the paper's base similarity."""
    giving, towards = _others(facts.items)
    large = np.maximum(np.maximum(values[giving], values[towards]), 1)
    implied = np.minimum(values[giving], values[towards]) / large - 0.5
    return peers.truthfinder(facts.of_claim, given.told.sources, (giving, towards, implied), len(values))


def _others(items: Ints) -> tuple[Ints, Ints]:
    """Each candidate with each other of its question."""
    pairs = [
        (one, other)
        for group in np.split(np.arange(len(items)), np.flatnonzero(np.diff(items)) + 1)
        for one in group
        for other in group
        if one != other
    ]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _prepared(given: Populations, middle: Floats) -> tuple[Ints, Ints, Floats, Floats]:
    """Question, source and standard figure of the claims that are kept, and each question's standard deviation."""
    asked, figures = given.told.asked, given.figures
    kept = np.abs(figures - middle[asked]) <= _FAR * middle[asked]
    while True:
        count = np.maximum(np.bincount(asked[kept], minlength=len(middle)), 1)
        mean = np.bincount(asked[kept], figures[kept], len(middle)) / count
        error = (figures[kept] - mean[asked[kept]]) ** 2
        spread = np.sqrt(np.bincount(asked[kept], error, len(middle)) / count)
        far = kept & (np.abs(figures - middle[asked]) > _DEVIATIONS * spread[asked]) & (spread[asked] > 0)
        if not far.any():
            break
        kept &= ~far
    spread = np.where(spread > 0, spread, 1.0)
    standard = (figures - middle[asked]) / spread[asked]
    return asked[kept], given.told.sources[kept], standard[kept], spread


def of_books(given: Books) -> dict[str, dict[str, float]]:
    """The share of books with exactly the right authors, and the share of authors shared, by method."""
    told = given.told
    unique = sorted(
        {(int(item), names) for item, names in zip(told.asked, given.names, strict=True)},
        key=lambda one: (one[0], len(one[1]), sorted(one[1])),
    )
    index = {fact: number for number, fact in enumerate(unique)}
    facts = _Facts(
        np.array([item for item, _ in unique]),
        np.array([index[int(item), names] for item, names in zip(told.asked, given.names, strict=True)]),
    )
    giving, towards = _others(facts.items)
    pairs = zip(giving, towards, strict=True)
    # the paper: a list implies another as far as it holds the other's names, less the base similarity
    implied = np.array([len(unique[one][1] & unique[two][1]) / len(unique[one][1]) - 0.5 for one, two in pairs])
    scores = {
        "voting": peers.votes(facts.of_claim, len(unique)),
        "truthfinder": peers.truthfinder(facts.of_claim, told.sources, (giving, towards, implied), len(unique)),
        "zencrowd": peers.zencrowd(facts.of_claim, told.sources, told.asked, facts.items),
        "crh": peers.voted(facts.of_claim, told.sources, told.asked, facts.items, confident=False),
        "catd": peers.voted(facts.of_claim, told.sources, told.asked, facts.items, confident=True),
    }
    known = {name: [unique[one][1] for one in peers.best(facts.items, score)] for name, score in scores.items()}
    known["tadmor"] = [frozenset(map(str, names)) for names in sets(told.asked, told.sources, given.names).best()]
    known["dawid_skene, name by name"] = _name_by_name(given)
    return {name: _shared(given.true, found) for name, found in known.items()}


def _name_by_name(given: Books) -> list[Names]:
    """Dawid and Skene on the question, of each name told of a book, whether it is an author's."""
    named: dict[int, set[str]] = {}
    for item, names in zip(given.told.asked, given.names, strict=True):
        named.setdefault(int(item), set()).update(names)
    slots = {
        slot: number
        for number, slot in enumerate((item, name) for item in sorted(named) for name in sorted(named[item]))
    }
    rows = [
        (slots[int(item), name], source, int(name in names))
        for item, source, names in zip(given.told.asked, given.told.sources, given.names, strict=True)
        for name in named[int(item)]
    ]
    item, source, said = np.array(rows).T
    chance = peers.dawid_skene(item, source, said)[:, 1]
    return [
        frozenset(name for name in named[book] if chance[slots[book, name]] > 0.5)
        or frozenset({max(named[book], key=lambda name: (chance[slots[book, name]], name))})
        for book in sorted(named)
    ]


def _shared(true: Mapping[int, Names], found: list[Names]) -> dict[str, float]:
    exact = np.mean([found[item] == names for item, names in true.items()])
    shared = np.mean([len(found[item] & names) / len(found[item] | names) for item, names in true.items()])
    return {"exact": float(exact), "shared": round(float(shared), 4)}


def of_products(given: Products) -> dict[str, float]:
    """Percent of questions answered rightly, by method."""
    told, answers, true = given.told, given.answers, given.true
    items = np.repeat(np.arange(len(true)), 2)
    facts = told.asked * 2 + answers
    found = {
        "tadmor": labels(told.asked, told.sources, answers).probability,
        "voting": peers.votes(facts, len(items)),
        "dawid_skene": peers.dawid_skene(told.asked, told.sources, answers, 200).ravel(),
        "dawid_skene, 20 rounds": peers.dawid_skene(told.asked, told.sources, answers, 20).ravel(),
        "zencrowd": peers.zencrowd(facts, told.sources, told.asked, items),
        "crh": peers.voted(facts, told.sources, told.asked, items, confident=False),
        "catd": peers.voted(facts, told.sources, told.asked, items, confident=True),
    }
    return {name: round(100 * float(np.mean(peers.best(items, score) % 2 == true)), 3) for name, score in found.items()}


def speed(given: Products) -> dict[str, Any]:
    """Seconds a round of Dawid and Skene's method: tadmor's, and crowd-kit's where it is installed."""
    told, rounds = given.told, 50
    started = perf_counter()
    done = labels(told.asked, told.sources, given.answers).rounds
    own = (perf_counter() - started) / done
    try:
        from crowdkit.aggregation import DawidSkene  # noqa: PLC0415 - measured against, not needed
        from pandas import DataFrame  # noqa: PLC0415
    except ImportError:
        return {"tadmor": round(own, 6), "crowd-kit": None, "why": "crowd-kit is not installed"}
    answers = DataFrame({"task": told.asked, "worker": told.sources, "label": given.answers})
    started = perf_counter()
    DawidSkene(n_iter=rounds, tol=0.0).fit_predict(answers)
    other = (perf_counter() - started) / rounds
    return {"tadmor": round(own, 6), "crowd-kit": round(other, 6), "times as fast": round(other / own, 1)}


def measured(folder: Path) -> dict[str, Any]:
    """All three sets."""
    population, book, product = (
        populations(folder / "population"),
        books(folder / "books"),
        products(folder / "d-product"),
    )
    return {
        "population": {
            "claims": len(population.figures),
            "marked": len(population.true),
            "measure": "share of towns off by more than 1 %",
            "error": of_populations(population),
            "published": _PUBLISHED["population"],
        },
        "books": {
            "claims": len(book.names),
            "marked": len(book.true),
            "measure": "share of books with exactly the right last names; names shared, of all named",
            "accuracy": of_books(book),
            "published": _PUBLISHED["books"],
            "lists of one name": round(Counter(len(names) for names in book.names)[1] / len(book.names), 3),
        },
        "d_product": {
            "claims": len(product.answers),
            "marked": len(product.true),
            "measure": "percent of questions answered rightly",
            "accuracy": of_products(product),
            "published": _PUBLISHED["d_product"],
            "seconds a round": speed(product),
        },
    }


def main() -> None:
    """Print the measurements of a folder of sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if not folder.is_dir():
        print(json.dumps({"skipped": f"{folder} is no folder"}))
        return
    print(json.dumps(measured(folder), indent=2))


if __name__ == "__main__":
    main()
