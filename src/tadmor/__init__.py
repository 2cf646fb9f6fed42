"""tadmor: reads conflict reporting and keeps a sourced record of it.

The folder listing is the pipeline: documents, extraction, grounding, ledger, record, views.
"""

__version__ = "0.1.0"
