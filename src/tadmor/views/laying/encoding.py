"""Answers as JSON."""

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="deterministic")


def encoded(value: Any) -> bytes:
    """A value as JSON, with keys in the order that makes equal values equal bytes."""
    return _encoder.encode(value)
