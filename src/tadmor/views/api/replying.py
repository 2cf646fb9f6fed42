"""Answers of the API: bytes as the atlas holds them, with a tag that tells whether they have changed; problems."""

import gzip
import json
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from fastapi import Request, Response

from tadmor.datamodel.keys import digest
from tadmor.views.api.fields import chosen, points, table
from tadmor.views.exports import as_csv, as_geojson, as_jsonl
from tadmor.views.serving.keeping import FROM, From
from tadmor.views.serving.lately import Lately
from tadmor.views.serving.shelf import Opened

JSON = "application/json"
PROBLEM = "application/problem+json"
#: Bytes of answers kept ready, packed and not: the map's columns and days that are gone back to. A day of ten thousand
#: places is 3 MB; with more than this, the server would not stay below 400 MB on a case of a million claims.
_KEPT = 64_000_000
_WORTH_PACKING, _LARGE = 1000, 200_000

#: Forms in which lists can be had, by what a client accepts or names in `format`.
FORMS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "geojson": ("application/geo+json", as_geojson),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "jsonl": ("application/x-ndjson", as_jsonl),
}


class Answers:
    """Answers kept ready, by the atlas they are from and what was asked."""

    def __init__(self) -> None:
        self._kept = Lately[tuple[str, str], tuple[bytes, bytes]](_KEPT)
        self._lock = Lock()

    def reply(self, request: Request, opened: Opened, make: Callable[[], bytes], media: str = JSON) -> Response:
        """An answer that depends on nothing but the atlas and the address asked; made once."""
        if not opened.concluding:
            request.scope[FROM] = From(opened.as_of, opened.key)
        return self.keyed(request, opened.key, make, media, state=str(opened.concluding))

    def keyed(
        self, request: Request, key: str, make: Callable[[], bytes], media: str = JSON, *, state: str = ""
    ) -> Response:
        """An answer that depends on nothing but what a key stands for, how that stands, and the address asked."""
        asked = f"{request.url.path}?{request.url.query}#{media}"
        tag = f'"{digest("answer", key, asked, state)}"'
        headers = {"etag": tag, "cache-control": "no-cache", "vary": "accept, accept-encoding"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        plain, packed = self._found((key, f"{asked}#{state}"), make)
        if packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type=media, headers=headers | {"content-encoding": "gzip"})
        return Response(plain, media_type=media, headers=headers)

    def _found(self, key: tuple[str, str], make: Callable[[], bytes]) -> tuple[bytes, bytes]:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                return found
        plain = make()
        # large answers are packed quickly: the wait is longer than what a local line saves
        level = 6 if len(plain) < _LARGE else 1
        found = (plain, gzip.compress(plain, level, mtime=0) if len(plain) > _WORTH_PACKING else b"")
        with self._lock:
            self._kept.keep(key, found, sum(map(len, found)))
        return found


def form_of(request: Request, named: str | None) -> str | None:
    """The form that a client wants a list in: named, or by what it accepts; `None` is JSON."""
    if named is not None:
        return named if named in FORMS else None
    accepted = request.headers.get("accept", "")
    return next((form for form, (media, _) in FORMS.items() if media.partition(";")[0] in accepted), None)


def listed(name: str, values: Sequence[bytes], after: int | None) -> bytes:
    """A page of answers, joined without being read: {"claims": [...], "next": 50}."""
    return b'{"%s":[%s],"next":%s}' % (name.encode(), b",".join(values), str(after).encode() if after else b"null")


def formed(values: Sequence[bytes], form: str, fields: Sequence[str]) -> bytes:
    """A page of answers in another form, with some of their fields; all where none is named."""
    rows = [json.loads(one) for one in values]
    if not fields:
        return "".join(FORMS[form][1](rows)).encode()
    some = {"csv": table, "geojson": points}.get(form)
    lines = some(rows, fields) if some is not None else as_jsonl(chosen(row, fields) for row in rows)
    return "".join(lines).encode()


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """What is wrong with a request (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(json.dumps(body), status_code=status, media_type=PROBLEM, headers=headers)
