"""What all findings of a case rest on: which claims count, whose voice each is, and how far each voice is believed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from tadmor.datamodel.documents import Copy
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Judgement
from tadmor.record.casualties import Tally, tallies_of
from tadmor.record.control import models
from tadmor.record.echoes import Echo, echoes
from tadmor.record.fared import Fared, Lesson, fared
from tadmor.record.fared.counts import in_counts
from tadmor.record.fared.holders import in_holders
from tadmor.record.independence import Voices
from tadmor.record.interests import Enemies, enemies_of
from tadmor.record.judged import Judged, of_victims
from tadmor.record.matching import Told, told_of
from tadmor.record.memory import Memory, key_of, keys_of
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
    unaided: Fared | None  # how the voices would have fared if no person had graded a source; `None`: nobody did
    reliability: Reliability
    enemies: Enemies
    keys: Mapping[str, bytes]  # digests of what is said and understood in the claims used, by id
    memory: Memory


class _Taught(NamedTuple):
    """A lesson, its claim given by id."""

    claim: str
    voice: str
    stake: int
    chance: float
    blind: float
    sure: float
    share: float


class _Learned(msgspec.Struct, frozen=True):
    """What a case teaches of those who speak: who repeats whom, and what each word says of its voice.

    `taken` are claims that are others' than they seem, by id, each with whose; `again` those of them that tell nothing
    new.
    """

    echoes: tuple[Echo, ...]
    taken: dict[str, str]
    again: tuple[str, ...]
    lessons: tuple[_Taught, ...]


def footing_of(
    claims: Iterable[GroundedClaim],
    *,
    copies: Sequence[Copy] = (),
    judgements: Sequence[Judgement] = (),
    as_of: date | None = None,
    prior: Prior | None = None,
    memory: Memory | None = None,
    tallied: bool = True,
) -> Footing:
    """What a case's findings are reckoned with; the arguments are those of `conclude`.

    Without `tallied` there are no tallies on it where what they teach is remembered: who held a place asks for none.
    """
    memory, chosen = memory or Memory(), prior
    known = {claim.id: claim for claim in claims if as_of is None or claim.known_by(as_of)}
    used = [known[key] for key in sorted(known) if known[key].claim.score >= MISREAD]
    facts, told, keys = [claim for claim in used if is_fact(claim)], told_of(used), keys_of(used)
    heard, key = Voices(used, copies), key_of(list(keys.values()), copies, judgements, as_of)
    learned = _recalled(memory, key) if prior is None else None
    victims = tuple(of_victims(judgements, told))
    tallies = tallies_of(told, copies, victims, memory=memory, keys=keys) if tallied or learned is None else []
    if learned is None:
        learned = _learned(facts, tallies, heard, prior or default_prior(), as_of)
        if prior is None:
            memory.keep("learned", key, msgspec.msgpack.encode(learned))
    prior, voices = prior or default_prior(), heard.taking(learned.taken, frozenset(learned.again))
    how = fared([Lesson(known[one.claim], *one[1:]) for one in learned.lessons], prior, voices)
    enemies = enemies_of(facts, voices)
    return Footing(
        as_of=as_of,
        known=known,
        used=tuple(used),
        facts=tuple(facts),
        voices=voices,
        echoes=learned.echoes,
        told=tuple(told),
        tallies=tuple(tallies),
        judged=Judged(judgements),
        prior=prior,
        fared=how,
        unaided=_unaided(known.values(), copies, judgements, as_of, chosen, memory),
        reliability=Reliability(prior, enemies, how),
        enemies=enemies,
        keys=keys,
        memory=memory,
    )


def _unaided(
    known: Iterable[GroundedClaim],
    copies: Sequence[Copy],
    judgements: Sequence[Judgement],
    as_of: date | None,
    prior: Prior | None,
    memory: Memory,
) -> Fared | None:
    """How the voices would have fared without the grades that persons gave: all is learned anew without them."""
    claims = list(known)
    if all(claim.grade is None for claim in claims):
        return None
    plain = [msgspec.structs.replace(claim, grade=None) for claim in claims]
    found = footing_of(
        plain, copies=copies, judgements=judgements, as_of=as_of, prior=prior, memory=memory, tallied=False
    )
    return found.fared


def _recalled(memory: Memory, key: bytes) -> _Learned | None:
    found = memory.recall("learned", key)
    return msgspec.msgpack.decode(found, type=_Learned) if found is not None else None


def _learned(
    facts: Sequence[GroundedClaim], tallies: Sequence[Tally], heard: Voices, prior: Prior, as_of: date | None
) -> _Learned:
    """What claims of fact teach, `heard` being who speaks in each as far as words and attribution tell."""
    echoing = echoes(facts, tallies, heard)
    voices = heard.taking(echoing.taken, echoing.again)
    first = Reliability(prior, enemies_of(facts, voices))
    taught = in_holders(models(facts, voices, first, as_of), prior, voices) + in_counts(tallies, voices, first)
    lessons = tuple(_Taught(one.claim.id, *one[1:]) for one in taught)
    return _Learned(echoing.found, dict(echoing.taken), tuple(sorted(echoing.again)), lessons)
