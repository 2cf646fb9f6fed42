"""Does what a case teaches of its sources hold at places that did not teach it?

    python -m quality.fared [--case DIR] [--json | --markdown]

Reads `corpora/war-articles` and `corpora/fa-kes/articles` of the reference data into one case (some minutes; `--case`
names a folder to keep it in and to take it from the next time). The places are halved by a digest of their ids; how
often each voice is right is learned on one half (`record/fared`) and asked on the other, both ways. The figure is the
mean log-likelihood, in nats a word that others can tell of, of the words on who held the places of the other half,
beside a coin, whose figure is 0. Four ways of knowing how often a voice is right are compared on the same words:

    alike     0.75 for everybody
    kinds     the priors that ship with tadmor, by kind of source and interest
    case      the same for all of a kind, as the other half teaches
    voices    each voice's own, as the other half teaches: what the record uses

What others tell is reckoned with the priors, so that no way is asked by its own answers. `kinds` was chosen with these
texts in view: expect less of it elsewhere. Skipped, saying so, where the data are missing.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from typing import Any

from quality.reports import case_of_reports, case_parser
from tadmor.record.control import PlaceModel, models
from tadmor.record.fared import Fared, Lesson, fared
from tadmor.record.fared.holders import in_holders, lessons
from tadmor.record.footing import Footing, footing_of
from tadmor.record.reliability import Reliability, at_first

WAYS = ("alike", "kinds", "case", "voices")
_ALIKE = 0.75


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    asked = case_parser("fared", __doc__).parse_args(words)
    with case_of_reports("fared", asked.case) as ledger:
        if ledger is not None:
            found = measured(footing_of(ledger.claims(), copies=ledger.copies()))
            print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1))
    return 0


def measured(footing: Footing) -> dict[str, Any]:
    """The figures of a case."""
    before = Reliability(footing.prior, footing.enemies)
    every = [
        one for one in models(footing.facts, footing.voices, before) if len({word.voice for word in one.words}) > 1
    ]
    nobody = Fared((), {}, footing.voices)
    sums, compared, asked = dict.fromkeys(WAYS, 0.0), 0.0, 0
    for half in (0, 1):
        teaching, other = ([one for one in every if _half(one) == which] for which in (half, 1 - half))
        taught = in_holders(teaching, footing.prior, footing.voices)
        known = fared(taught, footing.prior, footing.voices)
        for lesson in lessons(other, nobody):
            asked, compared = asked + 1, compared + lesson.weight
            for way, right in _ways(lesson, known, footing).items():
                sums[way] += lesson.share * lesson.sure * log(_likelihood(lesson, right))
    return {
        "places": len(every),
        "words": asked,
        "words_that_others_can_tell_of": round(compared, 1),
        "nats": {way: round(total / compared, 4) for way, total in sums.items()},
        "kinds": list(_kinds(footing)),
    }


def _half(model: PlaceModel) -> int:
    return int(hashlib.sha256(model.place.encode()).hexdigest(), 16) % 2


def _ways(lesson: Lesson, known: Fared, footing: Footing) -> Mapping[str, float]:
    """How often the voice of a word is right, by each way of knowing it."""
    first = at_first(footing.prior, lesson.claim.origin.kind, lesson.stake)
    standing, of_kind = known.standing(lesson.claim, lesson.stake), known.of_kind(lesson.claim, lesson.stake)
    return {
        "alike": _ALIKE,
        "kinds": first,
        "case": of_kind.right if of_kind is not None else first,
        "voices": standing.right if standing is not None else first,
    }


def _likelihood(lesson: Lesson, right: float) -> float:
    """Of a word, by what others tell, beside a coin's."""
    true, false = lesson.chance / lesson.blind, (1 - lesson.chance) / (1 - lesson.blind)
    return right * true + (1 - right) * false


def _kinds(footing: Footing) -> Iterator[dict[str, Any]]:
    """What the whole case teaches of each kind of source."""
    for one in sorted(footing.fared.kinds("control"), key=lambda each: -each.compared):
        yield {
            "kind": one.kind.value,
            "interest": one.stake,
            "compared": round(one.compared, 1),
            "agreed": round(one.agreed, 1),
            "first": round(one.first, 3),
            "right": round(one.right, 3),
        }


def markdown(found: Mapping[str, Any]) -> list[str]:
    """The figures as tables."""
    shown: Callable[[float], str] = "{:.3f}".format
    ways = "alike, 0.75", "by kind, as shipped", "by kind, as learned", "by voice, as learned (the record's)"
    return [
        f"{found['words']} words on {found['places']} places; others tell of {found['words_that_others_can_tell_of']}.",
        "",
        "| how often a voice is right | nats a word |",
        "|---|--:|",
        *(f"| {name} | {shown(found['nats'][way])} |" for name, way in zip(ways, WAYS, strict=True)),
        "",
        "| kind | interest | words compared | borne out | prior | learned |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {row['kind']} | {row['interest']:+d} | {row['compared']} | {row['agreed']} | "
            f"{row['first']:.2f} | {row['right']:.2f} |"
            for row in found["kinds"]
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
