"""Files attached to mail: documents of their own, with the message as where they came from."""

from datetime import date

import pytest

from tadmor import pipeline
from tadmor.documents.archives.mailbox import MOST, attachments
from tadmor.ledger import Ledger
from tadmor.settings import Settings

SAID = "The Syrian army captured {} from Islamic State on Thursday, officials said."
MORE = "More was said in the evening by the same officials about what had happened on the road to the north."
HEAD = (
    "From: Orontes Wire <desk@orontes.example>\nDate: Thu, 02 Mar 2017 10:00:00 +0200\nSubject: Reports\n"
    'Message-ID: <a@b>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
)


def part(kind, body, name=""):
    """A part; with a name, one that is attached."""
    attached = f'Content-Disposition: attachment; filename="{name}"\n' if name else ""
    return f"--x\nContent-Type: {kind}\n{attached}\n{body}\n"


def mail(*parts):
    return HEAD + "".join(parts) + "--x--\n"


WHOLE = mail(
    part("text/plain", SAID.format("Palmyra")),
    part("text/plain", "Hama falls\n\n" + SAID.format("Hama"), "../../etc/a report.txt"),
    part(
        "application/octet-stream",
        f"<html><body><article><p>{SAID.format('Idlib')}</p><p>{MORE}</p></article></body></html>",
        "x.html",
    ),
    part("application/zip", "PK", "all.zip"),
)


def taken(path, case):
    """What a reading did, and the documents by name with their texts; the case verifies."""
    with Ledger.open(case, create=True) as ledger:
        summary = pipeline.read([path], ledger, settings=Settings(reader="rules", workers=1))
        assert ledger.verify() == ()
        return summary, {one.name: one for one in ledger.documents()}, ledger.captures()


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_what_is_attached_is_read_with_the_message_named(tmp_path, name):
    """By its own name below the message's, with the sender and the message's day; once, however often it is read."""
    path = tmp_path / name
    path.write_text(WHOLE if name == "a.eml" else f"From a Thu Mar 2\n{WHOLE}\n")
    summary, found, captures = taken(path, tmp_path / "case")
    message = name if name == "a.eml" else "a.mbox#1.eml"
    assert set(found) == {message, f"{message}#etc_a_report.txt", f"{message}#x.html"}
    one = found[f"{message}#etc_a_report.txt"]
    assert (one.outlet, one.published.earliest) == ("Orontes Wire", date(2017, 3, 2))
    assert "Hama" in one.text
    before = "" if name == "a.eml" else "#1/"
    assert [one.position for one in captures][-2:] == [f"{before}attachment 1", f"{before}attachment 2"]
    assert captures[-1].notes == (f"attached to the message {message} as x.html",)
    assert [
        "1 attached to it not read" in issue.message for issue in summary.issues if issue.rule == "mail-attached"
    ] == [True]
    again, found, _ = taken(path, tmp_path / "case")
    assert (again.documents, len(found)) == (0, 3)


def test_a_message_without_text_is_kept_for_what_is_attached_to_it(tmp_path):
    (tmp_path / "a.eml").write_text(mail(part("text/plain", SAID.format("Hama"), "a.txt")))
    summary, found, captures = taken(tmp_path / "a.eml", tmp_path / "case")
    assert (summary.documents, set(found), len(captures)) == (1, {"a.eml#a.txt"}, 1)


def test_attachments_are_bounded():
    """So many of a message; none of one that nests without end."""
    assert len(attachments(mail(*(part("text/plain", "x", f"{n}.txt") for n in range(MOST + 9))).encode())) == MOST
    nested = (
        "Content-Type: multipart/mixed; boundary=x\n\n" + "--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 500
    )
    assert attachments(nested.encode()) == ()
