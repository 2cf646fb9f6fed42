"""Reading again what was written, all of it, for what must not leave."""

import csv
import html
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from tadmor.errors import TadmorError
from tadmor.views.page.templates import ASSETS, STATIC
from tadmor.views.progress import Told, untold
from tadmor.views.publishing.composing import Composed
from tadmor.views.publishing.phrasing import Phrases, plain
from tadmor.views.publishing.pieces import JSON, cells, forms, pieces, spoken
from tadmor.views.publishing.points import told_points
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.redacting import NO_WORDS
from tadmor.views.publishing.secrets_kept import KeptSecrets, as_number

#: Kinds of files that are made; anything else leaks.
_DATA = frozenset({".csv", *JSON})
_SUFFIXES = frozenset({".html", ".css", ".js", ".svg", ".txt", *_DATA})
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"BM",
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"II*\x00",
    b"MM\x00*",
)
_PICTURE_WORDS = re.compile(
    r"<(?:img|picture|video|audio|object|embed|iframe)\b|data:(?:image|video|application)/", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,3}\.\d+")
_IDS = re.compile(r"[0-9a-f]{64}|[0-9a-f]{20}|[a-z]+:[\w.:/-]+")
_WIDE = frozenset({"district", "province", "country"})
#: Letters of a piece in which names of persons that nobody had found are looked for: no piece of a page is so long.
_LONGEST = 20_000


