"""One timed conclusion with a new document, in a process of its own: `python -m bench.incremental_child CASE WHICH`."""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.uncollected import uncollected
from tadmor.ledger import Ledger
from tadmor.record import conclude
from tadmor.record.memory import Memory, Parts

_Made = TypeVar("_Made")
#: What is remembered by parts that can be counted.
_COUNTED = ("incidents", "links", "joins")


def main() -> None:
    """Conclude from a case without a document, then with it, from nothing and remembering; print figures as JSON."""
    with Ledger.open(Path(sys.argv[1])) as ledger:
        load, claims = _timed(lambda: tuple(ledger.claims()))
        copies = ledger.copies()
    new = _chosen(claims, sys.argv[2])
    fewer = [one for one in claims if one.claim.document != new]
    own = [one for one in claims if one.claim.document == new]
    earlier, empty = Memory(), Memory()
    before = conclude(fewer, copies=copies, memory=earlier)
    written = msgspec.msgpack.encode(earlier.kept)
    nothing, anew = _timed(lambda: conclude(claims, copies=copies, memory=empty))
    remembered, (found, memory) = _timed(lambda: _remembering(claims, copies, written))
    if msgspec.msgpack.encode(found) != msgspec.msgpack.encode(anew):
        message = "the record with what was remembered is not the one from nothing"
        raise AssertionError(message)
    counts = {f"{of} all": len(memory.kept[of]) for of in _COUNTED}
    shares = {f"{of} otherwise": _changed(_by(before, of), _by(found, of)) for of in ("places", "incidents", "tolls")}
    touched = len({one.place.id for one in own if one.place is not None})
    sizes = {"own": len(own), "claims": len(claims), "touched": touched, "bytes": len(written)}
    times = {"load": load, "nothing": nothing, "remembered": remembered}
    print(json.dumps({**times, **sizes, **counts, **shares, **{of: memory.anew[of] for of in _COUNTED}}))


def _timed(done: Callable[[], _Made]) -> tuple[float, _Made]:
    with uncollected():
        started = time.process_time()
        found = done()
        return time.process_time() - started, found


def _remembering(claims: Sequence[GroundedClaim], copies: Any, written: bytes) -> tuple[Record, Memory]:
    memory = Memory(msgspec.msgpack.decode(written, type=Parts))
    return conclude(claims, copies=copies, memory=memory), memory


def _chosen(claims: Iterable[GroundedClaim], which: str) -> str:
    """The id of a document: the last by day of publication, or the middle one."""
    days = {one.claim.document: one.published.latest for one in claims if one.published is not None}
    order = sorted(days, key=lambda document: (days[document], document))
    return order[-1] if which == "last" else order[len(order) // 2]


def _by(record: Record, of: str) -> Mapping[str, list[bytes]]:
    """What a record says of each place, incident or toll."""
    found: dict[str, list[bytes]] = defaultdict(list)
    findings: Iterable[Any] = record.spells if of == "places" else getattr(record, of)
    for one in findings:
        found[one.place if of == "places" else one.id].append(msgspec.msgpack.encode(one))
    return found


def _changed(before: Mapping[str, list[bytes]], now: Mapping[str, list[bytes]]) -> float:
    return sum(said != before.get(of) for of, said in now.items()) / len(now) if now else 0.0


if __name__ == "__main__":
    main()
