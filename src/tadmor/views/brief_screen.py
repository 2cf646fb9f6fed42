"""The brief of a place on a screen."""

import shlex
from collections.abc import Iterator, Sequence

from rich.text import Text

from tadmor.datamodel.findings import State, Verdict
from tadmor.views.brief import PlaceBrief, Told, ToldFigure, ToldSpell, ToldToll
from tadmor.views.disagreeing import Disagreement, in_words
from tadmor.views.quoting import Quote
from tadmor.views.ribbon import Ribbon
from tadmor.views.screen import Screen
from tadmor.views.speaking import Speaking
from tadmor.views.words import brief_days, clip, days, number, percent, plural, since, some_of, spell_days

#: Most rows of a section; the commands named below it show the rest.
ROWS = 8
#: Hex characters of a claim's id that are shown: enough to be unique in a case of a million claims.
SHORT = 8
_STYLES = {
    Verdict.ESTABLISHED: "bold green",
    Verdict.LIKELY: "green",
    Verdict.DISPUTED: "yellow",
    Verdict.UNSUPPORTED: "dim",
}


def show_brief(screen: Screen, brief: PlaceBrief) -> None:
    """All sections, the empty ones left out."""
    _title(screen, brief)
    _control(screen, brief)
    _inside(screen, brief)
    _contradictions(screen, brief)
    _tolls(screen, brief)
    _incidents(screen, brief)
    _told(screen, "Forces and equipment seen", brief.presences, "presence", brief)
    _told(screen, "Movements", brief.movements, "movement", brief)
    _not_counted(screen, brief)
    _gaps(screen, brief)
    _voices(screen, brief.voices)
    screen.say("")
    screen.say(f"Open any claim: tadmor show CLAIM.  Day by day: {_timeline(brief)}.  For programs: --json.", "dim")


def _title(screen: Screen, brief: PlaceBrief) -> None:
    place = brief.place
    at = f"{place.lat:.3f}, {place.lon:.3f}" if place.lat is not None and place.lon is not None else "no coordinates"
    screen.say(Text(place.name.upper(), style="bold"))
    screen.say(f"{place.level.value}, {place.country or 'no country'}, {at} ({place.id})", "dim")
    known = f"as known on {brief.as_of}" if brief.as_of is not None else "as known now"
    screen.say(
        f"{plural(brief.claims, 'claim')} in {plural(brief.documents, 'document')}, published "
        f"{days(brief.first_published, brief.last_published)}; {known}.",
        "dim",
    )
    screen.say("")
    screen.say(_now(brief))


def _now(brief: PlaceBrief) -> Text:
    """The state at the end, in one sentence."""
    if not brief.spells:
        return Text("Who holds it is not known: no claim of control could be dated. Silence is no evidence.")
    last = brief.spells[-1]
    line = Text(last.words[0].upper() + last.words[1:], style="bold")
    line.append(since(last.first), style="bold")
    line.append(f" ({last.verdict.value}, ", style=_STYLES[last.verdict])
    line.append(f"{percent(last.confidence)}, {plural(last.independent_sources, 'independent voice')})")
    if brief.last_published is not None:
        line.append(f". Nothing later than {brief.last_published} has been read.", style="dim")
    return line


def _control(screen: Screen, brief: PlaceBrief) -> None:
    if not brief.spells:
        return
    screen.heading("Who held it")
    ribbon = Ribbon(brief.spells, brief.last_published, screen.width)
    for line in (ribbon.bar(), ribbon.scale(), ribbon.legend()):
        screen.say(line)
    for spell in brief.spells:
        screen.say("")
        screen.say(_spell_line(spell))
        for sign, found in (("for", spell.best_for), ("against", spell.best_against)):
            if found is not None:
                _quote(screen, sign, found)


def _spell_line(spell: ToldSpell) -> Text:
    line = Text(f"{spell_days(spell.first, spell.last):<24}  ")
    line.append(f"{spell.words}  ", style="bold" if spell.state is not State.UNKNOWN else "dim")
    line.append(f"{percent(spell.confidence)} {spell.verdict.value}", style=_STYLES[spell.verdict])
    line.append(f"  {plural(spell.independent_sources, 'voice')}; {len(spell.supports)} for", style="dim")
    line.append(f", {len(spell.opposes)} against" if spell.opposes else "", style="dim")
    if spell.change is not None and spell.change[0] != spell.change[1]:
        line.append(f"; began between {spell.change[0]} and {spell.change[1]}", style="dim")
    return line


def _quote(screen: Screen, sign: str, found: Quote) -> None:
    line = Text(f"“{clip(found.words, 200)}”")
    line.append(f" {found.source}, {found.published or 'undated'} [{found.claim[:SHORT]}]", style="dim")
    screen.pair(Text(sign, style="green" if sign == "for" else "red"), line, indent=4, room=9)


