"""What all findings of a case rest on: which claims count, whose voice each is, and how far each voice is believed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tadmor.datamodel.documents import Copy
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Judgement
from tadmor.record.casualties import Tally, tallies_of
from tadmor.record.control import models
from tadmor.record.echoes import Echo, echoes
from tadmor.record.fared import Fared, fared
from tadmor.record.fared.counts import in_counts
from tadmor.record.fared.holders import in_holders
from tadmor.record.independence import Voices
from tadmor.record.interests import Enemies, enemies_of
from tadmor.record.judged import Judged, of_victims
from tadmor.record.matching import Told, told_of
from tadmor.record.memory import Memory, keys_of
from tadmor.record.reliability import MISREAD, Prior, Reliability, default_prior, is_fact


class Footing(NamedTuple):
    """What all findings of a case are reckoned with: its claims, whose voice each is, and how far each is believed."""

    as_of: date | None
    known: Mapping[str, GroundedClaim]  # all that had been said by then, by id
    used: tuple[GroundedClaim, ...]  # those of it that were surely read, in order of id
    facts: tuple[GroundedClaim, ...]
    voices: Voices
    echoes: tuple[Echo, ...]
    told: tuple[Told, ...]
    tallies: tuple[Tally, ...]
    judged: Judged
    prior: Prior
    fared: Fared
    reliability: Reliability
    enemies: Enemies
    keys: Mapping[str, bytes]  # digests of what is said and understood in the claims used, by id
    memory: Memory


def footing_of(
    claims: Iterable[GroundedClaim],
    *,
    copies: Sequence[Copy] = (),
    judgements: Sequence[Judgement] = (),
    as_of: date | None = None,
    prior: Prior | None = None,
    memory: Memory | None = None,
) -> Footing:
    """What a case's findings are reckoned with; the arguments are those of `conclude`."""
    memory = memory or Memory()
    known = {claim.id: claim for claim in claims if as_of is None or claim.known_by(as_of)}
    used = [known[key] for key in sorted(known) if known[key].claim.score >= MISREAD]
    facts, told = [claim for claim in used if is_fact(claim)], told_of(used)
    keys = keys_of(used)
    tallies = tallies_of(told, copies, tuple(of_victims(judgements, told)), memory=memory, keys=keys)
    heard = Voices(used, copies)
    echoing = echoes(facts, tallies, heard)
    voices = heard.taking(echoing.taken)
    prior, enemies = prior or default_prior(), enemies_of(facts, voices)
    first = Reliability(prior, enemies)
    taught = in_holders(models(facts, voices, first, as_of), prior, voices) + in_counts(tallies, voices, first)
    learned = fared(taught, prior, voices)
    return Footing(
        as_of=as_of,
        known=known,
        used=tuple(used),
        facts=tuple(facts),
        voices=voices,
        echoes=echoing.found,
        told=tuple(told),
        tallies=tuple(tallies),
        judged=Judged(judgements),
        prior=prior,
        fared=learned,
        reliability=Reliability(prior, enemies, learned),
        enemies=enemies,
        keys=keys,
        memory=memory,
    )
