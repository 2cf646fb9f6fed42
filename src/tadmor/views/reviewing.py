"""`tadmor review`: a person's word on claims and links, which goes before what the program reckons."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import author as author_of
from tadmor.views.opening import opened, print_json
from tadmor.views.options import AsOf, Case, Json

if TYPE_CHECKING:  # the store is loaded only where a case is opened
    from tadmor.ledger import Ledger
    from tadmor.views.deciding import By

commands = typer.Typer(
    help="Decide on claims and links yourself: your word goes before what tadmor reckons, and the record follows.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)

_Claim = Annotated[str, typer.Argument(help="A claim's id, or the beginning of it.", show_default=False)]
_Other = Annotated[str, typer.Argument(help="The other claim's id, or the beginning of it.", show_default=False)]
_Reason = Annotated[str, typer.Option(help="Why: what you know.", show_default=False)]
_Author = Annotated[
    str | None,
    typer.Option(help="Who decides; else TADMOR_AUTHOR, else git's user.name.", show_default=False),
]


_Blind = Annotated[
    bool, typer.Option("--blind", help="Code it: no decision, and other coders do not see it before they answered.")
]


@commands.command(
    epilog="""\b
Examples:
  tadmor review claim 8fa43867 --reject --reason 'the sentence is about Raqqa'
  tadmor review claim 8fa43867 --set modality=hedged --set place=Tadmur --reason 'the original says reportedly'
"""
)
def claim(  # noqa: PLR0913 - an option each
    claim: _Claim,
    *,
    reason: _Reason,
    accept: Annotated[bool, typer.Option("--accept", help="The text says this: surely read.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It says no such thing: left out.")] = False,
    corrections: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="Correct modality, polarity, or the place or actor of a role (id or name; empty: none is named).",
            show_default=False,
        ),
    ] = None,
    blind: _Blind = False,
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Accept, reject or correct what was read.

    The latest decision on a claim counts; earlier ones stay in the history. A correction keeps what
    earlier ones corrected.
    """
    if accept + reject + bool(corrections) != 1:
        message = "decide one thing: --accept, --reject or --set FIELD=VALUE"
        raise UsageError(message)
    by, fields = by_whom(author, reason), fields_in(corrections or [])

    from tadmor.datamodel.history import Decision  # noqa: PLC0415
    from tadmor.views.deciding import on_claim  # noqa: PLC0415
    from tadmor.views.deciding_things import code  # noqa: PLC0415

    decision = Decision.ACCEPT if accept else Decision.REJECT if reject else Decision.CORRECT
    with opened(case, writable=True) as ledger:
        if blind:
            code(ledger, [ledger.claim(claim)], decision.value, by, fields)
        else:
            on_claim(ledger, ledger.claim(claim), decision, by, fields)
        told(ledger, by, as_json=as_json)


def fields_in(written: list[str]) -> dict[str, str]:
    """Corrections of the form FIELD=VALUE; the value may be empty.

    Raises:
        UsageError: one is not.
    """
    found: dict[str, str] = {}
    for one in written:
        field, equals, value = one.partition("=")
        if not equals or not field.strip():
            message = f"{one!r} is not of the form FIELD=VALUE; write it as --set modality=hedged"
            raise UsageError(message)
        found[field.strip()] = value.strip()
    return found


@commands.command(epilog="Example: tadmor review link 8fa43867 1be1c98e --reason 'both tell of the bakery'")
def link(
    one: _Claim,
    other: _Other,
    *,
    reason: _Reason,
    blind: _Blind = False,
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Two claims tell of one incident; two tolls of one harm count the same victims."""
    _pair((one, other), by_whom(author, reason), case, same=True, blind=blind, as_json=as_json)


@commands.command(epilog="Example: tadmor review part 8fa43867 1be1c98e --reason 'two strikes, a day apart'")
def part(
    one: _Claim,
    other: _Other,
    *,
    reason: _Reason,
    blind: _Blind = False,
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Two claims tell of two incidents; two tolls count different victims."""
    _pair((one, other), by_whom(author, reason), case, same=False, blind=blind, as_json=as_json)


def _pair(ids: tuple[str, str], by: "By", case: Path | None, *, same: bool, blind: bool, as_json: bool) -> None:
    from tadmor.views.deciding import on_link  # noqa: PLC0415
    from tadmor.views.deciding_things import code  # noqa: PLC0415

    with opened(case, writable=True) as ledger:
        one, other = (ledger.claim(identity) for identity in ids)
        if blind:
            code(ledger, (one, other), "link" if same else "part", by)
        else:
            on_link(ledger, one, other, by, same=same)
        told(ledger, by, as_json=as_json)


@commands.command(epilog="Example: tadmor review undo 8fa43867 --reason 'misread the map'")
def undo(
    claim: Annotated[
        str | None, typer.Argument(help="A claim's id, or the beginning of it.", show_default=False)
    ] = None,
    other: Annotated[
        str | None, typer.Argument(help="The other claim, to undo a link or a parting.", show_default=False)
    ] = None,
    *,
    reason: _Reason,
    number: Annotated[
        int | None,
        typer.Option(min=1, help="The decision's number in `review list`: any decision.", show_default=False),
    ] = None,
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Take back the decision that stands on a claim, or on the link of two, or any by its number.

    What was decided before it stands again. Nothing is deleted: taking back is a decision too.
    """
    if (claim is None) == (number is None):
        message = "what is taken back? Give a claim, two claims, or --number"
        raise UsageError(message)
    by = by_whom(author, reason)
    from tadmor.views.deciding import undo as take_back  # noqa: PLC0415
    from tadmor.views.deciding_things import take_back as by_number  # noqa: PLC0415

    with opened(case, writable=True) as ledger:
        if number is not None:
            by_number(ledger, number, by)
        else:
            take_back(ledger, [ledger.claim(one) for one in (claim, other) if one is not None], by)
        told(ledger, by, as_json=as_json)


@commands.command("list", epilog="Example: tadmor review list --case syria")
def list_(
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Also rows that newer editions of tables took back by themselves.")
    ] = False,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Who decided what, when and why."""
    from tadmor.views.deciding import decisions  # noqa: PLC0415
    from tadmor.views.deciding_screen import show_decisions  # noqa: PLC0415

    with opened(case) as ledger:
        found, made = list(decisions(ledger, every=every)), len(ledger.reviews())
    print_json(found) if as_json else show_decisions(found, left_out=made - len(found))


@commands.command(epilog="Example: tadmor review queue --most 10 --case syria")
def queue(
    most: Annotated[int, typer.Option(min=1, help="How many questions.")] = 20,
    as_of: AsOf = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """What your word would be worth most on.

    Contradictions first, then links and readings that are in doubt, by how many findings an answer
    may be expected to change.
    """
    from tadmor.views.deciding_screen import show_queue  # noqa: PLC0415
    from tadmor.views.queue import open_questions  # noqa: PLC0415

    with opened(case) as ledger:
        found, every = open_questions(ledger, as_of=as_of, most=most)
    print_json(found) if as_json else show_queue(found, every)


def by_whom(author: str | None, reason: str) -> "By":
    """Who decides, and why."""
    from tadmor.views.deciding import By  # noqa: PLC0415

    return By.now(author_of(author), reason)


def told(ledger: "Ledger", by: "By", *, as_json: bool) -> None:
    """Tells of the decision just made."""
    from tadmor.views.deciding import latest  # noqa: PLC0415
    from tadmor.views.deciding_screen import in_a_line  # noqa: PLC0415

    made = latest(ledger, viewer=by.author)
    print_json(made) if as_json else print(in_a_line(made))
