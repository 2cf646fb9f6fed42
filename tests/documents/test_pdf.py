"""PDF files made here: columns, running heads, and what cannot be read."""

import io
from datetime import date

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tadmor.datamodel.documents import Form
from tadmor.datamodel.issues import Severity
from tadmor.datamodel.times import Basis
from tadmor.documents.columns import Box, reading_order
from tadmor.documents.loading import load_bytes

LEFT = [
    "Government forces entered the",
    "western quarter of Karsova on",
    "Friday after four days of street",
    "fighting, two residents said.",
    "They said that soldiers were go-",
    "ing from house to house, and",
    "that nine bodies lay near the",
    "market, which had burnt down in",
]
RIGHT = [
    "the night before the army came.",
    "Rebels denied that the quarter",
    "had fallen. They said that their",
    "fighters still held the hospital",
    "and both schools, and that they",
    "had sur-",
    "rounded a company of soldiers",
    "at the mill on the river.",
]


def made(draw, pages=1, **options):
    """A PDF of pages that `draw` fills."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, **options)
    for number in range(1, pages + 1):
        draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def columns(canvas, number, *, across=False):
    """A headline over two columns, drawn column by column or line by line across both."""
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(60, 760, "Army enters the western quarter of Karsova")
    canvas.setFont("Helvetica", 10)
    left = [(60, 720 - 13 * at, line) for at, line in enumerate(LEFT)]
    right = [(320, 720 - 13 * at, line) for at, line in enumerate(RIGHT)]
    drawn = [one for pair in zip(left, right, strict=True) for one in pair] if across else left + right
    for x, y, line in drawn:
        canvas.drawString(x, y, line)


@pytest.mark.parametrize("across", [False, True])
def test_columns_are_read_one_after_the_other(across):
    """However the page was drawn, the left column comes first, and broken words are mended."""
    loaded = load_bytes(made(lambda canvas, number: columns(canvas, number, across=across)), "a.pdf")
    assert loaded.issues == ()
    (document,) = loaded.documents
    assert document.title == "Army enters the western quarter of Karsova"
    assert document.blocks[0].form is Form.HEADLINE
    assert "They said that soldiers were going from house to house" in document.text
    assert "burnt down in the night before the army came. Rebels denied" in document.text
    assert "they had surrounded a company" in document.text


def test_running_heads_and_page_numbers_are_dropped():
    """What stands at the edge of every page is the page's, not the article's."""

    def draw(canvas, number):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 810, f"The Lake Weekly, issue {number}")
        canvas.drawString(290, 30, str(number))
        for at, line in enumerate(LEFT + RIGHT):
            canvas.drawString(60, 700 - 13 * at, f"{line}")

    (document,) = load_bytes(made(draw, pages=4), "a.pdf").documents
    assert "Lake Weekly" not in document.raw
    assert not [line for line in document.raw.splitlines() if line.strip().isdigit()]


def test_a_drop_cap_goes_back_on_its_word():
    """A letter three lines tall begins the line beside its top."""

    def draw(canvas, number):
        canvas.setFont("Helvetica", 44)
        canvas.drawString(60, 690, "G")
        canvas.setFont("Helvetica", 10)
        for at, line in enumerate(
            ["overnment forces entered", "the western quarter of the", "town on Friday after days"]
        ):
            canvas.drawString(100, 714 - 12 * at, line)
        for at, line in enumerate(LEFT[3:]):
            canvas.drawString(60, 678 - 12 * at, line)

    (document,) = load_bytes(made(draw), "a.pdf").documents
    assert document.text.startswith("Government forces entered the western")


def test_a_password_is_an_issue():
    """The way out is named."""
    data = made(columns, encrypt=StandardEncryption("secret", canPrint=0))
    loaded = load_bytes(data, "locked.pdf")
    (issue,) = loaded.issues
    assert issue.rule == "pdf-password"
    assert "locked.pdf" in issue.line()
    assert issue.severity is Severity.ERROR


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing of a PDF", b"%PDF-1.4\n" + bytes(300)])
def test_a_broken_pdf_is_an_issue(data):
    """It is said, and nothing is raised."""
    loaded = load_bytes(data, "broken.pdf")
    assert [issue.rule for issue in loaded.issues] == ["pdf-broken"]
    assert loaded.documents == ()


def test_a_cut_off_pdf_gives_text_or_an_issue():
    """Half a file is repaired or refused."""
    data = made(columns, pages=3)
    loaded = load_bytes(data[: len(data) // 2], "half.pdf")
    assert loaded.documents or loaded.issues


def test_a_scan_is_an_issue():
    """Pages without text ask for text recognition."""
    loaded = load_bytes(made(lambda canvas, number: canvas.rect(100, 100, 200, 200, fill=1)), "scan.pdf")
    assert [issue.rule for issue in loaded.issues] == ["pdf-scanned"]


def test_boxes_without_a_gutter_are_lines():
    """Words at one height are one line, from left to right."""
    boxes = [
        Box(left=50, bottom=0, right=90, top=10, text="there"),
        Box(left=0, bottom=0.5, right=45, top=10.5, text="Hello"),
        Box(left=0, bottom=-14, right=45, top=-4, text="again"),
    ]
    assert reading_order(boxes) == "Hello there\nagain"
    assert reading_order([]) == ""


def running(draw_head, pages):
    """Pages of body lines with what `draw_head` puts at their edges."""

    def draw(canvas, number):
        draw_head(canvas, number)
        top = 800
        if number == 1:
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(60, 760, "Army enters the western quarter of Karsova")
            top = 720
        canvas.setFont("Helvetica", 10)
        for column, lines in enumerate((LEFT, RIGHT)):
            for at, line in enumerate(lines):
                canvas.drawString(60 + 260 * column, top - 13 * at, line if number == 1 else line.replace("the", "a"))

    return made(draw, pages=pages)


def test_a_running_head_of_two_pages_gives_paper_and_day():
    """It is neither title nor body, but names the paper with its number and its day."""

    def head(canvas, number):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 815, "Lake Review    No. 28    10 July 2015")
        canvas.drawString(290, 30, str(13 + number))

    (document,) = load_bytes(running(head, 2), "a.pdf").documents
    assert document.title == "Army enters the western quarter of Karsova"
    assert document.outlet == "Lake Review"
    assert document.published.earliest == document.published.latest == date(2015, 7, 10)
    assert document.published.basis is Basis.STATED
    assert "Lake Review" not in document.raw
    assert "a company of soldiers at the mill on the river." in document.text


def test_left_and_right_pages_have_heads_of_their_own():
    """The paper stands on the left, the day on the right, in a foot as in a head."""

    def head(canvas, number):
        canvas.setFont("Helvetica", 8)
        if number % 2:
            canvas.drawString(400, 30, f"Friday 10 July 2015 | {number}")
        else:
            canvas.drawString(60, 30, f"{number} | Reuters")

    (document,) = load_bytes(running(head, 4), "a.pdf").documents
    assert document.outlet == "Reuters"
    assert document.published.earliest == date(2015, 7, 10)
    assert "Reuters" not in document.raw
    assert "July" not in document.raw


@pytest.mark.parametrize("size", [8, 10, 28])
def test_a_masthead_above_the_headline_is_set_apart(size):
    """On a single page, in small print or large, it is a paragraph of its own and no headline."""

    def head(canvas, number):
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(60, 802, "Lake Review No. 28 10 July 2015")

    (document,) = load_bytes(running(head, 1), "a.pdf").documents
    assert document.title == "Army enters the western quarter of Karsova"
    assert document.outlet == "Lake Review"
    assert document.published.earliest == date(2015, 7, 10)
    assert "Lake Review" not in "".join(
        block.span.of(document.text) for block in document.blocks if block.form is Form.BODY
    )


def test_the_day_of_an_article_goes_before_the_day_of_its_pages():
    """A dateline stands closer to the words than a running head."""

    def draw(canvas, number):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 815, "Lake Review, 10 July 2015")
        opening = ["KARSOVA, July 4, 2015 (Reuters) - Two soldiers", "died at the gate of the mill, a doctor said."]
        for at, line in enumerate(opening + LEFT if number == 1 else RIGHT):
            canvas.drawString(60, 700 - 13 * at, line)

    (document,) = load_bytes(made(draw, pages=2), "a.pdf").documents
    assert document.published.earliest == date(2015, 7, 4)
    assert "Lake Review" not in document.raw


def test_large_type_runs_on_over_its_lines():
    """A headline of two lines is one paragraph, and the lines below it in small type another."""
    boxes = [
        Box(left=0, bottom=100, right=90, top=122, text="Army enters the"),
        Box(left=0, bottom=70, right=90, top=92, text="western quarter"),
        *(Box(left=0, bottom=40 - 13 * at, right=90, top=50 - 13 * at, text=f"line {at}") for at in range(6)),
    ]
    assert reading_order(boxes).startswith("Army enters the\nwestern quarter\n\nline 0\nline 1")
