"""Answers to what a case is asked: brief, why, timeline, claims, show, contradictions, sources."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder
from tadmor.views.opening import opened, print_json, print_rows, record_of
from tadmor.views.options import AsOf, Case, Json, Silent, day_of

commands = typer.Typer(add_completion=False, rich_markup_mode=None)  # rich help takes 0.4 s to import


@commands.command(epilog="Example: tadmor brief Palmyra --as-of 2016-12-12 --case syria")
def brief(
    place: Annotated[str | None, typer.Argument(help="A place; without one, the case.", show_default=False)] = None,
    as_of: AsOf = None,
    without: Silent = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """What the case knows of a place; without one, of all.

    Who held it and when, who says so, which accounts disagree, what it cost, what is not known.
    """
    if place is None:
        _overview(case, as_of, without, as_json=as_json)
        return
    from tadmor.views.brief import brief_of, find_place  # noqa: PLC0415

    with opened(case) as ledger:
        record, claims = record_of(ledger, as_of, without)
        told = brief_of(find_place(place, claims, ledger), record, claims)
    if as_json:
        print_json(told)
        return
    from tadmor.views.brief_screen import show_brief  # noqa: PLC0415
    from tadmor.views.screen import Screen  # noqa: PLC0415

    show_brief(Screen(), told)


def _overview(case: Path | None, as_of: date | None, without: list[str] | None, *, as_json: bool) -> None:
    from tadmor.views.overview import overview_of  # noqa: PLC0415

    with opened(case) as ledger:
        record, claims = record_of(ledger, as_of, without)
        overview = overview_of(record, claims, ledger.documents(), ledger.copies(), ledger.issues())
    if as_json:
        print_json(overview)
        return
    from tadmor.views.overview_screen import show_overview  # noqa: PLC0415
    from tadmor.views.screen import Screen  # noqa: PLC0415

    show_overview(Screen(), overview, str(case_folder(case)))


@commands.command(epilog="Example: tadmor why Palmyra 2016-12-11 --case syria")
def why(
    place: Annotated[str, typer.Argument(help="A place.")],
    day: Annotated[
        date | None, typer.Argument(parser=day_of, metavar="DAY", help="A day; else the last.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Why the record says who held a place on a day.

    The voices for and against with their weights and grades, the finding without each of them,
    what would change it, and what is not known.
    """
    from tadmor import pipeline  # noqa: PLC0415
    from tadmor.views.brief import find_place  # noqa: PLC0415
    from tadmor.views.exports import Names  # noqa: PLC0415
    from tadmor.views.why import why_of  # noqa: PLC0415

    with opened(case) as ledger:
        claims = tuple(ledger.claims(standing=as_of))
        where = find_place(place, claims, ledger)
        told = why_of(pipeline.explanation(ledger, claims, where.id, day, as_of=as_of), where, Names(claims))
    if as_json:
        print_json(told)
        return
    from tadmor.views.screen import Screen  # noqa: PLC0415
    from tadmor.views.why import show_why  # noqa: PLC0415

    show_why(Screen(), told)


