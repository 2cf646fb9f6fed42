"""Toll claims: people killed, wounded, captured, missing, displaced."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from tadmor.datamodel.claims import Claim, Harm, Status, TollClaim
from tadmor.dictionaries.lexicon import Form, word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.culprits import causer, culprit, main_doer
from tadmor.extraction.figures import bare_figures, last_toll
from tadmor.extraction.frames import Frame, Phrase, phrase, verb_frame
from tadmor.extraction.mentions import actors_in, head, mention
from tadmor.extraction.parse import Role
from tadmor.extraction.stance import outlook, silent
from tadmor.extraction.tallies import is_number, own_value, stated, with_value
from tadmor.extraction.telegraphic import is_telegraphic
from tadmor.extraction.tokens import Tag
from tadmor.extraction.toll_lists import counted_before, sharing, subgroups, with_total
from tadmor.extraction.toll_places import is_passed, toll_place
from tadmor.extraction.victims import are_people, count_of, group_of, is_counted, shot_dead, side_of, status_of

_PASSIVE_ONLY = frozenset({"die", "perish", "flee"})


class Found(NamedTuple):
    """A toll that a trigger tells of, and the phrase that names its victims."""

    claim: TollClaim
    victims: Phrase | None
    total: bool = False  # told as a number of dead or lost


def toll_claims(scene: Scene) -> Iterator[Claim]:
    """All toll claims of one sentence, the rest of lists and subgroups included."""
    found = [each for hit in scene.reading.hits(scene.number, "toll") for each in _triggered(scene, hit)]
    kept = [
        _described(scene, _sided(scene, _going_on(scene, each))) for each in _without_doubles([*found, *_among(scene)])
    ]
    triggered = [each.claim for each in kept]
    told = list(triggered)
    for each in kept:
        told.extend(other for other in _listed(scene, each) if not _doubles(other, triggered, each.claim))
    for part in subgroups(scene, told):
        if part.group is None or not any(part.group == other.group and part.harm is other.harm for other in told):
            told.append(part)
    told = [_of_the_same(claim, told) for claim in told]
    told = [_by_the_same(scene, claim, told) for claim in told]
    told.extend(bare_figures(scene, told))
    for claim in told:
        scene.focus.see_toll(claim, scene.number)
    yield from told


def _going_on(scene: Scene, found: Found) -> Found:
    """A number of dead without a place or time of its own is of the people just told of in the paragraph."""
    told, claim = last_toll(scene), found.claim
    if not found.total or told is None or (claim.place is not None and not is_passed(scene, claim.place)):
        return found
    time = claim.time or told.time or mention(scene.reading, told.start, told.end, carried=True)
    return found._replace(claim=msgspec.structs.replace(claim, place=told.place, time=time))


def _sided(scene: Scene, found: Found) -> Found:
    """The dead "on the side of the army" are the army's, and bore arms unless they are called civilians."""
    side = side_of(scene, found.claim.end)
    if side is None:
        return found
    claim = found.claim
    status = Status.COMBATANT if claim.status is Status.UNSTATED else claim.status
    quote = scene.reading.text[claim.start : side.end]
    return found._replace(claim=msgspec.structs.replace(claim, group=side, status=status, end=side.end, quote=quote))


def _described(scene: Scene, found: Found) -> Found:
    """Of "67 of the dead were civilians" what they were; the words say so after the number."""
    claim, pieces = found.claim, scene.parse.pieces
    if claim.group is None or claim.group.expression.lower() not in word_class("the_dead"):
        return found
    at = next((number for number, piece in enumerate(pieces) if piece.start >= claim.end), len(pieces))
    if at + 1 >= len(pieces) or pieces[at].role is not Role.VERB or pieces[at + 1].role is not Role.NP:
        return found
    what = phrase(scene.parse, at + 1)
    if not scene.parse.stands(pieces[at]) or not are_people(scene, what, claim.harm, "kill"):
        return found
    quote = scene.reading.text[claim.start : what.end]
    group, status = group_of(scene, what), status_of(scene, what)
    return found._replace(claim=msgspec.structs.replace(claim, group=group, status=status, end=what.end, quote=quote))


