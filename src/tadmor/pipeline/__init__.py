"""The stages composed: files -> documents -> claims -> groundings -> ledger -> record.

Nothing else imports two stages.
"""

from tadmor.pipeline.concluding import record
from tadmor.pipeline.importing import ImportedFile, Imports, import_places, places_of
from tadmor.pipeline.machine import Machine
from tadmor.pipeline.reading import Progress, Summary, read

__all__ = ["ImportedFile", "Imports", "Machine", "Progress", "Summary", "import_places", "places_of", "read", "record"]
