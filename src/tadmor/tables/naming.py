"""Actors as event tables name them, in the words that reporting uses."""

import re

_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
#: ACLED's and UCDP's names for the forces of a state, with what reporting calls them.
_FORCES = (
    (re.compile(r"Government of (?:the )?(?P<state>.+)"), "{state}"),
    (re.compile(r"Military Forces of (?:the )?(?P<state>.+)"), "{state} army"),
    (re.compile(r"Police Forces of (?:the )?(?P<state>.+)"), "{state} police"),
)
#: Names that stand where nobody is known.
_NOBODY = re.compile(r"(?:unidentified|unknown|none|n/a|not known)\b", re.IGNORECASE)


def is_nobody(name: str) -> bool:
    """Does a table write this where it does not know who acted ("Unidentified Armed Group (Syria)")?"""
    return _NOBODY.match(name.strip()) is not None


def in_reporting(name: str) -> str:
    """The name as reporting has it: "Military Forces of Syria (2000-)" is the Syrian army."""
    bare = _BRACKET.sub("", name.strip())
    for pattern, words in _FORCES:
        found = pattern.fullmatch(bare)
        if found is not None:
            state = _BRACKET.sub("", found["state"])
            return words.format(state=state)
    return bare
