"""Tolls: people killed, wounded, captured, missing, displaced."""

import pytest


@pytest.mark.parametrize(
    ("text", "harm", "low", "high", "status"),
    [
        ("An air strike killed at least 12 civilians in Idlib.", "killed", 12, None, "civilian"),
        ("Twenty soldiers were killed near Homs.", "killed", 20, 20, "combatant"),
        ("The blast wounded dozens of people in Kabul.", "wounded", 24, 99, "unstated"),
        ("The attack left 7 people dead in Taiz.", "killed", 7, 7, "unstated"),
        ("More than 300 fighters died in Mosul.", "killed", 300, None, "combatant"),
        ("The death toll rose to 70 in Saada.", "killed", 70, 70, "unstated"),
        ("Militants captured 30 soldiers at the base.", "captured", 30, 30, "combatant"),
    ],
)
def test_harm_and_number(read, text, harm, low, high, status):
    """Harm, bounds and who suffered, in active, passive and nominal form."""
    claim = read(text, "toll")[0]
    assert claim.harm == harm
    assert (claim.count.low, claim.count.high) == (low, high)
    assert claim.status == status


def test_a_subgroup_is_a_toll_of_its_own(read):
    """A subgroup such as "including two children" is a claim beside the total."""
    claims = read("Shelling killed nine civilians in Douma, including two children.", "toll")
    assert [claim.count.low for claim in claims] == [9, 2]


def test_killed_and_wounded_are_two(read):
    """Coordinated harms are claims of their own."""
    claims = read("Four civilians were killed and 21 others were wounded in Douma.", "toll")
    assert [(claim.harm, claim.count.low) for claim in claims] == [("killed", 4), ("wounded", 21)]


def test_capturing_a_town_is_no_toll(read):
    """Ground is not people."""
    assert read("The army captured Maskanah.", "toll") == []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("He gave no account of losses among the armed forces.", 0),
        ("There was no immediate word on casualties.", 0),
        ("The ministry did not mention civilian casualties.", 0),
        ("Officials said there were no casualties.", 1),
    ],
)
def test_silence_on_losses_tells_of_none(read, text, claims):
    """Who withholds a toll neither tells of it nor denies it; who says that there was none denies it."""
    assert len(read(text, "toll")) == claims


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Eleven more policemen were wounded in Goma.", 11),
        ("Two other officers were also killed in Goma.", 2),
        ("A blast injured three other people in Goma.", 3),
    ],
)
def test_more_and_other_keep_the_number(read, text, low):
    """Both "more" and "other" may stand between a number and its noun."""
    assert [claim.count.low for claim in read(text, "toll")] == [low]


@pytest.mark.parametrize(
    ("text", "harm", "low", "high"),
    [
        ("Medics put the death toll at 47 in Taiz.", "killed", 47, 47),
        ('A ministry page put the losses of the militia at "more than 90".', "killed", 90, None),
        ("The monitor put the number of dead in the battle at 212 or more.", "killed", 212, None),
        ("The number of wounded civilians in Taiz has risen to 31.", "wounded", 31, 31),
        ("The bombardment brought to 49 the number killed in Taiz.", "killed", 49, 49),
        ("The council gave a toll of eight dead in Taiz.", "killed", 8, 8),
        ("The death toll from three air strikes on a market in Taiz reached 61.", "killed", 61, 61),
        ("Militants lost 15 fighters in the attack on Taiz.", "killed", 15, 15),
        ("Six more people lost their lives in Taiz.", "killed", 6, 6),
    ],
)
def test_the_value_of_a_number(read, text, harm, low, high):
    """A toll may be told as the value that a number has, stands at or has been put at."""
    claims = read(text, "toll")
    assert [(claim.harm, claim.count.low, claim.count.high) for claim in claims] == [(harm, low, high)]


def test_a_value_that_stands_before_its_number_is_quoted(read):
    """The quote of "brought to 49 the number killed" holds the figure."""
    claim = read("The bombardment brought to 49 the number killed in Taiz.", "toll")[0]
    assert claim.quote == "brought to 49 the number killed"


def test_a_number_of_people_is_no_range_of_years(read):
    """Between 1000 and 1800 people are counted, not years."""
    claim = read("The shelling ended by killing between 1000 and 1800 people.", "toll")[0]
    assert (claim.count.low, claim.count.high, claim.time) == (1000, 1800, None)


