"""Rows of a case, as tables of other libraries take them."""

from collections.abc import Mapping
from html import escape
from importlib import import_module
from typing import Any

from tadmor.errors import UsageError
from tadmor.views.exports import Row, feature, flat

#: Rows and columns of a table that a notebook shows.
_SHOWN, _COLUMNS = 10, 8


class Rows(list[Row]):
    """Rows as `tadmor export` gives them: a list of mappings, which `pandas.DataFrame` takes as it is.

    Anything that reads `__geo_interface__` (geopandas, folium, shapely) takes them as points.
    """

    def frame(self) -> Any:
        """A pandas.DataFrame, nested fields as dotted columns ("place.name"), lists as lists.

        Raises:
            UsageError: pandas is not installed.
        """
        return _library("pandas").DataFrame([_dotted(row) for row in self])

    def geoframe(self) -> Any:
        """A geopandas.GeoDataFrame in WGS 84, columns as of `frame`; rows without a point have none.

        Raises:
            UsageError: geopandas is not installed.
        """
        features = [feature(row) | {"properties": _dotted(row)} for row in self]
        return _library("geopandas").GeoDataFrame.from_features(features, crs="EPSG:4326")

    @property
    def __geo_interface__(self) -> Row:
        """The rows as a GeoJSON FeatureCollection."""
        return {"type": "FeatureCollection", "features": [feature(row) for row in self]}

    def _repr_html_(self) -> str:
        """The first rows as a table, for notebooks."""
        shown = [flat(row) for row in self[:_SHOWN]]
        columns = list(dict.fromkeys(key for row in shown for key in row))[:_COLUMNS]
        head = "".join(f"<th>{escape(key)}</th>" for key in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(row.get(key)))}</td>" for key in columns) + "</tr>" for row in shown
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{len(self):,} rows</p>"


def _cell(value: object) -> str:
    words = "" if value is None else " ".join(str(value).split())
    return words if len(words) <= 60 else words[:59] + "…"


def _dotted(row: Mapping[str, Any], before: str = "") -> Row:
    """A row with nested fields as dotted ones."""
    found: Row = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            found |= _dotted(value, f"{before}{key}.")
        else:
            found[f"{before}{key}"] = value
    return found


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        message = (
            f"this needs {name}, which tadmor does not install: pip install {name}, or pip install tadmor[notebook]"
        )
        raise UsageError(message) from error
