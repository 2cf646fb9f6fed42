"""Names of ground that no table has, known by how a document speaks of them.

Gazetteers lack most villages. What stands once as "the village of Harna", "near Harna" or "Harna came under fire" is
ground wherever the document names it: "Harna", as the subject or the object of any other sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from tadmor.dictionaries.lexicon import word_class

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[’'ʼ][^\W\d_]+)*"
_NAME = rf"(?P<name>(?:(?:al|el|ad|as|ash|ar|at|an)-)?{_CAPITAL}(?:[-‐‑ ]{_CAPITAL}){{0,3}})"
_KIND = (
    r"(?i:towns?|villages?|cit(?:y|ies)|hamlets?|townships?|settlements?|municipality|commune|localit(?:y|ies)|"
    r"districts?|provinces?|county|counties|neighbou?rhoods?|suburbs?|camps?|ports?|islands?|gorge|valley|axes|axis)"
)
#: What goes on with the sentence after a name: a stop, or a word of the closed classes. A noun would make the name part
#: of another ("in Harna Square").
_AFTER = (
    r"(?=\s*(?:[.,;:)—–]|$)|\s+(?:and|or|but|on|in|at|by|to|from|with|after|before|during|since|until|when|where|while|"
    r"which|who|as|for|over|under|were|was|is|are|has|have|had|that|this|last|early|late|yesterday|today)\b)"
)
_BEARING = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
_FIRE = r"(?:fire|attack|siege|bombardment|shelling|control|shellfire|assault|rocket|artillery|heavy|intense|air)"
_DONE_TO = r"(?:besieged|encircled|shelled|bombed|surrounded|retaken|recaptured)"
_DONE = r"(?:captured|recaptured|seized|retook|raided|stormed|overran|shelled|bombed|besieged|liberated)"
#: What makes a name one of ground. By the closed classes of English and a few verbs of war.
_EVIDENCE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_KIND} of {_NAME}",
        rf"(?<![.!?]\s)(?<!\n)\b{_NAME} (?:town|village|city|township|district|front|axis)\b",
        rf"\b(?:in|near|around|outside|inside|towards?|into) {_NAME}{_AFTER}",
        rf"\b(?:{_BEARING}|outskirts|suburbs|edge|gates|cent(?:re|er)|entrance) of {_NAME}{_AFTER}",
        rf"\b(?:kilomet(?:re|er)s|km|miles) (?:{_BEARING} )?(?:of|from|outside) {_NAME}{_AFTER}",
        rf"\b{_NAME} (?:came|has come|comes|has been|had been|was|is|remains|fell) (?:\w+ )?under (?:\w+ )?{_FIRE}\b",
        rf"\b{_NAME} (?:has been|had been|was|were|is) (?:\w+ly )?{_DONE_TO}\b",
        rf"\b{_DONE} {_NAME}{_AFTER}",
    )
)
#: Capitalised words that stand in the same places as names of ground.
_NO_GROUND = frozenset(
    """
    parliament congress senate state government islam christianity ramadan eid christmas easter operation article
    telegram twitter facebook whatsapp youtube instagram english arabic french russian phase chapter part section
    resolution court council president prime minister general colonel major captain lieutenant sheikh mr mrs dr
    brigade division battalion regiment corps army ministry internet heaven god allah he she they we it i the this
    that these those
    """.split()  # noqa: SIM905  # one word a line would fill two pages
)
_SAID = re.compile(r"\s+(?:said|says|told|added|claimed|denied|announced|wrote|tweeted)\b")
#: A name with one of these before it is a person's.
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Capt|Lt|Sgt|General|Colonel|Major|Captain|Commander|Marshal|President|Minister|"
    r"Sheikh|spokes(?:man|woman|person)|leader|chief|governor|mayor)\.?\s+$"
)

#: The beginning of a word, up to a hyphen or a space; and what makes a name go on.
_FIRST = re.compile(r"(?<![\w’'-])\w+")
_GOES_ON = re.compile(r"[\w-]")

Stretch = tuple[int, int]


def uncharted(text: str, known: Iterable[Stretch]) -> Iterator[tuple[int, int, str]]:
    """Where a text names ground that no table has.

    Args:
        text: the document's.
        known: the stretches that name something that a table has, ground or not.
    """
    taken = _Taken(known)
    names: dict[str, set[str]] = {}
    for pattern in _EVIDENCE:
        for name in _told(text, pattern, taken):
            names.setdefault(_FIRST.findall(name)[0], set()).add(name)
    for word in _FIRST.finditer(text):
        for name in sorted(names.get(word.group(), ())):
            start, end = word.start(), word.start() + len(name)
            if text.startswith(name, start) and not _GOES_ON.match(text, end) and not taken.overlaps(start, end):
                yield start, end, name


class _Taken:
    """Stretches that name something already, asked for the one that a stretch runs into."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        # how far the stretches up to each reach, so that one look behind is enough
        self._reach = list(accumulate((end for _, end in ordered), max))

    def overlaps(self, start: int, end: int) -> bool:
        """Does any run into this stretch?"""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


def _told(text: str, pattern: re.Pattern[str], taken: _Taken) -> Iterator[str]:
    for match in pattern.finditer(text):
        start, end = match.span("name")
        if _is_name(match["name"]) and not taken.overlaps(start, end) and not _is_person(text, start, end):
            yield match["name"]


def _is_name(name: str) -> bool:
    """No abbreviation, no people ("Chadian"), no word that English writes with a capital."""
    words = name.lower().replace("-", " ").split()
    short = name.isupper() or len(name) < 3  # "RN" and "EU" are no towns
    return not short and _nouns().isdisjoint(words) and not words[-1].endswith(("ian", "ians", "ish", "ese"))


@cache
def _nouns() -> frozenset[str]:
    """Words that name no ground, whatever stands before them."""
    return _NO_GROUND.union(*(word_class(each) for each in ("act_nouns", "person_nouns", "force_nouns", "the_dead")))


def _is_person(text: str, start: int, end: int) -> bool:
    return _SAID.match(text, end) is not None or _TITLED.search(text, max(start - 16, 0), start) is not None
