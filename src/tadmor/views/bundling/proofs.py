"""The history as a bundle tells it: all revisions, or those that belong, each with a proof that it stands in all."""

from collections.abc import Callable, Iterator

from tadmor.datamodel.merkle import EMPTY, consistency_proof, inclusion_proof, leaf_hash, node_hash, split
from tadmor.ledger import Ledger
from tadmor.views.bundling.handing import json_line
from tadmor.views.exports import Row

#: What the first revision follows.
_GENESIS = "0" * 64


class Tree:
    """The Merkle tree over a case's history, read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._leaves: list[bytes] = []
        self.head, self.made = _GENESIS, ""
        for row in ledger.evidence.revisions():
            self._leaves.append(leaf_hash(bytes.fromhex(row["digest"])))
            self.head, self.made = row["digest"], row["made"]
        self._known: dict[tuple[int, int], bytes] = {}

    @property
    def size(self) -> int:
        """How many revisions there are."""
        return len(self._leaves)

    @property
    def root(self) -> str:
        """What stands for all of them."""
        return self._over(0, self.size).hex()

    def _over(self, start: int, end: int) -> bytes:
        if end - start <= 1:
            return self._leaves[start] if end > start else EMPTY
        found = self._known.get((start, end))
        if found is None:
            middle = start + split(end - start)
            found = self._known[start, end] = node_hash(self._over(start, middle), self._over(middle, end))
        return found

    def growth(self, size: int) -> list[str]:
        """The hashes that show that the history begins with its first `size` revisions."""
        return [one.hex() for one in consistency_proof(size, self.size, self._over)]

    def proof(self, number: int) -> list[str]:
        """The hashes that lead from a revision to the root."""
        return [one.hex() for one in inclusion_proof(number - 1, self.size, self._over)]


def revision_lines(ledger: Ledger, tree: Tree, belongs: Callable[[Row], bool], *, whole: bool) -> Iterator[bytes]:
    """The revisions that belong, a line each; where some are left out, with their proofs."""
    for row in ledger.evidence.revisions():
        if whole:
            yield json_line(row)
        elif belongs(row):
            yield json_line({**row, "proof": tree.proof(row["number"])})
