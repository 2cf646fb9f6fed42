"""Dating an undated document by its company: dated documents that tell the same story.

Two reports share a story when they share rare words and names; common ones ("Syria", "army") say nothing. How rare a
word is, is counted over the documents at hand.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.documents.episodes import Episodes
from tadmor.documents.inference import date_from_content

#: Least cosine of the weighted names of two reports of one story. Of 632 dated reports of FA-KES 100 have such a
#: neighbour; 84 of those stand at most three days from it (at 0.2: 61 in 100; at 0.5: 93 in 100, but of 70).
SAME_STORY = 0.4
#: And so many rare names must be shared.
FEWEST_NAMES = 3
#: A name is rare when at most this share of the documents has it.
RARE = 0.2
#: Reports of one story appear within so many days of each other.
STORY_DAYS = 3
#: With fewer documents nothing can be said of how rare a word is.
FEWEST_DOCUMENTS = 5

# A capitalised word inside a sentence or a run of them, or a number with its noun.
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2}|\b\d[\d,.]*\s+[a-z]{3,}")
_PROSE = frozenset({Form.HEADLINE, Form.STANDFIRST, Form.BODY, Form.COMMENT})


class Company:
    """Documents that may date an undated one; their names are read once.

    Args:
        documents: of the same case, dated or not.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._dated = [document for document in documents if document.published is not None]
        self._sets = [names_of(document) for document in self._dated]
        self._spread = Counter(name for names in self._sets for name in names)
        self._episodes = Episodes(self._dated)

    def date(self, document: Document) -> When | None:
        """When an undated document was written, from dated ones.

        Returns:
            An inferred interval with the documents and the shared names it rests on; where no story is shared, a wider
            one after the episode that it looks back on; `None` where there is none of either.
        """
        return self._by_story(document) or self._episodes.date(document)

    def _by_story(self, document: Document) -> When | None:
        """To within days, by the report that shares most rare names.

        `None` where no story is shared, or what the document itself tells speaks against it.
        """
        if len(self._dated) < FEWEST_DOCUMENTS:
            return None
        mine = names_of(document)
        matches = _matches(mine, self._sets, self._spread + Counter(mine))
        return _dated_by(document, [(self._dated[at], shared) for at, shared in matches]) if matches else None


def names_of(document: Document) -> frozenset[str]:
    """Names and counted things in a document's prose."""
    found: set[str] = set()
    for block in document.blocks:
        if block.form in _PROSE:
            found.update(" ".join(name.split()).lower() for name in _NAME.findall(block.span.of(document.text)))
    return frozenset(found)


def _matches(
    mine: frozenset[str], sets: Sequence[frozenset[str]], spread: Counter[str]
) -> list[tuple[int, frozenset[str]]]:
    """Documents that share the story, likeliest first, each with the rare names shared."""
    total = len(sets) + 1
    weight = {name: math.log(total / count) for name, count in spread.items()}
    rare = {name for name, count in spread.items() if count <= max(2, RARE * total)}
    found = []
    for at, theirs in enumerate(sets):
        shared = frozenset(mine & theirs & rare)
        alike = _cosine(mine, theirs, weight)
        if alike >= SAME_STORY and len(shared) >= FEWEST_NAMES:
            found.append((alike, at, shared))
    return [(at, shared) for _, at, shared in sorted(found, key=lambda one: -one[0])]


def _cosine(mine: frozenset[str], theirs: frozenset[str], weight: dict[str, float]) -> float:
    both = sum(weight[name] ** 2 for name in mine & theirs)
    lengths = [math.sqrt(sum(weight[name] ** 2 for name in names)) for names in (mine, theirs)]
    return both / (lengths[0] * lengths[1]) if all(lengths) else 0.0


def _dated_by(document: Document, matches: Sequence[tuple[Document, frozenset[str]]]) -> When | None:
    best, shared = matches[0]
    if best.published is None:
        return None
    days = timedelta(days=STORY_DAYS)
    interval = Interval(best.published.interval.start - days, best.published.interval.end + days)
    own = date_from_content(document)
    if own is not None:
        narrowed = interval.intersection(own.interval)
        if narrowed is None:
            return None
        interval = narrowed
    names = ", ".join(f"'{name}'" for name in sorted(shared, key=len, reverse=True)[:4])
    reason = f"tells the story of {best.name} ({best.published.earliest.isoformat()}): both have {names}"
    return When(interval=interval, grain=Grain.SPAN, basis=Basis.INFERRED, reasons=(reason,))
