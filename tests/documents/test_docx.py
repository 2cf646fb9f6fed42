"""Word documents: their words, and what hostile ones cannot do."""

import io
import zipfile

import docx
import pytest

from tadmor.documents.loading import load_bytes

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def made(markup):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", markup)
    return out.getvalue()


def test_paragraphs_are_read_in_order():
    """With their headline and day; quotes lead back to the extracted text."""
    document = docx.Document()
    for words in ("Army retakes Palmyra", "2 March 2017", "The army captured Palmyra on Thursday.", "A\tB"):
        document.add_paragraph(words)
    (found,) = load_bytes(saved(document), "a.docx").documents
    assert found.raw == "Army retakes Palmyra\n\n2 March 2017\n\nThe army captured Palmyra on Thursday.\n\nA\tB"
    assert (found.title, found.published.earliest.isoformat()) == ("Army retakes Palmyra", "2017-03-02")


def test_what_a_tracked_change_struck_out_is_not_said():
    """Only what stands is read."""
    body = f"<w:document {WORD}><w:p><w:t>The army took </w:t><w:delText>Homs</w:delText><w:t>Palmyra on Sunday.</w:t></w:p>"
    (found,) = load_bytes(made(body + "</w:document>"), "a.docx").documents
    assert found.raw == "The army took Palmyra on Sunday."


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><w:document {WORD}><w:p><w:t>&i;</w:t></w:p></w:document>"
)
OUTSIDE = (
    f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f"<w:document {WORD}><w:p><w:t>&a;</w:t></w:p></w:document>"
)


@pytest.mark.parametrize(
    "data",
    [made(BOMB), made(OUTSIDE), made("<w:p>"), made(BOMB)[:200], b"PK\x03\x04word/document.xml"],
    ids=["bomb", "outside", "unnamed", "cut", "no zip"],
)
def test_entities_and_broken_files_are_refused(data):
    """In one line; nothing is expanded, nothing opened."""
    loaded = load_bytes(data, "a.docx")
    assert loaded.documents == ()
    assert [issue.rule for issue in loaded.issues] == ["docx-broken"]


def test_a_bomb_of_zeros_is_not_unpacked():
    """Beyond what is taken."""
    loaded = load_bytes(made(f"<w:document {WORD}><w:p><w:t>" + "a" * 120_000_000), "a.docx")
    assert [issue.rule for issue in loaded.issues] == ["docx-large"]


def test_depth_is_no_matter():
    """A hundred thousand elements inside each other."""
    deep = "<w:p>" * 100_000 + "<w:t>The army took Palmyra on Sunday.</w:t>" + "</w:p>" * 100_000
    (found,) = load_bytes(made(f"<w:document {WORD}>{deep}</w:document>"), "a.docx").documents
    assert found.raw == "The army took Palmyra on Sunday."
