"""Whether the words before and after a name give its bearer an office, a command or the voice of a body."""

import re
from collections.abc import Callable, Sequence

from tadmor.dictionaries.people import Roles
from tadmor.views.publishing.wording import Word

#: So many words before a name can hold its role: "the head of the army's general staff in the south, X".
_REACH = 10
#: So many words after it: ", the former deputy governor of Y".
_AFTER = 9
_OF = frozenset({"of", "for", "to", "at", "in", "with", "from"})


class PublicRoles:
    """Reads the role of a named person off the words beside the name; `True` public, `False` private, `None` untold."""

    def __init__(self, roles: Roles, is_body: Callable[[str, str], bool]) -> None:
        self._roles = roles
        self._is_body = is_body
        self._titles = (
            roles.offices
            | roles.ranks
            | roles.heads
            | roles.honorifics
            | {"deputy", "vice", "former", "acting", "prime"}
        )

    def is_title(self, word: Word) -> bool:
        """Is a capitalised word a title before a name, not part of it?"""
        return word.low in self._titles

    def of(self, words: Sequence[Word], start: int, end: int, text: str) -> bool | None:
        """What the words say of the name `[start, end)`."""
        before = self._before(words, start, text)
        if before is not None:
            return before
        return self._after(words, end, text)

    def _before(self, words: Sequence[Word], start: int, text: str) -> bool | None:
        clause = self._clause_before(words, start, text)
        if not clause:
            return None
        last = clause[-1]
        comma = text[last.end : words[start].start].strip() in {",", ", "}
        if last.low == "by" and len(clause) > 1 and clause[-2].low in self._roles.commanding:
            return True
        if last.low == "of" and len(clause) > 1 and clause[-2].low in {"command", "leadership", "presidency"}:
            return True
        if not comma:
            told = self._noun(clause)
            if told is not None:
                return told
        return self._with_body(clause)

    def _clause_before(self, words: Sequence[Word], start: int, text: str) -> list[Word]:
        """The words before a name back to a comma before the last one, a sentence's begin or a verb of saying."""
        found: list[Word] = []
        commas = 0
        for at in range(start - 1, max(start - 1 - _REACH, -1), -1):
            between = text[words[at].end : words[at + 1].start]
            if words[at + 1].first and at + 1 != start and not self.is_title(words[at + 1]):
                break
            if re.search(r"[.!?;:()\n]", between) and not (
                words[at].low in self._roles.abbreviations and "\n" not in between
            ):
                break
            commas += "," in between
            if commas > 1 or ("," in between and at + 1 != start):
                break
            found.append(words[at])
            if words[at].first and not self.is_title(words[at]):
                break
        return found[::-1]

    def _noun(self, clause: Sequence[Word]) -> bool | None:
        """The noun right before a name: "spokesman X", "Gen. X", "the governor's driver X"."""
        last, before = clause[-1], clause[-2] if len(clause) > 1 else None
        if last.genitive:
            return None
        if last.low in self._roles.offices:
            return before is None or before.low not in self._roles.small or None
        if last.low in self._roles.ranks:
            return before is None or before.low not in {"sergeant", "sgt", "drum"}
        if last.low in self._roles.heads:
            return True if self._leads(clause[:-1]) else None
        if last.low in self._roles.relations | self._roles.honorifics | self._roles.low_ranks:
            return False
        return None

    def _leads(self, before: Sequence[Word]) -> bool:
        """Does what stands before "leader" or "chief" name a body: "army chief", "the Houthi leader"?"""
        if not before or before[-1].low in self._roles.small:
            return False
        return self._is_body(before[-1].low, before[-1].text)

    def _with_body(self, clause: Sequence[Word]) -> bool | None:
        """A role with its body before the name: "a spokesman for the SDF, X", "head of the ministry X"."""
        for at in range(len(clause) - 2, -1, -1):
            if clause[at].genitive or clause[at + 1].low not in _OF:
                continue
            nouns = self._roles.relations | self._roles.offices | self._roles.ranks | self._roles.heads
            if clause[at].low not in nouns:
                continue
            outer = [one.low for one in clause[:at]]
            if any(word in self._roles.relations for word in outer):
                return False
            if clause[at].low in self._roles.relations and clause[at].low not in self._roles.heads:
                return False
            phrase = clause[at + 2 :]
            return True if self._heads(clause[at].low, phrase) else None
        return None

    def _heads(self, role: str, phrase: Sequence[Word]) -> bool:
        if any(one.low in self._roles.small for one in phrase):
            return False
        if role in self._roles.offices | self._roles.ranks:
            return True
        return any(self._is_body(one.low, one.text) for one in phrase)

    def _after(self, words: Sequence[Word], end: int, text: str) -> bool | None:
        """An apposition: ", the governor of Y,", " (commander of Z)", ", who leads the front"."""
        if end >= len(words):
            return None
        mark = text[words[end - 1].end : words[end].start].strip()
        if mark not in {",", "(", "–", "—", ", a", "-"}:
            return None
        group: list[Word] = []
        for at in range(end, min(end + _AFTER, len(words))):
            if at > end and (words[at].first or re.search(r"[,;:.()\n–—]", text[words[at - 1].end : words[at].start])):
                if all(one.numeric for one in group):  # an age
                    group = [words[at]]
                    continue
                break
            group.append(words[at])
        return self._apposed(group)

    def _apposed(self, group: Sequence[Word]) -> bool | None:
        lows = [one.low for one in group]
        if lows[:1] == ["who"]:
            return True if len(lows) > 1 and lows[1] in self._roles.commands else None
        head = next(
            (at for at, word in enumerate(lows) if word in _OF or word in {"who", "said", "says", "told", "and"}),
            len(lows),
        )
        noun = group[head - 1] if head else None
        if noun is None:
            return None
        rest = group[head + 1 :]
        small = any(word in self._roles.small for word in lows[:head])
        if noun.low in self._roles.offices | self._roles.ranks:
            return not (small or (noun.low == "major" and "sergeant" in lows))
        if noun.low in self._roles.heads and noun.low not in {"deputy"}:
            return self._leads(group[: head - 1]) or (not small and self._heads("head", rest))
        article = lows[0] in {"a", "an", "the", "his", "her", "their", "aged", "one"} or group[0].numeric
        return False if article or noun.low in self._roles.relations | self._roles.honorifics else None
