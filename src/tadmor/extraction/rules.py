"""The rule reader: sentence by sentence, the five kinds over flat parses, with a running focus."""

from collections.abc import Callable, Iterator
from itertools import chain

from tadmor.datamodel.claims import Claim
from tadmor.datamodel.documents import Form
from tadmor.extraction.attribution import Speakers
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Reading
from tadmor.extraction.control import control_claims, distinct
from tadmor.extraction.events import event_claims
from tadmor.extraction.focus import Focus
from tadmor.extraction.holding import holding_claims
from tadmor.extraction.mentions import mention
from tadmor.extraction.movement import movement_claims
from tadmor.extraction.presence import presence_claims
from tadmor.extraction.tolls import toll_claims

NAME = "rules/1"

#: Forms of text that make no claims of their own.
_SILENT = frozenset({Form.BIOGRAPHY})

FINDERS: dict[str, Callable[[Scene], Iterator[Claim]]] = {
    "control": lambda scene: distinct(chain(control_claims(scene), holding_claims(scene))),
    "event": event_claims,
    "toll": toll_claims,
    "movement": movement_claims,
    "presence": presence_claims,
}


class RuleReader:
    """Reads all five kinds by rules over clauses."""

    name = NAME
    kinds = frozenset(FINDERS)

    def read(self, reading: Reading, kinds: frozenset[str]) -> Iterator[Claim]:
        """Claims of the wanted kinds, sentence by sentence."""
        speakers, focus = Speakers(reading), Focus()
        for number, sentence in enumerate(reading.sentences):
            if sentence.form in _SILENT:
                continue
            scene = Scene(reading=reading, speakers=speakers, focus=focus, number=number, parse=reading.parse(number))
            for hit in reading.names.places.within(sentence.start, sentence.end):
                focus.see(mention(reading, hit.start, hit.end), hit.value, number)
            found = [claim for kind, finder in FINDERS.items() if kind in kinds for claim in finder(scene)]
            for claim in found:
                if claim.place is not None and not claim.place.carried:
                    focus.see(claim.place, scene.candidates(claim.place), number, claimed=True)
            yield from found
