"""Taking names out of the audit of a case: it is no evidence, so its acts are written anew, and one act says so."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from tadmor.datamodel.people import Doer, Known
from tadmor.datamodel.withholding import Withheld
from tadmor.ledger.accounts import acts
from tadmor.ledger.accounts.book import FILE
from tadmor.ledger.accounts.tables import ONLY_ADDED
from tadmor.ledger.store import engine_of, transaction


def mask_audit(folder: Path, names: Withheld) -> None:
    """Mask names in what was done; nothing is done where there is no audit, or where none stands in it."""
    if not (folder / FILE).is_file():
        return
    engine = engine_of(folder / FILE, writable=True, journal="DELETE")
    try:
        with transaction(engine, folder) as connection:
            connection.execute(text("PRAGMA secure_delete = ON"))
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS acts_no_{verb}"))
            changed = acts.rewritten(connection, names.masked)
            if changed:
                about = f"{changed} acts; these and later ones have new digests"
                acts.append(connection, datetime.now(UTC), _NOBODY, "names withheld", about, "done")
            for verb in ("update", "delete"):
                connection.execute(text(ONLY_ADDED.format(verb=verb)))
    finally:
        engine.dispose()


_NOBODY = Doer(name="tadmor", known=Known.SHELL)
