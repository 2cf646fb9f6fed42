"""Laying a record out as an atlas: each answer of the page and of the API, made once for a state of the case."""

from tadmor.views.laying.laying import atlas_path, lay

__all__ = ["atlas_path", "lay"]
