"""Tombstones of what was taken out of a case, checked: each as it was written, and nothing of it there again."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from tadmor.datamodel.issues import Issue
from tadmor.datamodel.withholding import Redaction
from tadmor.ledger import chain
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.comparing import in_order
from tadmor.ledger.damage import as_bytes
from tadmor.ledger.tables import redacted, redactions

#: The rule of an original that is there though a redaction withholds it.
KEPT = "original-not-withheld"


def every(connection: Connection) -> list[Redaction]:
    """All redactions, in the order made."""
    values = connection.execute(select(redactions.c.value).order_by(redactions.c.number)).scalars()
    return [msgspec.json.decode(as_bytes(value), type=Redaction) for value in values]


def originals_withheld(connection: Connection) -> set[str]:
    """The SHA-256 of originals that are kept no longer."""
    return {sha256 for one in every(connection) for sha256 in one.originals}


def content(connection: Connection, number: int) -> str:
    """What the history says of a redaction: the tombstone, and which digests count since."""
    value = connection.execute(select(redactions.c.value).where(redactions.c.number == number)).scalar()
    rows = connection.execute(select(redacted).where(redacted.c.redaction == number).order_by(redacted.c.revision))
    told = [f"{row.revision} {row.content} {row.link}".encode() for row in rows]
    return chain.content_digest(as_bytes(value), *told)


def check(connection: Connection, case: CaseFolder) -> Iterator[Issue]:
    """Is each redaction the one that was written, and is what it withholds not there?"""
    numbers = list(connection.execute(select(redactions.c.number).order_by(redactions.c.number)).scalars())
    found = [(str(number), content(connection, number)) for number in numbers]
    yield from in_order("redaction", chain.contents(connection, "redaction"), found)
    strays = set(connection.execute(select(redacted.c.redaction)).scalars()) - set(numbers)
    for number in sorted(strays):
        yield Issue(
            where=f"redaction {number}", rule="redaction-missing", message="digests of a redaction that is gone"
        )
    for sha256 in sorted(originals_withheld(connection)):
        if case.path_of(sha256).exists():
            message = "a redaction withholds this original, and it is in the archive; open the case for writing"
            yield Issue(where=sha256, rule=KEPT, message=message)
