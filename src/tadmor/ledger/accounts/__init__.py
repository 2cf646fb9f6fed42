"""Who may do what with a case that is served, and what was done by whom: a file of its own beside the ledger.

Copies of a case that are given away need not say who works on it: `accounts.db` holds no evidence, and the ledger
refers to nothing in it.
"""

from tadmor.ledger.accounts.book import FILE, Accounts, folded, person_name
from tadmor.ledger.accounts.secrets import LEAST, check_password, digest_of
from tadmor.ledger.accounts.sessions import ABSOLUTE, IDLE
from tadmor.ledger.accounts.tokens import LONGEST

__all__ = [
    "ABSOLUTE",
    "FILE",
    "IDLE",
    "LEAST",
    "LONGEST",
    "Accounts",
    "check_password",
    "digest_of",
    "folded",
    "person_name",
]
