"""Sites and small places that gazetteers of towns lack: air bases, oil and gas fields, dams, crossings, neighbourhoods.

Compiled by hand; each row states its own precision. The gazetteer is compiled from them together with GeoNames.
"""

from functools import cache

from tadmor.datamodel.places import Place
from tadmor.dictionaries.loading import items, read_table, read_yaml
from tadmor.dictionaries.sites.rows import SiteRow
from tadmor.errors import DictionaryError

__all__ = ["load_sites"]

_FOLDER = "sites"
_FILES = ("syria", "iraq", "ukraine", "elsewhere")


@cache
def load_sites() -> tuple[Place, ...]:
    """Every site as a place ("site:<slug>"), its parents by id: town or site, first-order division, country.

    Raises:
        DictionaryError: a table is malformed, a name stands twice, or a parent is unknown.
    """
    rows = [row for name in _FILES for row in read_table(f"{_FOLDER}/{name}.yaml", SiteRow)]
    by_id = {row.id: row for row in rows}
    if len(by_id) < len(rows):
        twice = next(row for row in rows if by_id[row.id] is not row)
        where = f"{_FOLDER}: {twice.name}"
        raise DictionaryError(where, "stands twice")
    towns: dict[str, dict[str, str]] = read_yaml(f"{_FOLDER}/parents.yaml")
    kinds = {kind: items(cell) for kind, cell in read_yaml(f"{_FOLDER}/kinds.yaml").items()}
    sites = {row.name: row for row in rows}
    return tuple(row.place(kinds, _parents(row, sites, towns)) for row in rows)


def _parents(row: SiteRow, sites: dict[str, SiteRow], towns: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """Ids of what a site belongs to, nearest first."""
    above = (f"adm1:{row.within}",) if row.admin1 is not None else ()
    above = (*above, f"country:{row.country}")
    if row.of is None:
        return above
    town = towns.get(row.country, {}).get(row.of)
    if town is not None:
        return (town, *above)
    site = sites.get(row.of)
    if site is None or site is row:
        where = f"{_FOLDER}: {row.name}"
        raise DictionaryError(where, f"is of {row.of}, which neither parents.yaml nor a site is")
    return (site.id, *_parents(site, sites, towns))
