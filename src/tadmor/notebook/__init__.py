"""A case asked from Python, in a notebook or a program: the rows of the exports, and drawings of them."""

from tadmor.notebook.case import Case, Place
from tadmor.notebook.rows import Rows

__all__ = ["Case", "Place", "Rows"]
