"""People in the words: what makes a named person public, and the words that are nobody's name."""

from collections.abc import Mapping
from functools import cache

import msgspec

from tadmor.dictionaries.lexicon import load_lexicon
from tadmor.dictionaries.loading import read_yaml
from tadmor.errors import DictionaryError

__all__ = ["Roles", "given_names", "load_roles", "ordinary_words"]


class Roles(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words by which a person is public or private, as `roles.yaml` says of each class. All lower case."""

    offices: frozenset[str]
    ranks: frozenset[str]
    low_ranks: frozenset[str]
    heads: frozenset[str]
    bodies: frozenset[str]
    small: frozenset[str]
    relations: frozenset[str]
    commanding: frozenset[str]
    commands: frozenset[str]
    honorifics: frozenset[str]
    particles: frozenset[str]
    kunyas: frozenset[str]
    things: frozenset[str]
    places_after: frozenset[str]
    places_before: frozenset[str]
    locative: frozenset[str]
    no_names: frozenset[str]
    also_names: frozenset[str]
    abbreviations: frozenset[str]


@cache
def load_roles() -> Roles:
    """The roles, read once.

    Raises:
        DictionaryError: the table is malformed.
    """
    try:
        return msgspec.convert(read_yaml("people/roles.yaml"), Roles)
    except msgspec.ValidationError as error:
        raise DictionaryError("people/roles.yaml", str(error)) from error


@cache
def given_names() -> frozenset[str]:
    """Given names in common use, lower case."""
    tables: Mapping[str, list[str]] = read_yaml("people/given.yaml")
    return frozenset(name for names in tables.values() for name in names)


@cache
def ordinary_words() -> frozenset[str]:
    """Words that are nobody's name although a sentence or a headline may begin with them, lower case."""
    lexicon = load_lexicon()
    classes = (word for words in lexicon.classes.values() for word in words)
    triggers = (word for rows in lexicon.triggers.values() for row in rows for word in row.words)
    return frozenset((*read_yaml("people/ordinary.yaml")["words"], *classes, *lexicon.verbs, *triggers)) - given_names()
