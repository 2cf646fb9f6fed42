"""Reading again what was written, all of it, for what must not leave."""

import base64
import binascii
import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tadmor.errors import TadmorError
from tadmor.views.page.templates import ASSETS, STATIC
from tadmor.views.publishing.composing import Composed
from tadmor.views.publishing.phrasing import Phrases, plain
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.secrets_kept import KeptSecrets, as_number

#: Kinds of files that are made; anything else leaks.
_SUFFIXES = frozenset({".html", ".json", ".jsonl", ".csv", ".geojson", ".css", ".js", ".svg", ".txt"})
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
_TAGS = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)", re.DOTALL)
_PACKED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"[0-9a-f]+")
_NUMBER = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{3,}")
_IDS = re.compile(r"[0-9a-f]{64}|[0-9a-f]{20}|[a-z]+:[\w.:/-]+")
_WIDE = frozenset({"district", "province", "country"})
_NOBODY = ("[name withheld]", "a person whose name is withheld")


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
        self._seen: set[str] = set()

    def folder(self, folder: Path) -> int:
        """Read all files of a folder again; how many they were.

        Raises:
            LeakError: one holds what must not leave. The text names the file and the rule, not what was found.
        """
        number = 0
        for path in sorted(folder.rglob("*")):
            if path.is_symlink():
                raise LeakError(path.relative_to(folder).as_posix(), "a link, which may lead anywhere")
            if path.is_file() and path.name != ".making":
                number += 1
                self._file(path, path.relative_to(folder).as_posix())
        return number

    def _file(self, path: Path, name: str) -> None:
        self._words(unquote(name.replace("~", "%")), name)
        data = path.read_bytes()
        if _is_packaged(name, data):
            return
        if path.suffix not in _SUFFIXES or data.startswith(_PICTURES):
            raise LeakError(name, "what may be a picture or another file that nobody can check")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise LeakError(name, "bytes that are no UTF-8 text") from error
        if _PICTURE_WORDS.search(html.unescape(text)):
            raise LeakError(name, "a picture, or a place for one")
        for form in dict.fromkeys(forms(text)):
            self._words(form, name)
        self._claims(path, text, name)
        if self._policy.persons_private == "withhold":
            for one in strings(path.suffix, text):
                self._persons(one, name)

    def _words(self, text: str, name: str) -> None:
        what = self._phrases.first(plain(text))
        if what is not None:
            raise LeakError(name, what)
        lowered = text.lower()
        if any(one in self._secrets.ids for one in _IDS.findall(lowered)):
            raise LeakError(name, "the id of something that is withheld")
        if any(as_number(float(one)) in self._secrets.numbers for one in _NUMBER.findall(text)):
            raise LeakError(name, "coordinates that are withheld")

    def _persons(self, text: str, name: str) -> None:
        """Names of persons that are not known: found anew in what was written, whatever was found before."""
        if text in self._seen or len(text) > 20_000:
            return
        self._seen.add(text)
        for one in self._found.persons.plainly_private(text):
            if not self._found.stands(one):
                raise LeakError(name, "what reads as the name of a private person")

    def _claims(self, path: Path, text: str, name: str) -> None:
        for row in _rows(path.suffix, text):
            self._claim(row, name)

    def _claim(self, row: Mapping[str, Any], name: str) -> None:
        kind = row.get("kind")
        if kind in self._delayed(row) and any(day > self._found.last.isoformat() for day in _days(row)):
            raise LeakError(name, "a claim that is younger than the policy allows")
        if kind in self._policy.coarsen_kinds:
            places = [row.get(role) for role in ("place", "from", "to") if isinstance(row.get(role), Mapping)]
            levels = {one.get("level", "province") for one in places if one is not None and one.get("id")}
            fine = {one for one in levels if one not in _WIDE and one is not None}
            if (
                fine
                or row.get("document")
                or (row.get("quote") and not str(row["quote"]).startswith("[words withheld]"))
            ):
                raise LeakError(name, "a claim of forces with its place, its words or its document")

    def _delayed(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        kinds = self._policy.delay_kinds
        return (*kinds, "toll") if "combatant_toll" in kinds and row.get("status", "civilian") != "civilian" else kinds


def _days(row: Mapping[str, Any]) -> Iterator[str]:
    """The last days that a claim speaks of and was published on."""
    for field in ("when", "published"):
        told = row.get(field)
        if isinstance(told, Mapping) and told.get("latest"):
            yield str(told["latest"])
        elif row.get(f"{field}.latest"):
            yield str(row[f"{field}.latest"])


def _is_packaged(name: str, data: bytes) -> bool:
    """Is it a file of tadmor's own, byte by byte?"""
    head, _, rest = name.partition("/")
    own = {"assets": ASSETS, "static": STATIC}.get(head)
    return own is not None and ".." not in rest and (own / rest).is_file() and (own / rest).read_bytes() == data


def forms(text: str) -> Iterator[str]:
    """A text as written and as each reader of such files would read it: entities, escapes, addresses, packed words."""
    yield text
    unescaped = html.unescape(text) if "&" in text else text
    yield unescaped
    if "<" in text:
        yield html.unescape(_TAGS.sub("", text))
        yield html.unescape(_TAGS.sub(" ", text))
    plainly = _ESCAPE.sub(_unescaped, text) if "\\" in text else text
    yield plainly
    yield html.unescape(plainly)
    if "%" in plainly or "~" in plainly:
        yield unquote(unquote(plainly.replace("~", "%").replace("+", " ")))
        yield unquote(unquote(unescaped))
    yield " ".join(_unpacked(text))


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code is not None:
        return chr(int(code, 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(match.group(3), match.group(3))


def _unpacked(text: str) -> Iterator[str]:
    """Words that base64 hides."""
    for match in dict.fromkeys(one for one in _PACKED.findall(text) if not _HEX.fullmatch(one)):
        try:
            found = base64.b64decode(match.replace("-", "+").replace("_", "/") + "=" * (-len(match.rstrip("=")) % 4))
            yield found.decode("utf-8")
        except (binascii.Error, ValueError):
            continue


def strings(suffix: str, text: str) -> Iterator[str]:
    """The pieces of text that a file holds: between tags, in strings, in cells."""
    if suffix == ".html":
        for one in re.split(r"<[^>]*>", text):
            yield html.unescape(one).strip()
        for one in re.findall(r'(?:title|alt|content|aria-label|value)="([^"]*)"', text):
            yield html.unescape(one)
    elif suffix == ".csv":
        for row in csv.reader(io.StringIO(text)):
            yield from row
    elif suffix in {".json", ".geojson", ".jsonl"}:
        for value in _values(suffix, text):
            yield from _strings_in(value)
    else:
        yield from text.splitlines()


def _values(suffix: str, text: str) -> Iterator[Any]:
    if suffix == ".jsonl":
        yield from map(json.loads, filter(None, text.split("\n")))
    else:
        yield json.loads(text)


def _strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from _strings_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings_in(one)


def _rows(suffix: str, text: str) -> Iterable[Mapping[str, Any]]:
    """Claims that a file of data holds."""
    if suffix == ".csv":
        return ({key: value or None for key, value in row.items()} for row in csv.DictReader(io.StringIO(text)))
    if suffix in {".json", ".geojson", ".jsonl"}:
        return (one for value in _values(suffix, text) for one in _claims_in(value))
    return ()


def _claims_in(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "kind" in value and "modality" in value:
            yield value
        for one in value.values():
            yield from _claims_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _claims_in(one)
