"""A document in the pieces that are asked about, each with what stands before it."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.documents import Form
from tadmor.extraction.context import Reading

#: Sentences, and characters of them, that one question is about: small models lose claims in longer texts.
_SENTENCES, _CHARACTERS = 12, 3_000
#: Sentences before them that are shown along: who "they" are is mostly told within so many.
_BEFORE = 4
#: Forms of text that make no claims of their own.
_SILENT = frozenset({Form.BIOGRAPHY})


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences that a question is about, by their numbers, and those that are shown before them."""

    numbers: tuple[int, ...]
    before: tuple[int, ...]


def windows(reading: Reading) -> Iterator[Window]:
    """All sentences that may make claims, each in one window, in order."""
    held: list[int] = []
    size = 0
    for number, sentence in enumerate(reading.sentences):
        if sentence.form in _SILENT:
            continue
        length = sentence.end - sentence.start
        if held and (len(held) == _SENTENCES or size + length > _CHARACTERS):
            yield _window(held)
            held, size = [], 0
        held.append(number)
        size += length
    if held:
        yield _window(held)


def _window(numbers: list[int]) -> Window:
    first = numbers[0]
    return Window(numbers=tuple(numbers), before=tuple(range(max(first - _BEFORE, 0), first)))


def question(reading: Reading, window: Window) -> str:
    """What is sent of a document: its title, some sentences for reference, and the numbered ones to mark."""
    parts = []
    if reading.document.title:
        parts += ["TITLE (for reference)", _line(reading.document.title), ""]
    if window.before:
        parts += ["BEFORE (for reference)", *(_line(_words(reading, number)) for number in window.before), ""]
    parts += ["MARK", *(f"[{number}] {_line(_words(reading, number))}" for number in window.numbers)]
    return "\n".join(parts)


def _words(reading: Reading, number: int) -> str:
    sentence = reading.sentences[number]
    return reading.text[sentence.start : sentence.end]


def _line(words: str) -> str:
    return " ".join(words.split())
