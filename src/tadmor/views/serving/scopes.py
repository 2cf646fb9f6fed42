"""Which scope a request needs, by its method and address: the one table, asked before the application is."""

from typing import NamedTuple

from tadmor.datamodel.people import Scope

#: Methods that read.
READING = frozenset({"GET", "HEAD"})
_ANY = frozenset({"GET", "HEAD", "POST"})
_POST = frozenset({"POST"})


class Rule(NamedTuple):
    """Requests by these methods to addresses that begin so need this scope; `None`: nobody has to be logged in."""

    methods: frozenset[str]
    begins: str
    scope: Scope | None


#: The first that fits decides; what none fits needs `ADMIN`.
RULES = (
    Rule(_ANY, "/login", None),
    Rule(_POST, "/logout", None),
    Rule(READING, "/assets/", None),  # the sheet of the log-in page
    Rule(_ANY, "/accounts", Scope.ADMIN),
    Rule(_ANY, "/audit", Scope.ADMIN),
    Rule(_ANY, "/api/v1/accounts", Scope.ADMIN),
    Rule(_ANY, "/api/v1/audit", Scope.ADMIN),
    Rule(READING, "/", Scope.READ),
    Rule(_POST, "/me", Scope.READ),  # one's own password and tokens
    Rule(_POST, "/desk", Scope.REVIEW),
    Rule(_POST, "/api/v1/reviews", Scope.REVIEW),
    Rule(_POST, "/uploads", Scope.WRITE),
    Rule(_POST, "/api/v1/uploads", Scope.WRITE),
)


def needed(method: str, path: str) -> Scope | None:
    """The scope that a request needs; `None` where anybody may ask."""
    for rule in RULES:
        if method in rule.methods and path.startswith(rule.begins):
            return rule.scope
    return Scope.ADMIN


def of_api(path: str) -> bool:
    """Is it an address for programs, which are told in JSON what is wrong?"""
    return path.startswith(("/api/", "/openapi.json"))
