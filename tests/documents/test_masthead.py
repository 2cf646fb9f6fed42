"""Who prints a report and when, read from the lines above it."""

from datetime import date

import pytest

from tadmor.datamodel.documents import Form
from tadmor.datamodel.sources import SourceKind
from tadmor.datamodel.times import Basis
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.sources import SourceRow, build_sources
from tadmor.documents.loading import load_bytes

ROWS = [
    SourceRow(id="lake_wire", name="Lake Wire", kind=SourceKind.AGENCY, aliases="=Lake"),
    SourceRow(id="mill_post", name="Mill Post", kind=SourceKind.OUTLET),
    SourceRow(id="hill_radio", name="Hill Radio", kind=SourceKind.PARTY, aliases="Colonel Petrik"),
    SourceRow(id="vera_molnar", name="Vera Molnar", kind=SourceKind.PERSON),
]
TABLE = build_sources(ROWS, [], {}, dict.fromkeys(SourceKind, 0.5), load_actors())
HEADLINE = "Army takes the bridge of Karsova"
BODY = (
    "The army took the bridge of Karsova in the night, a doctor in the town told the Post. "
    "People said that they had heard shells until the morning.\n\n"
    "Rebels denied that the bridge was lost, Reuters and Lake Wire reported, and Mill Post showed a picture of it.\n"
)


def read(text, sources=TABLE):
    """The one document of a text."""
    (document,) = load_bytes(text.encode(), "a.txt", sources=sources).documents
    return document


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (f"Mill Post\nFriday, 12 April 2019\n\n{HEADLINE}\n\n", "Mill Post"),
        (f"Mill Post\n{HEADLINE}\n12 April 2019\n\n", "Mill Post"),
        (f"The Mill Post\n\n{HEADLINE}\n\n12 April 2019\n\n", "The Mill Post"),
        (f"MILL POST\n12 April 2019\n\n{HEADLINE}\n\n", "MILL POST"),
        (f"{HEADLINE}\n\nBy Vera Molnar\nMill Post\n\n12 April 2019\n\n", "Mill Post"),
        (f"{HEADLINE}\n\nBy Vera Molnar, Mill Post\n\n12 April 2019\n\n", "Mill Post"),
        (f"{HEADLINE}\n\nMill Post, 12 April 2019\n\n", "Mill Post"),
        (f"{HEADLINE}\n\nMill Post | Friday 12 April 2019\n\n", "Mill Post"),
        (f"{HEADLINE}\n\n12 April 2019 - Mill Post\n\n", "Mill Post"),
        (f"{HEADLINE}\n\nKARSOVA, April 12, 2019 (Lake Wire) - ", "Lake Wire"),
        (f"{HEADLINE}\n\n12 April 2019\n\nKARSOVA, 12 April (Lake) – ", "Lake"),
        (f"HILL RADIO\nFrom the trenches, 12 April 2019\n\n{HEADLINE}\n\n", "HILL RADIO"),
        (f"Mill Post\nwords on water and war\n\nFriday, April 12, 2019\n\n{HEADLINE}\n\n", "Mill Post"),
    ],
)
def test_a_known_name_alone_in_the_head_is_the_publisher(head, outlet):
    """Alone on its line, beside a date, below a byline or in the brackets of a dateline; it is never the title."""
    document = read(head + BODY)
    assert document.outlet == outlet
    assert document.title == HEADLINE
    assert (document.published.earliest, document.published.basis) == (date(2019, 4, 12), Basis.STATED)
    bodies = [block.span.of(document.text) for block in document.blocks if block.form is Form.BODY]
    assert bodies[0].startswith("The army took")


@pytest.mark.parametrize(
    "head",
    [
        f"{HEADLINE}\n\n",
        f"{HEADLINE}\n\nSoldiers at the bridge. Reuters.\n\n",
        f"{HEADLINE}\n\nFILE PHOTO: Soldiers at the bridge of Karsova in the evening.\nReuters\n\n",
        f"{HEADLINE}\n\nFrom Lake Wire, filed last night:\n\n“KARSOVA (Lake Wire) - The army took it.”\n\n",
        f"{HEADLINE}\n\nBy Vera Molnar\nColonel Petrik\n\n",
        f"{HEADLINE}, Mill Post says\n\n12 April 2019\n\n",
    ],
)
def test_a_name_in_the_story_or_under_a_picture_is_no_publisher(head):
    """Nor is a wire that is quoted, a person, or a name that stands in the headline."""
    assert read(head + BODY).outlet is None