def _inside(screen: Screen, brief: PlaceBrief) -> None:
    if not brief.inside:
        return
    screen.heading("Within and around it, at the end")
    screen.table(
        ("place", "state", "since", ">sure", "verdict", "claim"),
        [
            (
                one.name,
                one.words,
                str(one.since or "not told"),
                percent(one.confidence),
                one.verdict.value,
                _ids(one.claims, 1),
            )
            for one in brief.inside[:ROWS]
        ],
    )
    _more(screen, len(brief.inside), "tadmor brief PLACE for each")


def _contradictions(screen: Screen, brief: PlaceBrief) -> None:
    if not brief.contradictions:
        return
    screen.heading("Accounts that disagree", plural(len(brief.contradictions), "contradiction"))
    for found in brief.contradictions[:ROWS]:
        show_disagreement(screen, found)
    _more(screen, len(brief.contradictions), "tadmor contradictions")


def show_disagreement(screen: Screen, found: Disagreement) -> None:
    """One contradiction, its accounts side by side with their words."""
    line = Text(found.about[0].upper() + found.about[1:], style="bold")
    natures = " and ".join(found.natures)
    line.append(
        f"  {natures}, {brief_days(found.earliest, found.latest)}; {in_words(found.rests)} on it", "dim not bold"
    )
    screen.say(line)
    screen.table(
        ("  account", "who says so", "in words"),
        [
            (
                Text(f"  {account.value}", style="yellow"),
                some_of(map(_short_source, account.sources), 3),
                _in_words(account.quote, len(account.claims)),
            )
            for account in found.accounts
        ],
    )
    for account in found.accounts:
        if account.then and found.rests.findings:
            screen.say(f"if {account.value}: {account.then}", "dim", indent=2)
    if found.explanation:
        screen.say(f"perhaps: {found.explanation}", "dim", indent=2)
    screen.say("")


def _short_source(name: str) -> str:
    return clip(name, 34)


def _in_words(found: Quote | None, claims: int) -> Text:
    if found is None:
        return Text("-")
    line = Text(f"“{clip(found.words, 120)}”")
    line.append(f" [{found.claim[:SHORT]}]", style="dim")
    line.append(f" and {claims - 1} more" if claims > 1 else "", style="dim")
    return line


def _tolls(screen: Screen, brief: PlaceBrief) -> None:
    counted = [toll for toll in brief.tolls if toll.low is not None or toll.high is not None]
    if not brief.tolls:
        return
    what = "best: the middle of the voices; low and high: what any gives; 80 %: where another voice would count"
    screen.heading("What it cost", what)
    for toll in counted[:ROWS]:
        screen.say(_toll_line(toll))
        screen.say(_toll_reason(toll), indent=4)
        for figure in toll.figures if len(toll.figures) > 1 else ():
            screen.say(_figure_line(figure), indent=4)
    _more(screen, len(counted), f"tadmor claims --kind toll --place {_typed(brief)}")
    if len(counted) < len(brief.tolls):
        screen.say(f"{plural(len(brief.tolls) - len(counted), 'further toll')} told without a number.", "dim")


def _toll_line(toll: ToldToll) -> Text:
    line = Text(f"{brief_days(toll.earliest, toll.latest):<20}  {toll.harm.value:<9}  {clip(toll.group, 20):<20}  ")
    line.append(f"best {number(toll.best):<7}", style="bold")
    line.append(f"low {number(toll.low):<7} high {number(toll.high):<7}")
    if toll.interval is not None:
        line.append(f"80 % {toll.interval[0]} to {toll.interval[1]}  ")
    line.append(plural(toll.independent_sources, "voice"), style="dim")
    return line


def _figure_line(figure: ToldFigure) -> Text:
    """One voice, its side, its number and the claims that give it."""
    side = f" ({', '.join(figure.sides)})" if figure.sides else ""
    line = Text(f"{clip(figure.voice + side, 50)}: {number(figure.best)}")
    served = {-1: ", serves its own side", 1: ", against its own side"}.get(figure.interest, "")
    return line.append(f"{served} [{_ids(figure.claims, 3)}]", style="dim")


def _toll_reason(toll: ToldToll) -> Text:
    """One voice speaks for itself; of several, the record says which gives which bound."""
    if toll.independent_sources == 1 and toll.quote is not None:
        reason = Text(f"“{clip(toll.quote.words, 120)}” ")
        return reason.append(f"{toll.quote.source} [{toll.quote.claim[:SHORT]}]", style="dim")
    reason = Text("; ".join(toll.reasons), style="dim")
    return reason.append(f" [{_ids(toll.claims, 3)}]")


