"""Files that hold others: what is found in them, and what damaged and hostile ones cannot do."""

import gzip
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from tadmor.datamodel.exchanges import Exchange
from tadmor.datamodel.issues import Issue
from tadmor.documents.archives import warc
from tadmor.documents.archives.answers import read_answer
from tadmor.documents.archives.members import Member, name_of, open_archive
from tadmor.documents.archives.packaging import PackedPage, searched, write_wacz
from tadmor.documents.loading import load_bytes

PAGE = (
    b"<html><body><article><p>The Syrian army captured Palmyra on Thursday, officials said.</p></article></body></html>"
)
LETTER = b"""From: Orontes Wire <desk@orontes.example>
Date: Thu, 02 Mar 2017 10:00:00 +0200
Subject: =?utf-8?q?Palmyra_retaken?=
Message-ID: <a@b>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The Syrian army captured Palmyra from Islamic State on Thursday, officials said.
"""


def exchanged(body=PAGE, head=b"Content-Type: text/html\r\n", status=200, url="http://news.example/a"):
    sent = b"HTTP/1.1 %d OK\r\n" % status + head + b"\r\n" + body
    return Exchange(
        url=url,
        made=datetime(2017, 3, 2, 12, 0, 0, 5, UTC),
        address="203.0.113.9",
        asked=b"GET /a HTTP/1.1\r\nHost: news.example\r\n\r\n",
        answered=sent,
        status=status,
        headers=(),
        body=body,
    )


def written(*exchanges):
    return warc.written(exchanges or (exchanged(),), {"dates": "2017-03-02"}, "tadmor/0")


def inside(tmp_path, data, name="a.warc.gz"):
    path = tmp_path / name
    path.write_bytes(data)
    archive = open_archive(path)
    found = list(archive.members())
    return [one for one in found if isinstance(one, Member)], [one for one in found if isinstance(one, Issue)]


def test_a_written_archive_is_read_as_it_was(tmp_path):
    """Packed or not, page, address, time and headers; the same exchanges give the same bytes."""
    data = written()
    assert data == written()
    for bare in (data, gzip.decompress(data)):
        ((member,), issues) = inside(tmp_path, bare)
        assert issues == []
        assert (member.data, member.url, member.position) == (PAGE, "http://news.example/a", "#2")
        assert (member.made, member.address) == (datetime(2017, 3, 2, 12, 0, 0, 5, UTC), "203.0.113.9")
        assert member.answer.header("content-type") == "text/html"


def test_chunks_and_packing_are_undone(tmp_path):
    """As the server sent them."""
    packed = gzip.compress(PAGE)
    head = b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    sent = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, packed[:10], len(packed) - 10, packed[10:])
    ((member,), _) = inside(tmp_path, written(exchanged(sent, head)))
    assert member.data == PAGE


def test_what_is_no_page_is_passed_over_and_counted(tmp_path):
    """Pictures, redirects, robots.txt; a page that is no more is told of."""
    picture = exchanged(b"\x89PNG", b"Content-Type: image/png\r\n")
    moved = exchanged(b"", b"Location: /b\r\n", 302)
    robots = exchanged(b"User-agent: *", b"Content-Type: text/plain\r\n", url="http://news.example/robots.txt")
    gone = exchanged(b"gone", status=410)
    members, (note,) = inside(tmp_path, written(picture, moved, robots, gone))
    assert [(one.data, one.answer.status) for one in members] == [(None, 410)]
    assert "1 image/png" in note.message
    assert "1 status 302" in note.message


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda whole: whole[: len(whole) // 2], id="cut"),
        pytest.param(lambda whole: whole[:-40] + b"\0" * 40, id="damaged"),
        pytest.param(
            lambda whole: whole + gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n" * 9999), id="endless head"
        ),
        pytest.param(lambda whole: whole + gzip.compress(b"\0" * 50_000_000), id="bomb"),
        pytest.param(
            lambda whole: (
                gzip.decompress(whole)
                + b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 1000000000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            ),
            id="1 TB",
        ),
        pytest.param(lambda whole: gzip.decompress(whole) + b"WARC/1.1\r\nContent-Length: -5\r\n\r\n", id="negative"),
        pytest.param(lambda whole: gzip.decompress(whole) + b"nonsense\r\n", id="nonsense"),
    ],
)
def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path, data):
    """And says where it breaks off."""
    two = written(exchanged(), exchanged(url="http://news.example/b"))
    members, issues = inside(tmp_path, data(two))
    assert len(members) <= 2
    assert issues[-1].rule == "archive-broken"
    assert {issue.rule for issue in issues} <= {"archive-broken", "too-big"}


