"""Accounts and the audit, for programs of an admin. Both only read: accounts are changed by people."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Response

from tadmor.datamodel.people import SCOPES, Act, Scope
from tadmor.views.api.describing import PROBLEM, one_as
from tadmor.views.api.replying import JSON
from tadmor.views.laying.encoding import encoded
from tadmor.views.serving.admission import Admission

_LARGEST = 2**63 - 1


def people_for_programs(admission: Admission) -> APIRouter:
    """The addresses of accounts and of the audit."""
    api = APIRouter(prefix="/api/v1", responses={401: PROBLEM, 429: PROBLEM})

    @api.get("/accounts", summary="Who may log in, with which role and tokens", responses=one_as("Members"))
    def accounts() -> Response:
        known = admission.accounts()
        tokens: dict[str, list[Any]] = {}
        for one in known.tokens():
            tokens.setdefault(one.account, []).append(one)
        rows = [
            msgspec.to_builtins(one)
            | {"scopes": [scope for scope in Scope if scope in SCOPES[one.role]], "tokens": tokens.get(one.name, [])}
            for one in known.every()
        ]
        return _reply({"accounts": rows})

    @api.get(
        "/audit", summary="What was done and tried, by whom and from where, the latest first", responses=one_as("Audit")
    )
    def audit(
        limit: Annotated[int, Query(ge=1, le=1000, description="How many at most.")] = 50,
        cursor: Annotated[int, Query(ge=0, le=_LARGEST, description="`next` of the page before.")] = 0,
    ) -> Response:
        found: tuple[Act, ...] = admission.accounts().acts(limit, cursor or None)
        after = found[-1].number if len(found) == limit and found[-1].number > 1 else None
        return _reply({"acts": found, "next": after})

    @api.get("/audit/verify", summary="Whether every act stands as it was written", responses=one_as("Audited"))
    def verify() -> Response:
        known = admission.accounts()
        issues, last = known.verify(), known.acts(1)
        head = last[0].digest if last else None
        return _reply({"holds": not issues, "issues": issues, "acts": last[0].number if last else 0, "head": head})

    return api


def _reply(value: Any) -> Response:
    return Response(encoded(value), media_type=JSON, headers={"cache-control": "no-store"})
