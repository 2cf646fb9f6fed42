"""Values on a screen: tables and colour in a terminal, aligned plain text and tabs when piped."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tadmor.datamodel.findings import State, Toll
from tadmor.views.brief import Overview, PlaceBrief, Quote, ToldSpell

#: Columns of a ribbon.
RIBBON = 84
_COLOURS = ("dark_orange3", "steel_blue", "dark_sea_green4", "medium_purple", "gold3", "indian_red", "turquoise4")
_SHADES = {"established": "bold", "likely": "", "disputed": "italic", "unsupported": "dim"}


class Screen:
    """Where output goes; `plain` when it is no terminal."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
        self.plain = not self.console.is_terminal

    def heading(self, text: str) -> None:
        """A section's name."""
        self.say("")
        self.say(text, "bold")

    def say(self, text: str, style: str = "") -> None:
        """One line."""
        if self.plain:
            sys.stdout.write(text + "\n")
        else:
            self.console.print(Text(text, style=style))

    def draw(self, text: Text) -> None:
        """Text with its own colours."""
        if self.plain:
            sys.stdout.write(text.plain + "\n")
        else:
            self.console.print(text)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
        """A table; when piped, a header and tab-separated lines."""
        if self.plain:
            for row in (columns, *rows):  # not through rich, which widens tabs
                sys.stdout.write("\t".join(str(cell).replace("\t", " ").replace("\n", " ") for cell in row) + "\n")
            return
        table = Table(show_edge=False, pad_edge=False, header_style="bold", row_styles=["", "on grey7"])
        for number, column in enumerate(columns):
            table.add_column(column, overflow="fold", ratio=1 if number == len(columns) - 1 else None)
        for row in rows:
            table.add_row(*row)
        self.console.print(table)


def show_brief(screen: Screen, brief: PlaceBrief) -> None:
    """The brief of a place."""
    _title(screen, brief)
    _control(screen, brief)
    _tolls(screen, brief.tolls)
    _contradictions(screen, brief)
    _quotes(screen, "Forces and equipment seen", brief.forces)
    _quotes(screen, "Movements", brief.movements)
    if brief.not_fact:
        screen.heading("Said to be planned, expected or possible (told, not counted)")
        screen.table(
            ("how", "words", "who", "claim"),
            [(how, _clip(quote.words), quote.source, quote.claim[:8]) for how, quote in brief.not_fact],
        )
    _gaps(screen, brief)
    screen.heading("Who speaks")
    screen.table(
        ("claims", "who", "kind", "sides", "through"),
        [
            (
                str(one.claims),
                one.source.name,
                one.source.kind.value,
                ", ".join(one.source.sides) or "-",
                ", ".join(one.via) or "-",
            )
            for one in brief.voices
        ],
    )
    screen.say("")
    screen.say("Open any figure: tadmor show CLAIM. All of it: tadmor timeline, tadmor claims --place, --json.", "dim")


def _title(screen: Screen, brief: PlaceBrief) -> None:
    place = brief.place
    where = f"{place.lat:.3f}, {place.lon:.3f}" if place.lat is not None and place.lon is not None else "no coordinates"
    known = f"as known on {brief.as_of}" if brief.as_of else "as known now"
    lines = (
        f"{place.level.value} in {place.country or 'an unknown country'}, {where} ({place.id})",
        (
            f"{brief.claims} claims in {brief.documents} documents, published {brief.first_published or '?'} to "
            f"{brief.last_published or '?'}; {known}"
        ),
    )
    if screen.plain:
        screen.say(place.name)
        for line in lines:
            screen.say(line)
        return
    screen.console.print(Panel("\n".join(lines), title=f"[bold]{place.name}[/bold]", title_align="left", expand=False))


def _control(screen: Screen, brief: PlaceBrief) -> None:
    screen.heading("Control")
    if not brief.spells:
        screen.say("No claim of control that could be dated. Silence is no evidence: nothing is concluded.")
        return
    screen.draw(ribbon(brief.spells, brief.last_published or date.max))
    screen.say("")
    screen.table(
        ("from", "to", "state", "confidence", "verdict", "voices", "change within", "for", "against"),
        [_spell_row(told) for told in brief.spells],
    )
    screen.say("")
    for told in brief.spells:
        _spell_quotes(screen, told)


def _spell_row(told: ToldSpell) -> tuple[str | Text, ...]:
    spell = told.spell
    change = f"{spell.change.start} to {spell.change.last}" if spell.change and spell.change.days > 1 else "-"
    return (
        spell.start.isoformat(),
        spell.end.isoformat() if spell.end else "open",
        Text(state_words(told), style=_SHADES.get(spell.verdict.value, "")),
        f"{spell.confidence:.0%}",
        spell.verdict.value,
        str(spell.independent_sources),
        change,
        str(len(spell.supports)),
        str(len(spell.opposes)),
    )


def state_words(told: ToldSpell) -> str:
    """The state in words: "held by X", "held by X, besieged by Y", "contested", "not known"."""
    match told.spell.state:
        case State.HELD:
            return f"held by {told.holder}"
        case State.BESIEGED:
            inside = f"held by {told.holder}, " if told.holder else ""
            return f"{inside}besieged by {told.besieger}" if told.besieger else f"{inside}besieged"
        case State.CONTESTED:
            return "contested"
        case State.UNKNOWN:
            return "not known"


