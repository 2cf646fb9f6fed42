"""Text recognition: marked as such, bounded, and one clear line where the program is missing."""

import io
import shutil

import pytest

from tadmor.datamodel.issues import Severity
from tadmor.documents import load, recognising
from tadmor.documents.scanned import read_scanned

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def scan(tmp_path, words="The Syrian army captured Palmyra on Thursday."):
    """A PDF that holds a picture of words."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - in a test of its own process
    from reportlab.pdfgen import canvas  # noqa: PLC0415

    drawn = io.BytesIO()
    page = canvas.Canvas(drawn, pagesize=(600, 300))
    page.setFont("Helvetica", 24)
    page.drawString(30, 150, words)
    page.save()
    picture = pdfium.PdfDocument(drawn.getvalue())[0].render(scale=3).to_pil()
    picture.save(tmp_path / "scan.png")
    packed = io.BytesIO()
    page = canvas.Canvas(packed, pagesize=(600, 300))
    page.drawImage(str(tmp_path / "scan.png"), 0, 0, 600, 300)
    page.save()
    (tmp_path / "scan.pdf").write_bytes(packed.getvalue())


@needs_tesseract
@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
def test_recognised_text_is_read_and_marked(tmp_path, name):
    """In the media type of the original, and by a warning."""
    scan(tmp_path)
    path = tmp_path / name
    found = read_scanned(load(path), path, "eng")
    assert "captured Palmyra" in found.documents[0].raw
    assert "; recognised=tesseract" in found.original.media_type
    assert found.documents[0].original == found.original.sha256
    assert (found.issues[0].rule, found.issues[0].severity) == ("recognised", Severity.WARNING)


def test_a_text_is_left_as_it_is(tmp_path):
    """Nothing is recognised in what has its own letters."""
    path = tmp_path / "a.txt"
    path.write_text("The Syrian army captured Palmyra on Thursday, officials said.", "utf-8")
    assert read_scanned(load(path), path, "eng") == load(path)


@pytest.mark.parametrize("languages", ["eng", "../../etc/passwd", "-psm"])
def test_without_the_program_or_its_language_one_line_says_so(tmp_path, monkeypatch, languages):
    """And nothing is run."""
    if languages == "eng":
        monkeypatch.setattr(recognising.shutil, "which", lambda _name: None)
        recognising.recogniser.cache_clear()
    else:
        monkeypatch.setattr(recognising, "recogniser", lambda: "tesseract")
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    (issue,) = read_scanned(load(path), path, languages).issues
    assert issue.rule == "unrecognised"
    recognising_caches = getattr(recognising.recogniser, "cache_clear", None)
    if recognising_caches is not None:
        recognising_caches()
