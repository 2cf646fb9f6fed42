"""Movement, and presence of forces and equipment."""

import pytest


def test_a_convoy_arrives(read):
    """An arrival has who and where to."""
    claim = read("A convoy of Russian troops arrived in Palmyra on Saturday.", "movement")[0]
    assert "Russian troops" in claim.what.expression
    assert claim.destination.expression == "Palmyra"


def test_a_withdrawal_has_an_origin(read):
    """A withdrawal has who and where from."""
    claim = read("Ukrainian forces withdrew from Lysychansk.", "movement")[0]
    assert claim.origin.expression == "Lysychansk"
    assert claim.destination is None


def test_convoys_travel_from_and_to(read):
    """A journey has both ends and the number of those who make it."""
    claim = read("Two large convoys traveled to Qamishli from Latakia.", "movement")[0]
    assert (claim.origin.expression, claim.destination.expression) == ("Latakia", "Qamishli")
    assert claim.count.low == 2


def test_an_arrival_after_a_journey(read):
    """The participle after "after" takes the mover of the main verb."""
    claims = read("A convoy of special forces arrived in Palmyra after traveling from Jableh.", "movement")
    assert [claim.destination.expression for claim in claims[:1]] == ["Palmyra"]
    assert claims[1].origin.expression == "Jableh"
    assert claims[1].what.expression == "convoy of special forces"


def test_each_destination_of_a_list(read):
    """An advance towards two towns is two movements."""
    claims = read("Rebels advanced towards Dabiq and Manbij.", "movement")
    assert [claim.destination.expression for claim in claims] == ["Dabiq", "Manbij"]


def test_ground_without_a_name_is_an_end(read):
    """Unnamed positions are left as much as a town is; the story says where."""
    claim = read("Kurdish forces hold Kobani. Rebels withdrew from their positions.", "movement")[0]
    assert claim.origin is not None
    assert claim.place.expression == "Kobani"


def test_the_mover_stands_before_a_nearer_noun(read):
    """The ground between a force and its verb does not move."""
    claim = read("Most of the Russian troops occupying the area had withdrawn from Bucha.", "movement")[0]
    assert "Russian troops" in claim.what.expression


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The army's advance towards Raqqa slowed.", "army"),
        ("Officials spoke of an influx of rebels from Turkey.", "rebels"),
        ("The withdrawal of Russian forces from Kherson was announced.", "Russian forces"),
    ],
)
def test_nouns_of_movement_name_who_moves(read, text, who):
    """A noun of movement has its mover before it or after "of"."""
    assert read(text, "movement")[0].what.expression == who


@pytest.mark.parametrize(
    "text",
    [
        "Jets carried out strikes on Raqqa.",
        "Mortar shells landed in Damascus.",
        "The army took the town of Manbij.",
        "Troops in Aleppo took part in the battle.",
    ],
)
def test_no_movement(read, text):
    """Everyday verbs, falling shells and captures are no movements."""
    assert not read(text, "movement")


def test_people_taken_to_a_place(read):
    """Everyday verbs move people where a place follows."""
    claim = read("Dozens of civilians were taken to Turkey.", "movement")[0]
    assert claim.destination.expression == "Turkey"


def test_listed_systems_are_one_presence_each(read):
    """A list of equipment types gives a claim each, with the system's id."""
    claims = read("Russia still has Su-30 strike jets and Su-35 fighters near Hmeimim.", "presence")
    assert {claim.what.expression[:5] for claim in claims} >= {"Su-30", "Su-35"}
    assert all(claim.place.expression == "Hmeimim" for claim in claims)


def test_systems_after_including(read):
    """Each system of a list after "including" is a presence of the one who deployed them."""
    text = (
        "In Syria, Moscow deployed new weapons, including the Mi-28N and the Ka-52 as well as the Iskander-K missile."
    )
    claims = [claim for claim in read(text, "presence") if claim.equipment]
    assert {"mi_28n", "ka_52", "iskander_k"} <= {claim.equipment for claim in claims}
    assert {claim.actor.expression for claim in claims} == {"Moscow"}


def test_a_designation_is_no_number(read):
    """The "82A" of BTR-82A counts nothing, and Pantsir is here no place."""
    text = "Videos showed a Pantsir-S1 air-defence system and BTR-82A carriers at a base near Homs."
    claims = {claim.equipment: claim for claim in read(text, "presence")}
    assert claims["btr_82a"].count is None
    assert claims["pantsir_s1"].place.expression == "Homs"


def test_a_system_shot_down_is_not_present(read):
    """What is lost is there no longer."""
    assert not read("Fighters shot down a Su-25 near Idlib.", "presence")


def test_positions_in_a_place(read):
    """Forces stationed somewhere are present there."""
    claim = read("Fighters of the group are positioned in Binnish.", "presence")[0]
    assert claim.place.expression == "Binnish"


def test_a_task_force_with_its_size(read):
    """The size inside the phrase counts, not its article."""
    claim = read("The Russians have a task force of 12-15 warships in the eastern Mediterranean.", "presence")[0]
    assert (claim.count.low, claim.count.high) == (12, 15)
    assert claim.actor.expression == "Russians"


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The group assembled at least 4,000 militants for the assault on Palmyra.", 4000),
        ("More than 4,000 fighters are fighting in the area around Palmyra.", 4000),
    ],
)
def test_the_size_of_a_force(read, text, low):
    """A number of fighters whom nobody kills or moves is the size of a force."""
    claim = read(text, "presence")[0]
    assert claim.count.low == low
    assert claim.place.expression == "Palmyra"


