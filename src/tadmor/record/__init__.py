"""Claims to findings: who speaks, how far to believe them, who held what, what happened, who disagrees."""

from tadmor.record.conclusion import conclude
from tadmor.record.explaining import explain
from tadmor.record.footing import footing_of
from tadmor.record.leaving_out import leaving_out
from tadmor.record.reliability import MISREAD

__all__ = ["MISREAD", "conclude", "explain", "footing_of", "leaving_out"]
