"""Claims as lists of the site show them, each made once, however many pages list it."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

import msgspec
from jinja2 import Template
from markupsafe import Markup

from tadmor.ledger.atlas import Atlas
from tadmor.views.exports import Row

#: Most items that are kept: about 1.3 KB each, of a case of some 20,000 claims all.
_KEPT = 100_000


class _Named(msgspec.Struct):
    id: str


class Items:
    """Makes the items of lists of claims; all pages that have such lists lie one folder deep."""

    def __init__(self, atlas: Atlas, pieces: Template, link: Callable[..., str]) -> None:
        """Set what items are made of.

        Args:
            atlas: the published record.
            pieces: the template that has the macro `claim`.
            link: addresses as from a page that lists claims.
        """
        self._atlas, self._link = atlas, link
        self._make: Callable[[Row, Callable[..., str]], Markup] = pieces.make_module().claim  # type: ignore[attr-defined]
        self._made = OrderedDict[str, Markup]()
        self._name = msgspec.json.Decoder(_Named)

    def of(self, values: Iterable[bytes]) -> list[Markup]:
        """The items of claims as the atlas answers them."""
        found = []
        for value in values:
            identity = self._name.decode(value).id
            found.append(self._kept(identity) or self._new(identity, value))
        return found

    def named(self, identities: Sequence[str]) -> list[Markup]:
        """The items of claims by their ids; one that is not there has none."""
        found = []
        for identity in identities:
            made = self._kept(identity)
            value = self._atlas.claim(identity) if made is None else None
            if made is not None:
                found.append(made)
            elif value is not None:
                found.append(self._new(identity, value))
        return found

    def _kept(self, identity: str) -> Markup | None:
        if identity in self._made:
            self._made.move_to_end(identity)
        return self._made.get(identity)

    def _new(self, identity: str, value: bytes) -> Markup:
        made = self._made[identity] = self._make(msgspec.json.decode(value), self._link)
        if len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return made
