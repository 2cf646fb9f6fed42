"""The reader that asks a language model: nothing that it answers counts unless the words stand in the text."""

from tadmor.extraction.llm.reader import Complete, LlmReader

__all__ = ["Complete", "LlmReader"]
