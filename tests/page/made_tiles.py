"""A PMTiles file of one tile, made by hand: the whole world at zoom 0, with one area in it."""

import gzip
import json
import struct
from pathlib import Path

#: Steps across a tile.
_EXTENT = 4096


def made_tiles(path: Path, layer: str, square: tuple[int, int, int, int]) -> Path:
    """A file of the third version with one vector tile.

    Args:
        path: where it goes.
        layer: the name of the tile's only layer.
        square: its only area: left, top, right, bottom, in steps of 1/4096 of the world.
    """
    tile = gzip.compress(_tile(layer, square))
    # one entry: tile 0, run of 1, so many bytes, at offset 0 (which is written as 1)
    root = gzip.compress(b"".join(map(_varint, (1, 0, 1, len(tile), 1))))
    told = gzip.compress(json.dumps({"vector_layers": [{"id": layer, "fields": {}}]}).encode())
    at = 127
    places = (at, len(root), at + len(root), len(told), 0, 0, at + len(root) + len(told), len(tile), 1, 1, 1)
    world = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    # clustered, gzip inside, gzip for tiles, vector tiles, zooms 0 to 0
    header = b"PMTiles\x03" + struct.pack("<11Q6B4iB2i", *places, 1, 2, 2, 1, 0, 0, *world, 0, 0, 0)
    assert len(header) == at
    path.write_bytes(header + root + told + tile)
    return path


def _tile(layer: str, square: tuple[int, int, int, int]) -> bytes:
    """A Mapbox vector tile (version 2 of its specification)."""
    left, top, right, bottom = square
    wide, tall = right - left, bottom - top
    # move to, three lines, close
    steps = (9, _zigzag(left), _zigzag(top), 26, _zigzag(wide), 0, 0, _zigzag(tall), _zigzag(-wide), 0, 15)
    feature = _field(3, 3) + _field(4, b"".join(map(_varint, steps)))
    return _field(3, _field(15, 2) + _field(1, layer.encode()) + _field(2, feature) + _field(5, _EXTENT))


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _zigzag(step: int) -> int:
    return (step << 1) ^ (step >> 31)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