def test_other_numbers_are_no_value(read):
    """The number of raids, or of the wounded, is not the value of the death toll."""
    claim = read("The death toll is likely to rise given the 40 wounded.", "toll")[0]
    assert claim.count is None


def test_who_lost_people_is_who_they_were(read):
    """In "the army lost 260 men", the dead are the army's, and bore arms; a loss of vehicles is no toll."""
    claim = read("The army lost more than 260 men in Taiz.", "toll")[0]
    assert (claim.group.expression, claim.status) == ("army", "combatant")
    assert read("The army lost 19 tanks in Taiz.", "toll") == []


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("The raid killed five soldiers and wounded 12 others in Goma.", ["combatant", "combatant"]),
        ("The raid killed five children and wounded 12 others in Goma.", ["civilian", "unstated"]),
        ("The monitor counted 40 Houthi dead in Hajjah.", ["combatant"]),
    ],
)
def test_who_bore_arms(read, text, statuses):
    """Those named as an armed group's, and those without a noun told after combatants, are combatants."""
    assert [claim.status.value for claim in read(text, "toll")] == statuses


@pytest.mark.parametrize(
    "text",
    [
        "The raid killed militia leader Hasan Aziz in Taiz.",
        "Teacher Amina Saleh was killed in Taiz.",
        "A shell hit the bridge, killing the brigade's commander.",
    ],
)
def test_one_person_is_counted(read, text):
    """Who is told by a noun for one person, named or not, is one."""
    assert [(claim.count.low, claim.count.high) for claim in read(text, "toll")] == [(1, 1)]


def test_a_name_for_many_is_not_one(read):
    """A plural, and a noun for one that only describes another, tell no number."""
    assert read("The raid killed rebel commanders in Taiz.", "toll")[0].count is None
    assert read("The raid killed civilian hospital staff in Taiz.", "toll")[0].count is None


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The death toll is expected to rise, doctors in Goma said.", "predicted"),
        ("Fatalities from the raid on Goma were likely to increase.", "predicted"),
        ("The number of dead in Goma could still grow.", "hypothetical"),
        ("The death toll in Goma has risen to 40.", "asserted"),
        ("Casualties in Goma could hamper the army.", "asserted"),
    ],
)
def test_a_toll_that_may_rise_is_no_fact(read, text, modality):
    """What a number of dead is expected to be, or may become, is told as such."""
    assert read(text, "toll")[0].modality == modality


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("The monitor counted 40 dead on the side of the Houthis and their allies.", "Houthis and their allies"),
        ("Nine people were killed on the army side.", "army side"),
        ("The raid left 30 wounded in the ranks of the Houthis.", "Houthis"),
    ],
)
def test_the_dead_of_a_side_are_its_own(read, text, group):
    """Whose side the dead were on tells who they were."""
    claim = read(text, "toll")[0]
    assert (claim.group.expression, claim.status.value) == (group, "combatant")


def test_what_the_dead_were_is_told_after_their_number(read):
    """A number "of the dead" counts whoever they are then said to be."""
    claim = read("Strikes on Sirte killed 90 people. Thirty of the dead were children.", "toll")[-1]
    assert (claim.count.best, claim.group.expression, claim.status) == (30, "children", "civilian")


def test_an_age_is_no_toll(read):
    """The number after a person's name, between commas or not."""
    for text in ("Omar Hassan, 25, was killed in Kidal.", "Sani, 31, was wounded in Kidal.", "Sani 31 was wounded."):
        assert [claim.count.best for claim in read(text, "toll")] == [1], text


def test_single_persons_beside_a_number_are_added(read):
    """A woman and her three children are four."""
    (claim,) = read("A woman and her three children were killed in Kidal.", "toll")
    assert (claim.count.low, claim.count.high) == (4, 4)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("More than 100 were killed in Aleppo and 700 got injured.", 700),
        ("The war displaced nearly half of the country's population of 23 million.", 11_500_000),
        ("Gunmen in Taiz killed a third of the 300 hostages.", 100),
        ("Death toll from Aleppo bomb attack at least 112", 112),
        ("A gas attack that killed more than 1400 people shook Damascus.", 1400),
    ],
)
def test_numbers_of_people(read, text, low):
    """The number is of those who suffered, and a share of a number is that share of it."""
    assert read(text, "toll")[-1].count.low == low
