"""Words broken over two lines: does the hyphen belong to the word?"""

import re

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"\S+-[ ]*\n\s*\S+")
_LAST_PIECE = re.compile(r"([^\W_]+)-$")
_FIRST_PIECE = re.compile(r"[^\W_]+")

# Second halves of English compounds that reporting is full of (US-backed, rebel-held, oil-rich, two-year-old).
_TAILS = frozenset(
    """aligned allied armed backed based born bound built caliber calibre class controlled dominated driven era fire
    funded guided held launched like linked made making minded occupied old only owned populated proof proofed
    propelled range ranging ravaged rich run scale sponsored standing stricken style supported term third thirds time
    to torn trained ward wide wing wracked year years""".split()  # noqa: SIM905 - a list of words reads best so
)
# Words that only look like such compounds.
_WHOLE = frozenset(
    "arrange beheld ceasefire crossfire enrich lifetime maritime outrun overrun sometime upheld withheld".split()  # noqa: SIM905
)
# First halves that keep their hyphen before a whole word, and small words inside chains (surface-to-air).
_HEADS = frozenset("all anti de ex half mid non pan post pre pro quasi self semi to and of in the by on".split())  # noqa: SIM905
_CHAINED = frozenset("to and of in the by on a up off out for".split())  # noqa: SIM905


class Vocabulary:
    """The words of one text, without those broken over lines, as evidence for what is a word in it."""

    def __init__(self, text: str) -> None:
        self._words = {word.lower() for word in _WORD.findall(_BROKEN.sub(" ", text))}

    def has(self, word: str) -> bool:
        """Does the word stand in the text?"""
        return word.lower() in self._words


def keeps_hyphen(line: str, following: str, vocabulary: Vocabulary) -> bool:
    """Does the hyphen that ends `line` stay when `following` is drawn up to it?

    The text's own words decide first; then what the halves look like. A hyphen goes by default, since most of those
    at line ends are the typesetter's.
    """
    last, first = _LAST_PIECE.search(line), _FIRST_PIECE.match(following)
    if last is None or first is None:
        return True
    head, tail = last.group(1), first.group()
    if _looks_kept(head, tail):
        return True
    if vocabulary.has(head + tail):
        return False
    if vocabulary.has(f"{head}-{tail}"):
        return True
    return _is_compound(line, head, tail, vocabulary)


def _looks_kept(head: str, tail: str) -> bool:
    """Numbers, abbreviations (US-backed) and capitalised second halves (Al-Tabqa) keep theirs."""
    if head[-1].isdigit() or tail[0].isdigit():
        return True
    abbreviation = len(head) > 1 and head.isupper() and not tail.isupper()
    return abbreviation or (tail[0].isupper() and not head.isupper())


def _is_compound(line: str, head: str, tail: str, vocabulary: Vocabulary) -> bool:
    if tail.lower() in _TAILS and len(head) > 2 and (head + tail).lower() not in _WHOLE:
        return True
    if tail.lower() == "led" and (head[0].isupper() or vocabulary.has(head)):  # Kurdish-led, but crumb-led
        return True
    if line.lower().endswith(f"-{head.lower()}-") and head.lower() in _CHAINED:
        return True
    return head.lower() in _HEADS and vocabulary.has(tail) and len(tail) > 3
