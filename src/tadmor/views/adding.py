"""A claim that a person makes from words of a document: what is typed becomes a claim as said, and as understood.

A name that the text prints is said there, at its occurrence nearest to the claim's words; a name or id that it does not
print is whom or what the words mean. `words = name` says both: what is printed, and what it means.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import (
    ACTOR_ROLES,
    CHOICES,
    HAND,
    KINDS,
    PLACE_ROLES,
    Change,
    Claim,
    ControlClaim,
    Degree,
    EventClaim,
    Mention,
    Modality,
    MovementClaim,
    Polarity,
    PresenceClaim,
    Status,
    TollClaim,
)
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.spans import Span
from tadmor.datamodel.times import When
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.ledger.correcting import one_of, parted, when_given
from tadmor.views.deciding import By, MissingError, exported_as, review_by, role_of
from tadmor.views.typed import count_typed, days_typed, is_days, stretches

#: The most characters of a claim's words: more than any sentence has, and no page.
LONGEST = 2000
_MODELS: dict[str, type[Claim]] = {
    "control": ControlClaim,
    "event": EventClaim,
    "presence": PresenceClaim,
    "movement": MovementClaim,
    "toll": TollClaim,
}
#: What is taken where nothing is chosen.
USUAL = {"degree": Degree.FULL.value, "status": Status.UNSTATED.value}
#: What the words name besides actors and places: printed in the text, or of the table of weapon systems.
PRINTED: dict[str, tuple[str, ...]] = {"presence": ("what",), "movement": ("what",)}
#: Roles of several actors.
_SEVERAL = ("actors", "targets")


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person says that words of a document claim.

    The words are given by their place in the cleaned text (`start`, `end`), or as they stand (`words`), then the first
    such. `fields` are those of the kind: roles, what is chosen, `place`, `when`, `count`, `attribution`; names of
    several are parted by semicolons.
    """

    document: str
    kind: str
    start: int | None = None
    end: int | None = None
    words: str | None = None
    modality: str = Modality.ASSERTED.value
    polarity: str = Polarity.AFFIRMED.value
    fields: dict[str, str] = {}


class _Named(NamedTuple):
    """What was typed for one name: where it is printed, and what it means where that was said."""

    mention: Mention | None
    meant: str | None


def fields_for(kind: str) -> tuple[str, ...]:
    """The fields of a kind by the names they have in exports, those that must be given first.

    Raises:
        UsageError: no such kind.
    """
    if kind not in KINDS:
        message = f"{kind!r} is no kind of claim; it is one of {', '.join(KINDS)}"
        raise UsageError(message)
    roles = (exported_as(kind, role) for role in (*PLACE_ROLES[kind], *ACTOR_ROLES[kind]))
    own = (*CHOICES[kind], *roles, *PRINTED.get(kind, ()))
    return (*own, *(("equipment",) if kind == "presence" else ()), "when", "count", "attribution")


def span_said(document: Document, start: int | None, end: int | None, words: str | None) -> Span:
    """Where the words of a claim stand in a document's text, without white space around them.

    Raises:
        UsageError: nowhere, or they are no passage.
    """
    if start is None and end is None:
        return _found(document, " ".join((words or "").split()))
    length = len(document.text)
    if start is None or end is None or not 0 <= start < end <= length:
        message = f"the document has {length} characters: start and end are two of them, the start before the end"
        raise UsageError(message)
    passage = document.text[start:end]
    span = Span(start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip()))
    if span.start >= span.end:
        message = "only white space was chosen: no words"
        raise UsageError(message)
    if span.end - span.start > LONGEST:
        message = (
            f"a claim is of a sentence or a few: {span.end - span.start} characters were chosen, {LONGEST} at most"
        )
        raise UsageError(message)
    return span


def _found(document: Document, words: str) -> Span:
    if not words:
        message = "which words? Give them as they stand in the document, or their start and end"
        raise UsageError(message)
    found = next(stretches(document.text, words), None)
    if found is None:
        message = f"the document does not say {words[:80]!r}"
        raise UsageError(message)
    return found


