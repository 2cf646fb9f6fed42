"""How many, as a range: persons, acts, or pieces of equipment."""

import msgspec


class Quantity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A count as said. `None` is not stated, never zero.

    "at least 12" is low 12, high None; "up to 40" low None, high 40; "dozens" 24 to 99; "12" 12 to 12.
    `best` is the figure named, where one is.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    expression: str | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            message = f"a quantity needs low <= high, got {self.low} > {self.high}"
            raise ValueError(message)

    @property
    def known(self) -> bool:
        """Is there any bound?"""
        return self.low is not None or self.high is not None

    def compatible(self, other: "Quantity", slack: float = 0.0) -> bool:
        """Can both be true of one number? `slack` widens each bound by that share of it."""
        mine, theirs = self.bounds(), other.bounds()
        return mine[0] * (1 - slack) <= theirs[1] * (1 + slack) and theirs[0] * (1 - slack) <= mine[1] * (1 + slack)

    def bounds(self) -> tuple[float, float]:
        """Low and high with the unstated ones as 0 and infinity."""
        return (
            float(self.low) if self.low is not None else 0.0,
            float(self.high) if self.high is not None else float("inf"),
        )