def _of_the_same(claim: TollClaim, told: list[TollClaim]) -> TollClaim:
    """As in "killed five soldiers and wounded 12 others": those without a noun after combatants are combatants."""
    named = claim.group is not None and claim.group.expression.split()[-1].lower() not in ("others", "more")
    before = [other for other in told if other.end <= claim.start]
    if named or claim.status is not Status.UNSTATED or not before:
        return claim
    last = max(before, key=lambda other: other.end)
    return msgspec.structs.replace(claim, status=Status.COMBATANT) if last.status is Status.COMBATANT else claim


def _by_the_same(scene: Scene, claim: TollClaim, told: list[TollClaim]) -> TollClaim:
    """As in "five were killed and seven were injured when rebels shelled": tolls joined by "and" have one doer."""
    if claim.by is not None:
        return claim
    for other in (other for other in told if other.by is not None):
        first, second = (claim, other) if claim.start < other.start else (other, claim)
        if scene.reading.lower[first.end : second.start].strip(" ,") in ("and", "while", "&"):
            return msgspec.structs.replace(claim, by=other.by)
    return claim


def _listed(scene: Scene, found: Found) -> Iterator[TollClaim]:
    if found.victims is None:
        return
    yield from sharing(scene, found.claim, found.victims)
    total = with_total(scene, found.claim, found.victims)
    if total is not None:
        yield total


#: Nouns for a number of dead that has a value rather than victims.
_TOLLS = frozenset({"death toll", "body count", "toll"})
_TOTALS = _TOLLS | {"losses", "casualty", "fatalities"}
_AMONG = {
    "dead": Harm.KILLED,
    "killed": Harm.KILLED,
    "victims": Harm.KILLED,
    "wounded": Harm.WOUNDED,
    "injured": Harm.WOUNDED,
}


