"""Names of private persons are withheld, and those of public ones stay, as measured on texts of the project's own."""

import pytest
from quality.publishing import measured, plain

from tadmor.views.publishing.persons import Persons


@pytest.mark.parametrize(("half", "private", "public"), [("choose", 28, 15), ("measure", 32, 13)])
def test_as_many_are_withheld_and_kept_as_were_measured(half, private, public):
    result, _, _ = measured(half)
    assert result.private.right >= private
    assert result.public.right >= public


def test_a_name_left_or_taken_out_is_counted():
    words, marks = plain("Police said {-Omar Said-} was shot. President {+Karl Brenner+} spoke.")
    assert words == "Police said Omar Said was shot. President Karl Brenner spoke."
    assert [(words[start:end], public) for start, end, public in marks] == [
        ("Omar Said", False),
        ("Karl Brenner", True),
    ]


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Governor Nadim Kheir spoke.", True),
        ("Nadim Kheir, the governor of Homs, spoke.", True),
        ("The village baker, Nadim Kheir, spoke.", False),
        ("The governor's driver Nadim Kheir spoke.", False),
        ("The brother of the governor, Nadim Kheir, spoke.", False),
        ("Nadim Kheir spoke.", False),
        ("Sergeant Nadim Kheir spoke.", False),
        ("The brigade is led by Nadim Kheir.", True),
        ("Nadim Kheir, who commands the front, spoke.", True),
        ("Nadim Kheir, a nurse at the governor's hospital, spoke.", False),
    ],
)
def test_a_name_stands_by_the_role_that_its_words_give_and_by_no_other(text, stays):
    assert ("Kheir" in Persons([text]).clean(text)) == stays


def test_who_is_public_in_a_text_stands_by_the_family_name_unless_a_private_person_bears_it_too():
    alone = "Governor Nadim Kheir came. Kheir left at noon."
    assert Persons([alone]).clean(alone) == alone
    both = "Governor Nadim Kheir came. Rana Kheir, a nurse, wept. Kheir left at noon."
    assert Persons([both]).clean(both).count("Kheir") == 1


def test_addresses_of_persons_and_names_in_other_letters_are_withheld():
    text = "Write to rana@example.org or call +963 11 123 4567, said رنا, or ask @rana_k."
    cleaned = Persons([text]).clean(text)
    for words in ("rana@", "123 4567", "رنا", "@rana_k"):
        assert words not in cleaned
