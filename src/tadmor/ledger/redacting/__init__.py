"""Taking a person's name out of a case: from every table, text, index and file, so that the case still verifies.

    redact(folder, names, author=..., reason=..., shingles=...) -> Redacted
    found(folder, names) -> Found                       # what that would touch; nothing is changed

Letters are masked in place, so that offsets and quotes hold; ids made of the name give way to others; originals that
hold the name are no longer kept. Each revision keeps the digest that it had, so that checkpoints and tokens still hold;
a row of `redacted` says which digest counts since, and a revision of its own covers these rows. The database is built
anew beside the old one and takes its place in one step: no free page, log or index keeps what was taken out.
"""

from tadmor.ledger.redacting.carrying_out import Redacted, redact
from tadmor.ledger.redacting.finding import Found, found

__all__ = ["Found", "Redacted", "found", "redact"]
