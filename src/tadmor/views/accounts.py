"""`tadmor account` and `tadmor token`: who may do what with a case that is served."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.datamodel.people import Role, Scope
from tadmor.errors import UsageError
from tadmor.settings import case_folder
from tadmor.views.opening import print_json
from tadmor.views.options import Case, Json

if TYPE_CHECKING:  # the store is loaded only where accounts are opened
    from tadmor.datamodel.issues import Issue
    from tadmor.datamodel.people import Account, Doer, Token
    from tadmor.ledger.accounts import Accounts

commands = typer.Typer(
    help="Who may log in to a case that is served, and as what. Where there are accounts, everybody logs in.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)
tokens = typer.Typer(
    help="Tokens with which programs ask a case that is served, in the name of an account.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

_Name = Annotated[str, typer.Argument(help="The person's name, which stands under each decision.", show_default=False)]
_Role = Annotated[
    Role, typer.Option(help="A reader looks; a reviewer decides; an editor brings documents in; an admin says who may.")
]


@commands.command(
    epilog="""\b
Examples:
  tadmor account add "Ada Admin" --role admin --case syria
  pass show syria/rob | tadmor account add "Rob Reviewer" --role reviewer --case syria
"""
)
def add(name: _Name, role: _Role = Role.READER, case: Case = None, *, as_json: Json = False) -> None:
    """Make an account. The password is asked for, or read from standard input; the first account is an admin's."""
    with _opened(case) as accounts:
        if accounts.account(name) is not None:  # said before anybody thinks of a password
            message = f"there is an account of {name} already"
            raise UsageError(message)
        made = accounts.add(name, role, _password(name), shell_user())
    print_json(made) if as_json else print(f"{made.name} may log in as {_a(made.role)}")


@commands.command("list", epilog="Example: tadmor account list --case syria")
def list_(case: Case = None, *, as_json: Json = False) -> None:
    """Who may log in."""
    with _opened(case) as accounts:
        found = accounts.every()
    print_json(found) if as_json else _show_accounts(found)


