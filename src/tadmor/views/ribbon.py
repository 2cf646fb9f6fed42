"""Who held a place over time, as one bar of letters and colours."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from tadmor.datamodel.findings import State, Verdict
from tadmor.views.brief import ToldSpell

#: Told apart also by people who see red and green alike; no camp has a colour of its own.
_COLOURS = ("dark_orange3", "steel_blue", "dark_sea_green4", "medium_purple", "gold3", "indian_red", "turquoise4")
_FIRM = frozenset({Verdict.ESTABLISHED, Verdict.LIKELY})


class Ribbon:
    """The bar of a place's spells.

    A column stands for equal numbers of days; a spell too short for one still gets one. Capital letters are findings
    that are established or likely, small ones those that are disputed or unsupported.
    """

    def __init__(self, spells: Sequence[ToldSpell], last: date | None, width: int) -> None:
        self._spells = spells
        self._width = width
        told = [day for spell in spells for day in (spell.first, spell.last) if day is not None]
        self._start = min(told, default=last or date.min)
        self._end = max([*told, last] if last is not None else told, default=self._start)
        self._days = max((self._end - self._start).days + 1, 1)
        self._holders = list(dict.fromkeys(spell.holder for spell in spells if spell.holder))
        self._letters = dict(zip(self._holders, _letters(self._holders), strict=True))

    def bar(self) -> Text:
        """The bar itself."""
        cells = [(" ", "")] * self._width
        # Long spells first: what is painted later, and is short, stays to be seen.
        for spell in sorted(self._spells, key=self._length, reverse=True):
            for column in range(self._column(spell.first or self._start), self._column(spell.last or self._end) + 1):
                cells[column] = self._mark(spell)
        bar = Text()
        for letter, style in cells:
            bar.append(letter, style=style)
        return bar

    def scale(self) -> Text:
        """Days at both ends, and years between where there is room."""
        line = [" "] * self._width
        _put(line, 0, self._start.isoformat())
        _put(line, self._width - 10, self._end.isoformat())
        for year in range(self._start.year + 1, self._end.year + 1):
            column = self._column(date(year, 1, 1))
            if line[max(column - 1, 0) : column + 6] == [" "] * len(line[max(column - 1, 0) : column + 6]):
                _put(line, column, f"|{year}")
        return Text("".join(line), style="dim")

    def legend(self) -> Text:
        """What the letters stand for."""
        line = Text()
        for holder in self._holders:
            line.append(f" {self._letters[holder]} ", style=f"bold white on {self._colour(holder)}")
            line.append(f" {holder}   ")
        states = {spell.state for spell in self._spells}
        signs = ((State.BESIEGED, "o besieged"), (State.CONTESTED, "x contested"), (State.UNKNOWN, "· not known"))
        line.append("   ".join(words for one, words in signs if one in states), style="dim")
        if any(spell.verdict not in _FIRM for spell in self._spells):
            line.append("   small letters: disputed or unsupported", style="dim")
        return line

    def _length(self, spell: ToldSpell) -> int:
        return ((spell.last or self._end) - (spell.first or self._start)).days

    def _column(self, day: date) -> int:
        return min(max((day - self._start).days * self._width // self._days, 0), self._width - 1)

    def _colour(self, holder: str) -> str:
        return _COLOURS[self._holders.index(holder) % len(_COLOURS)]

    def _mark(self, spell: ToldSpell) -> tuple[str, str]:
        ground = self._colour(spell.holder) if spell.holder else "grey37"
        match spell.state:
            case State.UNKNOWN:
                return "·", "dim"
            case State.CONTESTED:
                return "x", "bold white on grey37"
            case State.BESIEGED:
                return "o", f"bold white on {ground}"
            case State.HELD:
                letter = self._letters[spell.holder] if spell.holder else "?"
                return (letter if spell.verdict in _FIRM else letter.lower()), f"bold white on {ground}"


def _letters(names: Sequence[str]) -> list[str]:
    """A letter for each name: its first that none before it has."""
    taken: list[str] = []
    for name in names:
        own = (letter for letter in name.upper() + "ABCDEFGHIJKLMNPQRSTUVWYZ" if letter.isalpha())
        taken.append(next((letter for letter in own if letter not in {*taken, "X", "O"}), "?"))
    return taken


def _put(line: list[str], at: int, text: str) -> None:
    at = max(at, 0)
    for offset, letter in enumerate(text[: len(line) - at]):
        line[at + offset] = letter