def _among(scene: Scene) -> Iterator[Found]:
    """As in "six children were among the dead", "among the 26 civilians killed"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB or scene.parse.tokens[piece.last - 1].lower not in ("were", "are", "was", "is"):
            continue
        following = scene.parse.tokens[piece.last : piece.last + 7]  # "among at least 26 civilians killed"
        harm = next((_AMONG[token.lower] for token in following if token.lower in _AMONG), None)
        if harm is None or following[0].lower != "among":
            continue
        victims = verb_frame(scene.parse, number, passive=False).subject
        if victims is not None and are_people(scene, victims, harm, "kill"):
            frame = Frame(number=number, phrases=())
            yield Found(_claim(scene, number, frame, victims, None, harm, piece.start), victims)


def _triggered(scene: Scene, hit: Hit) -> Iterator[Found]:
    harm = Harm(hit.trigger.subtype)
    piece = scene.parse.pieces[hit.number]
    if hit.trigger.part == "verb" and piece.role is Role.VERB:
        yield from _verbal(scene, hit, harm)
    elif hit.trigger.base not in _TOLLS and piece.role is Role.NP and is_number(scene, phrase(scene.parse, hit.number)):
        yield from _numbered(scene, hit, harm)
    elif hit.trigger.part == "participle" or scene.parse.tokens[hit.first].tag is Tag.ADJ:
        yield from _adjectival(scene, hit, harm)
    elif hit.trigger.part == "noun":
        yield from _nominal(scene, hit, harm)


def _numbered(scene: Scene, hit: Hit, harm: Harm) -> Iterator[Found]:
    """As in "put the number of dead at 31", "the number of wounded civilians rose to 12"."""
    if silent(scene.parse, hit.number):
        return
    victims = _of(scene, hit) or phrase(scene.parse, hit.number)
    count, end = stated(scene, hit.number)
    trigger = scene.parse.tokens[hit.first].start
    claim = _claim(scene, hit.number, Frame(number=hit.number), None, None, harm, trigger)
    quote = scene.reading.text[claim.start : end]
    status = status_of(scene, victims)
    claim = msgspec.structs.replace(claim, count=count, end=end, quote=quote, status=status)
    yield Found(_foreseen(scene, hit.number, with_value(scene, hit.number, claim)), victims, total=True)


def _foreseen(scene: Scene, number: int, claim: TollClaim) -> TollClaim:
    """A number that "may rise further" is told as what may be, not as a fact."""
    told = outlook(scene.reading, scene.parse, number)
    return claim if told is None else msgspec.structs.replace(claim, modality=told)


def _verbal(scene: Scene, hit: Hit, harm: Harm) -> Iterator[Found]:
    base = hit.trigger.base
    frame = verb_frame(scene.parse, hit.number)
    if not frame.passive and is_telegraphic(scene, hit.number, frame):
        frame = verb_frame(scene.parse, hit.number, passive=True)
    if base in _PASSIVE_ONLY:
        frame = verb_frame(scene.parse, hit.number, passive=False)
        victims, doer = frame.subject, None
    elif frame.passive:
        victims, doer = frame.object, frame.agent
    else:
        victims, doer = frame.object, frame.subject
    if not frame.passive and scene.parse.tokens[max(hit.first - 1, 0)].lower == "those":
        return  # "as well as those killed at least 160 people were injured"
    if not frame.passive and victims is None and base not in _PASSIVE_ONLY:
        victims, doer = _coordinated_victims(scene, hit.number), frame.subject
    if base == "lose":
        yield from _lost(scene, hit, frame)
        return
    count = stated(scene, victims.number)[0] if victims is not None and is_number(scene, victims) else None
    if count is None and not are_people(scene, victims, harm, base):
        return
    if base == "shoot" and not shot_dead(scene, hit, frame):
        return
    claim = _claim(scene, hit.number, frame, victims, doer, harm, scene.parse.tokens[hit.first].start)
    if not frame.passive and scene.parse.main(scene.parse.pieces[hit.number]).form is Form.ING:
        claim = msgspec.structs.replace(claim, by=main_doer(scene, hit.number))
    if count is not None and victims is not None:
        claim = with_value(scene, victims.number, msgspec.structs.replace(claim, count=count))
    yield Found(counted_before(scene, claim, victims) if victims is not None else claim, victims)


def _lost(scene: Scene, hit: Hit, frame: Frame) -> Iterator[Found]:
    """As in "the army lost more than 260 men", "20 people lost their lives"."""
    own, lost = frame.subject, frame.object
    if own is None or lost is None or frame.passive:
        return
    trigger = scene.parse.tokens[hit.first].start
    noun = head(scene.parse, lost).lower
    if noun in ("life", "lives"):
        if are_people(scene, own, Harm.KILLED, "kill"):
            claim = _claim(scene, hit.number, frame, own, None, Harm.KILLED, trigger)
            quote = scene.reading.text[claim.start : lost.end]
            yield Found(msgspec.structs.replace(claim, end=lost.end, quote=quote), own)
        return
    if noun not in scene.reading.lexicon.classes["person_nouns"] or not is_counted(scene, lost):
        return
    claim = _claim(scene, hit.number, frame, lost, None, Harm.KILLED, trigger)
    if actors_in(scene.reading, scene.parse, own):
        start = min(own.start, claim.start)
        status = Status.COMBATANT if claim.status is Status.UNSTATED else claim.status
        quote = scene.reading.text[start : claim.end]
        claim = msgspec.structs.replace(claim, start=start, quote=quote, group=group_of(scene, own), status=status)
    yield Found(claim, lost, total=True)


def _coordinated_victims(scene: Scene, number: int) -> Phrase | None:
    """As in "Killed and wounded dozens": the object of the verb after "and"."""
    following = [piece for piece in scene.parse.pieces[number + 1 : number + 4] if piece.role is not Role.CONJ]
    if len(following) > 1 and following[0].role is Role.VERB and following[1].role is Role.NP:
        return phrase(scene.parse, scene.parse.piece_of[following[1].first])
    return None


def _claim(
    scene: Scene, number: int, frame: Frame, victims: Phrase | None, doer: Phrase | None, harm: Harm, trigger: int
) -> TollClaim:
    by = culprit(scene, number, frame, doer)
    if by is not None and not by.carried:
        scene.focus.see_actor(by, scene.number)
    start, end = scene.passage(number, (victims,))
    group = group_of(scene, victims)
    return TollClaim(
        **scene.common(number, start, end, trigger),
        harm=harm,
        count=count_of(scene, victims),
        group=group,
        status=status_of(scene, victims),
        by=by,
        place=toll_place(scene, frame, count_of(scene, victims)),
    )


def _adjectival(scene: Scene, hit: Hit, harm: Harm) -> Iterator[Found]:
    """As in "Left 20 dead", "12 dead", "with 5 wounded", "including 3 killed", "40 others injured"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    at = scene.parse.tokens[hit.first]
    if piece.role is Role.NP:
        before = scene.parse.tokens[piece.first : hit.first]
        victims = Phrase(number=number, start=piece.start, end=piece.end)
        alone = not before and at.lower in ("killed", "dead", "wounded", "injured")
        if alone or count_of(scene, victims) is None:
            return
    else:
        found = _np_before(scene, number)
        if found is None or not are_people(scene, found, harm, "kill"):
            return
        victims = found
    frame = Frame(
        number=number, phrases=verb_frame(scene.parse, number, passive=False).phrases if piece.role is Role.VERB else ()
    )
    start, end = min(victims.start, at.start), max(victims.end, at.end)
    claim = TollClaim(
        **scene.common(number, start, end, at.start),
        harm=harm,
        count=count_of(scene, victims),
        group=group_of(scene, victims),
        status=status_of(scene, victims),
        place=toll_place(scene, frame, count_of(scene, victims)),
        by=causer(scene, victims.number),
    )
    yield Found(claim, victims)


