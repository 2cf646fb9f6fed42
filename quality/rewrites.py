"""Rewrites of an outlet among the reports of a case: how far they move the record, and whether they are named.

    python -m quality.rewrites [--case DIR] [--outlets 3] [--numbers 1,5,20] [--json | --markdown]

Reads `corpora/war-articles` and `corpora/fa-kes/articles` of the reference data into one case (some minutes; `--case`
names a folder to keep it in and to take it from the next time). To the claims of control and tolls are added, for each
of the outlets with most claims of control in turn, 1, 5 and 20 outlets that tell in other words, 1 to 5 days later and
without naming it, all that it tells, 2 in 100 of the holders another one of the case and 2 in 100 of the numbers
another, at random. `moved` is the mean absolute change of the chance of whoever was the likeliest holder without them,
over the places and days of which the outlet tells; `unnamed` the same if no voice is known to repeat another; `named`
the share of rewrites that are told to repeat the outlet or another rewrite; `falsely` the other voices that are told to
repeat one. Skipped, saying so, where the data are missing.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import mean
from typing import Any

from msgspec.structs import replace

from quality.reports import case_of_reports, case_parser
from tadmor.datamodel.claims import ControlClaim, TollClaim
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Source
from tadmor.datamodel.times import Interval, When
from tadmor.record import footing_of
from tadmor.record.control import PlaceModel, models, probabilities
from tadmor.record.footing import Footing
from tadmor.record.independence import Voices
from tadmor.record.states import PlaceState

_LAGS, _WRONG, _SEED = 5, 0.02, 6


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = case_parser("rewrites", __doc__)
    parser.add_argument("--outlets", type=int, default=3, metavar="N", help="how many outlets, one after the other")
    parser.add_argument("--numbers", default="1,5,20", metavar="N,...", help="how many rewrites at once")
    asked = parser.parse_args(words)
    with case_of_reports("rewrites", asked.case) as ledger:
        if ledger is not None:
            told = [claim for claim in ledger.claims() if isinstance(claim.claim, ControlClaim | TollClaim)]
            found = measured(told, asked.outlets, [int(number) for number in asked.numbers.split(",")])
            print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1))
    return 0


def measured(claims: Sequence[GroundedClaim], outlets: int, numbers: Sequence[int]) -> dict[str, Any]:
    """Each number of rewrites of each outlet."""
    without = footing_of(claims)
    told = Counter(claim.publisher for claim in claims if claim.kind == "control")
    return {
        "claims": len(claims),
        "named_without_any": [f"{one.copier} repeats {one.origin}" for one in without.echoes],
        "rows": [
            _tried(outlet, number, claims, without)
            for outlet, _ in sorted(told.items(), key=lambda item: (-item[1], item[0].id))[:outlets]
            for number in numbers
        ],
    }


def _tried(outlet: Source, number: int, claims: Sequence[GroundedClaim], without: Footing) -> dict[str, Any]:
    own = [claim for claim in claims if claim.publisher == outlet]
    places = {claim.place.id for claim in own if claim.kind == "control" and claim.place is not None}
    before = _chances(without, without.voices, places)
    asked = {at: max(table.items(), key=lambda item: (item[1], item[0])) for at, table in before.items()}
    dice = random.Random(_SEED)  # noqa: S311  # changes to be made again, no secret
    added = [claim for which in range(number) for claim in rewritten(own, which, dice, claims)]
    footing = footing_of([*claims, *added])
    ours = {f"rewrite{which}" for which in range(number)}
    named = [one for one in footing.echoes if one.copier in ours and one.origin in {outlet.id, *ours}]
    return {
        "outlet": outlet.name,
        "claims": len(own),
        "rewrites": number,
        "place_days": len(asked),
        "moved": _moved(asked, _chances(footing, footing.voices, places)),
        "unnamed": _moved(asked, _chances(footing, Voices(footing.used), places)),
        "named": len(named) / number,
        "falsely": sum(one.copier not in ours for one in footing.echoes),
    }


def rewritten(
    own: Sequence[GroundedClaim], which: int, dice: random.Random, claims: Sequence[GroundedClaim]
) -> Iterator[GroundedClaim]:
    """What one rewrite tells: the same in other words some days later, a little of it wrong."""
    lag, source = timedelta(days=dice.randint(1, _LAGS)), replace(own[0].publisher, id=f"rewrite{which}", owner=None)
    holders = [claim.actors["holder"] for claim in claims if "holder" in claim.actors]
    for claim in own:
        said = replace(
            claim.claim,
            document=f"{which}/{claim.claim.document}",
            quote=f"{which}: {claim.claim.quote}",
            attribution=(),
        )
        actors = dict(claim.actors)
        if isinstance(said, TollClaim) and said.count is not None and dice.random() < _WRONG:
            other = dice.randint(1, 200)
            said = replace(said, count=Quantity(low=other, best=other, high=other))
        if "holder" in actors and dice.random() < _WRONG:
            actors["holder"] = dice.choice(holders)
        yield replace(claim, claim=said, actors=actors, published=_later(claim.published, lag), voices=(source,))


def _later(published: When | None, lag: timedelta) -> When | None:
    if published is None:
        return None
    days = published.interval
    return replace(published, interval=Interval(days.start + lag, days.end + lag))


def _chances(footing: Footing, voices: Voices, places: set[str]) -> dict[tuple[str, date], dict[PlaceState, float]]:
    """The chances of every state on the days told of, of some places."""
    found: dict[tuple[str, date], dict[PlaceState, float]] = {}
    for model in _models(footing, voices):
        if model.place in places:
            found.update({(model.place, day): probabilities(model, day) for day in model.days})
    return found


def _models(footing: Footing, voices: Voices) -> Iterator[PlaceModel]:
    yield from models(footing.facts, voices, footing.reliability)


def _moved(
    asked: Mapping[tuple[str, date], tuple[PlaceState, float]],
    after: Mapping[tuple[str, date], dict[PlaceState, float]],
) -> float:
    moves = [abs(after[at].get(state, 0.0) - chance) for at, (state, chance) in asked.items() if at in after]
    return round(mean(moves), 4)


def markdown(found: Mapping[str, Any]) -> list[str]:
    """The figures as a table."""
    copiers = ", ".join(found["named_without_any"]) or "nobody"
    return [
        f"{found['claims']} claims of control and tolls. Told to repeat another without any rewrite: {copiers}.",
        "",
        "| outlet | its claims | rewrites | moved | if none is named | named | falsely |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(
            f"| {row['outlet']} | {row['claims']} | {row['rewrites']} | {row['moved']:.3f} | {row['unnamed']:.3f} "
            f"| {row['named']:.2f} | {row['falsely']} |"
            for row in found["rows"]
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
