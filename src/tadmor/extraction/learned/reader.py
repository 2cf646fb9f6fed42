"""The reader in charge: rules read a document first, then the network reads it again, told what they found.

What the rules say stays where the network has no better word: places that no candidate stands for, numbers, times,
chains of attribution, equipment. The network decides which claims there are, adds those that the rules miss, and tells
attributes and names otherwise where it is surer.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
import numpy as np

from tadmor.datamodel.claims import Claim, Polarity, kind_of
from tadmor.datamodel.documents import Form
from tadmor.datamodel.issues import Issue, Severity
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.decisions import BY_NETWORK, BY_RULES, Decisions, Evidence, load_decisions
from tadmor.extraction.learned.labels import ATTRIBUTES, CHIEF, FIELDS, NUMBER_OF, OF_KIND, ROLES
from tadmor.extraction.learned.making import Chosen, Decided, made, told_otherwise
from tadmor.extraction.learned.network import Array, Network, Read, load_network
from tadmor.extraction.learned.spans import Stretch, inside, stretches
from tadmor.extraction.learned.windows import Candidate, Hint, hint, marked_by_rules, windows
from tadmor.extraction.rules import FINDERS, RuleReader
from tadmor.extraction.tokens import Tag

NAME = "learned/1"
_START = attrgetter("start")
#: Passages less likely to tell something than this are not worth a look. By judgement: one in five.
_WORTH_A_LOOK = 0.2
#: What a name is worth that only a later sentence tells, against one told by then: as a place, as who is meant. Texts
#: go on to say where more exactly, seldom who. Of 1, 0.3, 0.1 and 0 for places the third lost nothing on gold/dev.
_LATER_PLACE, _LATER_WHO = 0.1, 0.5


class Proposed(NamedTuple):
    """A claim that may be made, whose it is, and what the network says of it, where it read the words."""

    claim: Claim
    by: str
    evidence: Evidence | None
    decided: Decided | None
    scenes: dict[int, Scene]

    def settled(self, decisions: Decisions) -> Claim:
        """The claim, told otherwise where the network is surer than the rules."""
        if self.by == BY_NETWORK or self.decided is None:
            return self.claim
        return told_otherwise(self.claim, self.decided, decisions, self.scenes)


class LearnedReader:
    """Reads all five kinds: the rules, and the network over them."""

    name = NAME
    kinds = frozenset(FINDERS)

    def __init__(self, rules: RuleReader | None = None) -> None:
        self._rules = rules or RuleReader()

    def read(self, reading: Reading, kinds: frozenset[str]) -> Iterator[Claim | Issue]:
        """Claims of the wanted kinds, window by window, and notes on what is too doubtful to be one."""
        decisions = load_decisions()
        for one in proposed(reading, self._rules, load_network()):
            kind = kind_of(one.claim)
            if kind not in kinds:
                continue
            if one.evidence is None:
                yield one.claim
                continue
            told = decisions.told[one.by].of(kind, one.evidence)
            # a denial sets one account against another: none is taken on the word of the network alone
            alone = one.by == BY_NETWORK and one.claim.polarity is Polarity.DENIED
            if decisions.makes(one.by, kind, told) and not alone:
                score = decisions.right[one.by].of(kind, one.evidence)
                yield msgspec.structs.replace(one.settled(decisions), score=round(score, 3), reader=NAME)
            elif told >= _WORTH_A_LOOK:
                yield _doubtful(reading, one.claim, told)


def _doubtful(reading: Reading, claim: Claim, told: float) -> Issue:
    """Where the reader abstains, and how near it was to a claim."""
    return Issue(
        where=reading.document.name,
        rule="claim-doubtful",
        message=f"perhaps a claim ({kind_of(claim)}, {told:.0%}): {' '.join(claim.quote.split())!r}",
        severity=Severity.NOTE,
        start=claim.start,
        end=claim.end,
    )


def proposed(reading: Reading, rules: RuleReader, network: Network) -> Iterator[Proposed]:
    """All claims that the rules make or the network sees, however unlikely."""
    found = list(rules.scenes(reading, frozenset(FINDERS)))
    scenes = {scene.number: scene for scene, _ in found}
    told = sorted((claim for _, claims in found for claim in claims), key=_START)
    shown = list(windows(reading))
    own = [told[bisect_left(told, one.start, key=_START) : bisect_left(told, one.end, key=_START)] for one in shown]
    marks = [marked_by_rules(window, claims) for window, claims in zip(shown, own, strict=True)]
    for read, claims in zip(network.read(shown, marks), own, strict=True):
        for claim in claims:
            yield _reread(claim, read, network, scenes)
        yield from _seen(claims, read, network, scenes)


def _reread(claim: Claim, read: Read, network: Network, scenes: dict[int, Scene]) -> Proposed:
    """A claim of the rules, with what the network says of it."""
    kind = kind_of(claim)
    span = read.window.decided(claim.start, claim.end)
    if not span:  # beyond the wordpieces that are read of a sentence
        return Proposed(claim, BY_RULES, None, None, scenes)
    reading = next(iter(scenes.values())).reading
    said = hint(read.window, claim, reading.text)
    decided = decide(network, read, span, kind, said, _told_until(reading, claim.start))
    return Proposed(claim, BY_RULES, _evidence(read, kind, span, decided), decided, scenes)


def _seen(told: Sequence[Claim], read: Read, network: Network, scenes: dict[int, Scene]) -> Iterator[Proposed]:
    """The claims that the network sees in a window where the rules make none of the kind."""
    if not scenes:
        return
    reading = next(iter(scenes.values())).reading
    for stretch in stretches(read, reading):
        scene = scenes.get(stretch.number)
        own = (claim for claim in told if kind_of(claim) == stretch.kind)
        if scene is None or any(_same_clause(scene, claim, stretch) for claim in own):
            continue
        decided = decide(network, read, stretch.span, stretch.kind, None, _told_until(reading, stretch.start))
        claim = made(scene, stretch.kind, stretch.start, stretch.end, decided, scenes)
        evidence = _evidence(read, stretch.kind, stretch.span, decided)
        yield Proposed(claim, BY_NETWORK, evidence, decided, scenes)


def _same_clause(scene: Scene, claim: Claim, stretch: Stretch) -> bool:
    """Do a claim and a stretch share words, or stand in one sentence with no verb between them?"""
    if claim.start < stretch.end and stretch.start < claim.end:
        return True
    sentence = scene.reading.sentences[scene.number]
    if stretch.kind == "toll" or not sentence.start <= claim.start < sentence.end:
        return False
    first, last = min(claim.end, stretch.end), max(claim.start, stretch.start)
    between = (token for token in scene.parse.tokens if first <= token.start and token.end <= last)
    return not any(token.tag in (Tag.VERB, Tag.PUNCT) for token in between)


def _evidence(read: Read, kind: str, span: range, decided: Decided) -> Evidence:
    mean, peak = inside(read.tags, NUMBER_OF[kind], span)
    chief = decided.values[CHIEF[kind]].probability
    return Evidence(mean=mean, peak=peak, place=decided.pointed["place"].probability, value=chief)


def decide(network: Network, read: Read, span: range, kind: str, said: Hint | None, until: int) -> Decided:
    """What the network says of a claim on some wordpieces, told what the rules say of it.

    Its roles point to what is told before `until` rather than to what is told later.
    """
    claim = network.represent(read.states, span, kind)
    values: dict[str, Chosen] = {}
    for name in OF_KIND[kind]:
        odds = network.attribute(name, claim, said)
        told = ATTRIBUTES[name].index(said.values[name]) if said is not None else None
        values[name] = _choice(odds, ATTRIBUTES[name], told)
    pointed = {role: Chosen(None, 1.0) for role in ROLES}
    for role in FIELDS[kind]:
        among = read.window.candidates(role)
        odds = _as_told(network.point(role, claim, span, kind, read, said), among, until, _later(role, kind))
        pointed[role] = _choice(odds, [*among, None], said.pointed[role] if said else None)
    beyond = said.beyond if said is not None else frozenset()
    return Decided(values, pointed, beyond)


def _later(role: str, kind: str) -> float:
    """What a name told later is worth to a role; who holds a place is never left to what comes after."""
    if role == "place":
        return _LATER_PLACE
    return 0.0 if kind == "control" else _LATER_WHO


def _told_until(reading: Reading, start: int) -> int:
    """Where the sentence that a claim begins in ends; a headline speaks of what the whole text goes on to tell."""
    number = bisect_right(reading.sentences, start, key=attrgetter("end"))
    sentence = reading.sentences[number]
    return len(reading.text) if sentence.form is Form.HEADLINE else sentence.end


def _as_told(odds: Array, among: Sequence[Candidate], until: int, later: float) -> Array:
    """The odds of candidates, and of none of them, where those that only later sentences name are less likely."""
    weighed = odds * np.asarray([*(1.0 if one.start < until else later for one in among), 1.0])
    found: Array = weighed / weighed.sum()
    return found


def _choice(odds: Array, among: Sequence[Any], rules: int | None) -> Chosen:
    """The likeliest of some, beside the one that the rules chose (by number; `None`: they did not look)."""
    best = int(odds.argmax())
    against = float(odds[rules]) if rules is not None and rules % len(among) != best else 0.0
    return Chosen(among[best], float(odds[best]), against)
