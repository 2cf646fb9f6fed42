"""The reader that asks a model: window by window, each answer checked, what it leaves unread read by the rules."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain

from tadmor.datamodel.claims import Claim, kind_of
from tadmor.datamodel.issues import Issue, Severity
from tadmor.errors import EndpointError
from tadmor.extraction.context import Reading
from tadmor.extraction.llm.answers import Rejection, decoded
from tadmor.extraction.llm.asking import in_order
from tadmor.extraction.llm.checking import Checker
from tadmor.extraction.llm.windows import Window, question, windows
from tadmor.extraction.rules import FINDERS, RuleReader

#: Instructions and a text in, the model's answer out; raises `EndpointError` where none comes. Called from several
#: threads at once. This reader knows no network: whoever makes it hands it one.
Complete = Callable[[str, str], str]

#: How sure a checked claim is. Nobody has measured it, and it differs from model to model: a round number that is not
#: near 1, so that words that a model misread count for less than what the learned reader is sure of.
SCORE = 0.8

#: What a window gave: claims and rejections, or why it is unread.
_Read = tuple[list[Claim], list[Rejection]] | EndpointError | Rejection


@lru_cache(maxsize=1)
def instructions() -> str:
    """What the model is told before each text."""
    return files(__package__).joinpath("instructions.md").read_text(encoding="utf-8")


class LlmReader:
    """Reads all five kinds by asking a language model; opens no connection of its own."""

    kinds = frozenset(FINDERS)

    def __init__(self, complete: Complete, model: str, *, at_once: int = 4, rules: RuleReader | None = None) -> None:
        self.name = f"llm/{model}"
        self._complete = complete
        self._at_once = at_once
        self._rules = rules or RuleReader()

    def read(self, reading: Reading, kinds: frozenset[str]) -> Iterator[Claim | Issue]:
        """Claims of the wanted kinds, window by window; then, one line each, what was rejected or not answered."""
        asked = list(windows(reading))
        answers = in_order(lambda window: self._answer(reading, window), asked, self._at_once)
        checker = Checker(reading, self.name, SCORE)
        read = [_read(answer, window, checker) for window, answer in zip(asked, answers, strict=True)]
        unread = [window for window, one in zip(asked, read, strict=True) if not isinstance(one, tuple)]
        found = chain.from_iterable(one[0] for one in read if isinstance(one, tuple))
        yield from (claim for claim in found if kind_of(claim) in kinds)
        yield from self._by_rules(reading, kinds, unread)
        yield from self._issues(reading, read)

    def _answer(self, reading: Reading, window: Window) -> str | EndpointError:
        try:
            return self._complete(instructions(), question(reading, window))
        except EndpointError as error:
            return error

    def _by_rules(self, reading: Reading, kinds: frozenset[str], unread: Sequence[Window]) -> Iterator[Claim]:
        numbers = {number for window in unread for number in window.numbers}
        for scene, claims in self._rules.scenes(reading, kinds) if numbers else ():
            if scene.number in numbers:
                yield from claims

    def _issues(self, reading: Reading, read: Sequence[_Read]) -> Iterator[Issue]:
        where, of = reading.document.name, len(read)
        down = [one for one in read if isinstance(one, EndpointError)]
        if down:
            message = f"{_share(len(down), of)} read by the rules, not by {self.name}: {down[0]}"
            yield Issue(where=where, rule="llm-endpoint", message=message)
        unusable = [one for one in read if isinstance(one, Rejection)]
        if unusable:
            message = f"{_share(len(unusable), of)} read by the rules, not by {self.name}: {unusable[0]}"
            yield Issue(where=where, rule="llm-answer", message=message, severity=Severity.WARNING)
        answered = [one for one in read if isinstance(one, tuple)]
        rejected = Counter(reason for _, reasons in answered for reason in reasons)
        if rejected:
            total = rejected.total() + sum(len(claims) for claims, _ in answered)
            why = ", ".join(f"{count} {reason}" for reason, count in sorted(rejected.items()))
            message = f"{rejected.total()} of {total} claims of {self.name} rejected: {why}"
            yield Issue(where=where, rule="llm-rejected", message=message, severity=Severity.WARNING)


def _read(answer: str | EndpointError, window: Window, checker: Checker) -> _Read:
    if isinstance(answer, EndpointError):
        return answer
    said = decoded(answer)
    if said is None:
        return Rejection.ANSWER
    checked = [one if isinstance(one, Rejection) else checker.checked(one, window) for one in said]
    claims = [one for one in checked if not isinstance(one, Rejection)]
    return claims, [one for one in checked if isinstance(one, Rejection)]


def _share(count: int, of: int) -> str:
    return "all of it" if count == of else f"{count} of {of} parts"
