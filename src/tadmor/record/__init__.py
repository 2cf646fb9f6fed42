"""Claims to findings: who speaks, how far to believe them, who held what, what happened, who disagrees."""

from tadmor.record.conclusion import conclude
from tadmor.record.reliability import MISREAD

__all__ = ["MISREAD", "conclude"]