def _np_before(scene: Scene, number: int) -> Phrase | None:
    for at in range(number - 1, max(number - 4, -1), -1):
        piece = scene.parse.pieces[at]
        if piece.role is Role.NP:
            return phrase(scene.parse, at)
        if piece.role not in (Role.OTHER, Role.VERB):
            return None
    return None


def _nominal(scene: Scene, hit: Hit, harm: Harm) -> Iterator[Found]:
    """As in "The death toll rose to 70", "the deaths of 12 civilians", "claimed the lives of", "20 bodies"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    base = hit.trigger.base
    if silent(scene.parse, number):
        return
    sufferers = _sufferers(scene, number) if base in ("wound", "injury", "losses") else None
    if sufferers is not None:
        frame = Frame(number=number, phrases=())
        claim = _claim(scene, number, frame, sufferers, None, harm, scene.parse.tokens[hit.first].start)
        yield Found(claim, sufferers)
        return
    if base in ("wound", "injury"):
        return
    own = Phrase(number=number, start=piece.start, end=piece.end)
    count, end = count_of(scene, own), piece.end
    if base in _TOLLS:
        count, end = own_value(scene, piece) or stated(scene, number)
        if base == "toll" and count is None:
            return
    elif count is None and base in ("death", "lives", "casualty", "losses", "fatalities"):
        # One death is told by its victim ("the death of a medic"); several may stand alone.
        of = hit.last < piece.last and scene.parse.tokens[hit.last].lower == "of"
        if scene.parse.tokens[hit.first].lower == "death" and not of:
            return
        if base != "lives":
            count, end = stated(scene, number)
    elif count is None:
        return
    victims = _of(scene, hit)
    claim = TollClaim(
        **scene.common(number, piece.start, end, scene.parse.tokens[hit.first].start),
        harm=harm,
        count=count,
        group=group_of(scene, victims or (None if base in _TOLLS else own)),
        status=status_of(scene, victims or own),
        place=toll_place(scene, Frame(number=number, phrases=()), count),
        by=causer(scene, number),
    )
    if base in _TOTALS:
        claim = _foreseen(scene, number, claim)
    yield Found(claim, victims or own, total=base in _TOTALS and count is not None)


def _of(scene: Scene, hit: Hit) -> Phrase | None:
    """Whose deaths, losses, lives: what follows "of" in the noun's own phrase."""
    piece = scene.parse.pieces[hit.number]
    inside = scene.parse.tokens[hit.last : piece.last]
    if len(inside) < 2 or inside[0].lower != "of":
        return None
    return Phrase(number=hit.number, start=inside[1].start, end=piece.end)


def _sufferers(scene: Scene, number: int) -> Phrase | None:
    """Who "sustained injuries", "received wounds"."""
    before = scene.parse.before(number)
    if before is None or before.role is not Role.VERB:
        return None
    if scene.parse.main(before).base not in ("sustain", "suffer", "receive", "have"):
        return None
    subject = verb_frame(scene.parse, number - 1, passive=False).subject
    return subject if subject is not None and are_people(scene, subject, Harm.WOUNDED, "wound") else None


def _without_doubles(found: list[Found]) -> list[Found]:
    """One claim for one harm of one group: the first of two that share words."""
    kept: list[Found] = []
    for each in found:
        if not _doubles(each.claim, [other.claim for other in kept]):
            kept.append(each)
    return kept


def _doubles(claim: TollClaim, others: Iterable[TollClaim], source: TollClaim | None = None) -> bool:
    """Does a claim share words with one of the same harm, other than the one that it comes from?"""
    return any(other is not source and other.harm is claim.harm and other.span.overlaps(claim.span) for other in others)