def test_a_toll_is_no_size(read):
    """The killed are counted as a toll alone."""
    assert not read("The strikes killed at least 400 militants in Raqqa.", "presence")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("There were at least 1,500 Ukrainian soldiers inside Bakhmut.", "Bakhmut"),
        ("Syrian troops were within three kilometres of Raqqa.", "Raqqa"),
        ("Government forces established checkpoints in Tabqa.", "Tabqa"),
        ("Rebel groups maintain a presence in Idlib.", "Idlib"),
        ("Its forces in Kherson could be cut off.", "Kherson"),
    ],
)
def test_ways_of_being_there(read, text, place):
    """Being, building posts, keeping a presence and a bare "forces in" all put a force at a place."""
    assert read(text, "presence")[0].place.expression == place


@pytest.mark.parametrize(
    "text",
    [
        "Clashes broke out with Kurdish fighters in Manbij.",
        "Jets struck rebel positions in Idlib.",
        "Rebels were in control of the base.",
        "Eleven people remained in the town of Pisky.",
    ],
)
def test_no_presence(read, text):
    """Who is fought or hit is no presence of its own; nor is a control, nor are civilians."""
    assert not read(text, "presence")


def test_a_word_for_a_kind_points_back(read):
    """Where "the helicopters" have a place of their own, the types named in the sentence before are there."""
    claims = read(
        "The monitor listed Mi-24 and Ka-52 types. It is unclear who flew the helicopters in Latakia.",
        "presence",
    )
    back = {claim.what.expression for claim in claims if claim.quote == "the helicopters"}
    assert back == {"Mi-24", "Ka-52"}
    assert all(claim.what.carried and claim.place.expression == "Latakia" for claim in claims[-2:])


def test_a_base_without_a_name_is_where_the_story_is(read):
    """The last place told in passing does not take it."""
    claims = read(
        "A camp has been built near Palmyra. Palmyra was lost in May. Palmyra matters. "
        "Fighting goes on in Homs. Nobody knows more. Much is unclear. Videos show a Pantsir-S1 system operating at the base.",
        "presence",
    )
    assert [claim.place.expression for claim in claims if claim.equipment == "pantsir_s1"] == ["Palmyra"]


def test_a_stop_inside_a_quotation_ends_the_clause(read):
    """What stands beyond a full stop is no end of a movement before it."""
    claims = read(
        'The soldiers stood in Kherson. "The soldiers retreated. On the Odesa road it was quiet," he said.', "movement"
    )
    assert [claim.destination for claim in claims] == [None]


def test_people_taken_to_safety_are_moved(read):
    """Shares of the people of a town are people; nobody has taken the town."""
    text = "The army shelled Kherson. More than 80 percent of the city's residents were taken to safety, he said."
    claims = [claim for claim in read(text) if claim.start >= text.index("80")]
    assert [(type(claim).__name__, claim.what.expression) for claim in claims] == [
        ("MovementClaim", "city's residents")
    ]


@pytest.mark.parametrize(
    ("text", "mover"),
    [
        ("The army drove the insurgents out of Mosul.", "insurgents"),
        ("Insurgents pushed the soldiers back from Mosul.", "soldiers"),
        ("Insurgents pushed into Mosul.", "Insurgents"),
    ],
)
def test_who_is_driven_out_moves(read, text, mover):
    """The object of driving and pushing moves, where there is one."""
    assert [claim.what.expression for claim in read(text, "movement")] == [mover]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Soldiers hold Mosul. Nobody was evacuated, a resident said.", None),
        ("Soldiers hold Mosul. No one was evacuated, a resident said.", None),
        ("Soldiers hold Mosul. None of the families were evacuated, a resident said.", "families"),
    ],
)
def test_nobody_moves(read, text, what):
    """A movement said of nobody is denied, where the story is, and is not the last actor's."""
    claim = read(text, "movement")[0]
    assert (claim.what.expression if claim.what else None) == what
    assert (claim.polarity, claim.place.expression, claim.destination) == ("denied", "Mosul", None)


def test_troops_backed_by_others_do_what_they_do(read):
    """What a subject is ("backed by aircraft") stands between it and its verb."""
    claim = read("Iraqi troops backed by coalition aircraft captured Mosul.", "control")[0]
    assert claim.holder.expression == "Iraqi troops"


def test_the_story_stays_where_the_text_points_back_to(read):
    """A claim about "the city" keeps the story there: a sentence without a place is not set in a town told in between."""
    text = (
        "Rebels entered Mosul a week after the fall of Sinjar. Soldiers left the city of Mosul on Monday. "
        "Soldiers left the city on Tuesday. Nobody was evacuated."
    )
    assert read(text, "movement")[-1].place.expression == "city of Mosul"


@pytest.mark.parametrize(
    ("text", "mover", "modality"),
    [
        ("The army is expected to push east in the spring.", "army", "predicted"),
        ("The rebels moved northwards on Monday.", "rebels", "asserted"),
        ("The enemy will not enter Kidal.", "enemy", "predicted"),
        ("The army will be back in Kidal by the spring.", "army", "predicted"),
        ("Soldiers hold Kidal. Against these Boko Haram sent several hundred men.", "men", "asserted"),
    ],
)
def test_movements_told_without_an_end_of_their_own(read, text, mover, modality):
    """By the compass alone, by coming back, or by the number of those sent."""
    (claim,) = read(text, "movement")
    assert (claim.what.expression, claim.modality) == (mover, modality)


def test_what_is_sent_without_a_number_or_an_end_is_no_movement(read):
    """A message is sent too."""
    assert read("The group sent fighters. The group sent several hundred letters.", "movement") == []
