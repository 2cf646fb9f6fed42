"""The stages composed: files -> documents -> claims -> groundings -> ledger -> record.

Nothing else imports two stages.
"""

from tadmor.pipeline.adding import understood
from tadmor.pipeline.concluding import asked, asked_of, code, explanation, record
from tadmor.pipeline.exchanging import Of, Outgoing, divisions, outgoing
from tadmor.pipeline.importing import ImportedFile, Imports, import_places, places_of
from tadmor.pipeline.machine import Machine
from tadmor.pipeline.reading import Progress, Summary, read
from tadmor.pipeline.tables import ImportedTable, TableCall, TableImports, import_tables

__all__ = [
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
    "asked",
    "asked_of",
    "code",
    "divisions",
    "explanation",
    "import_places",
    "import_tables",
    "outgoing",
    "places_of",
    "read",
    "record",
    "understood",
]
