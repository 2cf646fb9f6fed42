"""Pinned floors: a number that must not fall, and how one is pinned anew."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "floors.toml"

#: Figures of which less is better.
CEILINGS = frozenset({"false_facts", "unfaithful_quotes"})


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `floors.toml` holds.

    `fingerprint` names the marked texts that the figures were measured on. `epsilon` is how far a figure may stand
    below its floor: one claim of 978 more or less moves an F1 by about 0.001.
    """

    fingerprint: str
    epsilon: float
    figures: dict[str, float]
    seeds: tuple[str, ...] = ()


def read(file: Path = FILE) -> Floors:
    """The pinned floors."""
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Floors)


def fallen(floors: Floors, measured: Mapping[str, float]) -> Iterator[str]:
    """Each figure that is worse than its floor allows, in words."""
    for name, floor in floors.figures.items():
        found = measured[name]
        if name in CEILINGS and found > floor + floors.epsilon:
            yield f"{name} is {found:.4f}, over its ceiling of {floor:.4f}"
        elif name not in CEILINGS and found < floor - floors.epsilon:
            yield f"{name} is {found:.4f}, under its floor of {floor:.4f}"


def pinned(floors: Floors, measured: Mapping[str, float], fingerprint: str, *, allow_lower: bool) -> Floors:
    """Floors at what was measured now.

    Raises:
        ValueError: a floor would be lowered, and `allow_lower` is not set.
    """
    strict = msgspec.structs.replace(floors, epsilon=0.0)
    worse = list(fallen(strict, measured))
    if worse and not allow_lower:
        message = "; ".join(worse) + ". Floors are lowered only with --allow-lower, and the commit says why"
        raise ValueError(message)
    # Four digits, rounded to the lenient side: a floor must never exceed what was measured.
    figures = {
        name: round(measured[name] + (5e-5 if name in CEILINGS else -5e-5), 4) if measured[name] else 0.0
        for name in floors.figures
    }
    return msgspec.structs.replace(floors, figures=figures, fingerprint=fingerprint)


def write(floors: Floors, file: Path = FILE) -> None:
    """Write the floors as TOML."""
    lines = [
        "# Accuracy may not fall below these. Pinned with: python -m quality.gate --pin",
        f'fingerprint = "{floors.fingerprint}"',
        "# One claim of 978 more or less moves an F1 by about 0.001.",
        f"epsilon = {floors.epsilon}",
        "# Checks of quality/seeds.py that hold and must go on to hold.",
        "seeds = [",
        *(f'    "{name}",' for name in floors.seeds),
        "]",
        "",
        "[figures]",
        *(f'"{name}" = {value}' for name, value in floors.figures.items()),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
