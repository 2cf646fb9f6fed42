"""The stages composed: files -> documents -> claims -> groundings -> ledger -> record.

Nothing else imports two stages.
"""

from tadmor.pipeline.adding import understood
from tadmor.pipeline.concluding import asked, asked_of, code, explanation, record
from tadmor.pipeline.exchanging import Of, Outgoing, divisions, outgoing
from tadmor.pipeline.fetching import FetchCall, Wanted, fetch
from tadmor.pipeline.importing import ImportedFile, Imports, import_places, places_of
from tadmor.pipeline.machine import Machine
from tadmor.pipeline.packaging import package
from tadmor.pipeline.reading import read
from tadmor.pipeline.tables import ImportedTable, TableCall, TableImports, import_tables
from tadmor.pipeline.taking import Progress, Summary
from tadmor.pipeline.watching import WatchCall, watch

__all__ = [
    "FetchCall",
    "ImportedFile",
    "ImportedTable",
    "Imports",
    "Machine",
    "Of",
    "Outgoing",
    "Progress",
    "Summary",
    "TableCall",
    "TableImports",
    "Wanted",
    "WatchCall",
    "asked",
    "asked_of",
    "code",
    "divisions",
    "explanation",
    "fetch",
    "import_places",
    "import_tables",
    "outgoing",
    "package",
    "places_of",
    "read",
    "record",
    "understood",
    "watch",
]
