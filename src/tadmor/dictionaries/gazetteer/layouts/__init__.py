"""Files of places that users bring, by layout: GeoNames' dump, OCHA's administrative files, a table of their own."""

import io
from collections.abc import Container, Iterator

from tadmor.datamodel.places import Level
from tadmor.dictionaries.gazetteer.layouts.geonames import GeoNames
from tadmor.dictionaries.gazetteer.layouts.ocha import Ocha
from tadmor.dictionaries.gazetteer.layouts.own import Own
from tadmor.dictionaries.gazetteer.layouts.rows import NEAR_KM, LeftOut, Line, Outer, PlaceRow, Unread

__all__ = ["LAYOUTS", "NEAR_KM", "LeftOut", "Line", "Outer", "PlaceRow", "Unread", "layout_of", "read_rows"]

#: In the order in which a file is tried.
LAYOUTS = (GeoNames(), Ocha(), Own())
_BY_NAME = {layout.name: layout for layout in LAYOUTS}


def layout_of(data: bytes) -> str | None:
    """The layout that the first line of a file shows; `None` where it shows none."""
    head = next(_text(data), "")
    return next((layout.name for layout in LAYOUTS if layout.fits(head)), None)


def read_rows(data: bytes, layout: str, levels: Container[Level] = frozenset(Level)) -> Iterator[Line]:
    """What each line of a file says, read by a layout (its name); lines about other levels may be passed over."""
    return _BY_NAME[layout].read(_text(data), levels)


def _text(data: bytes) -> Iterator[str]:
    """Lines of UTF-8; bytes that are none come as lone surrogates, so that the other lines can be read."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", errors="surrogateescape", newline="")
