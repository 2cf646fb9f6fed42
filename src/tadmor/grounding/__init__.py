"""Names to who, where and when: each mention of a claim linked to an actor, a place, a source or a time.

What stays ambiguous keeps its candidates with their reasons; what is unknown stays told apart by its words.
"""

from tadmor.grounding.grounder import Grounder

__all__ = ["Grounder"]
