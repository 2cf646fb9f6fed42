"""The verifier that goes into every bundle: modules of the standard library alone, put together into one file.

`standalone` gives that file. The modules run on Python 3.9, and import nothing of tadmor but one another.
"""

import re
from functools import cache
from pathlib import Path

#: In the order in which each finds what it needs above it.
_MODULES = (
    "layout",
    "members",
    "rows",
    "texts",
    "captures",
    "history",
    "signatures",
    "stamps",
    "checkpoints",
    "checking",
)
#: The imports of a module, and the imports of its neighbours, which stand above it in the one file.
_OUTSIDE = re.compile(r"^(?:import \w+|from (?!tadmor|__future__)[\w.]+ import [\w, ]+)\n", re.MULTILINE)
_INSIDE = re.compile(r"^from (?:tadmor[\w.]*|__future__) import (?:\([^)]*\)|[^\n]*)\n", re.MULTILINE)
_DOCSTRING = re.compile(r'\A"""(.*?)"""\n', re.DOTALL)


@cache
def standalone() -> bytes:
    """The verifier as one file of Python 3.9 or later."""
    folder = Path(__file__).parent
    texts = {name: (folder / f"{name}.py").read_text("utf-8") for name in _MODULES}
    outside = sorted({line for text in texts.values() for line in _OUTSIDE.findall(text)})
    parts = [f"\n\n# -- {name} {'-' * (110 - len(name))}\n\n{_body(text)}\n" for name, text in texts.items()]
    head = _DOCSTRING.match(texts["checking"])
    told = f'"""{head[1] if head is not None else ""}"""\n'
    begin = f"#!/usr/bin/env python3\n{told}\nfrom __future__ import annotations\n\n{''.join(outside)}"
    return f'{begin}{"".join(parts)}\n\nif __name__ == "__main__":\n    sys.exit(main(sys.argv[1:]))\n'.encode()


def _body(text: str) -> str:
    """A module without its imports; what it says of itself as a comment."""
    told = _DOCSTRING.match(text)
    comment = "".join(f"# {line}".rstrip() + "\n" for line in told[1].strip().split("\n")) if told is not None else ""
    return f"{comment}\n{_OUTSIDE.sub('', _INSIDE.sub('', _DOCSTRING.sub('', text))).strip()}"
