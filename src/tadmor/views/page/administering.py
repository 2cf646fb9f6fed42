"""Who may do what, and what was done: pages of an admin."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from tadmor.datamodel.people import Role, Scope
from tadmor.errors import UsageError
from tadmor.ledger.accounts import LEAST
from tadmor.views.page.forms import Forms, typed
from tadmor.views.page.people import again, days_of, not_own, page, scopes_of
from tadmor.views.serving.admission import Admission
from tadmor.views.serving.present import doer, noted, present

#: Acts of a page.
_ACTS = 100
_LARGEST = 2**63 - 1

Typed = Annotated[dict[str, str], Depends(typed)]
Before = Annotated[int, Query(ge=0, le=_LARGEST)]


def administering(admission: Admission, forms: Forms) -> APIRouter:
    """The addresses at which an admin says who may do what, and looks at what was done."""
    site = APIRouter()

    @site.get("/accounts")
    def accounts(request: Request) -> Response:
        return _accounts(request, admission, forms)

    @site.post("/accounts")
    def change(request: Request, form: Typed) -> Response:
        person = present()
        if person is None or person.token is not None or not forms.own(request, form):
            return not_own()
        try:
            told, secret = _changed(request, admission, form)
        except UsageError as error:
            return _accounts(request, admission, forms, refusal=str(error))
        noted(request)
        return _accounts(request, admission, forms, done=told, secret=secret)

    @site.get("/audit")
    def audit(request: Request, before: Before = 0) -> Response:
        known = admission.accounts()
        found = known.acts(_ACTS, before or None)
        after = found[-1].number if found and found[-1].number > 1 else None
        told = {"acts": found, "after": after, "issues": known.verify(), "first": not before}
        return page(request, forms, "audit.html", told)

    return site


def _changed(request: Request, admission: Admission, form: Mapping[str, str]) -> tuple[str, str | None]:
    """Carry out what a form asks for; gives what was done, and a new token's secret.

    Raises:
        UsageError: it cannot be.
    """
    accounts, by, name = admission.accounts(), doer(request.scope), form.get("name", "")
    match form.get("do"):
        case "add":
            made = accounts.add(name, _role(form), again(form), by)
            return f"{made.name} may log in now", None
        case "role":
            made = accounts.set_role(name, _role(form), by)
            return f"{made.name} is {made.role.value} now, and has to log in again", None
        case "password":
            accounts.set_password(name, again(form), by)
            return f"{name} has another password, and has to log in again", None
        case "remove":
            accounts.remove(name, by)
            return f"the account of {name} is removed", None
        case "token":
            token, secret = accounts.add_token(name, form.get("label", ""), scopes_of(form), days_of(form), by)
            return f"a token for {token.account}", secret
        case "revoke":
            token = accounts.revoke_token(form.get("token_id", ""), by)
            return f"the token {token.id} opens nothing any more", None
        case _:
            message = "choose one of the buttons"
            raise UsageError(message)


def _role(form: Mapping[str, str]) -> Role:
    try:
        return msgspec.convert(form.get("role", ""), Role)
    except msgspec.ValidationError as error:
        message = f"choose a role: {', '.join(Role)}"
        raise UsageError(message) from error


def _accounts(request: Request, admission: Admission, forms: Forms, **told: str | None) -> Response:
    known = admission.accounts()
    said = {key: told.get(key) for key in ("refusal", "done", "secret")}
    shown = {
        "accounts": known.every(),
        "tokens": known.tokens(),
        "roles": list(Role),
        "scopes": list(Scope),
        "least": LEAST,
    }
    return page(request, forms, "accounts.html", shown | said)
