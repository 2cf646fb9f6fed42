"""Decisions of persons and open questions, for programs."""

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response

from tadmor.datamodel.keys import digest
from tadmor.errors import CaseBusyError, CaseNotWritableError, UsageError
from tadmor.ledger import Ledger
from tadmor.views.api.describing import PROBLEM, PROBLEMS, Responses, one_as
from tadmor.views.api.replying import JSON, Answers, problem
from tadmor.views.deciding import Decided, decided, made_in
from tadmor.views.laying.encoding import encoded
from tadmor.views.serving.bodies import bounded
from tadmor.views.serving.present import author_of, wrote
from tadmor.views.serving.shelf import Shelf
from tadmor.views.serving.writing import NAME, REASON, NoClaimError, What, Wish, decide, signed

#: Bytes of a body at most: ids, two names and a reason, in any script.
_BODY = 64_000
_LARGEST = 2**63 - 1
#: Seconds after which a busy case is worth asking again.
_AGAIN = "5"
_DECIDING: Responses = {
    201: {**one_as("Decided")[200], "description": "The decision as noted."},
    **dict.fromkeys((401, 403, 404, 409, 413, 415, 422, 429, 503), PROBLEM),
}

Pair = Annotated[tuple[str, str], msgspec.Meta(description="Two claims of events or tolls.")]


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision on a claim (`claim` and `decision`), or on two (`link` or `part`; `link` with `undo` takes back).

    Ids may be beginnings of ids. `set` corrects fields as `tadmor review claim --set` does: places and actors by id or
    name.
    """

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=REASON)]
    author: Annotated[str, msgspec.Meta(max_length=NAME, description="Needed where nobody logs in.")] = ""
    claim: str | None = None
    decision: Literal["accept", "reject", "correct", "undo"] | None = None
    set: dict[str, str] = {}
    link: Pair | None = None
    part: Pair | None = None

    def wish(self, author: str) -> Wish:
        """What it asks for, decided by `author`.

        Raises:
            UsageError: not one thing.
        """
        named = [one for one in (self.claim, self.link, self.part) if one is not None]
        if len(named) != 1:
            message = "decide one thing: `claim` with `decision`, `link`, or `part`"
            raise UsageError(message)
        what: What | None = self.decision
        if self.claim is None:
            if what not in (None, "undo") or (what == "undo" and self.part is not None):
                message = "two claims are linked or parted; `link` with the decision `undo` takes back what was decided"
                raise UsageError(message)
            what = what or ("link" if self.link is not None else "part")
        if what is None:
            message = "what is decided of the claim? `decision` is accept, reject, correct or undo"
            raise UsageError(message)
        claims = self.link or self.part or (self.claim or "",)
        return Wish(what=what, claims=claims, by=signed(author, self.reason), fields=self.set)


def reviews(shelf: Shelf) -> APIRouter:
    """The addresses of decisions and questions."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS)
    answers = Answers()

    @api.get("/queue", summary="Questions that a person's word is worth most on", responses=one_as("Questions"))
    def queue(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 20,
    ) -> Response:
        opened = shelf.atlas()

        def make() -> bytes:
            laid = msgspec.json.decode(opened.atlas.sheet("queue"))
            return encoded({"questions": laid["questions"][:limit], "every": laid["every"]})

        return answers.reply(request, opened, make)

    _reading(api, shelf)
    _writing(api, shelf)
    return api


def _reading(api: APIRouter, shelf: Shelf) -> None:
    @api.get("/reviews", summary="Decisions in the order made, and which of them stand", responses=one_as("Decisions"))
    def every(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=1000, description="How many at most.")] = 50,
        cursor: Annotated[int, Query(ge=0, le=_LARGEST, description="`next` of the page before.")] = 0,
        program: Annotated[  # noqa: FBT002 - a query's value
            bool, Query(alias="all", description="Also those that newer editions of tables made by themselves.")
        ] = False,
    ) -> Response:
        with Ledger.open(shelf.folder) as ledger:
            tag = f'"{digest("reviews", ledger.head(), request.url.query)}"'
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers={"etag": tag})
            left = [made for made in made_in(ledger, every=program) if made.number > cursor]
            found = [decided(made, ledger) for made in left[:limit]]
        body = {"reviews": found, "next": found[-1].number if len(left) > limit else None}
        return Response(encoded(body), media_type=JSON, headers={"etag": tag, "cache-control": "no-cache"})

    @api.get("/reviews/{number}", summary="One decision", responses=one_as("Decided"))
    def one(number: int) -> Response:
        with Ledger.open(shelf.folder) as ledger:
            made = next((made for made in made_in(ledger, every=True) if made.number == number), None)
            if made is None:
                return problem(404, "Not found", f"the case has no decision {number}")
            return Response(encoded(decided(made, ledger)), media_type=JSON, headers={"cache-control": "no-cache"})


def _writing(api: APIRouter, shelf: Shelf) -> None:
    @api.post(
        "/reviews",
        summary="Decide on a claim, or on the link of two",
        status_code=201,
        responses=_DECIDING,
        openapi_extra={"requestBody": {"required": True, "content": {JSON: {"schema": _schema()}}}},
    )
    async def decision(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool  # noqa: PLC0415

        # a page of another site can send text or a form, and nothing that says it is JSON, without being asked first
        if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != JSON:
            return problem(415, "Not JSON", "a decision is a JSON object, sent as application/json")
        body = await bounded(request, _BODY)
        return await run_in_threadpool(_decided, shelf, request, body)


def _decided(shelf: Shelf, request: Request, body: bytes) -> Response:
    try:
        asked = msgspec.json.decode(body, type=Body)
        made = decide(shelf, asked.wish(author_of(request, asked.author)))
    except (msgspec.DecodeError, UnicodeError) as error:
        return problem(422, "Not understood", str(error))
    except NoClaimError as error:
        return problem(404, "Not found", str(error))
    except UsageError as error:
        return problem(422, "Cannot be decided", str(error))
    except CaseBusyError as error:
        return problem(409, "Busy", f"nothing was noted: {error}", {"retry-after": _AGAIN})
    except CaseNotWritableError as error:
        return problem(503, "Not writable", f"nothing was noted: {error}", {"retry-after": _AGAIN})
    wrote(request, f"decision {made.number}")
    return _answered(made)


def _answered(made: Decided) -> Response:
    headers = {"location": f"/api/v1/reviews/{made.number}"}
    return Response(encoded(made), status_code=201, media_type=JSON, headers=headers)


def _schema() -> Any:
    """The body's JSON Schema, with nothing referred to."""
    return msgspec.json.schema(Body)["$defs"]["Body"]
