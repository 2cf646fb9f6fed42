"""Word documents (ECMA-376): the text of their paragraphs, and what their properties say.

Read with a parser that takes no entities, from a zip of which two files are opened, each within a bound: nothing else
in it matters, and nothing of it is written anywhere.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

import msgspec

from tadmor.datamodel.documents import Document
from tadmor.documents.archives.wacz import BROKEN
from tadmor.documents.plain import Known, Problem, read_text
from tadmor.documents.publishers import Publishers

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Bytes of the text's file, unpacked: a book of 1,000 pages has 20 MB of markup.
LARGEST = 100_000_000
_BODY, _PROPERTIES = "word/document.xml", "docProps/core.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
#: What stands between words without being one.
_BETWEEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def is_docx(data: bytes) -> bool:
    """Is this zip a Word document?"""
    return data.startswith(b"PK\x03\x04") and _BODY.encode() in data


def read_docx(
    data: bytes, *, original: str, name: str, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents in a Word file, and what was wrong with it; arguments are those of `read_pdf`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body, about = _Body(), _Properties()
            _parsed(package, _BODY, body)
            if _PROPERTIES in package.namelist():
                _parsed(package, _PROPERTIES, about)
    except OverflowError:
        return (), (("docx-large", f"its text has more than {LARGEST // 10**6} MB; split it and read the pieces"),)
    except _BROKEN as error:
        why = " ".join(str(error).split())[:120] or type(error).__name__
        return (), (("docx-broken", f"the Word file is broken or holds what none should ({why}); save it anew"),)
    merged = msgspec.structs.replace(known, author=known.author or about.told.get("creator"))
    text = "\n\n".join(filter(None, (paragraph.strip() for paragraph in body.paragraphs)))
    return read_text(text, original=original, name=name, publishers=publishers, known=merged), ()


_BROKEN = (*BROKEN, SAXException)


def _parsed(package: zipfile.ZipFile, name: str, handler: ContentHandler) -> None:
    """Parse one file of a package.

    Raises:
        OverflowError: it holds more than is taken.
        ValueError: it declares entities.
    """
    from defusedxml.expatreader import create_parser  # noqa: PLC0415 - only where there is XML

    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    with package.open(name) as inside:
        for piece in _pieces(inside):
            parser.feed(piece)
    parser.close()


def _pieces(inside: IO[bytes]) -> Iterator[bytes]:
    left = LARGEST
    while piece := inside.read(1 << 16):
        left -= len(piece)
        if left < 0:
            raise OverflowError
        yield piece


class _Body(ContentHandler):
    """Gathers the words of each paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._reading = False

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: object) -> None:  # noqa: ARG002, N802 - the interface's
        space, tag = name
        if space not in {_WORD, _STRICT}:
            return
        if tag in _BETWEEN:
            self._words.append(_BETWEEN[tag])
        self._reading = tag == "t"  # not delText, which a tracked change struck out

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: ARG002, N802 - the interface's
        space, tag = name
        self._reading = False
        if tag == "p" and space in {_WORD, _STRICT}:
            self.paragraphs.append("".join(self._words))
            self._words = []

    def characters(self, content: str) -> None:
        if self._reading:
            self._words.append(content)


class _Properties(ContentHandler):
    """Gathers what the file says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, str] = {}
        self._tag = ""

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: object) -> None:  # noqa: ARG002, N802 - the interface's
        self._tag = name[1]

    def characters(self, content: str) -> None:
        if content.strip():
            self.told[self._tag] = " ".join((self.told.get(self._tag, "") + content).split())
