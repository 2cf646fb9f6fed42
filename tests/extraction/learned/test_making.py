"""What becomes of a claim of the rules when the network says otherwise, and what the network makes by itself."""

import msgspec
import pytest
from made_documents import document_of

from tadmor.datamodel.claims import KINDS, Change, Modality, Polarity, kind_of
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.decisions import Decisions
from tadmor.extraction.learned.labels import ATTRIBUTES, CHIEF, FIELDS, OF_KIND, ROLES
from tadmor.extraction.learned.making import Chosen, Decided, made, told_otherwise
from tadmor.extraction.learned.windows import hint, windows
from tadmor.extraction.mentions import mention
from tadmor.extraction.rules import FINDERS, RuleReader

SURE, UNSURE = 0.95, 0.5
DECISIONS = Decisions(
    told={},
    right={},
    least=dict.fromkeys(KINDS, 0.5),
    change=dict.fromkeys(ATTRIBUTES, 0.8),
    point=dict.fromkeys(ROLES, 0.8),
    fill=dict.fromkeys(ROLES, 0.8),
)


class Read:
    """A text with what the rules make of it, and its names to point to."""

    def __init__(self, text):
        self.text = text
        self.reading = Reading(document_of(text))
        (self.window,) = windows(self.reading)
        found = list(RuleReader().scenes(self.reading, frozenset(FINDERS)))
        self.scenes = {scene.number: scene for scene, _ in found}
        self.claims = [claim for _, claims in found for claim in claims]

    def claim(self, kind):
        return next(one for one in self.claims if kind_of(one) == kind)

    def named(self, role, words):
        return next(one for one in self.window.candidates(role) if self.text[one.start : one.end] == words)


def decided(kind, *, sure=SURE, pointed=(), **values):
    """What a network would say: the given values and candidates for sure, all else as if it had no word."""
    said = {
        name: Chosen(values.get(name, ATTRIBUTES[name][0]), sure if name in values else 0.0, 1.0 - sure)
        for name in OF_KIND[kind]
    }
    points = {role: Chosen(None, 1.0) for role in ROLES}
    return Decided(said, {**points, **{role: Chosen(one, sure) for role, one in dict(pointed).items()}})


def test_a_surer_network_is_believed():
    """Another kind of act, and who did it."""
    text = Read("The troops left their base. A bakery in Mosul was shelled on Monday.")
    claim = text.claim("event")
    told = decided("event", type="air_strike", pointed={"who": text.named("who", "troops")})
    changed = told_otherwise(claim, told, DECISIONS, text.scenes)
    assert (changed.type, [one.expression for one in changed.actors]) == ("air_strike", ["troops"])
    assert changed.actors[0].carried


def test_an_unsure_network_is_not():
    """Below the threshold of a field the rules stand."""
    text = Read("Rebels shelled Mosul on Monday.")
    claim = text.claim("event")
    assert told_otherwise(claim, decided("event", sure=UNSURE, type="air_strike"), DECISIONS, text.scenes) is claim


def test_the_network_adds_caution_and_takes_none_back():
    """A plan or a denial of the rules stays one; what they assert may become a plan."""
    plan = Read("The army plans to storm Mosul.").claim("event")
    text = Read("The army did not shell Mosul.")
    denial = text.claim("event")
    assert (plan.modality, denial.polarity) == (Modality.PLANNED, Polarity.DENIED)
    calm = decided("event", modality="asserted", polarity="affirmed")
    assert told_otherwise(plan, calm, DECISIONS, text.scenes).modality is Modality.PLANNED
    assert told_otherwise(denial, calm, DECISIONS, text.scenes).polarity is Polarity.DENIED
    text = Read("Rebels shelled Mosul on Monday.")
    doubt = decided("event", modality="hedged", polarity="denied")
    changed = told_otherwise(text.claim("event"), doubt, DECISIONS, text.scenes)
    assert (changed.modality, changed.polarity) == (Modality.HEDGED, Polarity.DENIED)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Rebels seized the military airport.", "control"), ("A strike in the hospital killed two there.", "event")],
)
def test_what_the_network_cannot_point_to_stands(words, kind):
    """A site without a name is no candidate: the rules alone can mean it."""
    text = Read(f"The army left Aleppo for Hama. Homs was quiet. {words}")
    claim = next(one for one in text.claims if kind_of(one) == kind and one.start > len("The army left"))
    said = hint(text.window, claim, text.text)
    assert said.beyond == {"place"}
    told = decided(kind, pointed={"place": text.named("place", "Homs")})._replace(beyond=said.beyond)
    assert told_otherwise(claim, told, DECISIONS, text.scenes).place == claim.place
    changed = told_otherwise(claim, told._replace(beyond=frozenset()), DECISIONS, text.scenes)
    assert changed.place.expression == "Homs"


def test_nobody_takes_a_place_from_himself():
    """Who is told to have lost a place is not its new holder, by whatever name."""
    text = Read("Islamic State was driven out and Mosul was recaptured. ISIS then attacked Kirkuk.")
    claim = msgspec.structs.replace(text.claim("control"), holder=None, loser=mention(text.reading, 0, 13))
    for words in ("Islamic State", "ISIS"):
        told = decided("control", pointed={"who": text.named("who", words)})
        assert told_otherwise(claim, told, DECISIONS, text.scenes).holder is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_network_makes_claims_of_every_kind(kind):
    """With the words that it saw, its attributes and what it points to."""
    text = Read("The rebels, whom nobody had expected, overran Mosul at dawn, leaving 12 people behind.")
    start, end = text.text.index("overran"), text.text.index(" at dawn")
    told = decided(
        kind,
        **{CHIEF[kind]: "gained"} if kind == "control" else {},
        pointed={"place": text.named("place", "Mosul"), "who": text.named("who", "rebels")},
    )
    claim = made(text.scenes[0], kind, start, end, told, text.scenes)
    assert (kind_of(claim), claim.quote) == (kind, "overran Mosul")
    assert claim.place.expression == "Mosul"
    if kind == "control":
        assert (claim.change, claim.holder.expression) == (Change.GAINED, "rebels")
    assert "who" in FIELDS[kind]


def test_some_of_the_victims_are_not_their_group():
    """Of "killed 22, mostly children" the children are a part, to which the network may point in vain."""
    text = Read("Raids on Mosul killed 22 mostly children on Monday.")
    claim = next(one for one in text.claims if kind_of(one) == "toll" and one.count is not None)
    candidates = [one for one in text.window.candidates("whom") if "children" in text.text[one.start : one.end]]
    told = decided("toll", pointed={"whom": candidates[0]})
    assert told_otherwise(claim, told, DECISIONS, text.scenes).group is None


def test_a_number_of_its_own_goes_before_that_of_people_told_elsewhere():
    """Of "86 people died and dozens more were treated" the treated are dozens, whomever the network points to."""
    text = Read("In Mosul 86 civilians died and dozens more received treatment for burns.")
    start, end = text.text.index("dozens"), text.text.index(" for burns")
    candidates = [one for one in text.window.candidates("whom") if "civilians" in text.text[one.start : one.end]]
    told = decided("toll", harm="wounded", pointed={"whom": candidates[0]})
    claim = made(text.scenes[0], "toll", start, end, told, text.scenes)
    assert claim.count.expression == "dozens"