def test_a_blog_that_quotes_a_wire_is_its_own_publisher():
    """The wire's dateline stands in the quotation."""
    document = read(f"Mill Post\n\n{HEADLINE}\n\nFrom Lake Wire:\n\nKARSOVA (Lake Wire) - {BODY}")
    assert document.outlet == "Mill Post"


@pytest.mark.parametrize(
    "head",
    [
        f"RIVER WATCH\nBulletin no. 7\nFriday 12 April 2019\n\n{HEADLINE}\n\n",
        f"RIVER WATCH\nFriday 12 April 2019\n\n{HEADLINE}\n\n",
        f"River Watch No. 7 12 April 2019\n\n{HEADLINE}\n\n",
        f"River Watch, Vol. II, No. 3, 12 April 2019\n\n{HEADLINE}\n\n",
        f"River Watch\nof boats and borders\n\nFriday 12 April 2019\n\n{HEADLINE}\n\n",
    ],
)
def test_an_unknown_masthead_shows_by_its_place_and_number(head):
    """Capitals above a day, a number beside the name, or a motto below it."""
    document = read(head + BODY)
    assert document.outlet.casefold() == "river watch"
    assert document.title == HEADLINE
    assert document.published.earliest == date(2019, 4, 12)


@pytest.mark.parametrize("line", ["KARSOVA FALLS", "ARMY TAKES KARSOVA"])
def test_a_headline_in_capitals_stays_a_headline(line):
    """The story takes up its words."""
    document = read(f"{line}\n12 April 2019\n\n{BODY}")
    assert document.outlet is None
    assert document.title == line


def test_a_known_publisher_without_a_headline_gives_no_title():
    """Its own name is none."""
    document = read(f"HILL RADIO\nFrom the trenches, 12 April 2019\n\n{BODY}")
    assert document.title is None
    assert document.outlet == "HILL RADIO"
    assert document.published.earliest == date(2019, 4, 12)


def test_a_headline_may_end_with_its_date():
    """It stays the title."""
    document = read(f"Karsova situation report, 12 April 2019\n\n{BODY}")
    assert document.title == "Karsova situation report, 12 April 2019"
    assert (document.published.earliest, document.published.basis) == (date(2019, 4, 12), Basis.STATED)


@pytest.mark.parametrize("line", ["What the army did on 12 April 2019", "Karsova before and after 12 April 2019"])
def test_a_day_the_headline_tells_of_is_no_publication_date(line):
    """It is tied to its words."""
    published = read(f"{line}\n\n{BODY}").published
    assert published is None or published.basis is Basis.INFERRED


def test_the_shipped_table_is_used_where_none_is_given():
    """The world's agencies are known."""
    assert read(f"{HEADLINE}\n\nKARSOVA (Reuters) - {BODY}", sources=None).outlet == "Reuters"


def test_what_the_caller_says_goes_before_the_print():
    """As given with --source."""
    (document,) = load_bytes(
        f"Mill Post\n\n{HEADLINE}\n\n{BODY}".encode(), "a.txt", sources=TABLE, source="X"
    ).documents
    assert (document.outlet, document.title) == ("X", HEADLINE)


def test_the_publisher_behind_the_headline_is_left_out():
    """Sites print their name behind the title too."""
    assert read(f"{HEADLINE} - Mill Post\nMill Post\n12 April 2019\n\n{BODY}").title == HEADLINE


@pytest.mark.parametrize("lines", ["Siege Of Karsova\nMill Post\n2023-09-03", "Karsova Today\nMill Post\n3 May 2019"])
def test_lines_of_a_head_that_ends_with_a_day_are_never_joined(lines):
    """However the text below is set: here a ragged list of short lines looks like a column."""
    ragged = "\n".join(
        ["in the east the army and its", "allies had gone on to hold", "hills and roads that lead to", "the"] * 4
    )
    document = read(f"{lines}\n\nThe siege of Karsova was laid in 2014 by the army.\n\n{ragged}\n")
    assert document.outlet == "Mill Post"
    assert document.published is not None
    assert document.published.basis is Basis.STATED
    assert document.title == lines.split("\n")[0]
