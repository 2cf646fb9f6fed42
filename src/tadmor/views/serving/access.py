"""Asked before the application: may this request be answered, and what did it write?

Where there are no accounts, and only this machine is served, a request that reads costs a look whether there are some.
"""

import re
import time
from collections import OrderedDict
from contextlib import suppress
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from tadmor.datamodel.people import Doer, Person, Scope
from tadmor.errors import CaseError
from tadmor.views.api.replying import FORMS, problem
from tadmor.views.page.problems import problem_page
from tadmor.views.serving.admission import Admission
from tadmor.views.serving.guarding import Asgi, Message, Receive, Send
from tadmor.views.serving.guarding import Scope as Asked
from tadmor.views.serving.limits import READ, WRITE, Buckets
from tadmor.views.serving.present import doer, enter, told
from tadmor.views.serving.scopes import READING, needed, of_api

#: What the audit calls a table that is taken along.
_EXPORT = "export"
#: Where an original is asked for.
_ORIGINAL = re.compile(r"/api/v1/documents/([^/]+)/original")
#: What the API answers with where tables are taken along, not looked at.
_EXPORTED = {media.partition(";")[0].encode(): form for form, (media, _) in FORMS.items()}
_REALM = 'Bearer realm="tadmor"'
#: Seconds for which the same table, taken along again by the same person, is noted once: a map goes back to days.
_ONCE_S = 3600.0
#: Tables that were noted and are remembered, at most.
_REMEMBERED = 4096