def test_an_answer_that_unpacks_to_more_than_is_taken_is_left(tmp_path):
    """A bomb inside a record: said, and not unpacked."""
    head = b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    members, (issue,) = inside(tmp_path, written(exchanged(gzip.compress(b"\0" * 120_000_000), head)))
    assert members == []
    assert "more than" in issue.message


@pytest.mark.parametrize("block", [b"", b"HTTP/1.1", b"HTTP/1.1 200 OK", b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"])
def test_a_block_that_is_no_answer_is_none(block):
    """Nothing is made up of it."""
    assert read_answer(block, 100) is None


def test_names_of_pages_lead_nowhere():
    """No separators, no dots at the start, an ending that fits."""
    assert name_of("http://x.example/../../etc/passwd", "text/html") == "x.example_.._.._etc_passwd.html"
    assert "/" not in name_of("http://x.example/\0/\\..\\a?b=/c", "application/pdf")
    assert len(name_of("http://x.example/" + "a" * 500, "text/html")) < 140


# -- packages -------------------------------------------------------------------------------------------------------


def packed(*pages):
    out = io.BytesIO()
    write_wacz(out, pages or (PackedPage(url="http://news.example/a", made=exchanged().made, warc=written()),), "t/0")
    return out.getvalue()


def test_a_package_is_read_as_it_was_written(tmp_path):
    """The same bytes each time; index and description fit the archive."""
    data = packed()
    assert data == packed()
    ((member,), issues) = inside(tmp_path, data, "a.wacz")
    assert (member.data, member.position, issues) == (PAGE, "archive/data.warc.gz#2", [])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        line = package.read("indexes/index.cdxj").decode().split(" ", 2)
        archive = package.read("archive/data.warc.gz")
        pages = [json.loads(one) for one in package.read("pages/pages.jsonl").splitlines()]
        described = json.loads(package.read("datapackage.json"))
        assert package.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
    told = json.loads(line[2])
    at, size = int(told["offset"]), int(told["length"])
    assert line[:2] == ["example,news)/a", "20170302120000"]
    assert PAGE in gzip.decompress(archive[at : at + size])
    assert (pages[0]["format"], pages[1]["url"]) == ("json-pages-1.0", "http://news.example/a")
    assert described["wacz_version"] == "1.1.1"
    assert {one["path"] for one in described["resources"]} == {
        "archive/data.warc.gz",
        "indexes/index.cdxj",
        "pages/pages.jsonl",
    }


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/A?b=2&a=1", "org,example)/a?a=1&b=2"),
        ("http://example.org:8080/", "org,example:8080)/"),
        ("http://127.0.0.1:80", "127.0.0.1)/"),
    ],
)
def test_addresses_are_sorted_from_the_end_of_the_host(url, key):
    """As replay tools look them up."""
    assert searched(url) == key


def test_an_altered_package_is_told_of(tmp_path):
    """By the digest in its description; what is in it is read all the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed())) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            data = before.read(info)
            after.writestr(info, data if not info.filename.endswith(".warc.gz") else written(exchanged(PAGE + b" ")))
    ((member,), (issue,)) = inside(tmp_path, out.getvalue(), "a.wacz")
    assert (member.data, issue.rule) == (PAGE + b" ", "package-altered")


def test_paths_and_links_in_a_package_are_never_followed(tmp_path):
    """A zip with names that climb out, and a link to a file of this machine: nothing is written, nothing is opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", '{"resources": []}')
        package.writestr("archive/../../../escaped.warc", gzip.decompress(written()))
        link = zipfile.ZipInfo("archive/link.warc")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    before = {path for path in tmp_path.parent.rglob("*") if path != tmp_path / "a.wacz"}
    members, issues = inside(tmp_path, out.getvalue(), "a.wacz")
    assert [one.data for one in members] == [PAGE]
    assert "archive-broken" in {issue.rule for issue in issues}
    assert {path for path in tmp_path.parent.rglob("*") if path != tmp_path / "a.wacz"} == before


