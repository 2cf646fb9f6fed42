"""Lists that lead elsewhere, at the end of a page or between paragraphs: "See also", "References", "Related stories".

What stands under such a title are other pages' titles and books: "Siege of Homs" in a list of battles says of nobody
that he besieges it.
"""

import re
from collections.abc import Iterable, Iterator

from tadmor.documents import marks

#: Titles of lists of other texts of the same publisher; nothing else stands on their line.
_RELATED = re.compile(
    r"(?:see|read)\s+(?:also|more|next)|also\s+(?:read|see)|(?:related|recommended|similar)(?:\s+\w+){0,2}|"
    r"more\s+(?:on|from|about)(?:\s+[\w'’]+){1,5}|more\s+(?:stories|news|reading)|most\s+(?:read|viewed|popular|shared)|"
    r"(?:latest|top|trending|popular)\s+(?:stories|news|posts|articles|headlines)|you\s+(?:may|might)\s+also\s+like|"
    r"what\s+to\s+read\s+next|read\s+on",
    re.IGNORECASE,
)
#: Titles of lists of what a text rests on.
_CITED = re.compile(
    r"references?|(?:end|foot)?notes|citations|bibliography|works\s+cited|sources|further\s+reading|external\s+links|"
    r"notes\s+and\s+references|references\s+and\s+notes",
    re.IGNORECASE,
)
#: What stands in an entry of such a list and hardly in a sentence of a report.
_ENTRY = re.compile(
    r"https?://|www\.|\b(?:[Rr]etrieved|[Aa]rchived|[Aa]ccessed)\b|\bISBN\b|\bdoi\b|\b[Vv]ol\.|\bpp?\.\s*\d|^\W*\d{1,3}[.)\]]\s|"
    r"\(\s*\d{1,2}?\s*\w*\s*(?:19|20)\d\d\s*\)|^\W*[\"“]"
)
#: A paragraph of prose that comes after a list has so many words or more, and ends as a sentence does.
_PROSE = 12


def elsewhere(paragraphs: Iterable[str]) -> Iterator[bool]:
    """For each paragraph of a text, in order: is it the title of such a list, or does it stand under one?"""
    within: re.Pattern[str] | None = None
    for words in paragraphs:
        title = words.strip(" \n:#*-–—")
        begun = next((one for one in (_RELATED, _CITED) if one.fullmatch(title)), None)
        if begun is not None:
            within = begun
        elif within is not None and _is_prose(words, within):
            within = None
        yield within is not None


def _is_prose(words: str, within: re.Pattern[str]) -> bool:
    """Does the text of the report go on here?"""
    if marks.words_in(words) < _PROSE or not marks.ends_sentence(words):
        return False
    return within is _RELATED or not _ENTRY.search(words)
