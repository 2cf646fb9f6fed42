"""What the words around a place's name ask for: "the city of Raqqa" a town, "Homs province" a division."""

import re

import msgspec

from tadmor.datamodel.places import Level
from tadmor.dictionaries.gazetteer.tables import read_kinds

_LEADING = re.compile(
    r"^(?:(?:the|a|an|this|that)\s+|[\w-]+-(?:held|controlled|occupied|dominated|run|ruled|led|infested|besieged)\s+|(?:ancient|historic|strategic|besieged|key|northern|southern|eastern|western|central|"
    r"northwestern|northeastern|southwestern|southeastern|capital|oil-rich|coastal|nearby|major|rebel-held|provincial|modern|"
    r"whole|entire|embattled|war-torn)\s+"
    r"(?=(?:city|town|village|province|governorate|district|region|port|capital|suburb|neighbou?rhood)\b))+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:['’]s|['’])$")
_OF = re.compile(
    r"^(?:(?:military|air|gas|oil|port|border|capital|provincial|industrial)\s+)*(?P<kind>[a-z-]+)\s+of\s+(?P<name>.+)$",
    re.IGNORECASE,
)
#: A kind noun right after a name, and one before it.
_AFTER = re.compile(r"\s+(?:(?P<first>[a-z]+)\s+)?(?P<kind>[A-Za-z]+)\b")
#: What follows a name in a dateline: what it lies in, the agency, a dash, then no word in capitals.
_STORY = re.compile(r"(?:,[^\n(–—-]{2,40})?(?:\s*\([^)\n]{2,40}\))?\s*[–—-]*\s*[\"“'‘]?[A-Z]?[a-z]")
_AHEAD = re.compile(r"(?P<kind>[A-Za-z]+)\s+of\s+(?:the\s+)?$")


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A name without its kind nouns, the levels that they ask for, and the noun of a thing that stands in the place."""

    name: str
    levels: tuple[Level, ...] = ()
    thing: str | None = None


def worded(expression: str) -> Wording:
    """Take a place expression apart."""
    plain, kinds = bare(expression), read_kinds()
    of = _OF.match(plain)
    if of is not None and of["kind"].lower() in kinds.levels:
        kind = of["kind"].lower()
        return Wording(name=bare(of["name"]), levels=kinds.levels[kind], thing=kind if kind in kinds.things else None)
    words, nouns = plain.split(), list[str]()
    while len(words) > 1 and words[-1].lower() in kinds.levels:
        nouns.append(words.pop().lower())
        if len(words) > 1 and words[-1].lower() in kinds.between:
            words.pop()
    levels = kinds.levels[nouns[0]] if nouns else ()
    thing = next((noun for noun in nouns if noun in kinds.things), None)
    return Wording(name=_TAIL.sub("", " ".join(words)), levels=levels, thing=thing)


def bare(expression: str) -> str:
    """The expression without articles and epithets before it, and without a possessive ending."""
    return _TAIL.sub("", _LEADING.sub("", " ".join(expression.split())))


def in_dateline(text: str, start: int, end: int) -> bool:
    """Does a name stand in capitals where a line begins and the story goes on after it: "WASHINGTON (AP) The"?"""
    begins = text[start:end].isupper() and not text[text.rfind("\n", 0, start) + 1 : start].strip()
    return begins and _STORY.match(text, end) is not None


def asked_by(text: str, start: int, end: int, since: int = 0) -> tuple[Level, ...]:
    """The levels that the words beside a stretch of text ask for, none before `since`; empty where they are silent."""
    kinds = read_kinds()
    after = _AFTER.match(text, end)
    if after is not None:
        first, second = after["first"], after["kind"].lower()
        noun = second if first is None or first in kinds.between else first
        if noun in kinds.levels and noun not in kinds.things:
            return kinds.levels[noun]
    ahead = _AHEAD.search(text, max(start - 30, since), start)
    return kinds.levels.get(ahead["kind"].lower(), ()) if ahead is not None else ()
