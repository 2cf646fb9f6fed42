"""GeoJSON (RFC 7946): a feature an entry, all that is told of it as properties; days also as EDTF."""

import json
from collections.abc import Iterator, Sequence

from tadmor.datamodel.entries import Entry
from tadmor.views.exchange.formats import DataSet
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.whole import WHOLE, whole


class GeoJson:
    """A FeatureCollection; entries without a point have a null geometry."""

    name = "geojson"
    suffix = ".geojson"
    about = "GeoJSON points with all that is told as properties"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The collection, a feature a line."""
        head = {"type": "FeatureCollection", "name": data.case, "as_of": data.as_of.isoformat() if data.as_of else None}
        yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [').encode()
        for at, entry in enumerate(entries):
            tally.carry(entry, WHOLE)
            yield (("," if at else "") + "\n" + json.dumps(feature(entry), ensure_ascii=False)).encode()
        yield b"\n]}\n"


def feature(entry: Entry) -> dict[str, object]:
    """An entry as a feature: longitude first, as RFC 7946 has it."""
    point = entry.ground.point
    geometry = {"type": "Point", "coordinates": [point[1], point[0]]} if point is not None else None
    return {"type": "Feature", "id": entry.id, "geometry": geometry, "properties": whole(entry)}
