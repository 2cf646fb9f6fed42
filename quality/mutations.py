"""Random single changes of cases and of bundles: is each found? And does what is untouched raise no alarm?

    python -m quality.mutations [--changes 2000] [--untouched 200] [--seed 0] [--json]

Half of the changes are done to copies of a small invented case, behind tadmor's back, and looked for as `tadmor verify`
does; half to bundles of it (of findings, of places, whole), and looked for by the stand-alone verifier as it lies in
them. A change that leaves the bytes as they were is drawn again. What is not found is told, with what was done.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from quality import mutated_bundles, mutated_cases
from quality.invented_reports import case_of
from tadmor import pipeline
from tadmor.datamodel.issues import Severity
from tadmor.ledger import Ledger
from tadmor.views.bundling.bundle import write
from tadmor.views.bundling.chosen import every, id_of
from tadmor.views.bundling.verifier import standalone

#: Documents of a case that changes are done to: each table has rows, and a check takes a tenth of a second.
_DOCUMENTS = 8


class Result(NamedTuple):
    """What was done, where, and whether it was found."""

    target: str
    kind: str
    what: str
    found: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=2000)
    parser.add_argument("--untouched", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        results = list(changes(Path(passing) / "changed", asked.changes, asked.seed))
        alarms = list(false_alarms(Path(passing) / "untouched", asked.untouched, asked.seed))
    missed = [one for one in results if not one.found]
    told = {
        "changes": len(results),
        "found": len(results) - len(missed),
        "untouched": asked.untouched,
        "alarms": alarms,
    }
    if asked.json:
        print(json.dumps(told | {"kinds": _by_kind(results), "missed": [one._asdict() for one in missed]}, indent=1))
    else:
        for name, (count, found) in sorted(_by_kind(results).items()):
            print(f"{name:40} {found:5} of {count:5}")
        print(f"changes found: {told['found']} of {told['changes']}")
        print(f"false alarms on {asked.untouched} untouched bundles: {len(alarms)}")
        for one in missed:
            print(f"not found: {one.target}, {one.kind}: {one.what}")
    sys.exit(1 if missed or alarms else 0)


def _by_kind(results: list[Result]) -> dict[str, tuple[int, int]]:
    every_one = Counter(f"{one.target}: {one.kind}" for one in results)
    found = Counter(f"{one.target}: {one.kind}" for one in results if one.found)
    return {name: (count, found[name]) for name, count in every_one.items()}


def changes(scratch: Path, count: int, seed: int) -> Iterator[Result]:
    """So many changes, in turn of a case and of a bundle."""
    case = made_case(scratch / "case", seed)
    bundles = [path.read_bytes() for path in some_bundles(case, scratch, 6, seed)]
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")  # noqa: S311 - nothing secret
        yield changed_bundle(draw, bundles, scratch) if number % 2 else changed_case(draw, case, scratch)


def changed_case(draw: random.Random, case: Path, scratch: Path) -> Result:
    """One change to a copy of the case, looked for as `tadmor verify` does."""
    copy = scratch / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(case, copy)
    kind = draw.choice(list(mutated_cases.KINDS))
    what = mutated_cases.changed(kind, draw, copy)
    with Ledger.open(copy) as ledger:
        found = any(issue.severity is Severity.ERROR for issue in ledger.verify())
    return Result("case", kind, what, found)


def changed_bundle(draw: random.Random, bundles: list[bytes], scratch: Path) -> Result:
    """One change to a bundle, looked for by the verifier."""
    whole = draw.choice(bundles)
    kind = draw.choice(list(mutated_bundles.KINDS))
    what, data = mutated_bundles.changed(kind, draw, whole)
    path = scratch / "changed.zip"
    path.write_bytes(data)
    return Result("bundle", kind, what, bool(alarms_of(path)))


def false_alarms(scratch: Path, count: int, seed: int) -> Iterator[str]:
    """What the verifier says of so many bundles that nobody touched; it should say nothing."""
    for number in range(-(-count // 40)):
        case = made_case(scratch / f"case-{number}", seed + 1 + number)
        for path in some_bundles(case, scratch, min(40, count - 40 * number), seed + number):
            yield from (f"{path.name}: {line}" for line in alarms_of(path))


def made_case(folder: Path, seed: int) -> Path:
    """A small case with something in each table."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return case_of(folder, _DOCUMENTS, seed, beside=folder.parent / "authority")


def some_bundles(case: Path, scratch: Path, count: int, seed: int) -> list[Path]:
    """The whole case, some of its places, then findings of every kind, one bundle each."""
    with Ledger.open(case) as ledger:
        record, claims = pipeline.record(ledger)
        places = sorted({claim.place.name for claim in claims if claim.place is not None})
        findings = sorted(map(id_of, every(record)))
        random.Random(seed).shuffle(findings)  # noqa: S311 - nothing secret
        asked: list[str | None] = [None, *places[: max(1, count // 8)], *findings]
        paths = [scratch / f"{case.name}-{number}.zip" for number in range(min(count, len(asked)))]
        for what, path in zip(asked, paths, strict=False):
            write(what, ledger, path)
    return paths


def alarms_of(path: Path) -> list[str]:
    """What the verifier finds that does not hold."""
    lines: list[str] = verifier().found_in(path)[2]
    return lines


@cache
def verifier() -> ModuleType:
    """The stand-alone verifier, from the bytes that go into bundles."""
    module = ModuleType("verify")
    sys.modules["verify"] = module
    exec(compile(standalone(), "verify.py", "exec"), module.__dict__)  # noqa: S102 - the project's own
    return module


if __name__ == "__main__":
    main()
