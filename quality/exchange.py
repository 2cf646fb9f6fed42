"""UCDP's events in and out again: how fast, what of each row the claims carry, and what comes out.

    python -m quality.exchange [--case FOLDER]

Prints the seconds of the import; then by column in how many rows what goes out is what came in: first of columns made
from the claims alone, as if the table were not at hand, then of the file that `tadmor exchange ucdp` writes. Numbers
are compared as numbers, days as days. Reads UCDP GED of Syria, 2016 and 2017 (CC BY 4.0), beside the clone.
"""

import argparse
import csv
import gzip
import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from quality.corpus import shared
from tadmor import pipeline
from tadmor.datamodel.entries import Entry, TableRow
from tadmor.ledger import Ledger
from tadmor.views.exchange import FORMATS, DataSet, Tally
from tadmor.views.exchange.ucdp import FROM_CLAIMS

TABLE = "corpora/ucdp-ged-syria/ged_syria_2016_2017.csv.gz"
#: Columns that hold days.
_DAYS = frozenset({"date_start", "date_end"})
#: Names of divisions are the gazetteer's in columns made from the claims alone.
_NAMED_ANEW = frozenset({"adm_1", "adm_2", "geom_wkt"})


def main() -> int:
    """Measure, print, and say by the exit code whether every column that goes out is what came in."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--case", type=Path, help="where to make the case; else it is thrown away")
    folder = given.parse_args().case
    beside = shared(TABLE)
    if beside is None:
        print("skipped: UCDP's table is not beside the clone")
        return 0
    with tempfile.TemporaryDirectory() as passing:
        return _measure(beside / TABLE, folder or Path(passing) / "case")


def _measure(table: Path, folder: Path) -> int:
    rows = _rows(table)
    began, worked = time.perf_counter(), time.process_time()
    with Ledger.open(folder, create=True) as ledger:
        told = pipeline.import_tables([table], ledger, pipeline.TableCall(kind="events"))
        seconds, worked = time.perf_counter() - began, time.process_time() - worked
        entries = pipeline.outgoing(ledger, of=pipeline.Of.CLAIMS).entries
    brought = told.files[0]
    print(f"in: {brought.rows:,} of {len(rows):,} rows, {brought.claims:,} claims, {seconds:.1f} s", end=" ")
    print(f"({worked:.1f} s of work)")
    alone = [msgspec.structs.replace(entry, row=_without_cells(entry)) for entry in entries]
    _compare("made from the claims alone", rows, _out(alone), FROM_CLAIMS - _NAMED_ANEW)
    whole = _compare("as written by tadmor exchange ucdp", rows, _out(entries), frozenset(rows[0]))
    return 0 if whole and brought.rows == len(rows) else 1


def _without_cells(entry: Entry) -> TableRow:
    """The row with its key and layout alone: the cells that say what kind of event it is stay unknown."""
    assert entry.row is not None
    return msgspec.structs.replace(entry.row, cells={}, stands=False)


def _rows(table: Path) -> list[dict[str, str]]:
    with gzip.open(table, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _out(entries: Iterable[Entry]) -> list[dict[str, str]]:
    ucdp = next(one for one in FORMATS if one.name == "ucdp")
    data = DataSet(case="measured", made=datetime(2020, 1, 1, tzinfo=UTC), escape=False)
    written = b"".join(ucdp.write(list(entries), data, Tally("ucdp")))
    return list(csv.DictReader(io.StringIO(written.decode())))


def _compare(title: str, before: list[dict[str, str]], after: list[dict[str, str]], columns: Iterable[str]) -> bool:
    same: Counter[str] = Counter()
    found = {_key(row): row for row in after}
    for row in before:
        other = found.get(_key(row), {})
        same.update(name for name in columns if _value(name, row) == _value(name, other))
    print(f"\n{title}: {len(after):,} rows")
    for name in (name for name in before[0] if name in columns):
        print(f"  {name:20} {same[name]:7,} of {len(before):,}" + ("" if same[name] == len(before) else "  differs"))
    return all(same[name] == len(before) for name in columns)


def _key(row: Mapping[str, str]) -> str:
    return row["id"].removesuffix(".0")


def _value(name: str, row: Mapping[str, str]) -> str | float:
    written = row.get(name, "missing")
    if name in _DAYS:
        return written[:10]
    try:
        return float(written)
    except ValueError:
        return written.strip()


if __name__ == "__main__":
    sys.exit(main())
