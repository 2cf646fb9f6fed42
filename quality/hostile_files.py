"""Files made to bring a reader down: bombs, depth without end, lies about sizes, paths that climb out, and mutations.

All are made from a seed; the same seed gives the same files.
"""

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

ARTICLE = (
    b"<html><head><title>Army retakes Palmyra</title></head><body><article><h1>Army retakes Palmyra</h1>"
    b"<p>The Syrian army captured Palmyra from Islamic State on Thursday, officials said in Damascus.</p>"
    b"<p>At least 20 civilians were killed in Raqqa on Wednesday, a monitor said.</p></article></body></html>"
)
#: Where nobody may be asked.
FORBIDDEN = (
    "http://127.0.0.1:9/a",
    "http://localhost:9/",
    "http://[::1]:9/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://[::ffff:127.0.0.1]/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:25/",
    "http://user:word@127.0.0.1/",
)


def _html() -> Iterator[tuple[str, bytes]]:
    body = b"<html><body>"
    yield "deep.html", body + b"<div>" * 30_000 + ARTICLE
    yield "unclosed.html", body + b"<b>" * 30_000 + b"text"
    yield "crossed.html", body + b"<i>" * 20_000 + b"</p>" * 20_000 + ARTICLE
    yield "angles.html", body + b"<" * 100_000
    yield "comments.html", body + b"<!--" * 20_000
    yield "attributes.html", body + b"<p " + b" ".join(b"a%d=1" % number for number in range(20_000)) + b">x</p>"
    yield "linked.html", b"<html><script type='application/ld+json'>" + b"[" * 50_000 + b"</script>" + ARTICLE
    yield "tables.html", body + b"<table>" + b"<tr><td>a<table>" * 3_000
    yield "charset.html", b"<html><meta charset=utf-7>" + ARTICLE + b"\xff\xfe+ADw-"
    yield "nul.html", ARTICLE.replace(b" ", b"\0")
    yield "quotes.html", body + b'<a href="' + b"<a href='" * 20_000
    yield "entities.html", body + b"&amp" * 50_000 + b"&#99999999999;" * 1_000


def _pdf() -> Iterator[tuple[str, bytes]]:
    yield "plain.pdf", pdf(b"BT /F1 12 Tf 72 700 Td (The army captured Palmyra on Thursday.) Tj ET")
    yield "bomb.pdf", pdf(zlib.compress(b" " * 50_000_000), b"/Filter /FlateDecode")
    packed = b"0 0 m " * 2_000_000
    for _ in range(3):
        packed = zlib.compress(packed)
    yield "nested.pdf", pdf(packed, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")
    yield "length.pdf", pdf(b"BT ET").replace(b"/Length 5", b"/Length 1000000000000")
    yield "circle.pdf", pdf(b"BT ET").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R 2 0 R]")
    yield "pages.pdf", pdf(b"BT ET").replace(b"/Count 1", b"/Count 2000000000")
    yield "deep.pdf", pdf(b"BT ET").replace(b"/Count 1", b"/Count 1 /X " + b"[" * 100_000)
    yield "huge.pdf", pdf(b"BT ET").replace(b"[0 0 600 800]", b"[0 0 1e38 1e38]")
    yield (
        "script.pdf",
        pdf(b"BT ET").replace(
            b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>"
        ),
    )


_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)


def pdf(content: bytes, more: bytes = b"") -> bytes:
    """A page with this content."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


def record(body: bytes, url: str = "http://news.example/a", head: bytes = b"", length: str | None = None) -> bytes:
    """A record of a WARC file with an answer."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body
    told = length if length is not None else str(len(block))
    names = f"WARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-03-02T10:00:00Z\r\n"
    return f"WARC/1.1\r\n{names}Content-Length: {told}\r\n\r\n".encode() + block + b"\r\n\r\n"


