"""Makes `reports/2015-07-10-tidewater-review.pdf`: a magazine page in two columns, words broken across lines.

Run `python examples/palmyra/make_pdf.py`; the same reportlab gives the same bytes. The text is written for this
example. Words are broken only where it has a `~`.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

PDF = Path(__file__).parent / "reports" / "2015-07-10-tidewater-review.pdf"

#: Where a word of the text may be broken.
BREAK = "~"
WIDTH, HEIGHT = A4
MARGIN, GUTTER, LEADING = 56, 26, 14
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
FONT, SIZE = "Times-Roman", 11
#: Lines a column: short ones, as above a picture, so that the article runs over to a second page.
LINES = 22

RUNNING_HEAD = "Tidewater Review    No. 28    10 July 2015"
TITLE = "The theatre and the prison"
STANDFIRST = "Seven weeks under the black flag in the oasis of Palmyra. By Miriam Castellan"

TEXT = """
The film lasts nine min~utes and forty sec~onds. It shows 25 young men in green uni~forms on their knees on
the stage of a Roman thea~tre, and be~hind each of them a boy with a pis~tol. Is~lam~ic State pub~lished it on
Sat~ur~day, 4 July, and did not say when it was made. The Syr~ian Ob~serv~a~tory for Hu~man Rights had
re~port~ed on 27 May that the group had shot 20 men in the same place be~fore a crowd. Whe~ther these are two
mas~sacres or one, and whe~ther 20 men died or 25, no one out~side the city can yet say. A for~mer teach~er
from Pal~myra, now in Ga~zi~an~tep, told me that he had count~ed the bod~ies him~self in the last week of May.
There were 22, he said.

The mil~i~tants have held the city since 21 May. What they did there first was not what the world was afraid
of. The col~umns are stand~ing. The pris~on is not. On 30 May they blew up Tad~mur Pris~on, the most feared in
Syr~ia, where hun~dreds of de~tain~ees were shot in their cells in 1980. For~mer pris~on~ers did not know
whe~ther to cheer or to weep: the walls were the on~ly wit~ness they had.

For the gov~ern~ment the loss is count~ed in gas. The fields east of the oa~sis fell be~fore the city did. In
June there was fight~ing for Ja~zal, the last large oil field in gov~ern~ment hands, 20 kil~o~me~tres to the
north-west. The army says that it holds it; the mil~i~tants posted pic~tures of its pumps. An en~gi~neer who
worked there un~til the spring thinks that both are right. "It chang~ed hands twice in one week," he said,
"and no~body pump~ed a drop."

The next line is the air base at Ti~yas, which sol~diers call T4. It is the larg~est in the coun~try. West~ern
of~fi~cials who study sat~el~lite pic~tures see two squad~rons there, Su-22s and Su-24s, and Mi-24
hel~i~cop~ters, some of them with~out ro~tors. A bri~gade with about thir~ty T-72 tanks has been brought up
from Homs. If T4 were lost, one of the of~fi~cials told me, the road to Homs would be open and so would the
way to the pipe~lines. He did not ex~pect it this year.

North-east of the oa~sis, be~yond 200 kil~o~me~tres of des~ert, the gov~ern~ment keeps half of Deir ez-Zor,
be~sieged and fed by air~craft that land at night. Its gar~ri~son has not been told what hap~pened in the
thea~tre, a man from the city as~sures me. It knows.

Some 11,000 peo~ple have fled Pal~myra since May ac~cord~ing to the Unit~ed Na~tions, most of them to~wards
Homs. Oth~ers have gone to Raq~qa, be~cause the road is shorter and the bombs are few~er. Syr~ian air~craft
bomb the oa~sis al~most dai~ly; the teach~er says 15 of his neigh~bours were killed by a sin~gle bar~rel bomb
on the day af~ter the pris~on fell. Da~mas~cus de~nies that it uses bar~rel bombs.

Will the ru~ins sur~vive? The group has sworn to spare the stones and smash the stat~ues. It broke the Lion of
al-Lat in June. The tem~ples of Bel and Baal~sha~min, which are both, may well be next.
"""


def main() -> None:
    """Write the file."""
    PDF.write_bytes(make())


def make() -> bytes:
    """The bytes of the PDF."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(TITLE)
    canvas.setAuthor("Tidewater Review")
    canvas.setProducer("make_pdf.py")
    lines = list(_lines())
    page, top = 14, _heading(canvas)
    while lines:
        lines = _column(canvas, lines, MARGIN, top)
        lines = _column(canvas, lines, MARGIN + COLUMN + GUTTER, top)
        _margins(canvas, page)
        canvas.showPage()
        page, top = page + 1, HEIGHT - MARGIN - 2 * LEADING
    canvas.save()
    return buffer.getvalue()


def _heading(canvas: Canvas) -> float:
    """Headline and standfirst across both columns; returns where the columns begin."""
    canvas.setFont("Times-Bold", 26)
    canvas.drawString(MARGIN, HEIGHT - MARGIN - 40, TITLE)
    canvas.setFont("Times-Italic", 12)
    canvas.drawString(MARGIN, HEIGHT - MARGIN - 62, STANDFIRST)
    return HEIGHT - MARGIN - 90


def _margins(canvas: Canvas, page: int) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, HEIGHT - MARGIN + 10, RUNNING_HEAD)
    canvas.drawCentredString(WIDTH / 2, MARGIN - 24, str(page))


def _column(canvas: Canvas, lines: list[str], left: float, top: float) -> list[str]:
    """Set lines down one column; returns those that did not fit."""
    canvas.setFont(FONT, SIZE)
    room = min(int((top - MARGIN) / LEADING), LINES)
    for number, line in enumerate(lines[:room]):
        canvas.drawString(left, top - number * LEADING, line)
    return lines[room:]


def _lines() -> Iterator[str]:
    """The text in lines that fit a column, each paragraph indented but the first."""
    for number, paragraph in enumerate(TEXT.strip().split("\n\n")):
        yield from _broken(paragraph.split(), indent="   " if number else "")


def _broken(words: list[str], indent: str) -> Iterator[str]:
    line = indent
    for word in words:
        start = "" if not line.strip() else " "
        whole = word.replace(BREAK, "")
        if _fits(line + start + whole):
            line += start + whole
            continue
        head, tail = _split(word, line + start)
        yield line + start + head + "-" if head else line
        line = tail
    yield line


def _split(word: str, before: str) -> tuple[str, str]:
    """The most of a word that fits after `before` with a hyphen, and the rest."""
    parts = word.split(BREAK)
    for count in range(len(parts) - 1, 0, -1):
        head = "".join(parts[:count])
        if _fits(before + head + "-"):
            return head, "".join(parts[count:])
    return "", "".join(parts)


def _fits(line: str) -> bool:
    return bool(stringWidth(line, FONT, SIZE) <= COLUMN)


if __name__ == "__main__":
    main()
