"""Sources: who says something, on which side it stands, and how far its kind is to be believed at first."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from tadmor.datamodel.sources import Source, SourceKind
from tadmor.dictionaries.actors import ActorTable, load_actors
from tadmor.dictionaries.loading import read_table, read_yaml
from tadmor.dictionaries.phrases import PhraseTable
from tadmor.dictionaries.sources.rows import SourceRow
from tadmor.dictionaries.sources.table import Offices, SourceTable
from tadmor.errors import DictionaryError

__all__ = ["SourceRow", "SourceTable", "build_sources", "load_sources"]

_FOLDER = "sources"
_LISTED = ("agencies", "outlets", "monitors", "parties")
#: What speaks alone or after a name.
_OFFICES = ("offices", "unnamed")


@cache
def load_sources(own: Path | None = None) -> SourceTable:
    """The table that ships with tadmor, read once.

    Args:
        own: a user's table of further sources, in the format of this folder's; a row takes the place of a shipped one
            with its id.

    Raises:
        DictionaryError: a table is malformed, names an unknown actor or owner, or gives one name to two sources.
    """
    listed = [row for table in _LISTED for row in read_table(f"{_FOLDER}/{table}.yaml", SourceRow)]
    if own is not None:
        added = read_table(own, SourceRow)
        replaced = {row.id for row in added}
        listed = [row for row in listed if row.id not in replaced] + list(added)
    offices = [row for table in _OFFICES for row in read_table(f"{_FOLDER}/{table}.yaml", SourceRow)]
    return build_sources(listed, offices, _national(), _priors(), load_actors())


def build_sources(
    listed: Iterable[SourceRow],
    offices: Iterable[SourceRow],
    national: Mapping[str, Mapping[str, str]],
    priors: Mapping[SourceKind, float],
    actors: ActorTable,
) -> SourceTable:
    """A table from rows of one's own; see `SourceTable` for the arguments.

    Raises:
        DictionaryError: see `load_sources`.
    """
    listed, offices = list(listed), list(offices)
    sources = _sources([*listed, *offices])
    _check(sources, national, priors, actors)
    return SourceTable(
        sources=sources,
        names=_phrases([*(_unacting(row, actors) for row in listed), *(row for row in offices if row.alone)], sources),
        offices=_offices(offices, sources),
        national=national,
        priors=priors,
        actors=actors,
    )


def _sources(rows: list[SourceRow]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for row in rows:
        if row.id in sources:
            raise DictionaryError(_FOLDER, f"two sources have the id {row.id}")
        sources[row.id] = row.source()
    return sources


def _offices(rows: list[SourceRow], sources: Mapping[str, Source]) -> Offices:
    unnamed = [row for row in rows if row.kind is SourceKind.UNNAMED]
    everyday = [row for row in unnamed if not row.alone]
    return Offices(
        speaking=_phrases([row for row in rows if row not in everyday], sources),
        everyday=_phrases(everyday, sources),
        unsided=frozenset(row.id for row in unnamed if not row.sided),
        any_side=frozenset(row.id for row in rows if row.any_side),
    )


def _unacting(row: SourceRow, actors: ActorTable) -> SourceRow:
    """A row without the name under which it acts: an actor's own name is no speaker wherever it stands."""
    return row if actors.get(row.id) is None else msgspec.structs.replace(row, name="")


def _phrases(rows: list[SourceRow], sources: Mapping[str, Source]) -> PhraseTable[Source]:
    names: dict[str, Source] = {}
    cased: set[str] = set()
    for row in rows:
        for name, exactly in row.names():
            if names.setdefault(name, sources[row.id]).id != row.id:
                raise DictionaryError(_entry(row.id), f"{name!r} is also a name of {names[name].id}")
            if exactly:
                cased.add(name)
    return PhraseTable(names, cased=cased)


def _check(
    sources: Mapping[str, Source],
    national: Mapping[str, Mapping[str, str]],
    priors: Mapping[SourceKind, float],
    actors: ActorTable,
) -> None:
    """Every id that a row names must exist, and every kind have its prior."""
    for source in sources.values():
        for actor_id in (*source.sides, *source.speaks_for):
            if actors.get(actor_id) is None:
                raise DictionaryError(_entry(source.id), f"names the unknown actor {actor_id}")
        if source.owner is not None and source.owner not in sources:
            raise DictionaryError(_entry(source.id), f"names the unknown owner {source.owner}")
    for office, countries in national.items():
        for source_id in (office, *countries.values()):
            if source_id not in sources:
                raise DictionaryError(_entry(office), f"names the unknown source {source_id}")
    for kind in SourceKind:
        if kind not in priors or not 0.0 <= priors[kind] <= 1.0:
            raise DictionaryError(_entry("priors"), f"needs a number from 0 to 1 for {kind}")


def _entry(name: str) -> str:
    return f"{_FOLDER}: {name}"


def _national() -> dict[str, dict[str, str]]:
    return msgspec.convert(read_yaml(f"{_FOLDER}/national.yaml"), dict[str, dict[str, str]])


def _priors() -> dict[SourceKind, float]:
    return msgspec.convert(read_yaml(f"{_FOLDER}/priors.yaml"), dict[SourceKind, float], strict=False)
