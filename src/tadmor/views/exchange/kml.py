"""KML 2.2 (OGC 07-147r2): a placemark an entry, with its time and its fields as typed extended data."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tadmor.datamodel.entries import Entry
from tadmor.views.exchange.formats import DataSet
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.titles import title
from tadmor.views.exchange.whole import COLUMNS, FLAT, flat

_TYPES = {"text": "string", "day": "string", "number": "double", "count": "int", "flag": "bool"}
_NAMESPACE = "http://www.opengis.net/kml/2.2"


class Kml:
    """Placemarks; the schema names every field."""

    name = "kml"
    suffix = ".kml"
    about = "KML placemarks for earth browsers"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The document."""
        fields = "".join(
            f'<SimpleField type="{_TYPES[kind]}" name={quoteattr(name)}/>' for name, kind in COLUMNS.items()
        )
        yield (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}"><Document>'
            f'<name>{_text(data.case)}</name>\n<Schema name="entry" id="entry">{fields}</Schema>\n'
        ).encode()
        for entry in entries:
            tally.carry(entry, FLAT)
            if len(entry.harmed) > len({one.harm for one in entry.harmed}):
                tally.lose("toll.status", entry, "parts of a toll are not told")
            yield _placemark(entry).encode()
        yield b"</Document></kml>\n"


def _placemark(entry: Entry) -> str:
    point = entry.ground.point
    where = f"<Point><coordinates>{point[1]},{point[0]}</coordinates></Point>" if point is not None else ""
    values = "".join(
        f"<SimpleData name={quoteattr(name)}>{_text(_value(value))}</SimpleData>"
        for name, value in flat(entry).items()
        if value is not None
    )
    quotes = " | ".join(dict.fromkeys(account.quote for account in entry.accounts))
    return (
        f'<Placemark id="e{_text(entry.id)}"><name>{_text(title(entry))}</name>'
        f"<description>{_text(quotes)}</description>{_time(entry)}"
        f'<ExtendedData><SchemaData schemaUrl="#entry">{values}</SchemaData></ExtendedData>{where}</Placemark>\n'
    )


def _time(entry: Entry) -> str:
    when = entry.when
    if when is None:
        return ""
    if when.interval.days == 1 and not (entry.open_start or entry.open_end):
        return f"<TimeStamp><when>{when.earliest}</when></TimeStamp>"
    begin = "" if entry.open_start else f"<begin>{when.earliest}</begin>"
    end = "" if entry.open_end else f"<end>{when.latest}</end>"
    return f"<TimeSpan>{begin}{end}</TimeSpan>"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(words: str) -> str:
    """Words as XML 1.0 takes them: without control characters, of which it has no way to write."""
    return escape("".join(one for one in words if one >= " " or one in "\t\n\r"))