def _warc() -> Iterator[tuple[str, bytes]]:
    good = record(ARTICLE)
    yield "good.warc", good
    yield "good.warc.gz", gzip.compress(good, mtime=0)
    yield "claims.warc", good + record(ARTICLE, length="1000000000000")
    yield "negative.warc", good + record(ARTICLE, length="-1")
    yield "figures.warc", good + record(ARTICLE, length="9" * 5_000)
    yield "bomb.warc.gz", gzip.compress(good + b"\0" * 100_000_000, mtime=0)
    yield "inner.warc", record(gzip.compress(b"\0" * 110_000_000, mtime=0), head=b"Content-Encoding: gzip\r\n")
    yield "chunks.warc", record(b"FFFFFFFF\r\nx", head=b"Transfer-Encoding: chunked\r\n")
    yield "head.warc", b"WARC/1.1\r\n" + b"X: y\r\n" * 100_000
    yield "line.warc", b"WARC/1.1\r\n" + b"X" * 1_000_000
    for number, url in enumerate(FORBIDDEN):
        yield f"leads{number}.warc", record(ARTICLE, url)
    yield "climbs.warc", record(ARTICLE, "http://x.example/../../../../tmp/escaped.html")


def zipped(*files: tuple[str, bytes], links: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A zip with these files, and links."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        for name, target in links:
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16
            package.writestr(info, target)
    return out.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def word(inner: str, doctype: str = "") -> bytes:
    """A Word file with this markup in its body."""
    markup = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{_WORD}">{inner}</w:document>'
    return zipped(("word/document.xml", markup.encode()))


def _zip() -> Iterator[tuple[str, bytes]]:
    text = "<w:p><w:t>The army captured Palmyra on Thursday.</w:t></w:p>"
    described = ("datapackage.json", b'{"resources": []}')
    yield "good.docx", word(text)
    yield "laughs.docx", word("<w:p><w:t>&i;</w:t></w:p>", LAUGHS + "]>")
    yield "outside.docx", word("<w:p><w:t>&a;</w:t></w:p>", '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    yield "deep.docx", word("<w:p>" * 100_000 + text)
    yield "bomb.docx", word("<w:p><w:t>" + "a" * 110_000_000)
    yield "lies.docx", word(text).replace(b"word/document.xml", b"word/documents.xm")
    yield "climbs.wacz", zipped(described, ("archive/../../../../tmp/escaped.warc", record(ARTICLE)))
    yield "links.wacz", zipped(described, links=(("archive/a.warc", "/etc/passwd"), ("archive/b.warc.gz", "/dev/zero")))
    yield "bomb.wacz", zipped(described, ("archive/a.warc", b"\0" * 100_000_000))
    yield (
        "deep.wacz",
        zipped(("datapackage.json", b'{"resources": ' + b"[" * 100_000), ("archive/a.warc", record(ARTICLE))),
    )
    yield "many.wacz", zipped(described, *((f"archive/{number}.warc", b"") for number in range(11_000)))
    yield "nested.zip", zipped(("a.zip", zipped(("b.zip", zipped(("c.txt", b"text"))))))


def _mail() -> Iterator[tuple[str, bytes]]:
    head = b"From: Desk <d@wire.example>\nDate: Thu, 02 Mar 2017 10:00:00 +0200\nMessage-ID: <a@b>\n"
    body = b"\nThe Syrian army captured Palmyra from Islamic State on Thursday, officials said.\n"
    yield "good.eml", head + body
    yield "deep.eml", head + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 5_000
    yield "heads.eml", head + b"X-A: " + b"=?utf-8?q?" * 50_000 + b"\n" + body
    yield "charset.eml", head + b"Content-Type: text/plain; charset=../../etc/passwd\n" + body
    yield "path.eml", head + b'Content-Disposition: attachment; filename="../../../tmp/escaped"\n' + body
    yield (
        "good.mbox",
        b"From a Thu Mar 2 10:00:00 2017\n" + head + body + b"\nFrom b Thu Mar 2 10:00:00 2017\n" + head + body,
    )
    yield "many.mbox", b"From a Thu Mar 2 10:00:00 2017\n" + head + body + b"\nFrom c Thu Mar 2 10:00:00 2017\n" * 200


def _tables() -> Iterator[tuple[str, bytes]]:
    text = "The army captured Palmyra on Thursday."
    yield "good.jsonl", json.dumps({"text": text}).encode() + b"\n"
    yield "deep.jsonl", json.dumps({"text": text}).encode() + b"\n" + b'{"text":' * 100_000 + b"\n"
    yield "figures.jsonl", b'{"text": "x", "n": ' + b"9" * 100_000 + b"}\n"
    yield "quotes.csv", b'title,text\na,"' + b'""' * 100_000
    yield "columns.csv", b"text" + b",a" * 100_000 + b"\nx\n"
    yield "paths.csv", b"title,text\n../../../tmp/escaped,The army captured Palmyra.\n"


def _text() -> Iterator[tuple[str, bytes]]:
    yield "word.txt", b"a" * 200_000
    yield "figures.txt", b"1,2,3," * 10_000
    yield "names.txt", b"Syria, " * 10_000
    yield "dates.txt", b"12 March 2016 " * 5_000
    yield "brackets.txt", b"([" * 20_000
    yield "lines.txt", b"a b\n" * 20_000
    yield "quoted.txt", b"\"'" * 20_000
    yield "said.txt", b"officials said that " * 5_000
    yield "marks.txt", "\u202e\u2066\ufeff\u0000The army took Palmyra.".encode() * 500
    yield "../../climbs.txt".replace("/", "_"), b"The army captured Palmyra on Thursday."


def lists() -> Iterator[tuple[str, bytes]]:
    """Feeds, sitemaps and OPML files, which name what may not be asked."""
    items = "".join(f"<item><link>{url}</link></item>" for url in FORBIDDEN).encode()
    places = "".join(f"<url><loc>{url}</loc></url>" for url in FORBIDDEN).encode()
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in (*FORBIDDEN, "/etc/passwd")).encode()
    yield "feed.xml", b'<rss version="2.0"><channel>' + items + b"</channel></rss>"
    yield "map.xml", b"<urlset>" + places + b"</urlset>"
    yield "lists.opml", b"<opml><body>" + outlines + b"</body></opml>"
    yield "laughs.xml", LAUGHS.encode() + b"]><rss><channel><title>&i;</title></channel></rss>"
    yield "laughing.xml", LAUGHS.encode() + b"]><urlset><url><loc>&i;</loc></url></urlset>"
    yield (
        "outside.xml",
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]><urlset><url><loc>&a;</loc></url></urlset>',
    )
    yield "deep.xml", b"<urlset>" + b"<a>" * 100_000
    yield "deep.opml", b"<opml>" + b"<outline>" * 100_000
    yield "bomb.xml.gz", gzip.compress(b"<urlset>" + b" " * 60_000_000, mtime=0)


