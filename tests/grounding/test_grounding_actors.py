"""Who a name means in a document."""

import pytest

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Mention
from tadmor.dictionaries.actors import ActorTable, load_actors
from tadmor.grounding.actors import ActorResolver, camp_of


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors()


def who(
    table: ActorTable, expression: str, country: str | None, *, here: str | None = None, text: str = ""
) -> list[str]:
    resolver = ActorResolver(table, text, country)
    mention = Mention(expression=expression, start=len(text), end=len(text) + len(expression))
    return [actor.id for actor in resolver.resolve(mention, "holder", country=here)[0]]


@pytest.mark.parametrize(
    ("expression", "country", "expected"),
    [
        ("the regime", "SY", "syrian_government"),
        ("the army", "SY", "syrian_army"),
        ("the army", "IQ", "iraqi_army"),
        ("rebels", "SY", "syrian_opposition"),
        ("IS fighters", "SY", "islamic_state"),
        ("Islamic State", None, "islamic_state"),
    ],
)
def test_general_words_mean_the_side_of_the_country(
    table: ActorTable, expression: str, country: str | None, expected: str
) -> None:
    """A general word is the side that fills its role in the document's country; a name needs no country."""
    assert who(table, expression, country) == [expected]


def test_the_claims_place_goes_before_the_documents_country(table: ActorTable) -> None:
    """As said: "The army" that takes a town in Iraq is Iraq's, in a document that is set in Syria."""
    assert who(table, "the army", "SY", here="IQ") == ["iraqi_army"]


def test_several_actors_in_one_name_are_all_found(table: ActorTable) -> None:
    """As said: "The Syrian army and Hezbollah" are two."""
    assert who(table, "the Syrian army and Hezbollah", "SY") == ["syrian_army", "hezbollah"]


def test_the_militants_are_the_group_named_before(table: ActorTable) -> None:
    """A word for fighters stands for the armed group told last, where there is one."""
    assert who(table, "the militants", "SY", text="The Islamic State attacked the town; ") == ["islamic_state"]


def test_an_unknown_name_is_an_actor_of_its_own(table: ActorTable) -> None:
    """A name that no table has keeps its words as an actor, the same for each spelling that folds alike."""
    resolver = ActorResolver(table, "", "SY")
    names = ("Liwa al-Wxyz", "Liwa Al Wxyz")
    actors = [resolver.resolve(Mention(expression=name, start=0, end=1), "holder")[0][0] for name in names]
    assert actors[0].id == actors[1].id
    assert actors[0].name == "Liwa al-Wxyz"


def test_links_keep_the_expression_and_the_choice(table: ActorTable) -> None:
    """The link tells the role, the position, the words and who was chosen."""
    mention = Mention(expression="IS", start=0, end=2)
    actors, link = ActorResolver(table, "", None).resolve(mention, "targets", 2)
    assert (link.role, link.index, link.expression, link.chosen) == ("targets", 2, "IS", "islamic_state")
    assert [candidate.id for candidate in link.candidates] == [actor.id for actor in actors]


def test_an_actor_carries_its_camp(table: ActorTable) -> None:
    """The record can tell sides apart without the table: a state's army has the state as its side."""
    army = table.get("syrian_army")
    assert army is not None
    assert camp_of(table, army).side == "syrian_government"
    assert army.kind is ActorKind.STATE_FORCE


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("Turkish-backed militants", "sna"), ("Saudi-backed militants", "saudi_arabia"), ("militants", "islamic_state")],
)
def test_fighters_named_by_their_backer_are_not_the_group_told_of_before(
    table: ActorTable, expression: str, expected: str
) -> None:
    """The camp of that name, else the state behind them; only bare "militants" are those of the sentence before."""
    assert who(table, expression, "SY", text="Islamic State fled from ") == [expected]


@pytest.mark.parametrize(
    ("text", "speaking", "expected"),
    [
        ("Russia said that their ", ("russia",), "russia"),
        ("Ukraine withdrew. Russia said that their ", ("russia",), "russia"),
        ("Russia said that its ", ("russia",), "russia"),
        ("Its president said that his ", ("russia",), "russia"),
        ("Somebody said that their ", (), "ukrainian_armed_forces"),
        ("Russia said that the ", ("russia",), "ukrainian_armed_forces"),
    ],
)
def test_their_forces_are_those_of_the_party_that_says_so(
    table: ActorTable, text: str, speaking: tuple[str, ...], expected: str
) -> None:
    """Without a party that speaks they are the country's, as before."""
    resolver = ActorResolver(table, text, "UA")
    mention = Mention(expression="forces", start=len(text), end=len(text) + 6)
    found, _ = resolver.resolve(mention, "holder", country="UA", speaking=speaking)
    assert [actor.id for actor in found] == [expected]
