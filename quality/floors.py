"""Pinned floors: figures that must not fall, and how they are pinned anew."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "floors.toml"

#: Figures of which less is better.
CEILINGS = frozenset({"false_facts", "unfaithful_quotes"})

#: What is asked at the very least, on any corpus: `docs/quality.md` says where each comes from.
LEAST = {"ALL.found_f1": 0.60, "ALL.right_f1": 0.30, "false_facts": 0.05, "unfaithful_quotes": 0.0}


class Measured(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure, and of how many claims it tells."""

    value: float
    count: int


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pinned figure, and how far below it (over it, for a ceiling) a measurement may stand."""

    floor: float
    epsilon: float


class Lowering(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Floors that were lowered on purpose: which, and why."""

    reason: str
    figures: tuple[str, ...]


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `floors.toml` holds; `fingerprints` name the corpora that the figures were measured on."""

    fingerprints: dict[str, str]
    figures: dict[str, Floor]
    seeds: tuple[str, ...] = ()
    lowered: tuple[Lowering, ...] = ()


class LoweringRefusedError(Exception):
    """Pinning would lower floors, and no reason was given."""

    def __init__(self, worse: list[str]) -> None:
        super().__init__("; ".join(worse) + '. Floors are lowered only with --allow-lower "REASON"')


def read(file: Path = FILE) -> Floors:
    """The pinned floors."""
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Floors)


def fallen(floors: Floors, measured: Mapping[str, Measured], *, strict: bool = False) -> Iterator[str]:
    """Each figure that is worse than its floor allows, in words; `strict` allows no margin."""
    for name, pinned in floors.figures.items():
        margin = 0.0 if strict else pinned.epsilon
        yield from _worse(name, pinned.floor, margin, measured)


def below_least(measured: Mapping[str, Measured]) -> Iterator[str]:
    """Each figure that is worse than what is asked at the very least, in words."""
    for name, least in LEAST.items():
        yield from _worse(name, least, 0.0, measured)


def _worse(name: str, floor: float, margin: float, measured: Mapping[str, Measured]) -> Iterator[str]:
    if name not in measured:
        yield f"{name} is no longer measured"
    elif name in CEILINGS and measured[name].value > floor + margin:
        yield f"{name} is {measured[name].value:.4f}, over its ceiling of {floor:.4f}"
    elif name not in CEILINGS and measured[name].value < floor - margin:
        yield f"{name} is {measured[name].value:.4f}, under its floor of {floor:.4f}"


def risen(floors: Floors, measured: Mapping[str, Measured]) -> Iterator[str]:
    """Each figure that is better than its floor by more than the margin, in words; and each new one."""
    for name, found in measured.items():
        pinned = floors.figures.get(name)
        if pinned is None:
            yield f"{name} is new: {found.value:.4f}"
        elif (pinned.floor - found.value if name in CEILINGS else found.value - pinned.floor) > pinned.epsilon:
            yield f"{name} {pinned.floor:.4f} -> {found.value:.4f}"


def pinned(
    floors: Floors,
    measured: Mapping[str, Measured],
    fingerprints: Mapping[str, str],
    holding: tuple[str, ...],
    *,
    reason: str | None = None,
) -> Floors:
    """Floors at what was measured now.

    Args:
        floors: as they stand.
        measured: what was measured, by figure.
        fingerprints: of the corpora it was measured on.
        holding: the checks of the first documents that hold.
        reason: why floors may be lowered, recorded with those that are.

    Raises:
        LoweringRefusedError: a floor would be lowered or a check dropped, and no reason is given.
    """
    worse = list(fallen(floors, measured, strict=True))
    worse += [f'"{name}" does not hold' for name in floors.seeds if name not in holding]
    if worse and not reason:
        raise LoweringRefusedError(worse)
    lowering = (Lowering(reason=reason, figures=tuple(worse)),) if worse and reason else ()
    return Floors(
        fingerprints=dict(fingerprints),
        figures={
            name: Floor(floor=_lenient(name, one.value), epsilon=margin(name, one)) for name, one in measured.items()
        },
        seeds=holding,
        lowered=floors.lowered + lowering,
    )


def _lenient(name: str, value: float) -> float:
    """Four digits, rounded so that a floor never asks more than what was measured."""
    slack = 5e-5 if name in CEILINGS else -5e-5
    return round(value + slack, 4) if value else 0.0


def margin(name: str, measured: Measured) -> float:
    """How far a figure may stand from its floor.

    None for quotes. Else about two claims of those that it tells of, at least 0.003; shares of the claims found get at
    least 0.01, since they fall by themselves when harder claims are found.
    """
    if name == "unfaithful_quotes":
        return 0.0
    least = 0.01 if name.startswith("field.") else 0.003
    return round(max(least, 2 / max(measured.count, 1)), 4)


def write(floors: Floors, file: Path = FILE) -> None:
    """Write the floors as TOML; strings are quoted as JSON quotes them, which TOML reads alike."""
    lines = [
        "# Accuracy may not fall below these. Pinned with: python -m quality.gate --pin",
        "# What epsilon allows is reckoned in quality/floors.py, `margin`.",
        "# Checks of quality/seeds.py that hold and must go on to hold:",
        "seeds = [",
        *(f"    {_text(name)}," for name in floors.seeds),
        "]",
        "",
        "# SHA-256 over names and bytes of the texts (and marks) that the figures were measured on.",
        "[fingerprints]",
        *(f"{name} = {_text(digest)}" for name, digest in sorted(floors.fingerprints.items())),
        "",
        "[figures]",
        *(
            f"{_text(name)} = {{ floor = {one.floor}, epsilon = {one.epsilon} }}"
            for name, one in floors.figures.items()
        ),
        *(line for one in floors.lowered for line in _lowering(one)),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lowering(one: Lowering) -> Iterator[str]:
    yield from ("", "[[lowered]]", f"reason = {_text(one.reason)}", "figures = [")
    yield from (f"    {_text(name)}," for name in one.figures)
    yield "]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
