"""The words by which reporting is read: classes of words, triggers of claims, stance, reporting verbs.

The tables are YAML beside this file; `load_lexicon` reads them once.
"""

from tadmor.dictionaries.lexicon.inflection import Form, forms
from tadmor.dictionaries.lexicon.lexicon import Lexicon, Trigger, load_lexicon, said, simple_pasts, word_class

__all__ = ["Form", "Lexicon", "Trigger", "forms", "load_lexicon", "said", "simple_pasts", "word_class"]
