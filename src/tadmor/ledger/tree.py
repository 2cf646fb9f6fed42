"""The Merkle tree over a case's revisions: kept in tiles, so that a write adds next to nothing and a root reads little.

A leaf is the digest of a revision, as bytes. Of every 256 revisions in a row the root is a row of `tiles`; the root
over a million revisions is worked out from 3,906 of them and the few revisions behind the last.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, func, insert, select

from tadmor.datamodel.issues import Issue
from tadmor.datamodel.merkle import RangeHash, leaf_hash, root_of
from tadmor.ledger.tables import revisions, tiles

#: Leaves of a tile: a power of two, so that a tile is a subtree.
TILE = 256


def complete(connection: Connection, before: int, after: int) -> None:
    """Add the tiles that became whole as the history grew from `before` revisions to `after`."""
    if before // TILE == after // TILE:
        return
    kept = int(connection.execute(select(func.coalesce(func.max(tiles.c.number) + 1, 0))).scalar_one())
    for number in range(kept, after // TILE):  # several where the case is older than its tiles
        root = root_of(_leaves(connection, number * TILE, (number + 1) * TILE))
        connection.execute(insert(tiles), {"number": number, "root": root.hex()})


def size_of(connection: Connection) -> int:
    """How many revisions there are."""
    return int(connection.execute(select(func.coalesce(func.max(revisions.c.number), 0))).scalar_one())


def root_at(connection: Connection, size: int) -> bytes:
    """The root over the first `size` revisions."""
    return ranges_in(connection)(0, size)


def ranges_in(connection: Connection) -> RangeHash:
    """The hashes of ranges of revisions that proofs speak of; the first revision is leaf 0."""

    def range_hash(start: int, end: int) -> bytes:
        if end - start <= TILE:
            return root_of(_leaves(connection, start, end))
        # whatever is longer than a tile begins where one begins
        whole = _tiles(connection, start // TILE, end // TILE)
        begun = start + len(whole) * TILE
        while end - begun >= TILE:  # tiles that no write has added yet
            whole.append(root_of(_leaves(connection, begun, begun + TILE)))
            begun += TILE
        rest = _leaves(connection, begun, end)
        return root_of([*whole, root_of(rest)] if rest else whole)

    return range_hash


def check(connection: Connection) -> Iterator[Issue]:
    """Recompute all tiles; name the first that is not that of its revisions."""
    kept = connection.execute(select(tiles.c.number, tiles.c.root).order_by(tiles.c.number)).all()
    for position, row in enumerate(kept):
        leaves = _leaves(connection, position * TILE, (position + 1) * TILE)
        if row.number != position or len(leaves) != TILE or root_of(leaves).hex() != row.root:
            first, last = position * TILE + 1, (position + 1) * TILE
            message = f"the tree over revisions {first} to {last} is not theirs: one of them was changed, or the tree"
            yield Issue(where=f"tile {position}", rule="tree-changed", message=message)
            return
    if (size := size_of(connection)) // TILE > len(kept) > 0:
        message = f"the tree ends after {len(kept)} tiles, the history after {size} revisions"
        yield Issue(where=f"tile {len(kept)}", rule="tree-changed", message=message)


def _tiles(connection: Connection, first: int, last: int) -> list[bytes]:
    query = select(tiles.c.root).where(tiles.c.number >= first, tiles.c.number < last).order_by(tiles.c.number)
    return [bytes.fromhex(root) for root in connection.execute(query).scalars()]


def _leaves(connection: Connection, start: int, end: int) -> list[bytes]:
    """The hashes of leaves `start` to `end`: of revisions `start + 1` to `end`."""
    query = select(revisions.c.digest).where(revisions.c.number > start, revisions.c.number <= end)
    found = connection.execute(query.order_by(revisions.c.number)).scalars()
    return [leaf_hash(bytes.fromhex(digest)) for digest in found]
