"""Claims that a sentence sets against another's word: "an account that Moscow denies", "contrary to a report by X".

The sentence tells a thing in one voice and its opposite in another; each is a claim.
"""

from collections.abc import Iterable, Iterator

import msgspec

from tadmor.datamodel.claims import Claim, Polarity
from tadmor.datamodel.sources import Voice
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Phrase, phrase, verb_frame
from tadmor.extraction.mentions import head
from tadmor.extraction.parse import Role

_RELATIVE = frozenset({"that", "which"})


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Who says the opposite of what is told in `[start, end)`, in words that run from `first` to `last`."""

    voices: tuple[Voice, ...]
    start: int
    end: int
    first: int
    last: int


def disputed(scene: Scene, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The opposite of each claim of a sentence that another is said to tell otherwise, in that other's voice."""
    told = tuple(claims)
    for dispute in (*_denied_after(scene), *_contrary_to(scene)):
        for claim in told:
            if dispute.start <= claim.start and claim.end <= dispute.end and claim.attribution != dispute.voices:
                yield _turned(scene, claim, dispute)


def _turned(scene: Scene, claim: Claim, dispute: Dispute) -> Claim:
    start, end = min(claim.start, dispute.first), max(claim.end, dispute.last)
    return msgspec.structs.replace(
        claim,
        start=start,
        end=end,
        quote=scene.reading.text[start:end],
        polarity=Polarity.AFFIRMED if claim.polarity is Polarity.DENIED else Polarity.DENIED,
        attribution=dispute.voices,
    )


def _denied_after(scene: Scene) -> Iterator[Dispute]:
    """As in "..., an account that Moscow denies", "..., a claim rejected by the ministry", "..., which Kyiv denied"."""
    pieces, sentence = scene.parse.pieces, scene.reading.sentences[scene.number]
    for number, piece in enumerate(pieces):
        if piece.role is not Role.VERB or scene.parse.main(piece).base not in word_class("denying"):
            continue
        frame = verb_frame(scene.parse, number)
        who = frame.agent if frame.passive else _right_before(scene, number)
        at = (number if frame.passive else number - 1) - 1
        if at > 0 and _is_relative(scene, at):
            at -= 1
        elif not frame.passive and not _is_account(scene, at):
            continue
        if _is_account(scene, at):
            at -= 1
        if who is None or at <= 0 or scene.parse.tokens[pieces[at].first].text not in (",", "–", "—"):
            continue
        voices = scene.speakers.voices(scene.number, who)
        if voices:
            yield Dispute(
                voices=voices,
                start=sentence.start,
                end=pieces[at].start,
                first=sentence.end,
                last=max(piece.end, who.end),
            )


def _right_before(scene: Scene, number: int) -> Phrase | None:
    before = scene.parse.before(number)
    return phrase(scene.parse, number - 1) if before is not None and before.role is Role.NP else None


def _is_relative(scene: Scene, number: int) -> bool:
    piece = scene.parse.pieces[number]
    return piece.role is Role.SUB and scene.parse.tokens[piece.first].lower in _RELATIVE


def _is_account(scene: Scene, number: int) -> bool:
    piece = scene.parse.pieces[number]
    return piece.role is Role.NP and head(scene.parse, phrase(scene.parse, number)).lower in word_class("accounts")


def _contrary_to(scene: Scene) -> Iterator[Dispute]:
    """As in "Contrary to a report carried by the agency last week, the town was not retaken"."""
    sentence = scene.reading.sentences[scene.number]
    start = scene.reading.lower.find("contrary to ", sentence.start, sentence.end)
    comma = scene.reading.text.find(",", start, sentence.end) if start >= 0 else -1
    source = next(scene.reading.names.sources.within(start, comma), None) if comma > 0 else None
    if source is None:
        return
    stops = (token.start for token in scene.parse.tokens if token.start > comma and token.text in ":;")
    voice = Phrase(number=_piece_at(scene, source.start), start=source.start, end=source.end)
    yield Dispute(
        voices=scene.speakers.voices(scene.number, voice),
        start=comma,
        end=next(stops, sentence.end),
        first=start,
        last=comma,
    )


def _piece_at(scene: Scene, at: int) -> int:
    return next(number for number, piece in enumerate(scene.parse.pieces) if piece.end > at)
