"""How many names of private persons are withheld in publishing, and how many of public ones stay.

`python -m quality.publishing [--errors]` prints both for each half of the project's own texts (`marks/persons.yaml`).
A name is withheld if none of its words is left, and stays if all of them are. `--errors` shows those of the half that
rules are chosen on.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

from tadmor.views.publishing.persons import Persons

TEXTS = Path(__file__).parent / "marks" / "persons.yaml"
_MARK = re.compile(r"\{([-+])(.+?)\1\}")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A marked text: which half it is of, its genre, and its words with marks."""

    half: str
    genre: str
    text: str


class Name(msgspec.Struct, frozen=True):
    """A marked name: where it stands, whether its bearer is public, and what became of it."""

    words: str
    public: bool
    withheld: bool
    left: bool


class Share(msgspec.Struct, frozen=True):
    """Right ones of all."""

    right: int
    every: int

    def __str__(self) -> str:
        return f"{self.right} of {self.every} ({self.right / max(self.every, 1):.0%})"


class Result(msgspec.Struct, frozen=True):
    """Private names withheld, public ones kept, and words withheld that are of no name."""

    private: Share
    public: Share
    others: int


def texts() -> tuple[Text, ...]:
    """The marked texts."""
    return msgspec.convert(yaml.safe_load(TEXTS.read_text(encoding="utf-8")), tuple[Text, ...])


def plain(marked: str) -> tuple[str, list[tuple[int, int, bool]]]:
    """A text without its marks, and where names stand in it; the flag says that the bearer is public."""
    words, names, at = "", [], 0
    for match in _MARK.finditer(marked):
        words += marked[at : match.start()]
        names.append((len(words), len(words) + len(match.group(2)), match.group(1) == "+"))
        words += match.group(2)
        at = match.end()
    return words + marked[at:], names


def measured(half: str) -> tuple[Result, list[Name], list[str]]:
    """The result on a half, each name, and the words withheld that are of no name."""
    names: list[Name] = []
    others: list[str] = []
    for text in texts():
        if text.half == half:
            words, marks = plain(text.text)
            spans = Persons([words]).spans(words)
            names += _names(words, marks, spans)
            others += [words[start:end] for start, end in spans if not any(a < end and b > start for a, b, _ in marks)]
    private, public = [one for one in names if not one.public], [one for one in names if one.public]
    result = Result(
        Share(sum(one.withheld for one in private), len(private)),
        Share(sum(one.left for one in public), len(public)),
        len(others),
    )
    return result, names, others


def _names(words: str, marks: list[tuple[int, int, bool]], spans: tuple[tuple[int, int], ...]) -> Iterator[Name]:
    for start, end, public in marks:
        letters = [at for at in range(start, end) if words[at].isalnum()]
        gone = Counter(any(one <= at < other for one, other in spans) for at in letters)
        yield Name(words[start:end], public, gone[True] == len(letters), gone[True] == 0)


def main() -> None:
    """Print the results."""
    for half in ("choose", "measure"):
        result, names, others = measured(half)
        print(
            f"{half}: private names withheld {result.private}; public names kept {result.public}; "
            f"other words withheld {result.others}"
        )
        if "--errors" in sys.argv and half == "choose":
            for one in names:
                if not (one.left if one.public else one.withheld):
                    print(f"  {'public' if one.public else 'private'}: {one.words}")
            print(f"  others: {'; '.join(others)}")


if __name__ == "__main__":
    main()