@commands.command(epilog='Example: tadmor account role "Rob Reviewer" editor --case syria')
def role(
    name: _Name,
    role: Annotated[Role, typer.Argument(help="reader, reviewer, editor or admin.", show_default=False)],
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Give another role. The person has to log in again."""
    with _opened(case) as accounts:
        made = accounts.set_role(name, role, shell_user())
    print_json(made) if as_json else print(f"{made.name} is {_a(made.role)} now, and has to log in again")


@commands.command(epilog='Example: tadmor account password "Rob Reviewer" --case syria')
def password(name: _Name, case: Case = None, *, as_json: Json = False) -> None:
    """Set another password, asked for or read from standard input. The person has to log in again."""
    with _opened(case) as accounts:
        if accounts.account(name) is None:
            message = f"there is no account of {name}"
            raise UsageError(message)
        accounts.set_password(name, _password(name), shell_user())
        made = accounts.account(name)
    print_json(made) if as_json else print(f"{name} has another password, and has to log in again")


@commands.command(epilog='Example: tadmor account remove "Rob Reviewer" --case syria')
def remove(name: _Name, case: Case = None, *, as_json: Json = False) -> None:
    """Remove an account with its sessions and tokens. Decisions keep the name."""
    with _opened(case) as accounts:
        accounts.remove(name, shell_user())
        left = accounts.every()
    if as_json:
        print_json({"removed": name, "left": len(left)})
    else:
        print(f"the account of {name} is removed" + ("" if left else "; nobody logs in now, on this machine alone"))


@tokens.command(
    "add",
    epilog="""\b
Examples:
  tadmor token add "Ada Admin" --label "nightly export" --case syria
  tadmor token add "Rob Reviewer" --label notebook --scope read --scope review --days 30 --case syria
""",
)
def add_token(
    name: Annotated[str, typer.Argument(help="The account in whose name it acts.", show_default=False)],
    label: Annotated[str, typer.Option(help="What it is for.", show_default=False)],
    scope: Annotated[
        list[Scope] | None, typer.Option(help="read (where nothing is said), review, write, admin.")
    ] = None,
    days: Annotated[int, typer.Option(help="Days until it expires.")] = 90,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Make a token. It is shown once and kept nowhere; it never has more than its account."""
    with _opened(case) as accounts:
        made, secret = accounts.add_token(name, label, scope or [Scope.READ], days, shell_user())
    if as_json:
        print_json({"token": secret, **_row(made)})
        return
    print(f"{made.id}: {', '.join(made.scopes)} for {made.account} until {made.expires:%Y-%m-%d}", file=sys.stderr)
    print(secret)


@tokens.command("list", epilog="Example: tadmor token list --case syria")
def list_tokens(case: Case = None, *, as_json: Json = False) -> None:
    """Which tokens there are; never the tokens themselves."""
    with _opened(case) as accounts:
        found = accounts.tokens()
    print_json(found) if as_json else _show_tokens(found)


@tokens.command("remove", epilog="Example: tadmor token remove 1f2e3d4c --case syria")
def remove_token(
    token: Annotated[str, typer.Argument(help="Its id, as listed.", show_default=False)],
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Revoke a token: it opens nothing from now on. It stays listed."""
    with _opened(case) as accounts:
        made = accounts.revoke_token(token, shell_user())
    print_json(_row(made)) if as_json else print(f"the token {made.id} of {made.account} opens nothing any more")


def audit_issues(folder: Path) -> "list[Issue]":
    """Where the audit of a case is not as it was written; none where there is no audit."""
    from tadmor.ledger.accounts import Accounts  # noqa: PLC0415

    accounts = Accounts.there(folder)
    if accounts is None:
        return []
    with accounts:
        return accounts.verify()


def _opened(case: Path | None) -> "Accounts":
    from tadmor.ledger.accounts import Accounts  # noqa: PLC0415

    return Accounts.open(case_folder(case))


def shell_user() -> "Doer":
    """Who runs the command, as this machine knows them."""
    from tadmor.datamodel.people import Doer, Known  # noqa: PLC0415

    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a user that the machine has no name for
        name = "a user of this machine"
    return Doer(name=name, known=Known.SHELL)


def _password(name: str) -> str:
    """The new password: asked for twice on a terminal, else the first line of standard input.

    Raises:
        UsageError: typed in two ways, or it is weak.
    """
    from tadmor.ledger.accounts import LEAST, check_password  # noqa: PLC0415

    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = getpass.getpass(f"Password for {name} ({LEAST} characters or more): ")
        check_password(given, name)
        if getpass.getpass("Once more: ") != given:
            message = "the two passwords differ"
            raise UsageError(message)
    check_password(given, name)
    return given


def _a(role: Role) -> str:
    return f"{'an' if role in (Role.EDITOR, Role.ADMIN) else 'a'} {role.value}"


def _row(token: "Token") -> dict[str, object]:
    import msgspec  # noqa: PLC0415

    found: dict[str, object] = msgspec.to_builtins(token)
    return found


def _show_accounts(found: "tuple[Account, ...]") -> None:
    from tadmor.views.screen import Screen  # noqa: PLC0415

    if not found:
        print("there are no accounts: only this machine is served, and nobody logs in", file=sys.stderr)
        return
    rows = [(one.name, one.role.value, f"{one.made:%Y-%m-%d}", f"{one.changed:%Y-%m-%d}") for one in found]
    Screen().table(("name", "role", "made", "changed"), rows, listed=True)


def _show_tokens(found: "tuple[Token, ...]") -> None:
    from tadmor.views.screen import Screen  # noqa: PLC0415

    if not found:
        print("there are no tokens", file=sys.stderr)
        return
    rows = [
        (
            one.id,
            one.account,
            " ".join(one.scopes),
            f"{one.expires:%Y-%m-%d}",
            f"{one.revoked:%Y-%m-%d}" if one.revoked else "",
            one.label,
        )
        for one in found
    ]
    Screen().table(("token", "account", "scopes", "until", "revoked", "for"), rows, listed=True)
