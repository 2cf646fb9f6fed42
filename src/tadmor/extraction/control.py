"""Control claims: who holds, gains, loses, contests or besieges a place."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention, Modality
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, verb_frame
from tadmor.extraction.mentions import HELD, actors_in, head, mention, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag

_PARTIAL = frozenset(
    "part parts half most much portion portions area areas territory territories swathes swathe stretches percent third quarter some several "
    "positions points buildings ground outskirts road roads highway route routes supply line lines strip km kilometres kilometers "
    "neighborhoods neighbourhoods districts villages".split()
)
_HOLD_NOUNS = frozenset("stronghold strongholds bastion bastions".split())
#: Objects that make "capture" and "seize" a toll or booty, not control.
_NOT_GROUND = frozenset(
    "power opportunity weapons weapon ammunition tanks tank vehicles vehicle equipment arms oil money cash attention initiative momentum cache "
    "caches munitions rifles missiles guns documents imagery video footage images moment reins assets property goods".split()
)


def control_claims(scene: Scene) -> Iterator[Claim]:
    """All control claims of one sentence."""
    for hit in scene.reading.hits(scene.number, "control"):
        yield from _triggered(scene, hit)
    yield from _attributes(scene)
    yield from _possessions(scene)


def _triggered(scene: Scene, hit: Hit) -> Iterator[Claim]:
    if hit.trigger.part == "verb":
        match hit.trigger.subtype:
            case "gained":
                yield from _gained(scene, hit)
            case "held":
                yield from _held(scene, hit)
            case "besieged":
                yield from _besieged(scene, hit)
            case "cut":
                yield from _cut(scene, hit)
    elif hit.trigger.part == "noun":
        yield from _nominal(scene, hit)


def _claim(
    scene: Scene,
    number: int,
    frame: Frame,
    place: Mention | None,
    *,
    change: Change,
    degree: Degree,
    holder: Mention | None,
    loser: Mention | None = None,
    parts: tuple[Phrase | None, ...] = (),
    trigger: int | None = None,
) -> ControlClaim:
    start, end = scene.passage(number, parts)
    piece = scene.parse.pieces[number]
    at = piece.start if trigger is None else trigger
    return ControlClaim(
        **scene.common(number, start, end, at),
        place=place,
        change=change,
        degree=degree,
        holder=holder,
        loser=loser,
    )


def _ground(scene: Scene, target: Phrase | None) -> bool:
    """Is the object ground that one can hold: a named place, a place noun, or a pronoun for one?"""
    if target is None:
        return False
    if scene.places(target):
        return not scene.parse.pieces[target.number].start == -1
    words = words_of(scene.parse, target)
    if any(token.lower in _NOT_GROUND for token in words):
        return False
    return any(token.lower in scene.reading.lexicon.classes["place_nouns"] for token in words)


def _degree(scene: Scene, target: Phrase | None) -> Degree:
    if target is None:
        return Degree.FULL
    words = words_of(scene.parse, target)
    first = next((index for index, token in enumerate(words) if token.tag not in (Tag.DET, Tag.NUM)), 0)
    lead = [token.lower for token in words[first : first + 2]]
    share = any(word in ("part", "parts", "half", "most", "much", "portion", "portions", "swathes", "swathe", "percent", "territory",
                         "territories", "ground", "positions", "outskirts", "third", "strip") for word in lead)
    roads = head(scene.parse, target).lower in ("road", "roads", "highway", "route", "routes", "line", "lines", "positions", "km")
    return Degree.PARTIAL if share or roads else Degree.FULL


def _targets(scene: Scene, target: Phrase, frame: Frame) -> list[Mention | None]:
    """The places of an object, each for a claim of its own; a nameless one is where the clause or the story is."""
    found: list[Mention | None] = [place for item in scene.list_from(target) for place in scene.ground(item)]
    return found or [scene.where(frame, objects=False)]


def _object(scene: Scene, hit: Hit, frame: Frame) -> Phrase | None:
    """The object of a verb, or of a phrase that ends in its own preposition ("took control of X")."""
    if hit.last - hit.first > 1 and scene.parse.tokens[hit.last - 1].tag in (Tag.PREP, Tag.TO):
        after = scene.parse.piece_of[hit.last] if hit.last < len(scene.parse.tokens) else None
        if after is not None and scene.parse.pieces[after].role is Role.NP:
            return phrase(scene.parse, after)
    if hit.trigger.base.split()[-1] in ("of", "over") and hit.last < len(scene.parse.tokens):
        number = scene.parse.piece_of[hit.last]
        piece = scene.parse.pieces[number]
        if piece.role is Role.NP:
            words = scene.parse.tokens[hit.last : piece.last]
            return Phrase(number=number, start=words[0].start, end=words[-1].end) if words else None
    return frame.object


def _gained(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = _object(scene, hit, frame)
    if target is None or _people(scene, target) or not (_takes_ground(scene, hit, target) or _ground(scene, target)):
        return
    loser = frame.with_prep("from")
    taken_from = scene.actor(loser) if loser is not None and actors_in(scene.reading, scene.parse, loser) else None
    for place in _targets(scene, target, frame):
        yield _claim(
            scene, hit.number, frame, place, change=Change.GAINED, degree=_degree(scene, target), holder=_holder(scene, frame.subject),
            loser=taken_from, parts=(None if frame.passive else frame.subject, target, frame.agent), trigger=scene.parse.tokens[hit.first].start,
        )


def _takes_ground(scene: Scene, hit: Hit, target: Phrase) -> bool:
    """Verbs that take ground whatever it is called: "captured the cemetery", "seized three hilltops"."""
    if hit.trigger.base in ("secure", "occupy", "regain", "reclaim", "win back", "take back", "free"):
        return False
    return not any(token.lower in _NOT_GROUND for token in words_of(scene.parse, target))


def _holder(scene: Scene, subject: Phrase | None) -> Mention | None:
    found = scene.actor(subject)
    if found is not None and not found.carried:
        scene.focus.see_actor(found, scene.number)
    return found


def _people(scene: Scene, target: Phrase | None) -> bool:
    if target is None:
        return False
    return head(scene.parse, target).lower in scene.reading.lexicon.classes["person_nouns"]


def _held(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = frame.object
    base = hit.trigger.base
    if target is None or not _ground(scene, target) or _people(scene, target):
        return
    if base in ("hold", "retain", "maintain", "rule") and not scene.places(target):
        return
    actor = frame.subject if not frame.passive else frame.agent
    for place in _targets(scene, target, frame):
        yield _claim(
            scene, hit.number, frame, place, change=Change.HELD, degree=_degree(scene, target), holder=_holder(scene, actor),
            parts=(frame.subject, target, frame.agent), trigger=scene.parse.tokens[hit.first].start,
        )


def _besieged(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    places = scene.places(frame.object)
    if not places:
        return
    change = Change.HELD if frame.passive else Change.GAINED
    for place in places:
        yield _claim(
            scene, hit.number, frame, place, change=change, degree=Degree.BESIEGED, holder=_holder(scene, frame.subject),
            parts=(frame.subject, frame.object, frame.agent), trigger=scene.parse.tokens[hit.first].start,
        )


def _cut(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = frame.object
    if target is None:
        return
    words = {token.lower for token in words_of(scene.parse, target)}
    if not words & {"road", "roads", "highway", "route", "routes", "line", "lines", "supply", "corridor"}:
        return
    place = next(iter(scene.places(target)), None) or scene.where(frame)
    yield _claim(
        scene, hit.number, frame, place, change=Change.GAINED, degree=Degree.PARTIAL, holder=_holder(scene, frame.subject),
        parts=(frame.subject, target, frame.agent),
    )


def _nominal(scene: Scene, hit: Hit) -> Iterator[Claim]:
    """"The capture of Palmyra by", "the fall of", "a siege of"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    frame = noun_frame(scene.parse, number)
    inside = scene.parse.tokens[hit.last : piece.last]
    base = hit.trigger.base
    if base in ("loss", "recovery", "occupation", "fall") and not (inside and inside[0].lower == "of"):
        return
    target = Phrase(number=number, start=inside[0].start, end=piece.end) if inside and inside[0].lower == "of" else None
    own = _possessor(scene, piece.first, hit.first)
    places = scene.places(target) if target is not None else []
    besieged = hit.trigger.subtype == "besieged"
    if not places and own is not None and scene.places(own) and not actors_in(scene.reading, scene.parse, own):
        places = scene.places(own)
    if not places and not besieged:
        return
    where = places[0] if places else scene.where(frame)
    agent = frame.agent or (own if own is not None and actors_in(scene.reading, scene.parse, own) else None)
    holder = _holder(scene, agent) if agent is not None else None
    if base == "loss":
        change, holder, loser = Change.LOST, None, holder
    else:
        change, loser = (Change.HELD if besieged or base == "occupation" else Change.GAINED), None
    to = frame.with_prep("to")
    if base == "fall" and to is not None and actors_in(scene.reading, scene.parse, to):
        holder = _holder(scene, to)
    yield _claim(
        scene, number, frame, where, change=change, degree=Degree.BESIEGED if besieged else Degree.FULL, holder=holder, loser=loser,
        parts=(agent if agent is not own else None,), trigger=scene.parse.tokens[hit.first].start,
    )


