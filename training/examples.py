"""What the network learns from: windows of marked texts, with what the rules say and what the marks say."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tadmor.datamodel.claims import Claim, kind_of
from tadmor.datamodel.places import Place
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.labels import ATTRIBUTES, BEGIN, INSIDE, NUMBER_OF, ROLES
from tadmor.extraction.learned.windows import Hint, Window, hint, marked_by_rules, windows
from tadmor.extraction.rules import FINDERS, RuleReader
from training.alike import means_actor, means_place, told_names
from training.marked import Mark, Marked, Row

#: The fields of a mark that each role stands for.
_TOLD: dict[str, dict[str, tuple[str, ...]]] = {
    "control": {"who": ("holder",), "whom": ("from",)},
    "event": {"who": ("actors",), "whom": ("targets",)},
    "presence": {"who": ("actor", "what")},
    "movement": {"who": ("actor", "what")},
    "toll": {"who": ("by",), "whom": ("group",)},
}


class Target(NamedTuple):
    """One marked claim in a window.

    `span` are its own wordpieces, `read` those of the claim that the rules made of it, if any, and `said` what they
    say. `values` are the numbers of its attributes' values; `points` the candidates that each role may point to: none
    where the mark names nobody, `None` where it names somebody who is no candidate.
    """

    kind: str
    span: range
    read: range | None
    said: Hint | None
    values: dict[str, int]
    points: dict[str, tuple[int, ...] | None]


class Example(NamedTuple):
    """A window with what it is taught."""

    document: str
    window: Window
    told: list[list[int]]  # what the rules mark, for each wordpiece and kind
    tags: list[list[int]]  # what the marks say, likewise
    targets: tuple[Target, ...]


def examples(texts: Iterable[Marked]) -> Iterator[Example]:
    """The windows of some texts."""
    rules = RuleReader()
    for one in texts:
        reading = Reading(one.document)
        claims = list(rules.read(reading, frozenset(FINDERS)))
        paired = _paired(one.marks, claims)
        for window in windows(reading):
            inside = [mark for mark in one.marks if window.start <= mark.start < window.end]
            yield Example(
                document=one.name,
                window=window,
                told=marked_by_rules(window, claims),
                tags=_tags(window, inside),
                targets=tuple(
                    target
                    for mark in inside
                    if (target := _target(reading, window, mark, paired.get(id(mark)))) is not None
                ),
            )


def _paired(marks: Sequence[Mark], claims: Sequence[Claim]) -> dict[int, Claim]:
    """The claim that the rules made of each mark: of its kind, and sharing most words."""
    shared = sorted(
        (
            (-_overlap(mark, claim), at, number)
            for at, mark in enumerate(marks)
            for number, claim in enumerate(claims)
            if kind_of(claim) == mark.row["kind"] and _overlap(mark, claim) > 0
        ),
    )
    found: dict[int, Claim] = {}
    taken: set[int] = set()
    for _, at, number in shared:
        if id(marks[at]) not in found and number not in taken:
            found[id(marks[at])] = claims[number]
            taken.add(number)
    return found


def _overlap(mark: Mark, claim: Claim) -> float:
    """The share of the words of both that are in both."""
    common = min(mark.end, claim.end) - max(mark.start, claim.start)
    return common / (max(mark.end, claim.end) - min(mark.start, claim.start))


def _tags(window: Window, marks: Sequence[Mark]) -> list[list[int]]:
    """The tag of each wordpiece and kind; of marks that overlap the shorter one counts."""
    tags = [[0] * len(NUMBER_OF) for _ in window.pieces]
    for mark in sorted(marks, key=lambda one: one.start - one.end):
        touched = window.within(mark.start, mark.end)
        own = range(max(touched.start, window.first), min(touched.stop, window.last))
        for at in own:
            tags[at][NUMBER_OF[mark.row["kind"]]] = BEGIN if at == own.start else INSIDE
    return tags


def _target(reading: Reading, window: Window, mark: Mark, claim: Claim | None) -> Target | None:
    span = window.decided(mark.start, mark.end)
    if not span:
        return None
    return Target(
        kind=mark.row["kind"],
        span=span,
        read=window.decided(claim.start, claim.end) if claim is not None else None,
        said=hint(window, claim, reading.text) if claim is not None else None,
        values={name: ATTRIBUTES[name].index(value) for name, value in _values(mark.row).items()},
        points={role: _points(reading, window, mark.row, role) for role in ROLES},
    )


def _values(row: Row) -> dict[str, str]:
    told = {name: str(row[name]) for name in ("modality", "polarity", "type", "harm") if name in row}
    if row["kind"] == "toll":
        told["status"] = row.get("status", "unstated")
    if row["kind"] == "control":
        degree = row.get("degree", "full")
        told["change"] = degree if degree in ("contested", "besieged") else row.get("change", "held")
    return told


def _points(reading: Reading, window: Window, row: Row, role: str) -> tuple[int, ...] | None:
    """The candidates that a mark means in a role: empty where it names none, `None` where none of them is meant."""
    if role == "place":
        names = told_names(row.get("place"))
        found = tuple(
            number
            for number, one in enumerate(window.places)
            if means_place(names, reading.text[one.start : one.end], _known(reading, one.start, one.end))
        )
    else:
        names = [name for field in _TOLD[row["kind"]].get(role, ()) for name in told_names(row.get(field))]
        found = tuple(
            number
            for number, one in enumerate(window.phrases)
            if means_actor(
                names,
                reading.text[one.start : one.end],
                [hit.value for hit in reading.names.actors.within(one.start, one.end)],
            )
        )
    return found if found or not names else None


def _known(reading: Reading, start: int, end: int) -> Iterator[Place]:
    for hit in reading.names.places.within(start, end):
        yield from hit.value
