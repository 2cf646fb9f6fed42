"""What was reckoned before of the parts of a case, so that a new document is reckoned with what it touches alone.

A part is remembered under a digest of all that it is reckoned from: what is recalled is what would be found anew, and a
record made with a memory is, byte for byte, the one made without. What no reckoning asked for is forgotten.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec

from tadmor.datamodel.grounded import GroundedClaim

#: Bytes of a digest: 80 bits, as of ids.
_LENGTH = 10

#: What is remembered, by what it is of and the digest of what it was reckoned from.
Parts = dict[str, dict[bytes, bytes]]


class Memory:
    """The parts of a case that were reckoned before.

    Args:
        known: them; nothing is added to it.
    """

    def __init__(self, known: Mapping[str, Mapping[bytes, bytes]] | None = None) -> None:
        self._known = known or {}
        self.kept: Parts = defaultdict(dict)
        self.anew: Counter[str] = Counter()

    def recall(self, of: str, key: bytes) -> bytes | None:
        """What was reckoned from the same before; `None` where it was not."""
        known = self._known.get(of, {}).get(key)
        if known is not None:
            self.kept[of][key] = known
        return known

    def keep(self, of: str, key: bytes, found: bytes) -> None:
        """Note what was reckoned anew."""
        self.kept[of][key] = found
        self.anew[of] += 1


def key_of(*parts: object) -> bytes:
    """The digest of what something is reckoned from: values that have one order, and no sets."""
    return blake2b(_encode(parts), digest_size=_LENGTH).digest()


def keys_of(claims: Iterable[GroundedClaim]) -> dict[str, bytes]:
    """The digest of all that is said and understood in each claim, by id."""
    return {claim.id: blake2b(_encode(claim), digest_size=_LENGTH).digest() for claim in claims}


_encode = msgspec.msgpack.Encoder().encode
