"""`tadmor review` on actors, places and sources, on claims that a person adds, and on what was coded blind."""

from typing import Annotated, Literal

import typer

from tadmor.errors import UsageError
from tadmor.views.opening import opened, print_json
from tadmor.views.options import Case, Json
from tadmor.views.reviewing import by_whom, commands, fields_in, told

_Kind = Annotated[Literal["actor", "place"], typer.Argument(help="Actors or places.", show_default=False)]
_Reason = Annotated[str, typer.Option(help="Why: what you know.", show_default=False)]
_Author = Annotated[
    str | None, typer.Option(help="Who decides; else TADMOR_AUTHOR, else git's user.name.", show_default=False)
]


@commands.command(
    epilog="""\b
Examples:
  tadmor review identity actor jabhat_al_nusra hts --merge --reason 'renamed in 2017'
  tadmor review identity place gn:163808 gn:172955 --part --reason 'two towns'
"""
)
def identity(  # noqa: PLR0913 - an option each
    kind: Annotated[Literal["actor", "place"], typer.Argument(help="Actors or places.", show_default=False)],
    one: Annotated[str, typer.Argument(help="The one that is really the other: id or name.", show_default=False)],
    other: Annotated[str, typer.Argument(help="The one that counts from now on: id or name.", show_default=False)],
    *,
    reason: _Reason,
    merge: Annotated[bool, typer.Option("--merge", help="The one is really the other.")] = False,
    part: Annotated[bool, typer.Option("--part", help="They are not the same: takes a merge back.")] = False,
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Two actors or places are one, or are not: all claims follow, also those read later."""
    if merge == part:
        message = "decide one thing: --merge or --part"
        raise UsageError(message)
    by = by_whom(author, reason)
    from tadmor.views.deciding_things import on_identity  # noqa: PLC0415

    with opened(case, writable=True) as ledger:
        on_identity(ledger, kind, one, other, by, same=merge)
        told(ledger, by, as_json=as_json)


@commands.command(epilog="Example: tadmor review grade reuters B --reason 'its own people were there'")
def grade(
    source: Annotated[str, typer.Argument(help="A source's id or name.", show_default=False)],
    letter: Annotated[str, typer.Argument(help="A to F, of the Admiralty scale.", show_default=False)],
    *,
    reason: _Reason,
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """How reliable a source is: the letter goes before the prior of its kind, and the case still teaches."""
    by = by_whom(author, reason)
    from tadmor.views.deciding_things import on_source  # noqa: PLC0415

    with opened(case, writable=True) as ledger:
        on_source(ledger, source, letter, by)
        told(ledger, by, as_json=as_json)


@commands.command(
    epilog="""\b
Example:
  tadmor review add 1be1c98e --words 'the army is in Palmyra' --kind control --set change=held --set place=Palmyra \\
    --set holder='the army' --reason 'no reader took it'
"""
)
def add(  # noqa: PLR0913 - an option each
    document: Annotated[str, typer.Argument(help="A document's id, or its file's name.", show_default=False)],
    *,
    kind: Annotated[str, typer.Option(help="control, event, presence, movement or toll.", show_default=False)],
    reason: _Reason,
    words: Annotated[str | None, typer.Option(help="The words, as they stand.", show_default=False)] = None,
    start: Annotated[int | None, typer.Option(help="Or their place in the text: from.", show_default=False)] = None,
    end: Annotated[int | None, typer.Option(help="To, exclusive.", show_default=False)] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field.", show_default=False)
    ] = None,
    modality: Annotated[str, typer.Option(help="How it is told.")] = "asserted",
    polarity: Annotated[str, typer.Option(help="affirmed or denied.")] = "affirmed",
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Add a claim that words of a document make and no reader took from them.

    A name that the text prints is linked as others are; one that it does not print is taken as what the
    words mean; `the city=Palmyra` says both. Undone, it counts no more.
    """
    by = by_whom(author, reason)
    from tadmor.views.adding import Said, document_named  # noqa: PLC0415
    from tadmor.views.adding import add as add_claim  # noqa: PLC0415

    with opened(case, writable=True) as ledger:
        said = Said(
            document=document_named(ledger, document),
            kind=kind,
            start=start,
            end=end,
            words=words,
            modality=modality,
            polarity=polarity,
            fields=fields_in(fields or []),
        )
        add_claim(ledger, said, by)
        told(ledger, by, as_json=as_json)


@commands.command(epilog="Example: tadmor review settle 17 --reason 'the second reading is right'")
def settle(
    number: Annotated[int, typer.Argument(help="The coding's number in `review list`.", min=1, show_default=False)],
    *,
    reason: _Reason,
    author: _Author = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """Decide as a coding says; the record follows."""
    by = by_whom(author, reason)
    from tadmor.views.deciding_things import settle as decide_so  # noqa: PLC0415

    with opened(case, writable=True) as ledger:
        decide_so(ledger, number, by)
        told(ledger, by, as_json=as_json)


@commands.command(epilog="Example: tadmor review codings --case syria")
def codings(*, case: Case = None, as_json: Json = False) -> None:
    """What two or more persons coded and nobody settled, those first on which they differ."""
    from tadmor.views.codings import coded_twice  # noqa: PLC0415
    from tadmor.views.deciding_screen import show_codings  # noqa: PLC0415

    with opened(case) as ledger:
        found = coded_twice(ledger.reviews())
        print_json(found) if as_json else show_codings(found)


__all__ = ["commands"]
