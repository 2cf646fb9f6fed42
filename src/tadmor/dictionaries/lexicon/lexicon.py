"""The lexicon as typed tables."""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from tadmor.dictionaries.lexicon.inflection import Form, forms, third_person
from tadmor.errors import DictionaryError


class Trigger(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One word or phrase that carries a claim: `words` are lower case, the head inflected."""

    kind: str
    subtype: str
    part: str  # verb, noun, participle
    base: str
    words: tuple[str, ...]
    form: Form | None = None


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """Word classes, verb forms, triggers by their first word, and stance phrases."""

    classes: dict[str, frozenset[str]]
    verbs: dict[str, tuple[tuple[str, Form], ...]]  # form -> (base, form), ...
    triggers: dict[str, tuple[Trigger, ...]]  # first word -> triggers, longest first
    stance: dict[str, tuple[str, ...]]
    weapons: dict[str, frozenset[str]]
    reporting: frozenset[str]  # bases of reporting verbs
    reporting_phrases: tuple[str, ...]


def _table(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    value = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    if not isinstance(value, dict):
        raise DictionaryError(name, "a mapping is wanted")
    return value


def _words(table: str, members: list[str]) -> frozenset[str]:
    """A class that is looked up word by word, and so can hold no phrases."""
    for member in members:
        if " " in member:
            raise DictionaryError(table, f"{member!r} is a phrase; single words are wanted")
    return frozenset(members)


def _inflect_verb(phrase: str, irregular: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], Form]]:
    head, *rest = phrase.lower().split()
    for word, form in forms(head, irregular.get(head, ())):
        yield (word, *rest), form


def _inflect_noun(phrase: str) -> Iterator[tuple[str, ...]]:
    words = tuple(phrase.lower().split())
    yield words
    at = words.index("of") - 1 if "of" in words else len(words) - 1  # "exchanges of fire"
    if not words[at].endswith(("s", "dead", "ed", "men")):
        yield (*words[:at], third_person(words[at]), *words[at + 1 :])


def _verb_entries(
    kind: str, subtype: str, phrases: list[str], irregular: dict[str, tuple[str, ...]]
) -> Iterator[Trigger]:
    for phrase in phrases:
        for words, form in _inflect_verb(phrase, irregular):
            yield Trigger(kind=kind, subtype=subtype, part="verb", base=phrase, words=words, form=form)


def _noun_entries(kind: str, subtype: str, phrases: list[str], part: str = "noun") -> Iterator[Trigger]:
    for phrase in phrases:
        for words in _inflect_noun(phrase) if part == "noun" else [tuple(phrase.split())]:
            yield Trigger(kind=kind, subtype=subtype, part=part, base=phrase, words=words)


def _trigger_rows(tables: dict[str, Any], irregular: dict[str, tuple[str, ...]]) -> Iterator[Trigger]:
    for name, phrases in tables["control"].items():
        subtype, _, part = name.partition("_")
        yield from (
            _noun_entries("control", subtype, phrases)
            if part == "nouns"
            else _verb_entries("control", subtype, phrases, irregular)
        )
    for kind in ("event", "toll"):
        for subtype, parts in tables[kind].items():
            yield from _verb_entries(kind, subtype, parts.get("verbs", []), irregular)
            yield from _noun_entries(kind, subtype, parts.get("nouns", []))
            yield from _noun_entries(kind, subtype, parts.get("participles", []), "participle")
    for kind in ("movement", "presence"):
        for subtype, phrases in tables[kind].items():
            if subtype in ("nouns", "participles"):
                yield from _noun_entries(kind, subtype, phrases, subtype[:-1])
            else:
                yield from _verb_entries(kind, subtype, phrases, irregular)


def _by_first_word(rows: Iterator[Trigger]) -> dict[str, tuple[Trigger, ...]]:
    grouped: dict[str, list[Trigger]] = {}
    for row in rows:
        grouped.setdefault(row.words[0], []).append(row)
    return {word: tuple(sorted(rows, key=lambda row: -len(row.words))) for word, rows in grouped.items()}


def _verb_forms(bases: set[str], irregular: dict[str, tuple[str, ...]]) -> dict[str, tuple[tuple[str, Form], ...]]:
    table: dict[str, list[tuple[str, Form]]] = {}
    for base in sorted(bases):
        for word, form in forms(base, irregular.get(base, ())):
            table.setdefault(word, []).append((base, form))
    return {word: tuple(rows) for word, rows in table.items()}


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read the tables.

    Raises:
        DictionaryError: a table is malformed.
    """
    words, triggers = _table("words.yaml"), _table("triggers.yaml")
    reporting = _table("reporting.yaml")
    irregular = {base: tuple(rows) for base, rows in words.pop("irregular").items()}
    rows = tuple(_trigger_rows(triggers, irregular))
    bases = set(words.pop("verbs")) | set(irregular) | set(words["handling"])
    bases |= {row.base.split()[0] for row in rows if row.part == "verb"}
    bases |= set(reporting["verbs"])
    return Lexicon(
        classes={name: frozenset(str(word).lower() for word in members) for name, members in words.items()},
        verbs=_verb_forms(bases, irregular),
        triggers=_by_first_word(iter(rows)),
        stance={name: tuple(phrases) for name, phrases in _table("stance.yaml").items()},
        weapons={name: _words("triggers.yaml", members) for name, members in triggers["weapons"].items()},
        reporting=_words("reporting.yaml", reporting["verbs"]),
        reporting_phrases=tuple(reporting["phrases"]),
    )


@lru_cache(maxsize=256)
def word_class(name: str) -> frozenset[str]:
    """One class of words of the lexicon, lower case.

    Raises:
        KeyError: the lexicon has no such class.
    """
    return load_lexicon().classes[name]


@lru_cache(maxsize=1)
def said() -> frozenset[str]:
    """The past forms of verbs of saying: "said", "reported", "announced"."""
    lexicon, past = load_lexicon(), (Form.PAST, Form.PARTICIPLE)
    return frozenset(
        word
        for word, forms in lexicon.verbs.items()
        if any(base in lexicon.reporting and form in past for base, form in forms)
    )


@cache
def simple_pasts() -> frozenset[str]:
    """Forms of the past that are no participles: "the army took over X", "they drove into X" are active."""
    verbs = load_lexicon().verbs
    apart = {base for forms in verbs.values() for base, form in forms if form is Form.PARTICIPLE}
    return frozenset(
        word for word, forms in verbs.items() if all(form is Form.PAST and base in apart for base, form in forms)
    )
