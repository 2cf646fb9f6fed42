"""The members of a bundle against its manifest, and the manifest against its seal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from tadmor.views.bundling.verifier.layout import MANIFEST, Held, WrongError

#: What is left out of the seal: itself, and what was signed over it.
_OVER_SEAL = ("seal", "signature")


def canonical(value: Any) -> bytes:
    """The one way to write a manifest."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, indent=1).encode() + b"\n"


def seal_of(manifest: dict[str, Any]) -> str:
    """The digest of a manifest, without its seal: it stands for the whole bundle."""
    told = {key: value for key, value in manifest.items() if key not in _OVER_SEAL}
    return hashlib.sha256(canonical(told)).hexdigest()


class Bundle:
    """Members by name, each read when it is asked for."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self._coded = b"".join(held.pieces(MANIFEST)) if MANIFEST in held.names() else b""
        if not self._coded:
            raise WrongError(MANIFEST, "is gone, and nothing can be checked without it")
        try:
            self.manifest: dict[str, Any] = json.loads(self._coded)
            self.listed = {str(one["path"]): one for one in self.manifest["members"]}
            self._sizes = [(str(one["path"]), int(one["size"])) for one in self.manifest["members"]]
        except (ValueError, LookupError, TypeError) as error:
            raise WrongError(MANIFEST, f"cannot be read ({error})") from None

    @property
    def seal(self) -> str:
        """What stands for the whole bundle."""
        return seal_of(self.manifest)

    def read(self, name: str) -> bytes:
        """A member's bytes."""
        if name not in self.listed:
            raise WrongError(name, "the bundle has no such member")
        return b"".join(self.held.pieces(name))

    def text(self, name: str) -> str:
        """A member as text."""
        return self.read(name).decode("utf-8", "surrogatepass")

    def json(self, name: str) -> Any:
        """A member as a value."""
        return json.loads(self.read(name))

    def lines(self, name: str) -> Iterator[Any]:
        """A member of one value a line, each when it is asked for; none where there is no such member."""
        rest = b""
        for piece in self.held.pieces(name) if name in self.listed else ():
            *whole, rest = (rest + piece).split(b"\n")
            yield from map(json.loads, whole)

    def below(self, folder: str, ending: str) -> list[str]:
        """Names of the members of a folder, in the manifest's order."""
        return [name for name in self.listed if name.startswith(folder + "/") and name.endswith(ending)]

    def originals(self) -> dict[str, str]:
        """The members that are originals, by their SHA-256."""
        return {name.split("/")[1].split(".")[0]: name for name in self.below("originals", "")}

    def check(self) -> Iterator[str]:
        """Everything of the members and of the file that is not as the manifest says."""
        if self._coded != canonical(self.manifest) or self.manifest.get("seal") != self.seal:
            yield f"{MANIFEST}: was changed: its seal would be {self.seal}, and it says {self.manifest.get('seal')}"
        names, there = [name for name, _ in self._sizes], self.held.names()
        for name in sorted({name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()):
            yield f"{MANIFEST}: lists {name} twice"
        for name in sorted(there - {*names, MANIFEST}):
            yield f"{name}: was slipped in: the manifest lists no such member"
        for name in sorted(set(names) - there):
            yield f"{name}: is gone"
        for name in names:
            if name in there:
                yield from self._unchanged(name)
        yield from self.held.layout([*self._sizes, (MANIFEST, len(self._coded))])

    def _unchanged(self, name: str) -> Iterator[str]:
        hasher, size = hashlib.sha256(), 0
        for piece in self.held.pieces(name):
            hasher.update(piece)
            size += len(piece)
        was = self.listed[name]
        if (size, hasher.hexdigest()) != (was["size"], was["sha256"]):
            yield f"{name}: was changed: SHA-256 {hasher.hexdigest()}, was {was['sha256']}"
