"""Bytes to documents: what a file holds, cleaned, with every passage leading back to the original.

`walk` lists files, `load` reads one, `load_bytes` what was in none. Bad data never
raises: it comes back as `Issue` values beside whatever could be read.
"""

from tadmor.documents.loading import Loaded, load, load_bytes
from tadmor.documents.walking import walk

__all__ = ["Loaded", "load", "load_bytes", "walk"]
