"""Templates and what they share: links that keep the day as of which the record is shown, values in words.

Everything is escaped where it is put in; nothing from a document is ever marked as safe.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tadmor import __version__
from tadmor.datamodel.people import Scope
from tadmor.dictionaries.countries import load_countries
from tadmor.views.serving.present import present
from tadmor.views.words import one_line, percent, plural, sure, written, written_days

FOLDER = Path(__file__).parent
STATIC, ASSETS = FOLDER / "static", FOLDER / "assets"


@cache
def early() -> Mapping[str, tuple[str, ...]]:
    """What the map's script loads once it runs, and the page may ask for before: modules, and the land."""

    def named(*patterns: str) -> tuple[str, ...]:
        found = (path.name for pattern in patterns for path in STATIC.glob(pattern))
        return tuple(sorted(name for name in found if "worker" not in name))

    return {"modules": named("ground-*.js", "maplibre-gl-*.js"), "land": named("basemap-*.json")}


@cache
def measured() -> list[dict[str, Any]]:
    """How well claims are read, by sort of text: taken from `docs/quality.md` by `python -m quality.report`."""
    found: list[dict[str, Any]] = msgspec.json.decode((FOLDER / "measured.json").read_bytes())
    return found


@cache
def environment() -> Environment:
    """The templates, each compiled once."""
    found = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"version": __version__, "plural": plural, "measured": measured}
    found.filters |= {
        "percent": percent,
        "sure": sure,
        "days": _days,
        "written": written,
        "country": _country,
        "count": _count,
        "one_line": one_line,
        "spoken": lambda value: str(value).replace("_", " "),
        "path": lambda value: quote(str(value), safe=":"),
        "thousands": lambda value: "?" if value is None else f"{value:,}",
    }
    return found


def _days(when: Mapping[str, Any] | list[str] | None) -> str:
    """The days of an answer, as {"earliest", "latest"} or [first, last]."""
    if not when:
        return "undated"
    first, last = (when["earliest"], when["latest"]) if isinstance(when, Mapping) else when
    return written_days(date.fromisoformat(first), date.fromisoformat(last))


def _count(told: Mapping[str, Any]) -> str:
    """A count in words: "12", "at least 12", "up to 40", "24 to 99, best 40"."""
    low, best, high = (None if told[one] is None else f"{told[one]:,}" for one in ("low", "best", "high"))
    if low is None or high is None:
        return f"at least {low}" if low else f"up to {high}" if high else best or "not stated"
    return low if low == high else f"{low} to {high}{f', best {best}' if best else ''}"


def _country(code: str) -> str:
    """The usual name of a country by its two letters."""
    known = load_countries().get(code)
    return known.name if known is not None else code


def rendered(name: str, as_of: date | None, values: Mapping[str, Any]) -> str:
    """A page."""
    # structs become plain values, so that a template sees what the API gives
    plain = {key: msgspec.to_builtins(value) for key, value in values.items()}
    return (
        environment()
        .get_template(name)
        .render(**plain, person=_person(), as_of=as_of.isoformat() if as_of else None, link=_links(as_of))
    )


def _person() -> Any:
    """Who is logged in, for the navigation; `None` where nobody is."""
    person = present()
    return {"name": person.name, "admin": person.may(Scope.ADMIN)} if person is not None else None


def _links(as_of: date | None) -> Any:
    def link(*parts: str, **asked: Any) -> str:
        """The address of a page, with what is asked of it; the day as of which the record is shown stays."""
        path = "/" + "/".join(quote(str(part), safe=":") for part in parts if part)
        wanted = {"as_of": as_of.isoformat() if as_of else None, **asked}
        query = urlencode({key: value for key, value in wanted.items() if value not in (None, "")})
        return f"{path}?{query}" if query else path

    return link
