"""Ids: digests of what identifies a thing, so that the same thing read twice has one id."""

import hashlib

#: Hex characters kept of a digest: 80 bits, a collision chance below 1e-9 among 50 million things.
LENGTH = 20


def digest(*parts: str | int | None) -> str:
    """Digest of an ordered list of parts, unambiguous whatever characters they hold.

    Each part is written as its length in bytes, a colon and its UTF-8 bytes (a netstring); `None` as `-`.

    Returns:
        `LENGTH` lowercase hexadecimal characters of SHA-256.
    """
    hasher = hashlib.sha256()
    for part in parts:
        if part is None:
            hasher.update(b"-")
            continue
        data = str(part).encode()
        hasher.update(b"%d:" % len(data))
        hasher.update(data)
    return hasher.hexdigest()[:LENGTH]