def _spell_quotes(screen: Screen, told: ToldSpell) -> None:
    for sign, quote in (("+", told.best_for), ("-", told.best_against)):
        if quote is not None:
            line = Text(f"{told.spell.start}  {sign} ", style="dim")
            line.append(f"“{_clip(quote.words)}”")
            line.append(f"  {quote.source}, {quote.said or 'undated'}  [{quote.claim[:8]}]", style="dim")
            screen.draw(line)


def ribbon(spells: Sequence[ToldSpell], last: date) -> Text:
    """Who held the place over time, as a bar with a letter for each holder and a legend.

    Capitals for established and likely findings, small letters for weaker ones; `x` contested, `?` not known, `o` the
    besieged.
    """
    start = spells[0].spell.start
    end = max([spell.spell.end or spell.spell.start for spell in spells] + ([last] if last != date.max else []))
    days = max((end - start).days + 1, 1)
    holders = list(dict.fromkeys(told.holder for told in spells if told.holder))
    bar = Text()
    for column in range(RIBBON):
        day = start + timedelta(days=column * days // RIBBON)
        told = next((one for one in reversed(spells) if one.spell.start <= day), spells[0])
        letter, style = _mark(told, holders)
        bar.append(letter, style=style)
    bar.append(f"\n{start.isoformat()}{' ' * (RIBBON - 20)}{end.isoformat()}\n", style="dim")
    for number, holder in enumerate(holders):
        bar.append(f"{_letter(number)} ", style=f"bold {_COLOURS[number % len(_COLOURS)]}")
        bar.append(f"{holder}   ")
    bar.append("x contested   o besieged   ? not known", style="dim")
    return bar


def _letter(number: int) -> str:
    return "ABCDEFGHIJKLMN"[number % 14]


def _mark(told: ToldSpell, holders: Sequence[str]) -> tuple[str, str]:
    if told.spell.state is State.CONTESTED:
        return "x", "bold white on grey37"
    if told.spell.state is State.UNKNOWN:
        return "?", "dim"
    if told.spell.state is State.BESIEGED:
        colour = _COLOURS[holders.index(told.holder) % len(_COLOURS)] if told.holder else "grey37"
        return "o", f"bold white on {colour}"
    number = holders.index(told.holder or "")
    letter = _letter(number) if told.spell.verdict.value in ("established", "likely") else _letter(number).lower()
    return letter, f"bold white on {_COLOURS[number % len(_COLOURS)]}"


def _tolls(screen: Screen, tolls: Sequence[Toll]) -> None:
    if not tolls:
        return
    screen.heading("Tolls")
    screen.table(
        ("when", "harm", "who", "low", "best", "high", "voices", "why", "claims"),
        [
            (
                _days(toll),
                toll.harm.value,
                toll.group or toll.status.value,
                _number(toll.low),
                _number(toll.best),
                _number(toll.high),
                str(toll.independent_sources),
                "; ".join(toll.reasons),
                " ".join(identity[:8] for identity in toll.claims[:4]),
            )
            for toll in tolls
        ],
    )


def _days(toll: Toll) -> str:
    if toll.when is None:
        return "undated"
    return str(toll.when.start) if toll.when.days == 1 else f"{toll.when.start} to {toll.when.last}"


def _number(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _contradictions(screen: Screen, brief: PlaceBrief) -> None:
    if not brief.contradictions:
        return
    screen.heading("Accounts that disagree")
    for found in brief.contradictions:
        screen.say(f"{found.nature.value}: {found.about}", "bold")
        for side in found.sides:
            claims = " ".join(identity[:8] for identity in side.claims[:4])
            screen.say(f"  {side.value}: {', '.join(side.sources)}  [{claims}]")
        if found.explanation:
            screen.say(f"  perhaps: {found.explanation}", "dim")


def _quotes(screen: Screen, title: str, quotes: Sequence[Quote]) -> None:
    if not quotes:
        return
    screen.heading(title)
    screen.table(
        ("said", "words", "who", "claim"),
        [(quote.said or "undated", _clip(quote.words), quote.source, quote.claim[:8]) for quote in quotes],
    )


def _gaps(screen: Screen, brief: PlaceBrief) -> None:
    unknown = [told for told in brief.spells if told.spell.state is State.UNKNOWN]
    lines = [f"who held it from {told.spell.start} to {told.spell.end or 'now'}" for told in unknown]
    if brief.undated:
        first = brief.undated[0]
        lines.append(f"when {len(brief.undated)} claims are about, such as “{_clip(first.words)}” [{first.claim[:8]}]")
    if not lines:
        return
    screen.heading("Not known")
    for line in lines:
        screen.say(f"  {line}")


def show_overview(screen: Screen, overview: Overview, folder: str) -> None:
    """A case at a glance."""
    claims = sum(overview.kinds.values())
    screen.say(
        f"Case {folder}: {len(overview.documents)} documents, {claims} claims by {overview.sources} voices", "bold"
    )
    screen.say(", ".join(f"{count} {kind}" for kind, count in overview.kinds.items()))
    screen.say(
        f"{overview.spells} spells of control, {overview.incidents} incidents, {overview.tolls} tolls, "
        f"{overview.contradictions} contradictions"
    )
    screen.heading("Places told of most")
    screen.table(("claims", "place", "id"), [(str(count), name, key) for key, name, count in overview.places[:15]])
    screen.heading("Documents")
    screen.table(
        ("file", "title", "published"),
        [(name, _clip(title or "-", 60), when) for name, title, when in overview.documents],
    )


def _clip(words: str, length: int = 110) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