def document_of(ledger: Ledger, identity: str) -> Document:
    """A document of the case.

    Raises:
        MissingError: it has none of this id.
    """
    try:
        return ledger.document(identity)
    except UsageError as error:
        message = f"the case has no document {identity!r}"
        raise MissingError(message) from error


def document_named(ledger: Ledger, words: str) -> str:
    """The id of the document that has this id or this beginning of one, or whose file has this name.

    Raises:
        MissingError: none, or several.
    """
    found = [one.id for one in ledger.documents() if words and (one.id.startswith(words) or one.name == words)]
    if len(found) != 1:
        message = f"the case has {'several documents' if found else 'no document'} {words!r}"
        raise MissingError(message)
    return found[0]


def add(ledger: Ledger, said: Said, by: By) -> GroundedClaim:
    """Note a claim that a person made, and the decision by which it stands.

    Raises:
        UsageError: it is no claim that its document could make, in words; nothing is noted.
    """
    from tadmor import pipeline  # noqa: PLC0415 - the grounder's tables

    document = document_of(ledger, said.document)
    scribe = _Scribe(document, said)
    run, understood = pipeline.understood(ledger, document, scribe.claim())
    claim = scribe.meaning(understood, ledger)
    review = review_by(by, claim.id, Decision.ACCEPT, {"added": claim.kind, **scribe.unprinted(claim)})
    ledger.add_claim(run, claim, review)
    return claim