class Access:
    """Lets requests through that somebody may make, no more often than is reasonable, and has every write noted."""

    def __init__(self, app: Asgi, admission: Admission) -> None:
        self._app = app
        self._admission = admission
        self._reads, self._writes = Buckets(READ), Buckets(WRITE)
        self._taken: OrderedDict[tuple[Doer, str, bytes], float] = OrderedDict()  # when noted, the latest last

    async def __call__(self, scope: Asked, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        enter(None)
        try:
            refusal = await self._refusal(scope) if await self._admission.required() else None
        except CaseError as error:
            refusal = _told(scope, 503, "Not ready", f"the accounts cannot be asked: {error}", {"retry-after": "5"})
        if refusal is not None:
            await refusal(scope, receive, send)
        elif scope["method"] in READING:
            await self._app(scope, receive, self._noting(scope, send) if of_api(scope["path"]) else send)
        else:
            await self._write(scope, receive, send)

    async def _other(self, scope: Asked, receive: Receive, send: Send) -> None:
        """What begins and ends the server goes on; nothing else than HTTP is spoken."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _refusal(self, scope: Asked) -> Response | None:
        """Why a request is not answered; `None` where it is."""
        headers = dict(scope["headers"])
        person = await self._admission.person(headers)
        enter(person)
        wanted = needed(scope["method"], scope["path"])
        wait = self._wait(scope, person)
        if wait:
            words = f"too many requests; ask again in {wait} seconds"
            return _told(scope, 429, "Too many requests", words, {"retry-after": str(wait)})
        if wanted is None:
            return None
        if person is None:
            return _unknown(scope, given=b"authorization" in headers)
        if not person.may(wanted):
            return await self._beyond(scope, wanted)
        return None

    def _wait(self, scope: Asked, person: Person | None) -> int:
        client = scope.get("client")
        who = f"{person.name}\n{person.token}" if person is not None else f"@{client[0] if client else ''}"
        return (self._reads if scope["method"] in READING else self._writes).take(who)

    async def _beyond(self, scope: Asked, wanted: Scope) -> Response:
        """More than the person may; a write that was tried is noted."""
        if scope["method"] not in READING:
            await run_in_threadpool(self._note, scope, 403, "")
        words = f"this needs the scope {wanted.value}, which you do not have here"
        challenge = f'{_REALM}, error="insufficient_scope", scope="{wanted.value}"'
        return _told(scope, 403, "Not allowed", words, {"www-authenticate": challenge})

    async def _write(self, scope: Asked, receive: Receive, send: Send) -> None:
        """Let a request write, and note what came of it before that is answered."""
        scope.setdefault("state", {})
        try:
            await run_in_threadpool(self._admission.accounts)
        except CaseError as error:
            refusal = _told(scope, 503, "Not writable", f"nothing was done: {error}", {"retry-after": "5"})
            await refusal(scope, receive, send)
            return
        noted = False

        async def heard(message: Message) -> None:
            nonlocal noted
            if message["type"] == "http.response.start" and not noted:
                noted = True
                place = dict(message.get("headers", ())).get(b"location", b"").decode("latin-1")
                await run_in_threadpool(self._note, scope, message["status"], place)
            await send(message)

        await self._app(scope, receive, heard)

    def _noting(self, scope: Asked, send: Send) -> Send:
        """Sends on, and notes what leaves the case; where the audit cannot be written, it leaves unnoted."""

        async def heard(message: Message) -> None:
            handed = _handed_out(scope, message) if message["type"] == "http.response.start" else None
            if handed is not None and not self._taken_lately(scope, message, *handed):
                with suppress(CaseError):
                    await run_in_threadpool(self._noted, scope, *handed)
            await send(message)

        return heard

    def _taken_lately(self, scope: Asked, message: Message, what: str, about: str) -> bool:
        """Was this table, as it is now, taken along by the same person within the hour?"""
        if what != _EXPORT:
            return False
        key = (doer(scope), about, dict(message["headers"]).get(b"etag", b""))
        now, before = time.monotonic(), self._taken.get(key)
        if before is not None and now - before < _ONCE_S:
            return True
        self._taken[key] = now
        self._taken.move_to_end(key)
        if len(self._taken) > _REMEMBERED:
            self._taken.popitem(last=False)
        return False

    def _noted(self, scope: Asked, what: str, about: str) -> None:
        self._admission.accounts().note(doer(scope), what, about, "done")

    def _note(self, scope: Asked, status: int, place: str) -> None:
        about = told(scope)
        if about is not None:
            ended = "done" if status < 400 else "refused" if status < 500 else "failed"
            what = f"{scope['method']} {scope['path']}"
            self._admission.accounts().note(doer(scope), what, about or place, f"{ended} ({status})")


def _handed_out(scope: Asked, message: Message) -> tuple[str, str] | None:
    """What an answer hands out: an original, or a table in a form for other programs; `None` where it is looked at."""
    if message["status"] >= 300:
        return None
    original = _ORIGINAL.fullmatch(scope["path"])
    if original is not None:
        return "original handed out", f"of document {original[1]}"
    media = dict(message.get("headers", ())).get(b"content-type", b"").partition(b";")[0]
    if media not in _EXPORTED:
        return None
    query = scope["query_string"].decode("latin-1")
    return _EXPORT, f"{scope['path']}{'?' if query else ''}{query} as {_EXPORTED[media]}"


def _unknown(scope: Asked, *, given: bool) -> Response:
    """Nobody is logged in: programs are told so, people are led to where they can."""
    if of_api(scope["path"]) or given:
        why = "the token opens nothing: it is wrong, has expired or was revoked" if given else "log in, or send a token"
        challenge = _REALM + (', error="invalid_token"' if given else "")
        return _told(scope, 401, "Not logged in", why, {"www-authenticate": challenge})
    wanted = scope["path"] if scope["method"] in READING else "/"
    query = scope["query_string"].decode("latin-1") if scope["method"] in READING else ""
    to = quote(wanted + (f"?{query}" if query else ""), safe="/")
    return RedirectResponse(f"/login?to={to}" if to != "/" else "/login", status_code=303)


def _told(scope: Asked, status: int, title: str, words: str, headers: dict[str, str]) -> Response:
    headers = {**headers, "cache-control": "no-store"}
    if of_api(scope["path"]):
        return problem(status, title, words, headers)
    return problem_page(status, title, words, headers)
