"""Claims to findings: who speaks, how far to believe them, who held what, what happened, who disagrees."""

from tadmor.record.conclusion import conclude, ground_of
from tadmor.record.explaining import explain
from tadmor.record.leaving_out import leaving_out
from tadmor.record.reliability import MISREAD

__all__ = ["MISREAD", "conclude", "explain", "ground_of", "leaving_out"]