class LeakError(TadmorError):
    """Something that must not leave was found in what was written."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: holds {what}; nothing was published")


class Check:
    """Searches a written folder for what the policy withholds."""

    def __init__(self, found: Composed, policy: Policy) -> None:
        self._found, self._policy = found, policy
        self._secrets: KeptSecrets = found.secrets
        self._phrases = Phrases(
            {
                "a name that is withheld": self._secrets.names,
                "a confidential source": self._secrets.confidential,
                "words of a claim that are withheld": self._secrets.quotes,
                "a title or a file name that is withheld": self._secrets.titles,
                "the name of a place that is told by the province": self._secrets.places,
            }
        )
        self._beside: dict[str, set[str]] = defaultdict(set)  # latitudes and longitudes that make a place together
        for lat, lon in self._secrets.points:
            self._beside[lat].add(lon)
        self._seen = set[int]()  # hashes of pieces that were read: pages repeat one another

    def folder(self, folder: Path, told: Told = untold) -> int:
        """Read all files of a folder again; how many they were.

        Args:
            folder: the folder.
            told: is told how many files were read, of how many.

        Raises:
            LeakError: one holds what must not leave. The text names the file and the rule, not what was found.
        """
        paths = sorted(path for path in folder.rglob("*") if path.name != ".making")
        files = [path for path in paths if path.is_symlink() or path.is_file()]
        for number, path in enumerate(files, 1):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                raise LeakError(name, "a link, which may lead anywhere")
            self._file(path, name)
            told("reading it all again", number, len(files))
        for path in paths:
            if path.is_dir():
                self._name(path.relative_to(folder).as_posix())
        return len(files)

    def _file(self, path: Path, name: str) -> None:
        self._name(name)
        data = path.read_bytes()
        if _is_packaged(name, data):
            return
        if path.suffix not in _SUFFIXES or data.startswith(_PICTURES):
            raise LeakError(name, "what may be a picture or another file that nobody can check")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise LeakError(name, "bytes that are no UTF-8 text") from error
        numbers = set(_degrees(text)) if path.suffix in _DATA else set()  # those of data stand outside of strings
        try:
            for one in pieces(path.suffix, text):
                numbers.update(_degrees(one))
                key = hash(one)
                if key not in self._seen:
                    self._seen.add(key)
                    self._piece(one, name)
            for row in _rows(path.suffix, text):
                self._claim(row, name)
        except (csv.Error, msgspec.DecodeError, ValueError) as error:
            raise LeakError(name, "rows that cannot be read again") from error
        if any(not numbers.isdisjoint(self._beside.get(one, ())) for one in numbers):
            raise LeakError(name, "coordinates that are withheld")

    def _name(self, name: str) -> None:
        """The name of a file or folder, with its bytes spelled out."""
        for one in (name, unquote(name.replace("~", "%"))):
            self._words(one, name)

    def _piece(self, piece: str, name: str) -> None:
        """A piece, once however many pages have it."""
        if _PICTURE_WORDS.search(html.unescape(piece) if "&" in piece else piece):
            raise LeakError(name, "a picture, or a place for one")
        for form in dict.fromkeys(forms(piece)):
            self._words(form, name)
        for one in spoken(piece):
            if self._policy.persons_private == "withhold":
                self._persons(one, name)
            if self._policy.coarsen_kinds and any(told_points(one)):
                raise LeakError(name, "coordinates in words")

    def _words(self, text: str, name: str) -> None:
        what = self._phrases.first(plain(text))
        if what is not None:
            raise LeakError(name, what)
        if any(one in self._secrets.ids for one in _IDS.findall(text.lower())):
            raise LeakError(name, "the id of something that is withheld")

    def _persons(self, text: str, name: str) -> None:
        """Names of persons that are not known: found anew in what was written, whatever was found before."""
        if len(text) > _LONGEST:
            return
        for one in self._found.persons.plainly_private(text):
            if not self._found.stands(one):
                raise LeakError(name, "what reads as the name of a private person")

    def _claim(self, row: Mapping[str, Any], name: str) -> None:
        kind = row.get("kind")
        if kind in self._delayed(row) and any(day > self._found.last.isoformat() for day in _days(row)):
            raise LeakError(name, "a claim that is younger than the policy allows")
        if kind in self._policy.coarsen_kinds:
            levels = {_of(row, role, "level") for role in ("place", "from", "to") if _of(row, role, "id")}
            words = str(row.get("quote") or NO_WORDS)
            if levels - _WIDE or row.get("document") or _of(row, "document", "id") or not words.startswith(NO_WORDS):
                raise LeakError(name, "a claim of forces with its place, its words or its document")

    def _delayed(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        kinds = self._policy.delay_kinds
        return (*kinds, "toll") if "combatant_toll" in kinds and row.get("status", "civilian") != "civilian" else kinds


def _of(row: Mapping[str, Any], role: str, field: str) -> Any:
    """A field of a thing that a row names, nested as in JSON or dotted as in tables."""
    thing = row.get(role)
    return thing.get(field) if isinstance(thing, Mapping) else row.get(f"{role}.{field}")


def _days(row: Mapping[str, Any]) -> Iterator[str]:
    """The last days that a claim speaks of and was published on."""
    for field in ("when", "published"):
        day = _of(row, field, "latest")
        if day:
            yield str(day)


def _degrees(text: str) -> Iterator[str]:
    """Numbers in a text that may be degrees of a place, as the secrets have them."""
    for match in _NUMBER.finditer(text):
        before = text[match.start() - 1] if match.start() else ""
        if not (before.isdigit() or before == "."):
            yield as_number(float(match.group()) * (-1 if before == "-" else 1))


def _is_packaged(name: str, data: bytes) -> bool:
    """Is it a file of tadmor's own, byte by byte?"""
    head, _, rest = name.partition("/")
    own = {"assets": ASSETS, "static": STATIC}.get(head)
    return own is not None and ".." not in rest and (own / rest).is_file() and (own / rest).read_bytes() == data


def _rows(suffix: str, text: str) -> Iterator[Mapping[str, Any]]:
    """Claims that a file of data holds.

    Raises:
        csv.Error, msgspec.DecodeError: it cannot be read.
    """
    if suffix == ".csv":
        rows = cells(text)
        names = next(rows, [])
        for row in rows:
            yield {key: value or None for key, value in zip(names, row, strict=False)}
    elif suffix == ".jsonl":
        for line in io.StringIO(text):
            if line.strip():
                yield from _claims_in(msgspec.json.decode(line))
    elif suffix in JSON:
        yield from _claims_in(msgspec.json.decode(text))


def _claims_in(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "kind" in value and "modality" in value:
            yield value
        for one in value.values():
            yield from _claims_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _claims_in(one)
