"""Who speaks in a set of claims, through whom, for which side; and how each fared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tadmor.datamodel.findings import Copying, Standing
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source
from tadmor.dictionaries.names import fold
from tadmor.errors import UsageError

#: What the interest of words is called.
INTERESTS = {-1: "for its own side", 0: "", 1: "against its own side"}


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """One origin: how many claims it makes, and the outlets that carry them."""

    id: str
    name: str
    kind: str
    sides: tuple[str, ...]
    claims: int
    through: tuple[str, ...]
    standings: tuple[Standing, ...] = ()
    repeats: Copying | None = None


def speaking(
    claims: Sequence[GroundedClaim], standings: Iterable[Standing] = (), copying: Iterable[Copying] = ()
) -> tuple[Speaking, ...]:
    """Every origin, the one with most claims first, each with how it fared and whom it repeats."""
    repeats = {one.copier: one for one in copying}
    counts = Counter(claim.origin.id for claim in claims)
    origins = {claim.origin.id: claim.origin for claim in claims}
    through: dict[str, set[str]] = {}
    for claim in claims:
        if len(claim.voices) > 1:
            through.setdefault(claim.origin.id, set()).add(claim.publisher.name)
    fared = _by_origin(origins, standings)
    return tuple(
        Speaking(
            id=key,
            name=origins[key].name,
            kind=origins[key].kind.value,
            sides=origins[key].sides,
            claims=count,
            through=tuple(sorted(through.get(key, ()))),
            standings=tuple(fared.get(key, ())),
            repeats=repeats.get(key),
        )
        for key, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    )


def _by_origin(origins: Mapping[str, Source], standings: Iterable[Standing]) -> Mapping[str, Sequence[Standing]]:
    """The standings of voices that are sources of their own; what nobody named says has none."""
    owned = defaultdict[str, list[str]](list)
    for key, source in origins.items():
        owned[source.owner or key].append(key)
    found = defaultdict[str, list[Standing]](list)
    for one in standings:
        for key in {one.voice, *owned.get(one.voice, ())} & origins.keys():
            found[key].append(one)
    return found


def named(name: str, found: Sequence[Speaking]) -> Speaking:
    """The source of a name or id.

    Raises:
        UsageError: no source of the case has it; the message names the closest.
    """
    key = fold(name)
    exact = [one for one in found if name == one.id or key == fold(one.name)]
    if exact:
        return exact[0]
    from rapidfuzz import process  # noqa: PLC0415 - only where a name is misspelt

    close = process.extract(name, sorted({one.name for one in found}), limit=3, score_cutoff=60)
    hint = f"did you mean {', '.join(one[0] for one in close)}?" if close else "see `tadmor sources` for those it has"
    message = f"nobody called {name!r} speaks in the case; {hint}"
    raise UsageError(message)


def fared_in_words(one: Standing) -> str:
    """How a source fared, in few words: "B: right 86 % (81 to 90), 12 of 14 words on control borne out"."""
    interest = f" {INTERESTS[one.interest]}" if one.interest else ""
    return (
        f"{one.grade}  right {one.right:.0%} ({one.low:.0%} to {one.high:.0%}) on {one.about}{interest}: "
        f"others bear out {one.agreed:.1f} of {one.compared:.1f} words"
    )
