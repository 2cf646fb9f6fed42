"""`tadmor serve`: the record of a case in a browser, on this machine."""

from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder, own_ground
from tadmor.views.options import Case

if TYPE_CHECKING:
    from tadmor.views.serving.ground import Ground

commands = typer.Typer(add_completion=False, rich_markup_mode=None)  # rich help takes 0.4 s to import


@commands.command(epilog="Example: tadmor serve --case syria")
def serve(
    case: Case = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8321,
    host: Annotated[str, typer.Option(help="An address of this machine that only it can reach.")] = "127.0.0.1",
    ground: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="GeoJSON or PMTiles of your own, drawn over the land; else TADMOR_GROUND.",
            show_default=False,
        ),
    ] = None,
    ground_terms: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Who made it and how it may be used; else TADMOR_GROUND_TERMS.", show_default=False
        ),
    ] = None,
    *,
    browse: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show the record in a browser: map, ribbons, evidence, search, and an API.

    It answers on this machine only and asks nothing of any other. Reports may be read into the
    case meanwhile: the page follows.
    """
    from tadmor.ledger import Ledger  # noqa: PLC0415 - the store is loaded only where a case is opened
    from tadmor.network.listening import free, listen  # noqa: PLC0415
    from tadmor.views.laying import lay  # noqa: PLC0415
    from tadmor.views.progress import waiting  # noqa: PLC0415

    _check_host(host)
    own = _own_ground(ground, ground_terms)
    folder = case_folder(case)
    with Ledger.open(folder) as ledger:
        if not free(host, port):
            message = f"port {port} of {host} is taken; name another with --port"
            raise UsageError(message)
        with waiting("concluding the record"):
            lay(ledger)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    _announce(folder, address, browse=browse)
    from tadmor.views.serving.app import application  # noqa: PLC0415
    from tadmor.views.serving.shelf import Shelf  # noqa: PLC0415

    listen(application(Shelf(folder), ground=own), host, port)


def _own_ground(file: Path | None, terms: str | None) -> "Ground | None":
    """The user's own ground, where one is set."""
    path, told = own_ground(file, terms)
    if path is None:
        return None
    from tadmor.views.serving.ground import ground_at  # noqa: PLC0415

    return ground_at(path, told)


def _check_host(host: str) -> None:
    """Only this machine can be served: there is no login yet.

    Raises:
        UsageError: others could reach the address.
    """
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        message = f"{host}: others could reach this address, and there are no accounts; serve on 127.0.0.1"
        raise UsageError(message)


def _announce(folder: Path, address: str, *, browse: bool) -> None:
    print(f"{folder}: {address}  (stop with Ctrl-C)", flush=True)
    if browse:
        import webbrowser  # noqa: PLC0415

        webbrowser.open(address)
