"""The classic sets of truth discovery, as arrays: who told what of which question, and what is true.

* population (Pasternack and Roth 2010, https://aclanthology.org/C10-1099): figures that contributors of an
  encyclopaedia gave for the population of towns. Contributors are of two kinds: with an account, and by an address.
* books (Yin et al. 2008, doi:10.1109/TKDE.2007.190745): whom sellers name as authors of a book.
* D_Product (Zheng et al. 2017, doi:10.14778/3055540.3055547): whether two offers are of one product.
"""

import csv
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tadmor.record.estimation.engine import Floats, Ints

Names = frozenset[str]


class Told(NamedTuple):
    """Claims: of each, the question and the source, as numbers; `kinds` of each source."""

    asked: Ints
    sources: Ints
    questions: tuple[str, ...]
    kinds: Ints


class Populations(NamedTuple):
    """What was told of populations, and what is true of some."""

    told: Told
    figures: Floats
    true: dict[int, float]


class Books(NamedTuple):
    """Who was named as authors, and who they are for some books."""

    told: Told
    names: tuple[Names, ...]
    true: dict[int, Names]


class Products(NamedTuple):
    """Answers, and which are right."""

    told: Told
    answers: Ints
    true: Ints


def _numbered(pairs: Sequence[tuple[str, str]], second_kind: Iterable[str] = ()) -> Told:
    questions, sources = (sorted({pair[place] for pair in pairs}) for place in (0, 1))
    of_question, of_source = ({name: n for n, name in enumerate(names)} for names in (questions, sources))
    special = set(second_kind)
    return Told(
        np.array([of_question[question] for question, _ in pairs]),
        np.array([of_source[source] for _, source in pairs]),
        tuple(questions),
        np.array([int(source in special) for source in sources]),
    )


def populations(folder: Path) -> Populations:
    """The population set: every town and year on which contributors disagree."""
    rows = [line.split("\t") for line in _lines(folder / "data" / "population-new-new.txt")]
    nameless = {row[1] for row in rows if row[1].startswith("contributor #0 ")}
    told = _numbered([(row[0], row[1]) for row in rows], nameless)
    index = {question: number for number, question in enumerate(told.questions)}
    true = {}
    for line in _lines(folder / "data" / "population-gd.txt"):
        *town, year, figure = (part.strip() for part in line.split(","))
        question = f"{', '.join(town)}_{year}"
        if question in index:
            true[index[question]] = float(figure)
    return Populations(told, np.array([float(row[2]) for row in rows]), true)


def products(folder: Path) -> Products:
    """The D_Product set."""
    with (folder / "answer.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (folder / "truth.csv").open(encoding="utf-8") as file:
        right = {row["question"]: int(row["truth"]) for row in csv.DictReader(file)}
    told = _numbered([(row["question"], row["worker"]) for row in rows])
    return Products(
        told, np.array([int(row["answer"]) for row in rows]), np.array([right[one] for one in told.questions])
    )


def books(folder: Path) -> Books:
    """The book authors: of each seller the longest list that it gives for a book, as last names."""
    longest: dict[tuple[str, str], Names] = {}
    for line in _lines(folder / "book.txt"):
        seller, book, _, authors = [*line.split("\t"), ""][:4]
        names = last_names(authors)
        if len(names) > len(longest.get((book, seller), ())):
            longest[book, seller] = names
    pairs = sorted(longest)
    told = _numbered(pairs)
    index = {book: number for number, book in enumerate(told.questions)}
    golden = (line.split("\t") for line in _lines(folder / "book_golden.txt") if "\t" in line)
    true = {index[book]: _golden(authors) for book, authors in golden}
    return Books(told, tuple(longest[pair] for pair in pairs), true)


def _lines(path: Path) -> list[str]:
    # Bytes that are no UTF-8 stand in names of towns only: what they stand for does not matter, that they differ does.
    return path.read_text(encoding="utf-8", errors="surrogateescape").rstrip("\n").split("\n")


def _golden(authors: str) -> Names:
    """The marked lists are "last, first; last, first"."""
    firsts = (name.split(",")[0] for name in authors.split(";") if name.strip())
    return frozenset(re.findall("[a-z]+", _plain(name))[-1] for name in firsts)


_SEPARATOR = re.compile(r";|/|\||&|\band\b|\bwith\b|\b(?:by\s*)?\((?:joint )?author\)")
_NO_NAME = re.compile(
    r"\([^)]*\)|\bph\.?\s?d\b|\b(?:joint )?authors?\b|\beditors?\b|\beds?\b|\bedited\b|\bby\b|\bet\.? al\b"
    r"|\bunknown\b|\bnot available\b|\bnone\b|\b(?:jr|sr|ii|iii|dr|mr|prof|professor)\b"
)


def last_names(authors: str) -> Names:
    """The last names in a seller's list of authors, whichever way it is written."""
    text = _NO_NAME.sub(" ", _SEPARATOR.sub(" ; ", _NO_NAME_AT_ALL.sub(" ", _plain(authors))))
    pieces = [piece for piece in text.split(";") if re.search("[a-z]{2}", piece)]
    return frozenset(name for piece in pieces for name in _last_names(piece, alone=len(pieces) == 1))


#: These hold a separator and no name.
_NO_NAME_AT_ALL = re.compile(r"\band others\b|\bn/a\b")


def _plain(text: str) -> str:
    """Lower case without accents; hyphens and apostrophes inside names are gone."""
    unescaped = html.unescape(text).replace("andapos;", "'")
    letters = (letter for letter in unicodedata.normalize("NFKD", unescaped) if not unicodedata.combining(letter))
    return re.sub(r"(?<=\w)['-](?=\w)", "", "".join(letters).lower())


def _last_names(piece: str, *, alone: bool) -> list[str]:
    """The last names between two separators: "last, first", "first last", or several of these with commas between."""
    parts = [words for words in (re.findall("[a-z]+", part) for part in piece.split(",")) if words]
    if not parts:
        return []
    if len(parts) == 1:
        return [_last(parts[0])]
    if len(parts) == 2 and (len(parts[0]) == 1 or not alone):
        return [parts[0][-1]]
    if all(len(words) > 1 for words in parts):
        return [_last(words) for words in parts]
    if len(parts) % 2 == 0 and all(len(words) == 1 for words in parts[::2]):
        return [words[0] for words in parts[::2]]
    # "haag, stephen perry, james t. sosinsky, barrie": each part begins with one's first name and ends with the next
    return [parts[0][-1], *(words[-1] for words in parts[1:-1] if len(words) > 1)]


def _last(words: Sequence[str]) -> str:
    return words[-1] if len(words[-1]) > 1 else words[0]
