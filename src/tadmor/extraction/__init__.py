"""Document -> claims as said: readers, attribution, stance, amounts, and one file a kind of claim."""

from tadmor.extraction.extract import READERS, Extraction, Reader, extract

__all__ = ["READERS", "Extraction", "Reader", "extract"]
