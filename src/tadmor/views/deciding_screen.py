"""Decisions and open questions on a screen."""

from collections.abc import Sequence

from rich.text import Text

from tadmor.views.brief_screen import SHORT
from tadmor.views.codings import Coded
from tadmor.views.deciding import Decided
from tadmor.views.disagreeing import in_words
from tadmor.views.queue import Worth
from tadmor.views.quoting import Quote
from tadmor.views.screen import Screen
from tadmor.views.words import clip, plural

#: Characters of a quote in a list.
_QUOTED = 100


def in_a_line(one: Decided) -> str:
    """A decision in a line."""
    values = ", ".join(f"{field}={value or 'none'}" for field, value in one.value.items())
    said = f" ({values})" if values else " (sealed)" if one.sealed else ""
    return f"{one.what} {_claims(one)}{said}, by {one.author}: {one.reason}"


def _claims(one: Decided) -> str:
    """What a decision is on."""
    if one.about:
        return " and ".join(f"{each.kind} {each.name} ({each.id})" for each in one.about)
    return " and ".join(f"{each.claim[:SHORT]} “{clip(each.words, _QUOTED)}”" for each in one.claims)


def show_decisions(found: Sequence[Decided], *, left_out: int = 0) -> None:
    """A table of decisions, in the order made."""
    screen = Screen()
    screen.table(
        ("when", "who", "decision", "stands", "on", "value", "why"),
        [
            (
                f"{one.made:%Y-%m-%d %H:%M}",
                one.author,
                one.what,
                "yes" if one.stands else "no",
                _claims(one),
                ", ".join(f"{field}={value or 'none'}" for field, value in one.value.items()) or "-",
                one.reason,
            )
            for one in found
        ],
        listed=True,
    )
    if left_out and not screen.plain:
        screen.say(f"{plural(left_out, 'row')} taken back by newer editions of tables: --all shows them", "dim")


def show_codings(found: Sequence[Coded]) -> None:
    """A line an answer: the claims, whether the persons differ, what is said by whom, and the number to settle by."""
    Screen().table(
        ("claims", "differ", "answer", "who", "settle"),
        [
            (
                " ".join(claim[:SHORT] for claim in one.claims),
                "yes" if one.differ else "no",
                answer,
                ", ".join(who),
                str(number),
            )
            for one in found
            for answer, number, who in one.answers
        ],
        listed=True,
    )


def show_queue(found: Sequence[Worth], every: int) -> None:
    """Questions with their quotes and the calls that answer them; when piped, a line an account."""
    screen = Screen()
    if screen.plain:
        screen.table(
            ("asked", "about", "rests on it", "account", "who", "claims", "words"),
            [
                (
                    one.asked.value,
                    one.about,
                    in_words(one.rests),
                    each.value,
                    each.quote.source,
                    " ".join(claim[:SHORT] for claim in each.claims),
                    each.quote.words,
                )
                for one in found
                for each in one.accounts
            ],
            listed=True,
        )
        return
    for one in found:
        _show(screen, one)
    screen.say(f"{plural(len(found), 'question')} of {every:,}", "dim")


def _show(screen: Screen, one: Worth) -> None:
    screen.say(Text(f"\n{one.about}", style="bold"))
    screen.say(f"{in_words(one.rests)} on it", "dim", indent=2)
    for each in one.accounts:
        screen.say(_told(each.value, each.quote), indent=2)
    if one.explanation:
        screen.say(one.explanation, "italic", indent=2)
    for answer in one.answers:
        screen.say(answer, "dim", indent=4)


def _told(value: str, said: Quote) -> Text:
    text = Text(f"{value}: ", style="bold not dim")
    text.append(f"“{clip(said.words, 2 * _QUOTED)}” ", style="not bold")
    when = f", {said.published}" if said.published is not None else ""
    text.append(f"{said.source}{when} [{said.claim[:SHORT]}]", style="dim not bold")
    return text
