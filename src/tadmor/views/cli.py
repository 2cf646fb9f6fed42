"""The command line: `tadmor`.

Exit codes: 0 done; 1 done, but some input could not be read or a check failed; 2 a call that cannot be carried out;
3 the case cannot be used.
"""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tadmor import __version__
from tadmor.errors import CaseError, DictionaryError, UsageError
from tadmor.settings import Settings, case_folder, llm_settings, own_sources
from tadmor.views.accounts import audit_issues, tokens
from tadmor.views.accounts import commands as accounts
from tadmor.views.answering import commands as answering
from tadmor.views.bundling.commands import commands as bundling
from tadmor.views.captures import commands as captures
from tadmor.views.changing import commands as changing
from tadmor.views.custody import commands as custody
from tadmor.views.custody import keys, outside_issues
from tadmor.views.exchanging import commands as exchanging
from tadmor.views.fetching import commands as fetching
from tadmor.views.gazetteer import commands as gazetteer
from tadmor.views.noting import noted
from tadmor.views.opening import opened, print_json
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
)
from tadmor.views.publish import commands as publishing
from tadmor.views.redacting import commands as redacting
from tadmor.views.reviewing_things import commands as reviewing
from tadmor.views.sealing import commands as sealing
from tadmor.views.serve import commands as serving
from tadmor.views.tables import commands as tables
from tadmor.views.upgrading import commands as upgrading

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
app.add_typer(answering)
app.add_typer(serving)
app.add_typer(publishing)
app.add_typer(changing)
app.add_typer(fetching)
app.add_typer(bundling)
app.add_typer(custody)
app.add_typer(redacting)
app.add_typer(sealing)
app.add_typer(upgrading)
app.add_typer(exchanging)
_GROUPS = {
    "account": accounts,
    "captures": captures,
    "gazetteer": gazetteer,
    "import": tables,
    "key": keys,
    "review": reviewing,
    "token": tokens,
}
for _name, _commands in _GROUPS.items():
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


@app.command(epilog="Example: tadmor read reports/ page.html --case syria --source 'Reuters' --published 2016-12-11")
def read(  # noqa: PLR0913, PLR0917 - an option each
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files and folders: text, HTML, PDF, docx, mail, WARC, WACZ.", show_default=False),
    ],
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
    ocr: Annotated[
        str | None,
        typer.Option(
            metavar="LANGUAGES",
            help="Recognise the text of pictures and scanned PDFs with tesseract, as eng or eng+ara.",
            show_default=False,
        ),
    ] = None,
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
        settings = Settings(sources=own_sources(folder, sources), reader=reader.value, llm=llm, ocr=ocr)
        summary = pipeline.read(paths, ledger, settings=settings, source=source, published=published, progress=progress)
    if as_json:
        print_json(summary)
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


@app.command(epilog="Example: tadmor export control --format geojson --as-of 2016-12-12 -o control.geojson")
def export(
    what: Annotated[
        str, typer.Argument(help="claims, control, contradictions, tolls, incidents, sources, issues, reviewed.")
    ],
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
    with opened(case) as ledger:
        lines = FORMATS[form](EXPORTS[what](ledger, as_of))
        if output is None:
            sys.stdout.writelines(lines)
        else:
            try:
                with output.open("w", encoding="utf-8") as file:
                    file.writelines(lines)
            except OSError as error:
                message = f"{output}: cannot be written ({error.strerror}); choose another file"
                raise UsageError(message) from error
    day = f" as of {as_of}" if as_of is not None else ""
    noted(case_folder(case), "export", f"{what} as {form}{day} to {output or 'standard output'}")


@app.command(epilog="Example: tadmor verify --case syria")
def verify(
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint's note that was kept outside of the case; may be repeated."),
    ] = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Check every original, every quote, the history, and the audit of what was done and handed out.

    The history is compared with its checkpoints: those in the case, the last that was signed on
    this machine, and those given.
    """
    from tadmor.views.verdict import holds, show_verdict  # noqa: PLC0415

    with opened(case) as ledger:
        issues = (*ledger.verify(), *outside_issues(ledger, checkpoint or ()), *audit_issues(case_folder(case)))
        counts = ledger.counts()
    print_json({"issues": issues, "counts": counts}) if as_json else show_verdict(issues, counts)
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
    print_json(found) if as_json else show_cases(found)


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