# -- mail and tables ------------------------------------------------------------------------------------------------


def test_a_message_is_read_with_sender_subject_and_day():
    """The sender is the publisher; the text alone is the document."""
    (document,) = load_bytes(LETTER, "a.eml").documents
    assert (document.outlet, document.title) == ("Orontes Wire", "Palmyra retaken")
    assert (document.published.earliest, document.raw.strip()[:8]) == (date(2017, 3, 2), "The Syri")


def test_the_html_of_a_message_counts_where_it_has_no_plain_text():
    """And what is attached to it and is none of the kinds that are read is told of."""
    parts = (
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/html\n\n%s\n'
        b"--x\nContent-Type: application/zip\nContent-Disposition: attachment\n\nPK\n--x--\n"
        % PAGE.replace(b"officials said", b"officials said in Damascus, and more was told of it in the evening")
    )
    loaded = load_bytes(LETTER.partition(b"Content-Type")[0] + parts, "a.eml")
    assert "captured Palmyra" in loaded.documents[0].text
    assert "mail-attached" in {issue.rule for issue in loaded.issues}


def test_a_mailbox_gives_its_messages_one_by_one(tmp_path):
    """Each as bytes of its own, with its place."""
    told = LETTER.replace(b"captured", b"retook") + b"\nFrom the north they came.\n\nFrom \n"
    data = b"From a Thu Mar 2\n" + LETTER + b"\nFrom b Thu Mar 2\n" + told
    members, issues = inside(tmp_path, data, "a.mbox")
    assert [(one.position, b"retook" in one.data) for one in members] == [("#1", False), ("#2", True)]
    assert issues == []


@pytest.mark.parametrize(
    "data",
    [
        LETTER.replace(b"utf-8\n", b"no-such-charset\n"),
        LETTER.replace(b"text/plain", b"multipart/mixed; boundary=x"),
        b"From: a\nDate: b\nMessage-ID: c\n" + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3000,
        LETTER.replace(b"Subject: =?utf-8", b"Subject: =?x-none"),
        LETTER.replace(b"02 Mar 2017", b"99 Foo 999999"),
    ],
)
def test_a_broken_message_raises_nothing(data):
    """It is read as far as it can be, or said to hold no text."""
    loaded = load_bytes(data, "a.eml")
    assert loaded.documents or loaded.issues


def test_rows_of_texts_are_read_with_what_stands_beside(tmp_path):
    """CSV by the names of its columns, JSON Lines by those of its fields; bad rows are named and the rest goes on."""
    table = 'title,text,date,source\nA,"The army ""took"" Palmyra.",2017-03-02,SANA\nB,,,\n'
    ((row,), (empty,)) = inside(tmp_path, table.encode(), "a.csv")
    assert (row.data, row.known.title, row.known.outlet) == (b'The army "took" Palmyra.', "A", "SANA")
    assert (row.known.published.earliest, empty.rule) == (date(2017, 3, 2), "row-empty")
    lines = b'{"text": "The army took Palmyra.", "published": "2017-03-02T10:00:00Z"}\n[1]\n' + b"[" * 100_000 + b"\n"
    ((row,), issues) = inside(tmp_path, lines, "a.jsonl")
    assert (row.position, row.known.published.earliest, len(issues)) == ("#1", date(2017, 3, 2), 2)


def test_a_table_without_texts_is_no_archive(tmp_path):
    """It is read as before, as plain text."""
    path = tmp_path / "a.csv"
    path.write_text("place,day\nPalmyra,2017-03-02\n", encoding="utf-8")
    assert open_archive(path) is None
