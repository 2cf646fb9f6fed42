"""The nouns: frozen values that the stages exchange. Nothing here does I/O or reads a clock.

Four layers stay apart: as obtained (`documents`), as said (`claims`), as understood (`grounded`), as concluded
(`findings`); `history` runs across all of them.
"""
