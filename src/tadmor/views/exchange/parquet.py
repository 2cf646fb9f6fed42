"""GeoParquet 1.1 (Parquet with points as WKB): a row an entry, typed columns; needs the extra `parquet`."""

import io
import json
import struct
from collections.abc import Iterator, Sequence

from tadmor.datamodel.entries import Entry
from tadmor.errors import UsageError
from tadmor.views.exchange.formats import DataSet
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.whole import COLUMNS, FLAT, flat

_GEOMETRY = "geometry"


class Parquet:
    """One file, one row group."""

    name = "parquet"
    suffix = ".parquet"
    about = "GeoParquet, for tables of millions (needs tadmor[parquet])"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:  # noqa: ARG002
        """The file.

        Raises:
            UsageError: pyarrow is not installed.
        """
        try:
            import pyarrow as pa  # noqa: PLC0415 - an extra
            import pyarrow.parquet as pq  # noqa: PLC0415
        except ImportError as error:
            message = "Parquet needs pyarrow; install it with: pip install 'tadmor[parquet]'"
            raise UsageError(message) from error
        types = {
            "text": pa.string(),
            "day": pa.date32(),
            "number": pa.float64(),
            "count": pa.int64(),
            "flag": pa.bool_(),
        }
        rows = []
        for entry in entries:
            tally.carry(entry, FLAT)
            rows.append({**flat(entry), _GEOMETRY: _point(entry)})
        fields = [pa.field(name, types[kind]) for name, kind in COLUMNS.items()]
        schema = pa.schema([*fields, pa.field(_GEOMETRY, pa.binary())], metadata={"geo": json.dumps(_geo(entries))})
        buffer = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
        yield buffer.getvalue()


def _point(entry: Entry) -> bytes | None:
    """Little-endian WKB: byte order, type 1 (point), x, y."""
    point = entry.ground.point
    return struct.pack("<BIdd", 1, 1, point[1], point[0]) if point is not None else None


def _geo(entries: Sequence[Entry]) -> dict[str, object]:
    points = [point for entry in entries if (point := entry.ground.point) is not None]
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    column: dict[str, object] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if points:
        column["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}
