"""`tadmor fetch`: pages on the web, captured and read into a case."""

import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import Settings, case_folder, own_sources
from tadmor.views.opening import print_json
from tadmor.views.options import Case, Day, Json

if TYPE_CHECKING:  # stages are loaded only where they run
    from tadmor.network import Fetcher
    from tadmor.pipeline import Summary

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

Delay = Annotated[
    float, typer.Option(min=0, help="Seconds between two requests to a host, or what its robots.txt asks for.")
]
Private = Annotated[
    bool, typer.Option("--allow-private", help="Also ask this machine and private networks, which is refused else.")
]
IgnoreRobots = Annotated[
    bool, typer.Option("--ignore-robots", help="Fetch what robots.txt closes too; each capture says so.")
]
Agent = Annotated[
    str | None, typer.Option("--user-agent", help="What the program calls itself to servers.", show_default=False)
]
Megabytes = Annotated[int, typer.Option("--most-mb", min=1, max=1000, help="The largest answer that is taken, in MB.")]
Seconds = Annotated[float, typer.Option("--timeout", min=1, help="Seconds for one answer, all in all.")]
Sources = Annotated[
    Path | None,
    typer.Option(help="Your own sources and their sides (YAML); else sources.yaml in the case.", show_default=False),
]


@commands.command(
    epilog="""\b
Examples:
  tadmor fetch https://example.org/news/1 https://example.org/news/2 --case syria
  tadmor fetch --list urls.txt --resume --case syria
"""
)
def fetch(  # noqa: PLR0913, PLR0917 - an option each
    urls: Annotated[
        list[str] | None, typer.Argument(help="Addresses of pages and files, http or https.", show_default=False)
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", help="A file with an address a line; # for remarks.", show_default=False),
    ] = None,
    source: Annotated[str | None, typer.Option(help="The outlet, if all pages are of one.", show_default=False)] = None,
    published: Day = None,
    delay: Delay = 2.0,
    timeout: Seconds = 120.0,
    most_mb: Megabytes = 100,
    agent: Agent = None,
    sources: Sources = None,
    case: Case = None,
    *,
    resume: Annotated[
        bool, typer.Option("--resume", help="Pass over pages captured within the last day: goes on after a stop.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Take the whole page, also where the server says that nothing changed.")
    ] = False,
    allow_private: Private = False,
    ignore_robots: IgnoreRobots = False,
    as_json: Json = False,
) -> None:
    """Capture pages and read them into a case.

    Keeps request and answer as they went over the wire (WARC), with final address, headers, internet
    address and all days that the page gives for itself. A page fetched again that says something
    else is a new version: the old one is kept, and what it no longer says counts no more.
    """
    from tadmor import pipeline  # noqa: PLC0415 - stages are loaded only where they run
    from tadmor.ledger import Ledger  # noqa: PLC0415
    from tadmor.views.progress import watching  # noqa: PLC0415

    asked = [*(urls or ()), *_listed(listed)]
    if not asked:
        message = "which pages? Give their addresses, or --list FILE"
        raise UsageError(message)
    folder = case_folder(case)
    fetcher = fetcher_of(
        delay=delay, timeout=timeout, most_mb=most_mb, agent=agent, private=allow_private, robots=not ignore_robots
    )
    since = datetime.now(UTC) - timedelta(days=1) if resume else None
    call = pipeline.FetchCall(source=source, published=published, since=since, anew=anew)
    wanted = [pipeline.Wanted(url=url) for url in dict.fromkeys(asked)]
    with Ledger.open(folder, create=True) as ledger, watching("fetching") as progress:
        settings = Settings(sources=own_sources(folder, sources))
        summary = pipeline.fetch(wanted, ledger, fetcher, settings=settings, call=call, progress=progress)
    show(summary, folder, as_json=as_json)


