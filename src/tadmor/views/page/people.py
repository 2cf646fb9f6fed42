"""Logging in and out, and what a person may change alone: the own password, the own tokens."""

from collections.abc import Mapping
from threading import Lock
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from tadmor.datamodel.people import SCOPES, Scope
from tadmor.errors import UsageError
from tadmor.ledger.accounts import LEAST, LONGEST, folded
from tadmor.views.page.forms import Forms, typed
from tadmor.views.page.problems import problem_page
from tadmor.views.page.templates import rendered
from tadmor.views.serving.admission import SESSION, Admission
from tadmor.views.serving.limits import Guesses
from tadmor.views.serving.present import doer, noted, present

#: Seconds that a log-in waits for the one before: a password is checked in 64 MiB, and one at a time.
_PATIENCE = 10.0
#: Characters of an address that is gone on to at most.
_FAR = 2000

Typed = Annotated[dict[str, str], Depends(typed)]
To = Annotated[str, Query(max_length=_FAR)]


def people(admission: Admission, forms: Forms, *, secure: bool) -> APIRouter:
    """The addresses at which people log in and out; `secure`: browsers come by TLS, whatever the server sees."""
    site, guesses, one_at_a_time = APIRouter(), Guesses(), Lock()

    @site.get("/login")
    async def login(request: Request, to: To = "/") -> Response:
        if present() is not None or not await admission.required():
            return RedirectResponse(_local(to), status_code=303)
        return _form(request, forms, _local(to))

    @site.post("/login")
    def log_in(request: Request, form: Typed) -> Response:
        noted(request)
        to, name = _local(form.get("to", "/")), form.get("name", "")
        if not forms.own(request, form):
            return _form(request, forms, to, "this form is old; try again", 403)
        address = doer(request.scope).address
        wait = guesses.take(folded(name), address)
        if wait:
            return _later(request, forms, to, wait)
        if not one_at_a_time.acquire(timeout=_PATIENCE):
            return _later(request, forms, to, 5)
        try:
            session = admission.accounts().log_in(name, form.get("password", ""), address)
        finally:
            one_at_a_time.release()
        if session is None:
            return _form(request, forms, to, "name and password do not belong together", 403)
        guesses.right(folded(name), address)
        return _entered(request, session, to, secure=secure)

    @site.post("/logout")
    def log_out(request: Request) -> Response:
        noted(request)
        session = request.cookies.get(SESSION)
        if present() is not None and session:  # no token: nobody gains by it, and another site cannot send the cookie
            admission.accounts().log_out(session, doer(request.scope))
        answer = RedirectResponse("/login", status_code=303, headers={"clear-site-data": '"cache"'})
        answer.delete_cookie(SESSION, path="/", httponly=True, samesite="strict")
        return answer

    _own(site, admission, forms, guesses)
    return site


def _own(site: APIRouter, admission: Admission, forms: Forms, guesses: Guesses) -> None:
    @site.get("/me")
    def me(request: Request) -> Response:
        return _me(request, admission, forms)

    @site.post("/me")
    def change(request: Request, form: Typed) -> Response:
        person = present()
        if person is None or person.token is not None or not forms.own(request, form):
            return not_own()
        try:
            secret = _changed(request, admission, form, guesses)
        except UsageError as error:
            return _me(request, admission, forms, refusal=str(error))
        noted(request)
        if form.get("do") == "password":
            return RedirectResponse("/login", status_code=303)
        return _me(request, admission, forms, secret=secret)


def _changed(request: Request, admission: Admission, form: Mapping[str, str], guesses: Guesses) -> str | None:
    """Carry out what a person changes of the own account; gives a new token's secret.

    Raises:
        UsageError: it cannot be.
    """
    person, accounts, by = present(), admission.accounts(), doer(request.scope)
    assert person is not None  # noqa: S101 - for the type checker: the caller has asked
    match form.get("do"):
        case "password":
            if wait := guesses.take(folded(person.name), by.address):
                message = f"too many that were wrong; try again in {wait} seconds"
                raise UsageError(message)
            if accounts.log_in(person.name, form.get("now", ""), by.address) is None:
                message = "the password that you have now is another"
                raise UsageError(message)
            guesses.right(folded(person.name), by.address)
            accounts.set_password(person.name, again(form), by)
        case "token":
            return accounts.add_token(person.name, form.get("label", ""), scopes_of(form), days_of(form), by)[1]
        case "revoke":
            accounts.revoke_token(form.get("token_id", ""), by, of=person.name)
        case _:
            message = "choose one of the buttons"
            raise UsageError(message)
    return None


def again(form: Mapping[str, str]) -> str:
    """A new password, typed twice.

    Raises:
        UsageError: in two ways.
    """
    if form.get("password", "") != form.get("again", ""):
        message = "the two passwords differ"
        raise UsageError(message)
    return form.get("password", "")


def scopes_of(form: Mapping[str, str]) -> list[Scope]:
    """The scopes that are ticked in a form."""
    return [scope for scope in Scope if form.get(f"scope.{scope.value}")]


def days_of(form: Mapping[str, str]) -> int:
    """The days that a token is to last.

    Raises:
        UsageError: no number.
    """
    days = form.get("days", "")
    if not (days.isascii() and days.isdigit() and len(days) <= 3):
        message = f"for how many days? Write a number from 1 to {LONGEST}"
        raise UsageError(message)
    return int(days)


def not_own() -> Response:
    """A form of another site, of somebody else, or of a server that has been started anew since."""
    return problem_page(403, "Not done", "this form was not made for you by the server as it runs now; load it again")


def _me(request: Request, admission: Admission, forms: Forms, **told: str | None) -> Response:
    person = present()
    if person is None:
        return problem_page(404, "Not found", "nobody has to log in here, so there is no account of yours")
    accounts = admission.accounts()
    shown = {
        "account": accounts.account(person.name),
        "tokens": accounts.tokens(person.name),
        "may": [scope.value for scope in Scope if scope in SCOPES[person.role]],
        "least": LEAST,
        "refusal": told.get("refusal"),
        "secret": told.get("secret"),
    }
    return page(request, forms, "me.html", shown)


def page(request: Request, forms: Forms, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """A page with forms."""
    status = 422 if values.get("refusal") and status == 200 else status
    made = rendered(template, None, {"form": forms.shown(request), **values})
    return forms.remembered(request, Response(made, status_code=status, media_type="text/html; charset=utf-8"))


def _form(request: Request, forms: Forms, to: str, refusal: str = "", status: int = 200) -> Response:
    return page(request, forms, "login.html", {"to": to, "refusal": refusal}, status)


def _later(request: Request, forms: Forms, to: str, wait: int) -> Response:
    answer = _form(request, forms, to, f"too many log-ins that failed; try again in {wait} seconds", 429)
    answer.headers["retry-after"] = str(wait)
    return answer


def _entered(request: Request, session: str, to: str, *, secure: bool) -> Response:
    answer = RedirectResponse(to, status_code=303)
    secure = secure or request.url.scheme == "https"
    answer.set_cookie(SESSION, session, path="/", httponly=True, samesite="strict", secure=secure)
    return answer


def _local(to: str) -> str:
    """An address of this server to go on to; what is none, or leads back here, becomes the front page."""
    parts = urlsplit(to) if to.isprintable() and to.isascii() and len(to) <= _FAR else None
    fits = parts is not None and not parts.scheme and not parts.netloc and to.startswith("/") and "\\" not in to
    return to if fits and not to.startswith(("//", "/login", "/logout")) else "/"
