"""`tadmor serve`: the record of a case in a browser, on this machine; to others only where they log in."""

import re
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder, own_ground
from tadmor.views.options import Case

if TYPE_CHECKING:
    from tadmor.views.serving.ground import Ground

_Name = Annotated[
    list[str] | None,
    typer.Option(help="A name by which browsers reach it, besides the address; may be repeated.", show_default=False),
]
_Certificate = Annotated[
    Path | None, typer.Option(help="A certificate with its chain (PEM): serve https.", show_default=False)
]
_Ground = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="GeoJSON or PMTiles of your own, drawn over the land; else TADMOR_GROUND.",
        show_default=False,
    ),
]
_Terms = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT", help="Who made it and how it may be used; else TADMOR_GROUND_TERMS.", show_default=False
    ),
]

commands = typer.Typer(add_completion=False, rich_markup_mode=None)  # rich help takes 0.4 s to import


@commands.command(
    epilog="""\b
Examples:
  tadmor serve --case syria
  tadmor serve --case syria --host 192.0.2.7 --name case.example.org --tls-cert cert.pem --tls-key key.pem
"""
)
def serve(  # noqa: PLR0913, PLR0917 - an option each
    case: Case = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8321,
    host: Annotated[
        str, typer.Option(help="An address of this machine. Where others can reach it, people log in: tadmor account.")
    ] = "127.0.0.1",
    name: _Name = None,
    tls_cert: _Certificate = None,
    tls_key: Annotated[Path | None, typer.Option(help="The certificate's key (PEM).", show_default=False)] = None,
    ground: _Ground = None,
    ground_terms: _Terms = None,
    *,
    browse: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show the record in a browser: map, ribbons, evidence, search, and an API.

    It answers on this machine only and asks nothing of any other. Reports may be read into the
    case meanwhile: the page follows. With --host it also answers others, who have to log in.
    """
    from tadmor.ledger import Ledger  # noqa: PLC0415 - the store is loaded only where a case is opened
    from tadmor.network.listening import free, listen, tls_of  # noqa: PLC0415
    from tadmor.views.laying import lay  # noqa: PLC0415
    from tadmor.views.progress import waiting  # noqa: PLC0415

    folder, beyond = case_folder(case), not _of_this_machine(host)
    tls, names = tls_of(tls_cert, tls_key), names_of(host, name or [])
    own = _own_ground(ground, ground_terms)
    with Ledger.open(folder) as ledger:
        if beyond:
            _check_people(folder, host, case)
        if not free(host, port):
            message = f"port {port} of {host} is taken; name another with --port"
            raise UsageError(message)
        with waiting("concluding the record"):
            lay(ledger)
    if beyond and tls is None:
        print(_IN_THE_CLEAR, file=sys.stderr)
    _announce(folder, _address(host, port, name or [], secure=tls is not None), browse=browse)
    from tadmor.views.serving.app import Answering, application  # noqa: PLC0415
    from tadmor.views.serving.shelf import Shelf  # noqa: PLC0415

    answering = Answering(names, beyond=beyond, secure=tls is not None)
    listen(application(Shelf(folder), ground=own, answering=answering), host, port, tls)


def _own_ground(file: Path | None, terms: str | None) -> "Ground | None":
    """The user's own ground, where one is set."""
    path, told = own_ground(file, terms)
    if path is None:
        return None
    from tadmor.views.serving.ground import ground_at  # noqa: PLC0415

    return ground_at(path, told)


_IN_THE_CLEAR = "tadmor: warning: passwords and the record cross the network unencrypted; give --tls-cert and --tls-key"
#: A name of a machine, or an address of version 6 as browsers write it.
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
#: Names of this machine: another in the Host header is a page elsewhere that had its name point here.
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


def _of_this_machine(host: str) -> bool:
    """Can only this machine reach an address? What is no address is taken for one that others reach."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def names_of(host: str, names: Sequence[str]) -> frozenset[str]:
    """What requests may be addressed to: the address and the names given; on this machine, its own names too.

    Raises:
        UsageError: a name is none, or it takes one, since the address stands for all that this machine has.
    """
    wrong = [one for one in names if not _NAME.fullmatch(one)]
    if wrong:
        message = f"{wrong[0]!r} is no name of a machine; write it without scheme and port, as case.example.org"
        raise UsageError(message)
    try:
        every = ip_address(host).is_unspecified
    except ValueError:
        every = False
    if every and not names:
        message = f"{host} is every address of this machine; say how browsers reach it: --name case.example.org"
        raise UsageError(message)
    own = {f"[{host}]" if ":" in host else host} | (_HERE if _of_this_machine(host) else set())
    return frozenset(one.casefold() for one in (*own, *names))


def _check_people(folder: Path, host: str, case: Path | None) -> None:
    """Others are served only where they have to log in.

    Raises:
        UsageError: there are no accounts.
    """
    from tadmor.ledger.accounts import Accounts  # noqa: PLC0415

    accounts = Accounts.there(folder)
    with accounts or nullcontext():
        if accounts is not None and accounts.every():
            return
    call = "tadmor account add NAME --role admin" + (f" --case {case}" if case is not None else "")
    message = f"{host}: others could reach this address, and there are no accounts; make one first: {call}"
    raise UsageError(message)


def _address(host: str, port: int, names: Sequence[str], *, secure: bool) -> str:
    shown = names[0] if names else f"[{host}]" if ":" in host else host
    return f"{'https' if secure else 'http'}://{shown}:{port}/"


def _announce(folder: Path, address: str, *, browse: bool) -> None:
    print(f"{folder}: {address}  (stop with Ctrl-C)", flush=True)
    if browse:
        import webbrowser  # noqa: PLC0415

        webbrowser.open(address)
