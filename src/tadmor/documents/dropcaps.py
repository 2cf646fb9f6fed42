"""Drop caps: the large first letter of an article, which comes out of a page as a line of its own."""

import re
from collections.abc import Callable, Iterator

from tadmor.datamodel.spans import OffsetMap
from tadmor.documents.tracing import Edit, edited

_LETTER = re.compile(r"^[\"“‘']?[^\W\d_]$")
_REST = re.compile(r"[^\W\d_]+")
#: Common openings whose first letter is itself a word in English; after another "A" or "I" the letter stands alone.
_OPENINGS = frozenset(
    """about above according across activists additional afghan african after again against aid air aircraft airstrikes
    albanian aleppo algerian all allied almost alongside already also although american amid amidst among an analysts
    ancient and another anti any arab are armed armenian army around artillery as assad at attacks australian
    azerbaijani if immediately in indeed indian indonesian inside instead intense international into iran iranian
    iraq iraqi isis islamic islamist israel israeli it italian its""".split()  # noqa: SIM905
)
# A letter apart from its word at the start of a paragraph; only letters that are no English word.
_INLINE = re.compile(r"(?:^|(?<=\n\n))[\"“‘']?[B-HJ-NP-Z]( )(?=[a-z]{2,})(?!(?:and|are|had|has|is|or|said|was|were)\b)")


def is_drop_cap(line: str, following: str) -> bool:
    """Is this line the first letter of the next one's first word?"""
    if not _LETTER.match(line) or not line[-1].isupper():
        return False
    first = _REST.match(following)
    return first is not None and (first.group().islower() or (first.group().isupper() and len(first.group()) > 1))


def drops_a_space(letter: str, following: str, known: Callable[[str], bool]) -> bool:
    """Is the letter a word of its own ("A", "I") before the rest?

    Args:
        letter: the line that holds it.
        following: the next line.
        known: whether a word stands elsewhere in the text.
    """
    rest = _REST.match(following)
    letter = letter[-1].lower()
    if letter not in "ai" or rest is None:
        return False
    joined = letter + rest.group().lower()
    if joined in _OPENINGS:
        return False
    return known(rest.group()) or not known(joined)


def mended_drop_caps(text: str) -> tuple[str, OffsetMap]:
    """Cleaning step: "T he" at the start of a paragraph becomes "The"."""
    return edited(text, _edits(text))


def _edits(text: str) -> Iterator[Edit]:
    for match in _INLINE.finditer(text):
        yield Edit(match.start(1), match.end(1), "")