_FAMILIES: tuple[Callable[[], Iterator[tuple[str, bytes]]], ...] = (_html, _pdf, _warc, _zip, _mail, _tables, _text)
#: Files above this size are not mutated: their bulk is the point.
_LARGEST_MUTATED = 200_000


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many files with their names: each made one once, then mutations of them."""
    made = [(name, data) for family in _FAMILIES for name, data in family()]
    for number, (name, data) in enumerate(made[:count]):
        yield f"{number:03}-{name}", data
    mutable = [one for one in made if len(one[1]) <= _LARGEST_MUTATED]
    for number in range(len(made), count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - tests, not secrets
        name, data = chance.choice(mutable)
        yield f"{number:03}-mutated-{name}", mutated(data, chance)


def quick(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many small mutations of small files of each sort: what a test has time for."""
    text = "<w:p><w:t>The army captured Palmyra on Thursday.</w:t></w:p>"
    small = [("a.html", ARTICLE), ("a.warc", record(ARTICLE)), ("a.docx", word(text)), *_mail(), *_tables()]
    small = [one for one in small if len(one[1]) < 5_000]
    for number in range(count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - tests, not secrets
        name, data = small[number % len(small)]
        yield f"{number:03}-{name}", mutated(data, chance) if number >= len(small) else data


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes with a few changes: flipped, cut, doubled, put in, taken out, or figures made large."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found) + 1)
        end = min(len(found), at + chance.randint(1, 64))
        match chance.randrange(6):
            case 0:
                found[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
            case 1:
                found = found[: max(at, 8)]
            case 2:
                found[at:at] = found[at:end] * chance.randint(2, 50)
            case 3:
                found[at:at] = chance.choice([b"\0", b"<", b"&", b"%", b"\r\n\r\n", b"\xff\xff\xff\xff", b"../../"])
            case 4:
                del found[at:end]
            case _:
                found = bytearray(bytes(found).replace(str(chance.randrange(10)).encode(), b"99999999999", 1))
    return bytes(found)
