"""Claims as said become claims as understood."""

from datetime import date
from pathlib import Path

import pytest

from tadmor.datamodel.claims import Change, ControlClaim, Degree, EventClaim, EventType, Mention, MovementClaim
from tadmor.datamodel.documents import Block, Document
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.spans import OffsetMap
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.sources import load_sources
from tadmor.grounding import Grounder

FOLDER = Path(__file__).parents[2] / "src" / "tadmor" / "dictionaries" / "gazetteer"
pytestmark = pytest.mark.skipif(not (FOLDER / "places.bin").is_file(), reason="the gazetteer is not built (make setup)")

TEXT = (
    "The army took Tiyas in Homs province from Islamic State on Sunday, SANA said. "
    "Shells hit Wxyzabad. Rebels moved from Hama to Idlib in Syria."
)
DAY = date(2016, 3, 28)


def document() -> Document:
    return Document(
        original="ab" * 32,
        name="a.txt",
        index=0,
        raw=TEXT,
        text=TEXT,
        offsets=OffsetMap.identity(len(TEXT)),
        blocks=(Block(start=0, end=len(TEXT)),),
        outlet="Made Up Times",
        published=When(interval=Interval.of_days(DAY, DAY), grain=Grain.DAY, basis=Basis.STATED),
    )


def mention(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(expression=words, start=start, end=start + len(words))


def passage(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"document": document().id, "start": start, "end": start + len(words), "quote": words}


@pytest.fixture(scope="module")
def grounder() -> Grounder:
    return Grounder(open_gazetteer(), load_actors(), load_sources())


def test_a_claim_is_grounded_in_all_its_parts(grounder: Grounder) -> None:
    """Place, actors, voices and time of one claim are resolved, each mention with its link."""
    claim = ControlClaim(
        **passage("The army took Tiyas"),
        change=Change.GAINED,
        degree=Degree.FULL,
        holder=mention("The army"),
        loser=mention("Islamic State"),
        place=mention("Tiyas"),
        time=mention("on Sunday"),
        attribution=(Voice(name="SANA"),),
    )
    (grounded,) = grounder.ground(document(), [claim])
    assert grounded.claim is claim
    assert grounded.place is not None
    assert grounded.place.country == "SY"
    assert [actor.id for role in ("holder", "loser") for actor in grounded.actors[role]] == [
        "syrian_army",
        "islamic_state",
    ]
    assert [voice.id for voice in grounded.voices] == ["made_up_times", "sana"]
    assert grounded.when is not None
    assert (grounded.when.earliest, grounded.when.latest) == (date(2016, 3, 27), date(2016, 3, 27))
    assert {link.role for link in grounded.links} == {"place", "holder", "loser", "source"}


def test_an_unknown_place_still_groups_claims(grounder: Grounder) -> None:
    """A village that no table has is a place by its name, with the document's country."""
    claim = EventClaim(**passage("Shells hit Wxyzabad"), type=EventType.SHELLING, place=mention("Wxyzabad"))
    (grounded,) = grounder.ground(document(), [claim])
    assert grounded.place is not None
    assert (grounded.place.id, grounded.place.country) == ("name:wxyzabad", "SY")


def test_a_movement_has_both_its_ends(grounder: Grounder) -> None:
    """Origin and destination are places of their own roles."""
    claim = MovementClaim(
        **passage("Rebels moved from Hama to Idlib"),
        actor=mention("Rebels"),
        origin=mention("Hama"),
        destination=mention("Idlib"),
    )
    (grounded,) = grounder.ground(document(), [claim])
    assert {role: place.name for role, place in grounded.places.items()} == {"origin": "Hama", "destination": "Idlib"}
    assert [actor.id for actor in grounded.actors["actor"]] == ["syrian_opposition"]


def test_no_claims_cost_nothing(grounder: Grounder) -> None:
    """A document without claims gives no groundings."""
    assert grounder.ground(document(), []) == ()
