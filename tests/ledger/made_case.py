"""Small originals with documents and claims, and a program that writes them for ever."""

import hashlib
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from tadmor.datamodel.claims import Change, ControlClaim, Degree, Mention
from tadmor.datamodel.documents import Block, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import RunInfo
from tadmor.datamodel.issues import Severity
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.sources import Source
from tadmor.datamodel.spans import OffsetMap
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.ledger import Ledger

RUN = RunInfo(id="run-1", started=datetime(2026, 1, 1, tzinfo=UTC), tadmor="0", reader="rules", gazetteer="none")
RAQQA = Place(id="gn:172955", name="Raqqa", level=Level.SETTLEMENT, lat=35.95, lon=39.01)


def made(number: int) -> tuple[Original, bytes, list[tuple[Document, list[GroundedClaim]]]]:
    """The numbered original: one document with one claim, published on one day of 2016."""
    text = f"Report {number}. The army captured Raqqa on Monday. Ali’s cafe stayed open."
    data = text.encode()
    original = Original(
        sha256=hashlib.sha256(data).hexdigest(), name=f"{number}.txt", media_type="text/plain", size=len(data)
    )
    day = date.fromordinal(date(2016, 1, 1).toordinal() + number % 300)
    published = When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=Basis.STATED)
    document = Document(
        original=original.sha256,
        name=original.name,
        index=0,
        raw=text,
        text=text,
        offsets=OffsetMap.identity(len(text)),
        blocks=(Block(start=0, end=len(text)),),
        published=published,
    )
    start = text.index("The army")
    claim = ControlClaim(
        document=document.id,
        start=start,
        end=start + 23,
        quote="The army captured Raqqa",
        change=Change.GAINED,
        degree=Degree.FULL,
        place=Mention(expression="Raqqa", start=start + 18, end=start + 23),
    )
    grounded = GroundedClaim(
        claim=claim,
        published=published,
        when=published,
        voices=(Source(id="made_up_times", name="Made Up Times"),),
        places={"place": RAQQA},
    )
    return original, data, [(document, [grounded])]


def faults(ledger: Ledger) -> list[str]:
    """The rules of what `verify` finds wrong; files that no row knows of are no fault."""
    return [issue.rule for issue in ledger.verify() if issue.severity is Severity.ERROR]


def kept_bytes(ledger: Ledger, original: Original) -> bytes:
    """What the archive holds of an original."""
    return (ledger.folder / "originals" / original.sha256[:2] / original.sha256).read_bytes()


def write_for_ever(folder: Path, first: int) -> None:
    """Add originals one after another; print each number once its transaction is committed."""
    with Ledger.open(folder, create=True) as ledger:
        number = first
        while True:
            ledger.add(RUN, *made(number))
            print(number, flush=True)
            number += 1


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
