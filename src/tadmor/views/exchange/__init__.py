"""The formats of others that a case goes out in, each with a report of what it could not carry.

A new format is a module here and a line in `FORMATS`.
"""

from tadmor.views.exchange.acled import Acled
from tadmor.views.exchange.formats import DataSet, Format
from tadmor.views.exchange.ftm import FtmEntities, FtmStatements
from tadmor.views.exchange.geojson import GeoJson
from tadmor.views.exchange.hxl import Hxl
from tadmor.views.exchange.kml import Kml
from tadmor.views.exchange.losses import FIELDS, Tally, told
from tadmor.views.exchange.parquet import Parquet
from tadmor.views.exchange.plover import Plover, Polecat
from tadmor.views.exchange.prov import Prov
from tadmor.views.exchange.stix import Stix
from tadmor.views.exchange.timemap import TimeMapEvents, TimeMapSources
from tadmor.views.exchange.ucdp import Ucdp

__all__ = ["FIELDS", "FORMATS", "DataSet", "Format", "Tally", "told"]

FORMATS: tuple[Format, ...] = (
    Acled(),
    Ucdp(),
    Polecat(),
    Plover(),
    GeoJson(),
    Kml(),
    Parquet(),
    FtmEntities(),
    FtmStatements(),
    Stix(),
    Prov(),
    Hxl(),
    TimeMapEvents(),
    TimeMapSources(),
)