@commands.command(epilog="Example: tadmor timeline Palmyra --case syria")
def timeline(
    place: Annotated[str, typer.Argument(help="A place.")],
    as_of: AsOf = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """All that is told of a place, day by day."""
    from tadmor.ledger import ClaimFilter  # noqa: PLC0415
    from tadmor.views.brief import find_place  # noqa: PLC0415
    from tadmor.views.listing import show_claims, timeline_of  # noqa: PLC0415

    with opened(case) as ledger:
        claims = tuple(ledger.claims(ClaimFilter(as_of=as_of)))
        found = timeline_of(find_place(place, claims, ledger), claims)
        print_rows(ledger, found) if as_json else show_claims(found)


@commands.command(epilog="Example: tadmor claims --place Palmyra --kind toll --from 2016-12-01 --text execut*")
def claims(  # noqa: PLR0913, PLR0917 - an option each
    place: Annotated[str | None, typer.Option(help="About this place (name or id).", show_default=False)] = None,
    kind: Annotated[
        str | None, typer.Option(help="control, event, presence, movement or toll.", show_default=False)
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Naming this actor.", show_default=False)] = None,
    source: Annotated[str | None, typer.Option(help="Said or relayed by this source.", show_default=False)] = None,
    first: Annotated[
        date | None,
        typer.Option("--from", parser=day_of, metavar="DAY", help="About this day or later.", show_default=False),
    ] = None,
    last: Annotated[
        date | None,
        typer.Option("--to", parser=day_of, metavar="DAY", help="About this day or earlier.", show_default=False),
    ] = None,
    text: Annotated[str | None, typer.Option(help="With these words in the quote.", show_default=False)] = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Claims that fit all conditions, each with its words and who says so."""
    from tadmor.datamodel.claims import KINDS  # noqa: PLC0415
    from tadmor.ledger import ClaimFilter  # noqa: PLC0415
    from tadmor.views.listing import show_claims  # noqa: PLC0415

    if kind is not None and kind not in KINDS:
        message = f"{kind!r} is no kind of claim; choose from {', '.join(KINDS)}"
        raise UsageError(message)
    wanted = ClaimFilter(place=place, kind=kind, actor=actor, source=source, first=first, last=last, words=text)
    with opened(case) as ledger:
        found = tuple(ledger.claims(wanted))
        print_rows(ledger, found) if as_json else show_claims(found)


@commands.command(epilog="Example: tadmor show 8fa43867")
def show(
    claim: Annotated[str, typer.Argument(help="A claim's id, or the beginning of it.")],
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """One claim in its context.

    The words marked, who says so through whom, what is understood of it, and where its original lies.
    """
    from tadmor.datamodel.history import standing  # noqa: PLC0415
    from tadmor.ledger.case import CaseFolder  # noqa: PLC0415
    from tadmor.views.showing import show_claim  # noqa: PLC0415

    with opened(case) as ledger:
        found = ledger.claim(claim)
        document = ledger.document(found.claim.document)
        if as_json:
            print_rows(ledger, (found,))
        else:
            path = str(CaseFolder(ledger.folder).path_of(document.original))
            show_claim(found, document, path, standing(ledger.reviews()).get(found.id))


@commands.command(epilog="Example: tadmor contradictions --case syria")
def contradictions(
    place: Annotated[str | None, typer.Option(help="At this place (name or id).", show_default=False)] = None,
    as_of: AsOf = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Accounts that cannot all hold, side by side."""
    from tadmor.views.brief import find_place  # noqa: PLC0415
    from tadmor.views.disagreeing import disagreement  # noqa: PLC0415
    from tadmor.views.exports import Names  # noqa: PLC0415
    from tadmor.views.findings_rows import contradiction_row  # noqa: PLC0415
    from tadmor.views.listing import show_contradictions  # noqa: PLC0415

    with opened(case) as ledger:
        record, known = record_of(ledger, as_of)
        names, where = Names(known), find_place(place, known, ledger).id if place is not None else None
    found = [one for one in record.contradictions if where in (None, one.place)]
    if as_json:
        print_json([contradiction_row(one, names) for one in found])
        return
    show_contradictions([disagreement(one, names) for one in found])


@commands.command(epilog="Example: tadmor sources SANA --case syria")
def sources(
    name: Annotated[str | None, typer.Argument(help="A source; without one, all.", show_default=False)] = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Who speaks in the case, for which side, through whom, and how each fared.

    How often a source is right is learned from others that tell of the same; its Admiralty grade
    follows from it. For one source: what moved its grade.
    """
    from tadmor.views.listing import show_source, show_sources  # noqa: PLC0415
    from tadmor.views.speaking import named, speaking  # noqa: PLC0415

    with opened(case) as ledger:
        record, claims = record_of(ledger, None)
    found = speaking(claims, record.standings, record.copying)
    found = found if name is None else (named(name, found),)
    if as_json:
        print_json(found)
    elif name is None:
        show_sources(found)
    else:
        show_source(found[0], {claim.id: claim for claim in claims})