def _possessor(scene: Scene, first: int, until: int) -> Phrase | None:
    """The words before a noun in its own phrase: "Palmyra's recapture", "a government siege"."""
    words = [token for token in scene.parse.tokens[first:until] if token.tag is not Tag.DET]
    if not words:
        return None
    return Phrase(number=scene.parse.piece_of[first], start=words[0].start, end=words[-1].end)


def _attributes(scene: Scene) -> Iterator[Claim]:
    """"Rebel-held Idlib", "ISIS-held areas", "the besieged city of", "the ISIS stronghold of Raqqa"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP:
            continue
        words = scene.parse.words(piece)
        for index, token in enumerate(words):
            held = HELD.match(token.text)
            if held is not None and index + 1 < len(words) or held is not None and number + 1 < len(scene.parse.pieces):
                yield from _held_attribute(scene, number, index, held.group("how").lower())
            elif token.lower in _HOLD_NOUNS:
                yield from _stronghold(scene, number, index)
            elif token.lower in ("besieged", "encircled", "blockaded") and token.tag is Tag.ADJ:
                yield from _besieged_attribute(scene, number, index)


def _held_attribute(scene: Scene, number: int, index: int, how: str) -> Iterator[Claim]:
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    token = words[index]
    rest = Phrase(number=number, start=words[index + 1].start, end=piece.end) if index + 1 < len(words) else None
    first = index
    while first and words[first - 1].tag is Tag.NAME and not words[first - 1].possessive:
        first -= 1
    length = len(HELD.match(token.text).group("holder"))  # type: ignore[union-attr]
    holder = mention(scene.reading, words[first].start, token.start + length)
    places = scene.places(rest) if rest is not None else []
    if not places:
        after = scene.parse.pieces[number + 1 : number + 3]
        if len(after) == 2 and after[0].role is Role.PREP and after[1].role is Role.NP:
            places = scene.places(phrase(scene.parse, number + 2, scene.parse.tokens[after[0].first].lower))
    place = places[0] if places else scene.focus.implicit(scene.number)
    degree = Degree.BESIEGED if how == "besieged" else _degree(scene, rest)
    plural = rest is not None and words[-1].lower in ("areas", "parts", "territories", "neighborhoods", "neighbourhoods", "districts")
    start, end = words[first].start, piece.end
    yield ControlClaim(
        **_plain(scene, number, start, end),
        place=place, change=Change.HELD, degree=Degree.PARTIAL if plural and degree is Degree.FULL else degree, holder=holder,
    )


def _plain(scene: Scene, number: int, start: int, end: int) -> dict[str, object]:
    """An attribute is told as fact whatever the clause around it plans."""
    common = scene.common(number, start, end, start)
    common["modality"] = Modality.ASSERTED
    return common


def _stronghold(scene: Scene, number: int, index: int) -> Iterator[Claim]:
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    before = [token for token in words[:index] if token.tag is not Tag.DET]
    holder = None
    if before:
        own = Phrase(number=number, start=before[0].start, end=before[-1].end)
        holder = mention(scene.reading, own.start, own.end) if any(True for _ in scene.reading.names.actors.within(own.start, own.end)) else None
    rest = Phrase(number=number, start=words[index].start, end=piece.end)
    places = scene.places(rest)
    place = places[0] if places else scene.focus.implicit(scene.number)
    yield ControlClaim(
        **_plain(scene, number, words[0].start, piece.end), place=place, change=Change.HELD, degree=Degree.FULL, holder=holder
    )


def _besieged_attribute(scene: Scene, number: int, index: int) -> Iterator[Claim]:
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    rest = Phrase(number=number, start=words[index].start, end=piece.end)
    places = scene.places(rest)
    place = places[0] if places else scene.focus.implicit(scene.number)
    yield ControlClaim(**_plain(scene, number, words[index].start, piece.end), place=place, change=Change.HELD, degree=Degree.BESIEGED)


def _possessions(scene: Scene) -> Iterator[Claim]:
    """"Under ISIS control", "in control of", "control of X", "fell to X", "lost X", "changed hands"."""
    yield from _under_control(scene)
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB:
            continue
        base = scene.parse.main(piece).base
        if base == "fall":
            yield from _fell(scene, number)
        elif base == "lose":
            yield from _lost(scene, number)
        elif base in ("drive", "expel", "push", "force", "oust", "dislodge", "flush", "clear", "eject", "rout"):
            yield from _driven(scene, number)


def _under_control(scene: Scene) -> Iterator[Claim]:
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP:
            continue
        words = scene.parse.words(piece)
        at = next((index for index, token in enumerate(words) if token.lower in ("control", "siege") and token.tag is not Tag.VERB), None)
        if at is None:
            continue
        before = scene.parse.before(number)
        prep = scene.parse.tokens[before.first].lower if before is not None and before.role is Role.PREP else None
        if prep == "under" or (prep == "in" and at == 0):
            yield from _under(scene, number, at, inside=prep == "in")
        elif words[at].lower == "control":
            yield from _control_of(scene, number, at)


def _under(scene: Scene, number: int, at: int, *, inside: bool) -> Iterator[Claim]:
    """"X is under ISIS control", "areas under siege"; "ISIS is in control of X"."""
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    subject = _left_phrase(scene, number - 1)
    of = Phrase(number=number, start=words[at + 1].start, end=piece.end) if at + 1 < len(words) else None
    own = [token for token in words[:at] if token.tag not in (Tag.DET, Tag.ADJ) and token.lower not in ("full", "tight", "complete", "total", "partial")]
    holder = mention(scene.reading, own[0].start, own[-1].end) if own else None
    target = subject
    if inside:
        holder, target = scene.actor(subject), of
    elif holder is None and of is not None:
        holder = scene.actor(of)
    if holder is not None and holder.expression.lower() in ("their", "its"):
        holder = scene.focus.actor(scene.number)
    places = scene.places(target)
    place = places[0] if places else scene.focus.implicit(scene.number)
    siege = words[at].lower == "siege"
    start = subject.start if subject is not None and piece.start - subject.start < 120 else piece.start
    yield ControlClaim(
        **scene.common(number, start, piece.end, piece.start), place=place, change=Change.HELD,
        degree=Degree.BESIEGED if siege else _degree(scene, target), holder=holder,
    )


def _left_phrase(scene: Scene, number: int) -> Phrase | None:
    """The noun phrase that "under control" is said of."""
    verb = None
    for at in range(number - 1, max(number - 7, -1), -1):
        piece = scene.parse.pieces[at]
        if piece.role is Role.VERB:
            verb = at
        elif piece.role is Role.NP and (verb is not None or at == number - 1):
            return phrase(scene.parse, at)
    frame = verb_frame(scene.parse, verb, passive=False) if verb is not None else None
    return frame.subject if frame is not None else None


def _control_of(scene: Scene, number: int, at: int) -> Iterator[Claim]:
    """"Took full control of X", "battle for control of X", "control over X by"."""
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    if any(hit.number <= number <= hit.number + 1 and hit.trigger.part == "verb" and "control" in hit.trigger.words
           for hit in scene.reading.hits(scene.number, "control")):
        return
    of = Phrase(number=number, start=words[at + 1].start, end=piece.end) if at + 1 < len(words) else None
    frame = noun_frame(scene.parse, number)
    if of is None:
        of = frame.with_prep("over", "of")
    places = scene.places(of)
    if not places:
        return
    before = scene.parse.before(number)
    prep = scene.parse.tokens[before.first].lower if before is not None and before.role is Role.PREP else None
    if prep == "for":
        yield _claim(scene, number, frame, places[0], change=Change.HELD, degree=Degree.CONTESTED, holder=None, parts=(of,))
        return
    verb = next((n for n in range(number - 1, max(number - 4, -1), -1) if scene.parse.pieces[n].role is Role.VERB), None)
    base = scene.parse.main(scene.parse.pieces[verb]).base if verb is not None else None
    subject = verb_frame(scene.parse, verb).subject if verb is not None else None
    change = Change.GAINED if base in ("take", "gain", "regain", "seize", "establish", "assume", "wrest", "restore", "win", "extend", "consolidate", "claim", "retake", "impose") else Change.HELD
    if base == "lose":
        yield _claim(scene, number, frame, places[0], change=Change.LOST, degree=_degree(scene, of), holder=None, loser=_holder(scene, subject), parts=(of, subject))
        return
    yield _claim(
        scene, verb if verb is not None else number, frame, places[0], change=change, degree=_degree(scene, of),
        holder=_holder(scene, subject), parts=(of, subject, phrase(scene.parse, number)), trigger=words[at].start,
    )


def _fell(scene: Scene, number: int) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, number, passive=False)
    places = scene.places(frame.subject)
    to = frame.with_prep("to", "into", "under")
    actor = to is not None and actors_in(scene.reading, scene.parse, to)
    after = scene.parse.after(number)
    ends = after is None or after.role in (Role.PUNCT, Role.TIME, Role.SUB, Role.CONJ)
    if places and (actor or ends):
        yield _claim(
            scene, number, frame, places[0], change=Change.GAINED, degree=Degree.FULL, holder=_holder(scene, to) if actor else None,
            parts=(frame.subject, to if actor else None),
        )


def _lost(scene: Scene, number: int) -> Iterator[Claim]:
    """"They lost Manbij to the SDF": the winner gains; without one, lost."""
    frame = verb_frame(scene.parse, number)
    places = scene.places(frame.object)
    if frame.object is None or not places or _people(scene, frame.object):
        return
    to = frame.with_prep("to")
    winner = _holder(scene, to) if to is not None and actors_in(scene.reading, scene.parse, to) else None
    loser = scene.actor(frame.subject)
    yield _claim(
        scene, number, frame, places[0], change=Change.GAINED if winner else Change.LOST, degree=_degree(scene, frame.object),
        holder=winner, loser=loser, parts=(frame.subject if not frame.passive else None, frame.object, to),
    )


def _driven(scene: Scene, number: int) -> Iterator[Claim]:
    """"Drove the militants out of the city": the driver gains where the driven held."""
    frame = verb_frame(scene.parse, number)
    driven = frame.object
    out = frame.with_prep("from", "of")
    if driven is None or out is None or not actors_in(scene.reading, scene.parse, driven):
        return
    places = scene.places(out)
    if not places:
        return
    holder = _holder(scene, frame.subject)
    yield _claim(
        scene, number, frame, places[0], change=Change.GAINED if holder else Change.LOST, degree=Degree.FULL,
        holder=holder, loser=scene.actor(driven), parts=(frame.subject, driven, out),
    )


def distinct(claims: Iterator[Claim]) -> Iterator[Claim]:
    """Drop a claim whose words lie inside another's with the same place and change."""
    kept: list[ControlClaim] = []
    for claim in sorted((c for c in claims if isinstance(c, ControlClaim)), key=lambda c: (c.start, -c.end)):
        same = next((k for k in kept if k.span.overlaps(claim.span) and _same(k, claim)), None)
        if same is None:
            kept.append(claim)
        elif same.holder is None and claim.holder is not None:
            kept[kept.index(same)] = msgspec.structs.replace(same, holder=claim.holder)
    yield from kept


def _same(left: ControlClaim, right: ControlClaim) -> bool:
    here = left.place.expression if left.place else None
    there = right.place.expression if right.place else None
    return here == there and left.change == right.change and (left.degree == right.degree or Degree.PARTIAL in (left.degree, right.degree))
