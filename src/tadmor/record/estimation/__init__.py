"""What is so, from sources of unequal worth that say different things: labels, sets and numbers.

One model serves the three. A claim stands to each value that may be true in one of a few ways ("the same", "a part of
it", "another"): its outcome. How often each outcome happens is a source's profile, learned over all questions together
with what is true, by expectation and maximisation as in Dawid and Skene (1979, doi:10.2307/2346806). A profile starts
at what is common to the source's kind, and a source that is heard on one question alone stays there.
"""

from tadmor.record.estimation.engine import Estimate
from tadmor.record.estimation.labels import labels
from tadmor.record.estimation.numbers import numbers
from tadmor.record.estimation.sets import sets

__all__ = ["Estimate", "labels", "numbers", "sets"]
