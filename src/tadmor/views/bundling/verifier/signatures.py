"""Signatures by Ed25519 (RFC 8032), checked with integers alone: a few milliseconds each."""

from __future__ import annotations

import hashlib

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)

Point = tuple[int, int, int, int]


def _sum(one: Point, other: Point) -> Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % _P, (one[1] + one[0]) * (other[1] + other[0]) % _P
    c, d = 2 * one[3] * other[3] * _D % _P, 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: Point) -> Point:
    found = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = _sum(found, point)
        point, factor = _sum(point, point), factor >> 1
    return found


def _point(coded: bytes) -> Point | None:
    """The point of 32 bytes; none where there is none."""
    y = int.from_bytes(coded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if len(coded) != 32 or y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


def _base() -> Point:
    found = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))
    assert found is not None  # noqa: S101 - the base point of the standard
    return found


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Was the message signed by whoever has the private key of this public one (32 bytes)?"""
    owner, given = _point(key), _point(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or owner is None or given is None or factor >= _L:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _L
    left, right = _times(factor, _base()), _sum(given, _times(hashed, owner))
    return not ((left[0] * right[2] - right[0] * left[2]) % _P or (left[1] * right[2] - right[1] * left[2]) % _P)
