"""Who may publish: lines that are nothing but the name of a known outlet, agency, monitor or organisation."""

import re

from tadmor.datamodel.sources import Source, SourceKind
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sources import SourceTable

#: Kinds of which any name may stand as a publisher's.
_PUBLISHING = frozenset({SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.MONITOR, SourceKind.ORGANISATION})
#: Names of sources have at most so many words ("Office for the Coordination of Humanitarian Affairs").
LONGEST_NAME = 10
_THE = re.compile(r"the\s+", re.IGNORECASE)


class Publishers:
    """A table of sources asked one question: is this, whole, the name of one that publishes?"""

    def __init__(self, sources: SourceTable) -> None:
        self._sources = sources
        self._asked: dict[str, bool] = {}

    def known(self, name: str) -> bool:
        """Is the whole of `name` a publisher's? A party counts by its own name, not by its spokesmen's."""
        if not name or not name[0].isalnum() or len(name.split()) > LONGEST_NAME:
            return False
        if name not in self._asked:
            self._asked[name] = self._is_known(name)
        return self._asked[name]

    def _is_known(self, name: str) -> bool:
        hits = self._sources.find(name)
        if len(hits) != 1:
            return False
        start, end, source = hits[0]
        article = _THE.match(name)
        whole = end == len(name) and start <= (article.end() if article else 0)
        return whole and _may_publish(source, name)


def _may_publish(source: Source, name: str) -> bool:
    if source.kind is SourceKind.PARTY:
        return fold(source.name) == fold(name)
    return source.kind in _PUBLISHING
