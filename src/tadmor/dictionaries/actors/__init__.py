"""Actors: states and their forces, armed groups, coalitions, leaders, and the general words for sides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.dictionaries.actors.rows import ActorRow, CountryRow, Form, Name, Role, forces_of, role_ids, state_of
from tadmor.dictionaries.actors.table import ActorTable, Follower, Grammar, Hit
from tadmor.dictionaries.loading import items, read_table, read_yaml, spellings
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.phrases import PhraseTable
from tadmor.errors import DictionaryError

__all__ = ["ActorTable", "Form", "Hit", "Name", "Role", "build_actors", "load_actors", "load_countries"]

_FOLDER = "actors"
#: Tables in the folder that hold no actors.
_NOT_ACTORS = frozenset({"countries.yaml", "followers.yaml", "grammar.yaml", "ambiguous.yaml"})

_Meaning = tuple[str, Form]  # actor id, form


class _FollowerRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: str
    role: Role | None = None


@cache
def load_actors() -> ActorTable:
    """The table that ships with tadmor, read once.

    Raises:
        DictionaryError: a table is malformed, names an unknown actor, or gives one name to two actors unsaid.
    """
    folder = files("tadmor.dictionaries").joinpath(_FOLDER)
    tables = sorted(
        entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml") and entry.name not in _NOT_ACTORS
    )
    rows = [row for table in tables for row in read_table(f"{_FOLDER}/{table}", ActorRow)]
    return build_actors(rows, load_countries(), _ambiguous())


@cache
def load_countries() -> tuple[CountryRow, ...]:
    """The countries with their demonyms and capitals."""
    return read_table(f"{_FOLDER}/countries.yaml", CountryRow)


def build_actors(
    rows: Iterable[ActorRow], countries: Iterable[CountryRow], ambiguous: dict[str, tuple[str, ...]] | None = None
) -> ActorTable:
    """A table from rows of one's own.

    Args:
        rows: the actors.
        countries: the countries; each brings its government and forces, where `rows` has no actor of that id.
        ambiguous: names shared on purpose, with the ids they may mean, likeliest first.

    Raises:
        DictionaryError: see `load_actors`.
    """
    rows, countries = list(rows), list(countries)
    actors = _actors(rows, countries)
    roles = {country.iso: role_ids(country) for country in countries}
    _check(actors, roles)
    names, cased = _names(rows, countries, actors, ambiguous or {})
    return ActorTable(
        actors=actors,
        names=PhraseTable(names, cased=cased),
        followers=_followers(rows, actors),
        roles=roles,
        generic_roles={row.id: row.role for row in rows if row.role is not None},
        grammar=_grammar(),
        adjectives={country.iso: country.people for country in countries},
    )


def _actors(rows: list[ActorRow], countries: list[CountryRow]) -> dict[str, Actor]:
    actors: dict[str, Actor] = {}
    for row in rows:
        if row.id in actors:
            raise DictionaryError(_FOLDER, f"two actors have the id {row.id}")
        actors[row.id] = row.actor()
    for country in countries:
        for actor in ([] if country.state else [state_of(country)], forces_of(country)):
            for brought in actor:
                actors.setdefault(brought.id, brought)
    return actors


def _check(actors: dict[str, Actor], roles: dict[str, dict[Role, str]]) -> None:
    """Every id that a row names must exist."""
    for actor in actors.values():
        for above in (*actor.parents, *([actor.side] if actor.side else [])):
            if above not in actors:
                raise DictionaryError(_entry(actor.id), f"names the unknown actor {above}")
    for iso, filled in roles.items():
        for role, actor_id in filled.items():
            if actor_id not in actors:
                raise DictionaryError(_entry(iso), f"names the unknown actor {actor_id} as {role}")


def _entry(name: str) -> str:
    return f"{_FOLDER}: {name}"


def _names(
    rows: list[ActorRow], countries: list[CountryRow], actors: dict[str, Actor], ambiguous: dict[str, tuple[str, ...]]
) -> tuple[dict[str, Name], set[str]]:
    """What each phrase means, and which phrases count only as spelled."""
    meanings: dict[tuple[str, bool], dict[str, Form]] = defaultdict(dict)
    written: dict[tuple[str, bool], str] = {}
    for phrase, exactly, (actor_id, form) in _listed(rows, countries):
        key = (phrase if exactly else fold(phrase).removeprefix("the "), exactly)
        written.setdefault(key, phrase)
        meanings[key].setdefault(actor_id, form)
    shared = {fold(name): ids for name, ids in ambiguous.items()}
    names: dict[str, Name] = {}
    for key, meaning in meanings.items():
        phrase = written[key]
        ids = (
            tuple(meaning)
            if len(meaning) == 1
            else _ordered(phrase, tuple(meaning), shared.get(fold(phrase).removeprefix("the ")))
        )
        names[phrase] = Name(tuple(actors[one] for one in ids), meaning[ids[0]])
    free = {phrase for (_, exactly), phrase in written.items() if not exactly}
    return names, {phrase for (_, exactly), phrase in written.items() if exactly} - free


def _listed(rows: list[ActorRow], countries: list[CountryRow]) -> Iterator[tuple[str, bool, _Meaning]]:
    """Every phrase with whether it counts only as spelled, and what it means."""
    for row in rows:
        for name, exactly in row.names():
            yield name, exactly, (row.id, Form.NAME)
    for country in countries:
        for name, exactly, form in country.names():
            yield name, exactly, (country.state_id, form)


def _ordered(phrase: str, ids: tuple[str, ...], listed: tuple[str, ...] | None) -> tuple[str, ...]:
    """The ids of one phrase, likeliest first, refused where they differ from what is listed as ambiguous."""
    if listed is None or set(listed) != set(ids):
        raise DictionaryError(_entry(phrase), f"is a name of {' and '.join(ids)}; list it in ambiguous.yaml")
    return listed


def _ambiguous() -> dict[str, tuple[str, ...]]:
    return {name: items(ids) for name, ids in read_yaml(f"{_FOLDER}/ambiguous.yaml").items()}


def _followers(rows: list[ActorRow], actors: dict[str, Actor]) -> PhraseTable[Follower]:
    """Generic words are followers, and so are the words that mean nothing alone."""
    followers: dict[str, Follower] = {}
    for row in rows:
        if row.role is not None:
            followers.update((name, Follower(row.role, actors[row.id])) for name, _ in row.names())
    generic = {follower.role: follower.actor for follower in followers.values()}
    for extra in read_table(f"{_FOLDER}/followers.yaml", _FollowerRow):
        follower = Follower(extra.role, generic.get(extra.role))
        followers.update((word, follower) for word, _ in spellings(extra.words))
    return PhraseTable(followers)


def _grammar() -> Grammar:
    table = read_yaml(f"{_FOLDER}/grammar.yaml")
    return msgspec.convert({name: [fold(word) for word in items(words)] for name, words in table.items()}, Grammar)