def _incidents(screen: Screen, brief: PlaceBrief) -> None:
    if not brief.incidents:
        return
    screen.heading("What happened", "those that most voices tell of")
    most = sorted(brief.incidents, key=lambda one: (-one.independent_sources, -len(one.claims)))[:ROWS]
    most.sort(key=lambda one: (one.earliest is None, str(one.earliest)))
    screen.table(
        ("when", ">voices", "what", "in words"),
        [
            (
                brief_days(one.earliest, one.latest),
                str(one.independent_sources),
                one.what,
                _in_words(one.quote, len(one.claims)),
            )
            for one in most
        ],
    )
    _more(screen, len(brief.incidents), _timeline(brief))


def _told(screen: Screen, title: str, rows: Sequence[Told], kind: str, brief: PlaceBrief) -> None:
    if not rows:
        return
    screen.heading(title)
    screen.table(
        ("when", "where", "who says so", "in words"),
        [
            (
                brief_days(one.earliest, one.latest),
                "here" if one.where == brief.place.name else one.where,
                clip(one.quote.source, 44),
                _in_words(one.quote, 1),
            )
            for one in rows[:ROWS]
        ],
    )
    _more(screen, len(rows), f"tadmor claims --kind {kind} --place {_typed(brief)}")


def _not_counted(screen: Screen, brief: PlaceBrief) -> None:
    rows = [(one.modality.value, one) for one in brief.not_fact] + [("denied", one) for one in brief.denied]
    if not rows:
        return
    screen.heading("Said, but not counted as having happened", "plans, expectations, scenarios, questions, denials")
    screen.table(
        ("how", "who says so", "in words"),
        [(how, clip(one.quote.source, 44), _in_words(one.quote, 1)) for how, one in rows[: 2 * ROWS]],
    )
    _more(screen, len(rows), _timeline(brief), shown=2 * ROWS)


def _gaps(screen: Screen, brief: PlaceBrief) -> None:
    lines = list(_unknown(brief))
    if not lines:
        return
    screen.heading("What is not known")
    for line in lines:
        screen.say(f"• {line}", indent=2)


def _unknown(brief: PlaceBrief) -> Iterator[str]:
    for spell in brief.spells:
        if spell.state is State.UNKNOWN:
            yield f"who held it from {spell.first} to {spell.last or 'now'}"
        elif spell.verdict not in (Verdict.ESTABLISHED, Verdict.LIKELY):
            told = f"from {spell.first} to {spell.last or 'now'}" if spell.first else spell_days(None, spell.last)
            yield f"whether it was {spell.words} {told} ({spell.verdict.value})"
        if spell.first is None:
            yield f"since when it was {spell.words}"
        if spell.change is not None and (spell.change[1] - spell.change[0]).days > 0:
            yield f"on which day between {spell.change[0]} and {spell.change[1]} it came to be {spell.words}"
    if brief.doubtful:
        first = brief.doubtful[0].quote
        example = f"“{clip(first.words, 60)}” [{first.claim[:SHORT]}]"
        count = plural(len(brief.doubtful), "claim")
        yield f"what {count} say that could not be read surely enough to be counted, such as {example}"
    if brief.undated:
        first = brief.undated[0].quote
        example = f"“{clip(first.words, 60)}” [{first.claim[:SHORT]}]"
        yield f"which days {plural(len(brief.undated), 'claim')} speak of, such as {example}"
    if brief.undated_documents:
        yield f"when {plural(brief.undated_documents, 'document')} came out, not even within bounds"
    open_ended = sum(toll.high is None and toll.low is not None for toll in brief.tolls)
    if open_ended:
        yield f"an upper bound of {plural(open_ended, 'toll')}: a voice says 'at least'"
    yield from brief.unsure_of[:ROWS]


def _voices(screen: Screen, voices: Sequence[Speaking]) -> None:
    screen.heading("Who speaks", "the origin of what is told, whoever carried it")
    screen.table(
        (">claims", "who", "kind", "sides", "through"),
        [
            (
                str(one.claims),
                clip(one.name, 40),
                one.kind,
                ", ".join(one.sides).replace("_", " ") or "-",
                some_of(map(_short_source, one.through), 2) or "-",
            )
            for one in voices[:ROWS]
        ],
    )
    _more(screen, len(voices), "tadmor sources")


def _typed(brief: PlaceBrief) -> str:
    """The place as one types it in a shell."""
    return shlex.quote(brief.place.name)


def _timeline(brief: PlaceBrief) -> str:
    return f"tadmor timeline {_typed(brief)}"


def _more(screen: Screen, count: int, where: str, *, shown: int = ROWS) -> None:
    if count > shown:
        screen.say(f"{count - shown} more: {where}", "dim")


def _ids(claims: Sequence[str], most: int) -> str:
    return " ".join(identity[:SHORT] for identity in claims[:most])
