"""The command line: `tadmor`.

Exit codes: 0 done; 1 done, but some input could not be read or a check failed; 2 a call that cannot be carried out;
3 the case cannot be used.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from tadmor import __version__
from tadmor.errors import CaseError, DictionaryError, UsageError
from tadmor.settings import Settings, case_folder, llm_settings, own_sources
from tadmor.views.gazetteer import commands as gazetteer
from tadmor.views.options import (
    AsOf,
    Case,
    Day,
    Json,
    LlmAtOnce,
    LlmModel,
    LlmTimeout,
    LlmUrl,
    ReadBy,
    Reader,
    Silent,
    day_of,
)
from tadmor.views.reviewing import commands as reviewing
from tadmor.views.tables import commands as tables

_EPILOG = """\b
Begin with:
  tadmor read reports/ --case syria
  tadmor brief Palmyra --case syria

\b
Exit codes:
  0  done
  1  done, but some input could not be read, or a check failed
  2  the call cannot be carried out
  3  the case cannot be used
"""

#: The exit code of a program stopped by Ctrl-C, which typer too gives.
_STOPPED = 130

app = typer.Typer(
    name="tadmor",
    help="Reads partisan, copied and contradictory conflict reporting and keeps a sourced record of it.",
    epilog=_EPILOG,
    context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)
for _name, _commands in {"gazetteer": gazetteer, "import": tables, "review": reviewing}.items():
    app.add_typer(_commands, name=_name)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        print(f"tadmor {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of all commands; without a command, the help."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def _print_json(value: Any) -> None:
    import msgspec  # noqa: PLC0415 - only for --json

    sys.stdout.write(msgspec.json.encode(value, order="deterministic").decode() + "\n")


@app.command(epilog="Example: tadmor read reports/ page.html --case syria --source 'Reuters' --published 2016-12-11")
def read(  # noqa: PLR0913, PLR0917 - an option each
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: text, HTML, PDF.", show_default=False)],
    case: Case = None,
    source: Annotated[str | None, typer.Option(help="The outlet, if all files are of one.", show_default=False)] = None,
    published: Day = None,
    sources: Annotated[
        Path | None,
        typer.Option(
            help="Your own sources and their sides (YAML); else sources.yaml in the case.", show_default=False
        ),
    ] = None,
    reader: ReadBy = Reader.LEARNED,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_at_once: LlmAtOnce = None,
    llm_timeout: LlmTimeout = None,
    *,
    as_json: Json = False,
) -> None:
    """Read reports into a case.

    Archives them, takes their claims, and links who, where and when. What was read before is
    skipped; what cannot be read is named, and the rest goes on.
    """
    from tadmor import pipeline  # noqa: PLC0415 - stages are loaded only where they run
    from tadmor.ledger import Ledger  # noqa: PLC0415
    from tadmor.views.progress import watching  # noqa: PLC0415

    folder = case_folder(case)
    llm = llm_settings(reader.value, llm_url, llm_model, llm_at_once, llm_timeout)
    with Ledger.open(folder, create=True) as ledger, watching() as progress:
        settings = Settings(sources=own_sources(folder, sources), reader=reader.value, llm=llm)
        summary = pipeline.read(paths, ledger, settings=settings, source=source, published=published, progress=progress)
    if as_json:
        _print_json(summary)
    else:
        from tadmor.views.words import plural  # noqa: PLC0415

        for issue in summary.amiss:
            print(issue.line(), file=sys.stderr)
        copies = plural(summary.copies, "copy", "copies")
        print(
            f"{plural(summary.files, 'file')}: {plural(summary.documents, 'document')} with "
            f"{plural(summary.claims, 'claim')} added, {summary.known} known already, {copies} found; case in {folder}"
        )
        if summary.doubtful:
            print(f"{plural(summary.doubtful, 'passage')} too doubtful to take a claim from: tadmor export issues")
    if not summary.complete:
        raise typer.Exit(1)


@app.command(epilog="Example: tadmor brief Palmyra --as-of 2016-12-12 --case syria")
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

    with _opened(case) as ledger:
        record, claims = _record(ledger, as_of, without)
        told = brief_of(find_place(place, claims, ledger), record, claims)
    if as_json:
        _print_json(told)
        return
    from tadmor.views.brief_screen import show_brief  # noqa: PLC0415
    from tadmor.views.screen import Screen  # noqa: PLC0415

    show_brief(Screen(), told)


def _overview(case: Path | None, as_of: date | None, without: list[str] | None, *, as_json: bool) -> None:
    from tadmor.views.overview import overview_of  # noqa: PLC0415

    with _opened(case) as ledger:
        record, claims = _record(ledger, as_of, without)
        overview = overview_of(record, claims, ledger.documents(), ledger.copies(), ledger.issues())
    if as_json:
        _print_json(overview)
        return
    from tadmor.views.overview_screen import show_overview  # noqa: PLC0415
    from tadmor.views.screen import Screen  # noqa: PLC0415

    show_overview(Screen(), overview, str(case_folder(case)))


@app.command(epilog="Example: tadmor why Palmyra 2016-12-11 --case syria")
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

    with _opened(case) as ledger:
        claims = tuple(ledger.claims())
        where = find_place(place, claims, ledger)
        told = why_of(pipeline.explanation(ledger, where.id, day, as_of=as_of), where, Names(claims))
    if as_json:
        _print_json(told)
        return
    from tadmor.views.screen import Screen  # noqa: PLC0415
    from tadmor.views.why import show_why  # noqa: PLC0415

    show_why(Screen(), told)


@app.command(epilog="Example: tadmor timeline Palmyra --case syria")
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

    with _opened(case) as ledger:
        claims = tuple(ledger.claims(ClaimFilter(as_of=as_of)))
        found = timeline_of(find_place(place, claims, ledger), claims)
        _print_rows(ledger, found) if as_json else show_claims(found)


@app.command(epilog="Example: tadmor claims --place Palmyra --kind toll --from 2016-12-01 --text execut*")
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
    with _opened(case) as ledger:
        found = tuple(ledger.claims(wanted))
        _print_rows(ledger, found) if as_json else show_claims(found)


@app.command(epilog="Example: tadmor show 8fa43867")
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

    with _opened(case) as ledger:
        found = ledger.claim(claim)
        document = ledger.document(found.claim.document)
        if as_json:
            _print_rows(ledger, (found,))
        else:
            path = str(CaseFolder(ledger.folder).path_of(document.original))
            show_claim(found, document, path, standing(ledger.reviews()).get(found.id))


@app.command(epilog="Example: tadmor contradictions --case syria")
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
    from tadmor.views.exports import Names, contradiction_row  # noqa: PLC0415
    from tadmor.views.listing import show_contradictions  # noqa: PLC0415

    with _opened(case) as ledger:
        record, known = _record(ledger, as_of)
        names, where = Names(known), find_place(place, known, ledger).id if place is not None else None
    found = [one for one in record.contradictions if where in (None, one.place)]
    if as_json:
        _print_json([contradiction_row(one, names) for one in found])
        return
    show_contradictions([disagreement(one, names) for one in found])


@app.command(epilog="Example: tadmor sources SANA --case syria")
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

    with _opened(case) as ledger:
        record, claims = _record(ledger, None)
    found = speaking(claims, record.standings)
    found = found if name is None else (named(name, found),)
    if as_json:
        _print_json(found)
    elif name is None:
        show_sources(found)
    else:
        show_source(found[0], {claim.id: claim for claim in claims})


@app.command(epilog="Example: tadmor export control --format geojson --as-of 2016-12-12 -o control.geojson")
def export(
    what: Annotated[str, typer.Argument(help="claims, control, contradictions or issues.")],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or geojson.")] = "jsonl",
    as_of: AsOf = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; else standard output.", show_default=False)
    ] = None,
    case: Case = None,
) -> None:
    """Rows for other programs.

    Every field is defined in docs/formats.md.
    """
    from tadmor.views.exporting import EXPORTS  # noqa: PLC0415
    from tadmor.views.exports import FORMATS  # noqa: PLC0415

    if what not in EXPORTS:
        message = f"{what!r} cannot be exported; choose from {', '.join(EXPORTS)}"
        raise UsageError(message)
    if form not in FORMATS:
        message = f"{form!r} is no format; choose from {', '.join(FORMATS)}"
        raise UsageError(message)
    with _opened(case) as ledger:
        lines = FORMATS[form](EXPORTS[what](ledger, as_of))
        if output is None:
            sys.stdout.writelines(lines)
            return
        try:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(lines)
        except OSError as error:
            message = f"{output}: cannot be written ({error.strerror}); choose another file"
            raise UsageError(message) from error


@app.command(epilog="Example: tadmor verify --case syria")
def verify(case: Case = None, *, as_json: Json = False) -> None:
    """Check every original, every quote and the history."""
    from tadmor.views.verdict import holds, show_verdict  # noqa: PLC0415

    with _opened(case) as ledger:
        issues, counts = ledger.verify(), ledger.counts()
    _print_json({"issues": issues, "counts": counts}) if as_json else show_verdict(issues, counts)
    if not holds(issues):
        raise typer.Exit(1)


@app.command(epilog="Example: tadmor cases ~/investigations")
def cases(
    folder: Annotated[Path, typer.Argument(help="Where to look.")] = Path(),
    *,
    as_json: Json = False,
) -> None:
    """The cases in a folder and below it."""
    from tadmor.views.listing import cases_below, show_cases  # noqa: PLC0415

    found = cases_below(folder)
    _print_json(found) if as_json else show_cases(found)


def _opened(case: Path | None) -> Any:
    from tadmor.ledger import Ledger  # noqa: PLC0415 - the store is loaded only where a case is opened

    return Ledger.open(case_folder(case))


def _record(ledger: Any, as_of: date | None, without: list[str] | None = None) -> Any:
    from tadmor import pipeline  # noqa: PLC0415

    return pipeline.record(ledger, as_of=as_of, without=without or ())


def _print_rows(ledger: Any, found: Any) -> None:
    from tadmor.views.exporting import rows_of  # noqa: PLC0415

    _print_json(list(rows_of(ledger, found)))


def main() -> None:
    """Run the command line; every failure that tadmor foresees is one line on standard error."""
    try:
        code = app(standalone_mode=False)
    except CaseError as error:
        _fail(str(error), 3)
    except (UsageError, DictionaryError) as error:
        _fail(str(error), 2)
    except (KeyboardInterrupt, typer.Abort):
        code = _STOPPED
    except typer.TyperException as error:
        _wrong_call(error)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        raise SystemExit(0) from None
    if code == _STOPPED:
        _fail("stopped; what was read before is kept, and the same call goes on from there", _STOPPED)
    raise SystemExit(code or 0)


def _wrong_call(error: typer.TyperException) -> NoReturn:
    """What typer says of a call that it cannot take, as one line."""
    context = getattr(error, "ctx", None)
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    path = context.command_path if context is not None else "tadmor"
    _fail(f"{message.rstrip('.')}; see `{path} --help`", 2)


def _fail(message: str, code: int) -> NoReturn:
    print(f"tadmor: {message}", file=sys.stderr)
    raise SystemExit(code) from None


if __name__ == "__main__":
    main()
