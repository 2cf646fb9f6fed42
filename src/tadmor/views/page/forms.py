"""Forms of the desk: that they are this server's own, and what they remember.

A form carries a token that is made of cookies and of a secret of the running server, so that neither another site, nor
a server on another port of this machine (which sees the cookies), can send one in a person's name. One of the cookies
is the session of the person logged in, if any: a form that was shown to one person is none of another's.
"""

import hmac
from collections.abc import Mapping
from functools import cached_property
from secrets import token_bytes, token_urlsafe
from urllib.parse import parse_qsl, quote, unquote

from fastapi import HTTPException, Request, Response

from tadmor.errors import UsageError
from tadmor.settings import author
from tadmor.views.exports import Row
from tadmor.views.serving.admission import SESSION as LOGGED_IN
from tadmor.views.serving.bodies import bounded
from tadmor.views.serving.present import present

#: The cookie that tokens are bound to, and the one that remembers who decides.
SESSION, AUTHOR = "tadmor_desk", "tadmor_author"
#: Seconds for which a browser remembers who decides: a year.
_YEAR = 365 * 24 * 3600
#: Bytes of a form at most; the longest reason takes a fifth of it.
_MOST = 64_000
_FIELDS = 100


class Forms:
    """Makes tokens and checks them."""

    def __init__(self) -> None:
        self._secret = token_bytes(32)

    def shown(self, request: Request) -> Row:
        """What a form shows besides its own: its token, and who decides."""
        person = present()
        return {
            "token": self._token(request, self._session(request)),
            "author": person.name if person is not None else self._author(request),
            "known": person is not None,
        }

    def remembered(self, request: Request, response: Response) -> Response:
        """The page with the cookie that the tokens of its forms are bound to."""
        self._cookie(response, SESSION, self._session(request), None)
        response.headers["cache-control"] = "no-store"
        return response

    def signed(self, response: Response, name: str) -> Response:
        """The answer to a decision, which has the browser remember who decided."""
        self._cookie(response, AUTHOR, quote(name), _YEAR)
        return response

    def own(self, request: Request, typed: Mapping[str, str]) -> bool:
        """Was a form made by this server, for this browser?"""
        session = request.cookies.get(SESSION, "")
        token = self._token(request, session)
        return bool(session) and hmac.compare_digest(token.encode(), typed.get("token", "").encode())

    def _session(self, request: Request) -> str:
        known: str | None = request.cookies.get(SESSION) or getattr(request.state, SESSION, None)
        if known is None:
            known = token_urlsafe(24)
            setattr(request.state, SESSION, known)
        return known

    def _token(self, request: Request, session: str) -> str:
        bound = f"{session}\n{request.cookies.get(LOGGED_IN, '')}"
        return hmac.new(self._secret, bound.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    def _author(self, request: Request) -> str:
        return unquote(request.cookies.get(AUTHOR, "")) or self._usual_author

    @cached_property
    def _usual_author(self) -> str:
        """Who decides where nobody said so yet: as on the command line."""
        try:
            return author(None)
        except UsageError:
            return ""

    @staticmethod
    def _cookie(response: Response, name: str, value: str, age: int | None) -> None:
        response.set_cookie(name, value, max_age=age, path="/", httponly=True, samesite="strict")


async def typed(request: Request) -> dict[str, str]:
    """The fields of a form that was sent.

    Raises:
        HTTPException: it is no form, or too long.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "Not a form")
    body = await bounded(request, _MOST)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as error:
        raise HTTPException(413, "Too many fields") from error
    return dict(pairs)
