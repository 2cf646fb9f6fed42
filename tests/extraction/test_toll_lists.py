"""Lists of victims: groups that share a harm, and the parts of a total."""

import pytest


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("At least 310 Houthi fighters and 90 soldiers and allied tribesmen were killed in Hajjah.", [310, 90]),
        ("By then 61 rebels, 47 soldiers and 29 civilians had died in Goma.", [61, 47, 29]),
        ("The raid killed 14 gunmen from the group and five civilians in Sirte.", [14, 5]),
        ("The battle cost the lives of at least 63 rebels and 21 policemen in Goma.", [63, 21]),
        ("Shelling killed three soldiers and two civilians were wounded in Goma.", [3, 2]),
    ],
)
def test_each_group_of_a_list_is_a_toll(read, text, counts):
    """Groups that share a verb are tolls of their own, left and right of it; a verb of its own ends the list."""
    assert sorted(claim.count.low for claim in read(text, "toll")) == sorted(counts)


def test_a_number_put_right_is_no_toll(read):
    """What stands after "not" is what the text takes back."""
    claims = read("At least 220 rebels, not 340, and 80 soldiers were killed in Goma.", "toll")
    assert sorted(claim.count.low for claim in claims) == [80, 220]
    assert [claim.count.low for claim in read("At least 220 rebels, not 340, were killed in Goma.", "toll")] == [220]


def test_a_member_of_a_list_has_its_own_place(read):
    """Each group of a list was hurt where the text says."""
    claims = read("The war caused the death of 70 civilians in Yemen and 20 civilians in Oman.", "toll")
    assert [(claim.count.low, claim.place.expression) for claim in claims] == [(70, "Yemen"), (20, "Oman")]


def test_a_bare_number_at_another_place_goes_on_with_a_list(read):
    """The words "and 20 in Oman" count the same people elsewhere; a number of a year or of an act counts none."""
    claims = read("The raids killed 70 civilians in and around Aden in Yemen and 20 in Oman.", "toll")
    assert [(claim.count.low, claim.place.expression) for claim in claims] == [(70, "Aden"), (20, "Oman")]
    assert [claim.count.low for claim in read("They killed 250 people in 2014 and 300 in 2015.", "toll")] == [250]
    assert [claim.count.low for claim in read("They killed two people in Goma and 20 in the raid.", "toll")] == [2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Aid workers counted at least 73 dead, of whom 30 were soldiers, 25 members of the militia and 18 civilians.",
            [(73, "unstated"), (30, "combatant"), (25, "combatant"), (18, "civilian")],
        ),
        (
            "The attack killed 73 people, among them 30 soldiers, 25 militiamen and 18 civilians.",
            [(73, "unstated"), (30, "combatant"), (25, "combatant"), (18, "civilian")],
        ),
        (
            "Six civilians including a woman and two children were killed in Goma.",
            [(6, "civilian"), (1, "civilian"), (2, "civilian")],
        ),
        ("Shelling killed 20 people, 12 of them children, in Goma.", [(20, "unstated"), (12, "civilian")]),
        ("The raid killed nine people, six of whom were children.", [(9, "unstated"), (6, "civilian")]),
        ("Three persons were killed, a woman among them, in Goma.", [(3, "unstated"), (1, "civilian")]),
    ],
)
def test_parts_of_a_total(read, text, told):
    """Every part of a total is a toll with its harm, whatever words lead to the list."""
    claims = read(text, "toll")
    assert {claim.harm for claim in claims} == {"killed"}
    assert sorted((claim.count.low, claim.status.value) for claim in claims) == sorted(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Three people died in Goma and 12 others including women and children were wounded.",
            [("killed", 3), ("wounded", 12)],
        ),
        (
            "The raid in which 35 civilians mostly pupils and teachers were killed was the worst.",
            [("killed", 35)],
        ),
        (
            "The monitor said 19 fighters from the brigade and four civilians were killed in the blast.",
            [("killed", 4), ("killed", 19)],
        ),
        ("A raid on a clinic killed two patients injured eight others.", [("killed", 2), ("wounded", 8)]),
        ("As well as those killed at least 160 people were injured in Goma.", [("wounded", 160)]),
    ],
)
def test_whom_a_verb_behind_a_list_or_a_thing_counts(read, text, told):
    """The total before "including", the first of a list, no clinic, and nobody by a word for those told before."""
    claims = [claim for claim in read(text, "toll") if claim.count is not None]
    assert sorted((claim.harm.value, claim.count.low) for claim in claims) == told


def test_parts_end_where_another_total_begins(read):
    """The wounded of the next clause are no part of the dead."""
    claims = read("Ten people were killed including a child and 37 others were injured in Goma.", "toll")
    assert sorted((claim.harm.value, claim.count.low) for claim in claims) == [
        ("killed", 1),
        ("killed", 10),
        ("wounded", 37),
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Raids on Goma killed 25 civilians six of them children.", [25, 6]),
        ("Fifteen civilians among them 11 children were killed in Goma.", [15, 11]),
        ("Three people two of them children died in Goma.", [3, 2]),
        ("Seven people most of them women were killed in Goma.", [7]),
        ("The death toll in Goma has risen to 86 30 of them children.", [86, 30]),
        ("Shelling killed 11 women nine children in Goma.", [11, 9]),
        ("The monitor said 22 children had been killed along with six teachers in Goma.", [22, 6]),
        ("At least eleven children were among the 26 civilians killed in Goma.", [11, 26]),
        ("The blast in Goma left at least 90 people killed and over 400 wounded mostly women.", [90, 400]),
        ("At least 48 people dead over 100 injured in Goma.", [48, 100]),
    ],
)
def test_numbers_are_told_apart_without_commas(read, text, counts):
    """Texts that have lost their commas: a second number is of other victims, or of some of them."""
    assert sorted(claim.count.low for claim in read(text, "toll") if claim.count) == sorted(counts)


def test_a_figure_with_a_space_is_one_number(read):
    """The parts of "10 000" are no two counts."""
    assert [claim.count.low for claim in read("The war killed 10 000 people in Goma.", "toll")] == [10000]
