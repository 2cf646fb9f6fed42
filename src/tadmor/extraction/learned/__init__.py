"""The learned reader: an encoder over wordpieces, told what the rules read, decides what the text claims."""

from tadmor.extraction.learned.reader import LearnedReader

__all__ = ["LearnedReader"]
