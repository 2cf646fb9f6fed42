"""Names swapped, nothing else changes: who does a thing must not decide what is read.

    python -m quality.swapped [--show] [--json]

Takes sentences of the texts that the project wrote (`training/texts`), puts other actors of the same kind of word in
the place of those that they name, sides swapped and loaded words made plain, and reads both. Kind, type, harm, number,
modality and polarity of the claims must be the same. Prints the share of pairs for which they are, for the learned
reader and for the rules alone; pairs are of the sentences of which the reader makes claims.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from quality.corpus import ROOT, document
from tadmor.datamodel.claims import Claim, TollClaim, discriminant, kind_of
from tadmor.datamodel.documents import Block, Form
from tadmor.documents import load
from tadmor.extraction import READERS, extract
from tadmor.extraction.sentences import sentences

TEXTS = ROOT / "training" / "texts"
READERS_MEASURED = ("learned", "rules")
#: Words that can stand for each other in a sentence, each taken by the next: groups by name, forces in the plural, and
#: the adjectives of states before a word for a force.
_GROUPS = ("Islamic State", "Hezbollah", "Boko Haram", "al-Shabaab", "Hamas", "Ansar Allah", "M23", "the Taliban")
_FORCES = ("rebels", "government troops", "insurgents", "soldiers", "guerrillas", "paratroopers", "militiamen")
_STATES = (
    "Syrian",
    "Iraqi",
    "Russian",
    "Ukrainian",
    "Israeli",
    "Ethiopian",
    "Libyan",
    "Sudanese",
    "Turkish",
    "Serbian",
)
#: Loaded words, and plain ones for the same.
_LOADED = {"regime": "government", "terrorists": "fighters", "regime's": "government's", "terrorist": "militant"}
_BEFORE_FORCE = r"(?= (?:army|forces|troops|soldiers|jets|warplanes|military|artillery|navy|commandos|paratroopers))"


class Pair(NamedTuple):
    """A sentence, and the same with other actors."""

    original: str
    swapped: str


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="the pairs that are read differently")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = {}
    for reader in READERS_MEASURED:
        found = list(pairs(reader))
        differing = [pair for pair in found if told(pair.original, reader) != told(pair.swapped, reader)]
        figures[reader] = {"pairs": len(found), "same": 1 - len(differing) / len(found)}
        if not options.json:
            print(f"{reader}: {len(found)} pairs; read the same: {figures[reader]['same']:.3f}")
        for pair in differing if options.show else ():
            print(f"- {pair.original}\n+ {pair.swapped}")
            before, after = told(pair.original, reader), told(pair.swapped, reader)
            print(f"  {sorted((before - after).elements())} | {sorted((after - before).elements())}")
    if options.json:
        print(json.dumps(figures))
    return 0


def pairs(reader: str, folder: Path = TEXTS) -> Iterator[Pair]:
    """The sentences that name actors and of which claims are made, each with two twins: names one on, and three on."""
    for path in sorted(folder.glob("*.txt")):
        for one in load(path).documents:
            for sentence in sentences(one):
                words = " ".join(one.text[sentence.start : sentence.end].split())
                twins = [swapped(words), swapped(swapped(swapped(words)))]
                if sentence.form is Form.BODY and twins[0] != words and told(words, reader):
                    yield from (Pair(words, twin) for twin in dict.fromkeys(twins) if twin != words)


def swapped(words: str) -> str:
    """A sentence with other actors."""

    def other(match: re.Match[str]) -> str:
        found = match.group()
        return _NEXT[found.lower()] if found[0].islower() or found.lower() not in _NEXT_PLAIN else _raised(found)

    return _SWAPPED.sub(other, words)


def _raised(found: str) -> str:
    """A plain word that opens a sentence keeps its capital."""
    after = _NEXT[found.lower()]
    return after[0].upper() + after[1:]


def _cycle(names: tuple[str, ...]) -> dict[str, str]:
    return {name.lower(): names[(at + 1) % len(names)] for at, name in enumerate(names)}


_NEXT_PLAIN = {*_cycle(_FORCES), *_LOADED}
_NEXT = {**_cycle(_GROUPS), **_cycle(_FORCES), **_cycle(_STATES), **_LOADED}
_GROUP = rf"(?<!the )\b(?:{'|'.join(_GROUPS)})\b"
_FORCE = rf"\b(?:{'|'.join((*_FORCES, *_LOADED))})\b"
_STATE = rf"\b(?:{'|'.join(_STATES)})\b{_BEFORE_FORCE}"
_SWAPPED = re.compile(f"{_GROUP}|{_FORCE}|{_STATE}", re.IGNORECASE)


def told(words: str, reader: str) -> Counter[tuple[str, ...]]:
    """What is read of a sentence by itself, names aside."""
    block = Block(start=0, end=len(words), form=Form.BODY)
    return Counter(map(_said, extract(document("sentence.txt", words, [block], None), READERS[reader]).claims))


def _said(claim: Claim) -> tuple[str, ...]:
    what = "" if kind_of(claim) in ("presence", "movement") else discriminant(claim)
    count = str(claim.count.bounds()) if isinstance(claim, TollClaim) and claim.count is not None else ""
    return kind_of(claim), what, count, str(claim.modality), str(claim.polarity)


if __name__ == "__main__":
    raise SystemExit(main())
