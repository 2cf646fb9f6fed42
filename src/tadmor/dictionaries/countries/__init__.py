"""Countries by their codes, for the formats that ask for others than the two letters used inside (ISO 3166-1)."""

from functools import cache
from importlib.resources import files

import msgspec


class Country(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two letters, three letters, number (`None`: it has none), and the usual name."""

    alpha2: str
    alpha3: str
    numeric: int | None
    name: str


@cache
def load_countries() -> dict[str, Country]:
    """Every country and territory, by its two letters."""
    text = files("tadmor.dictionaries.countries").joinpath("codes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        alpha2: Country(alpha2=alpha2, alpha3=alpha3, numeric=int(numeric) if numeric else None, name=name)
        for alpha2, alpha3, numeric, name in rows
    }
