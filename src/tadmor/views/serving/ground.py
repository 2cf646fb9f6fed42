"""A ground of the user's own under the map: one file, GeoJSON or PMTiles, served from this machine."""

from pathlib import Path
from typing import Any, Literal

import msgspec
from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from tadmor.errors import UsageError

Form = Literal["geojson", "pmtiles"]
_MEDIA: dict[Form, str] = {"geojson": "application/geo+json", "pmtiles": "application/vnd.pmtiles"}
#: How a file of the third version begins (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
_PMTILES = b"PMTiles\x03"
#: Types of GeoJSON (RFC 7946).
_GEOJSON = frozenset(
    {"FeatureCollection", "Feature", "GeometryCollection", "Point", "MultiPoint"}
    | {"LineString", "MultiLineString", "Polygon", "MultiPolygon"}
)


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """The file, its form, and what the user says of who made it and how it may be used."""

    path: Path
    form: Form
    terms: str | None = None

    @property
    def address(self) -> str:
        """Where the page finds it."""
        return f"/ground/own.{self.form}"


class _Geojson(msgspec.Struct):
    """All that is looked at before a file is drawn."""

    type: str


def ground_at(path: Path, terms: str | None = None) -> Ground:
    """The ground that a file holds.

    Raises:
        UsageError: it cannot be read, or is of neither form.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(len(_PMTILES))
        form: Form = "pmtiles" if begins == _PMTILES else "geojson"
        known = form == "pmtiles" or msgspec.json.decode(path.read_bytes(), type=_Geojson).type in _GEOJSON
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageError(message) from error
    except msgspec.DecodeError:
        known = False
    if not known:
        message = f"{path} is neither GeoJSON nor PMTiles of version 3"
        raise UsageError(message)
    return Ground(path=path, form=form, terms=(terms or "").strip() or None)


def ground_route(ground: Ground) -> APIRouter:
    """The address of the file. Stretches of it can be asked for, which PMTiles lives by."""
    site = APIRouter()

    @site.get(ground.address)
    def own_ground() -> Response:
        return FileResponse(ground.path, media_type=_MEDIA[ground.form], headers={"cache-control": "no-cache"})

    return site


def ground_row(ground: Ground | None) -> dict[str, Any] | None:
    """What the pages say of it."""
    if ground is None:
        return None
    return {"address": ground.address, "terms": ground.terms, "file": ground.path.name}