@commands.command(
    epilog="""\b
Examples:
  tadmor watch https://example.org/feed.xml feeds.opml --case syria
  tadmor watch https://example.org/sitemap.xml --every 60 --again 14 --case syria
"""
)
def watch(  # noqa: PLR0913, PLR0917 - an option each
    lists: Annotated[
        list[str],
        typer.Argument(help="Feeds (RSS, Atom), sitemaps, OPML files: addresses, or files here.", show_default=False),
    ],
    every: Annotated[
        float | None,
        typer.Option(min=0.001, help="Minutes between two rounds, until stopped; else one.", show_default=False),
    ] = None,
    again: Annotated[
        int, typer.Option(min=0, help="Also look again at pages first captured in the last so many days.")
    ] = 0,
    most: Annotated[int, typer.Option(min=1, help="New pages of each list that are fetched in a round.")] = 100,
    source: Annotated[str | None, typer.Option(help="The outlet, if all pages are of one.", show_default=False)] = None,
    delay: Delay = 2.0,
    timeout: Seconds = 120.0,
    most_mb: Megabytes = 100,
    agent: Agent = None,
    sources: Sources = None,
    case: Case = None,
    *,
    allow_private: Private = False,
    ignore_robots: IgnoreRobots = False,
    as_json: Json = False,
) -> None:
    """Capture what is new in feeds, sitemaps and lists of feeds.

    Pages that the case has are not asked for again, so that the same call goes on where it was
    stopped. With --every it goes on, round after round; with --again it sees what was changed or
    taken down.
    """
    from tadmor import pipeline  # noqa: PLC0415 - stages are loaded only where they run
    from tadmor.ledger import Ledger  # noqa: PLC0415
    from tadmor.views.progress import watching  # noqa: PLC0415

    folder = case_folder(case)
    fetcher = fetcher_of(
        delay=delay, timeout=timeout, most_mb=most_mb, agent=agent, private=allow_private, robots=not ignore_robots
    )
    call = pipeline.WatchCall(source=source, most=most, again=again)
    settings = Settings(sources=own_sources(folder, sources))
    while True:
        with Ledger.open(folder, create=True) as ledger, watching("fetching") as progress:
            summary = pipeline.watch(lists, ledger, fetcher, settings=settings, call=call, progress=progress)
        if every is None:
            show(summary, folder, as_json=as_json)
            return
        with suppress(typer.Exit):  # the next round may have what this one had not
            show(summary, folder, as_json=as_json)
        sys.stdout.flush()
        sleep(every * 60)


def fetcher_of(
    *, delay: float, timeout: float, most_mb: int, agent: str | None, private: bool, robots: bool
) -> "Fetcher":
    """What asks for pages, as the call says."""
    from tadmor.network import Fetcher, Limits, Manners  # noqa: PLC0415

    limits = Limits(seconds=timeout, wire=most_mb * 1_000_000, plain=most_mb * 1_000_000)
    manners = Manners(delay=delay, private=private, robots=robots, limits=limits)
    return Fetcher(manners if agent is None else manners.called(agent))


def show(summary: "Summary", folder: Path, *, as_json: bool = False) -> None:
    """What came of it; the exit code is 1 where something could not be had.

    Raises:
        typer.Exit: something could not.
    """
    from tadmor.views.words import plural  # noqa: PLC0415

    if as_json:
        print_json(summary)
    else:
        for issue in summary.amiss:
            print(issue.line(), file=sys.stderr)
        parts = [
            f"{plural(summary.documents, 'document')} with {plural(summary.claims, 'claim')} added",
            *(f"{count} {word}" for word, count in _counted(summary) if count),
        ]
        print(f"{plural(summary.files, 'page')}: {', '.join(parts)}; case in {folder}")
    if not summary.complete:
        raise typer.Exit(1)


def _counted(summary: "Summary") -> tuple[tuple[str, int], ...]:
    return (
        ("changed", summary.changed),
        ("withdrawn", summary.withdrawn),
        ("unchanged", summary.unchanged),
    )


def _listed(file: Path | None) -> list[str]:
    """The addresses in a file.

    Raises:
        UsageError: it cannot be read.
    """
    if file is None:
        return []
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file}: cannot be read as a list of addresses ({error})"
        raise UsageError(message) from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