class _Scribe:
    """Writes down what a person says that words claim."""

    def __init__(self, document: Document, said: Said) -> None:
        unknown = sorted(said.fields.keys() - set(fields_for(said.kind)))
        if unknown:
            message = f"a {said.kind} claim has no field {unknown[0]}; it has {', '.join(fields_for(said.kind))}"
            raise UsageError(message)
        self._text, self._said, self._document = document.text, said, document
        self._span = span_said(document, said.start, said.end, said.words)
        self._fields = {role_of(said.kind, field): value.strip() for field, value in said.fields.items()}
        self._named = {role: self._names(role) for role in (*PLACE_ROLES[said.kind], *ACTOR_ROLES[said.kind])}

    def claim(self) -> Claim:
        """The claim as said.

        Raises:
            UsageError: a field has a value that it cannot have.
        """
        said, kind = self._said, self._said.kind
        values: dict[str, Any] = {
            "document": self._document.id,
            "start": self._span.start,
            "end": self._span.end,
            "quote": self._span.of(self._text),
            "modality": one_of("modality", said.modality, Modality),
            "polarity": one_of("polarity", said.polarity, Polarity),
            "attribution": tuple(map(self._voice, parted(self._fields.get("attribution", "")))),
            "time": self._time(),
            "count": count_typed(count) if (count := self._fields.get("count", "")) else None,
            "reader": HAND,
        }
        values |= {name: self._choice(name, words) for name, words in CHOICES[kind].items()}
        for role, named in self._named.items():
            printed = [one.mention for one in named if one.mention is not None]
            values[role] = tuple(printed) if role in _SEVERAL else next(iter(printed), None)
        for name in PRINTED.get(kind, ()):
            values[name] = self._printed(name)
        if kind == "presence":
            values["equipment"] = self._equipment()
        return _MODELS[kind](**values)

    def meaning(self, claim: GroundedClaim, ledger: Ledger) -> GroundedClaim:
        """The claim as understood, where the person said what names and times mean.

        Raises:
            UsageError: a name of no place or actor, or of several.
        """
        places, actors = dict(claim.places), dict(claim.actors)
        for role, named in self._named.items():
            if not any(one.meant for one in named):
                continue
            if role in PLACE_ROLES[self._said.kind]:
                places[role] = _place(next(one.meant for one in named if one.meant), ledger)
            else:
                actors[role] = tuple(self._actors(role, named, claim, ledger))
        days = self._days()
        when = days if days is not None else claim.when
        return msgspec.structs.replace(claim, places=places, actors=actors, when=when)

    def unprinted(self, claim: GroundedClaim) -> dict[str, str]:
        """The roles whose names the text does not print, with the ids of whom or what they mean."""
        roles = [role for role, named in self._named.items() if any(one.mention is None for one in named)]
        places = {role: claim.places[role].id for role in roles if role in claim.places}
        actors = {role: "; ".join(one.id for one in claim.actors[role]) for role in roles if role in claim.actors}
        return places | actors

    def _actors(self, role: str, named: tuple[_Named, ...], claim: GroundedClaim, ledger: Ledger) -> Iterator[Actor]:
        """The actors of a role in the order typed: those that are meant, and what was made out of the printed."""
        printed = iter(claim.actors.get(role, ()))
        for one in named:
            found = next(printed, None) if one.mention is not None else None
            if one.meant is not None:
                yield _actor(one.meant, ledger)
            elif found is not None:
                yield found

    def _names(self, role: str) -> tuple[_Named, ...]:
        typed = self._fields.get(role, "")
        return tuple(map(self._name, parted(typed) if role in _SEVERAL else [typed] if typed else []))

    def _name(self, typed: str) -> _Named:
        printed, equals, meant = (part.strip() for part in typed.partition("="))
        if not equals:
            mention = self._mention(typed)
            return _Named(mention, None if mention is not None else typed)
        mention = self._mention(printed)
        if mention is None:
            message = f"the document does not say {printed!r}"
            raise UsageError(message)
        return _Named(mention, meant or None)

    def _mention(self, words: str) -> Mention | None:
        """Words where they stand in the claim's own, else nearest to them."""
        found = list(stretches(self._text, words)) if words else []
        if not found:
            return None
        span = min(found, key=lambda one: (self._distance(one), one.start))
        expression = span.of(self._text)
        return Mention(expression=expression, start=span.start, end=span.end, carried=not self._span.contains(span))

    def _distance(self, one: Span) -> int:
        return max(self._span.start - one.start, one.end - self._span.end, 0)

    def _printed(self, field: str) -> Mention | None:
        words = self._fields.get(field, "")
        mention = self._mention(words)
        if words and mention is None:
            message = f"{field}: the document does not say {words!r}"
            raise UsageError(message)
        return mention

    def _voice(self, name: str) -> Voice:
        mention = self._mention(name)
        if mention is None:
            return Voice(name=name, named=name[:1].isupper())
        return Voice(name=mention.expression, start=mention.start, end=mention.end, named=name[:1].isupper())

    def _time(self) -> Mention | None:
        typed = self._fields.get("when", "")
        words = typed.partition("=")[0].strip() if "=" in typed else typed
        if not words or is_days(words):
            return None
        mention = self._mention(words)
        if mention is None:
            message = f"when: {words!r} is neither a day (2016-03-27, or two with .. between) nor words of the document"
            raise UsageError(message)
        return mention

    def _days(self) -> When | None:
        """The days that were typed; `None` where the text tells."""
        typed = self._fields.get("when", "")
        words, _, days = (part.strip() for part in typed.rpartition("="))
        if not days or (not words and not is_days(days)):
            return None
        first, last, grain = days_typed(days)
        held = self._said.kind == "control" and self._fields.get("change") == Change.HELD.value
        return when_given(first, last, grain=grain, held=held, expression=words or None)

    def _choice(self, name: str, words: type[StrEnum]) -> StrEnum:
        typed = self._fields.get(name, "") or USUAL.get(name, "")
        if not typed:
            message = f"a {self._said.kind} claim needs {name}: one of {', '.join(words)}"
            raise UsageError(message)
        return one_of(name, typed, words)

    def _equipment(self) -> str | None:
        typed = self._fields.get("equipment", "")
        if not typed:
            return None
        from tadmor.dictionaries.equipment import load_equipment  # noqa: PLC0415 - only where it is typed

        if load_equipment().get(typed) is None:
            message = f"equipment: {typed!r} is no id of the table of weapon systems"
            raise UsageError(message)
        return typed


def _place(words: str, ledger: Ledger) -> Place:
    from tadmor.views.naming import place_meant  # noqa: PLC0415 - the gazetteer

    return place_meant(words, ledger)


def _actor(words: str, ledger: Ledger) -> Actor:
    from tadmor.views.naming import actor_meant  # noqa: PLC0415 - a table

    return actor_meant(words, ledger)
