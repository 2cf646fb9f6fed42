"""Files sent to the server: kept whole or not at all, read as `tadmor read` reads, with what came of each told."""

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from made_site import client, nobody

from tadmor import pipeline
from tadmor.ledger import Ledger
from tadmor.settings import Settings
from tadmor.views import answers
from tadmor.views.uploading.queue import Uploads
from tadmor.views.uploading.reading import drain
from tadmor.views.uploading.receiving import Bounds
from tadmor.views.uploading.spool import Sent, Spool, State, Upload, safe_name

REPORT = "Army takes Talbiseh\nReuters\n2016-05-01\n\nThe Syrian army captured Talbiseh from rebels on Sunday.\n"
OTHER = "Rebels lose Rastan\nAFP\n2016-05-09\n\nThe army took Rastan on Monday. At least 7 rebels were killed.\n"
TINY = Bounds(file=1_000, upload=1_500, waiting=1_500, files=3)


def sent(site, files, **asked):
    return site.post("/api/v1/uploads", files=[("file", one) for one in files], data=asked)


def names(folder: Path) -> list[str]:
    """The documents of a case by name."""
    with Ledger.open(folder) as ledger:
        return sorted(one.name for one in ledger.documents())


def left_behind(folder: Path) -> list[Path]:
    return [
        one for one in (folder / "uploads").rglob("*") if one.is_file() and one.name not in ("upload.json", ".lock")
    ]


def test_files_sent_together_are_read_and_what_came_of_each_is_told(own):
    with client(own) as site:
        before = names(own)
        answer = sent(site, [("a.txt", REPORT), ("b.txt", OTHER), ("pack.zip", b"PK\x03\x04" + bytes(200))])
        assert answer.status_code == 201, answer.text
        told = site.get(answer.headers["location"]).json()
        assert msgspec.convert(told, answers.Upload) == told
        assert (told["state"], told["done"], told["files"]) == ("done", 3, 3)
        assert (told["documents"], told["known"]) == (2, 0)
        assert names(own) == sorted([*before, "a.txt", "b.txt"])
        first, _, last = told["read"]
        document = site.get(f"/api/v1/documents/{first['documents'][0]}").json()
        assert (document["name"], document["claims"]) == ("a.txt", first["claims"])
        assert document["original"] == first["sha256"]
        assert told["claims"] == sum(one["claims"] for one in told["read"]) > 0
        assert last["documents"] == []
        assert [one["rule"] for one in last["issues"]] == ["binary"]
        assert "save its text" in last["issues"][0]["message"]
        assert told["words"] == "read: 2 documents added; 1 file could not be read"
    assert left_behind(own) == []


def test_issues_name_no_folder_of_the_machine(own):
    with client(own) as site:
        sent(site, [("pack.zip", b"PK\x03\x04" + bytes(200))])
        where = [one["where"] for one in site.get("/api/v1/issues").json()["issues"]]
    assert [re.sub(r"\d{8}T\d{6}-\w{8}", "ID", one) for one in where] == ["uploads/ID/1/pack.zip"]


def test_the_outlet_and_the_day_go_before_those_of_the_file(own):
    with client(own) as site:
        answer = sent(site, [("a.txt", REPORT)], source="Orontes Wire", published="2016-06-02").json()
        assert (answer["source"], answer["published"]) == ("Orontes Wire", "2016-06-02")
        document = site.get(f"/api/v1/documents/{answer['read'][0]['documents'][0]}").json()
        assert (document["outlet"], document["published"]["earliest"]) == ("Orontes Wire", "2016-06-02")


def test_one_file_may_be_the_body(own):
    with client(own) as site:
        answer = site.post("/api/v1/uploads?name=a.txt&source=AFP", content=REPORT.encode())
        assert answer.status_code == 201, answer.text
        assert [one["name"] for one in answer.json()["read"]] == ["a.txt"]
        assert answer.json()["documents"] == 1
        nameless = site.post("/api/v1/uploads", content=REPORT.encode())
        assert (nameless.status_code, nameless.json()["detail"]) == (422, "name: what the file is called is missing")


def test_what_the_case_holds_is_known_and_not_added(own):
    with client(own) as site:
        told = sent(site, [("a.txt", REPORT), ("same.txt", REPORT)]).json()
        assert (told["documents"], told["known"]) == (1, 1)
        again = sent(site, [("b.txt", REPORT)]).json()
        assert (again["documents"], again["claims"], again["known"]) == (0, 0, 1)
        assert again["read"][0]["documents"] == told["read"][0]["documents"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/cron.d/x", "x"),
        ("..", "unnamed"),
        (".hidden", "hidden"),
        ("", "unnamed"),
        ("a\x00b\n.txt", "ab.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("تدمر.txt", "تدمر.txt"),
        ("C:\\fakepath\\report.pdf", "report.pdf"),
        ("x" * 400 + ".html", "x" * 175 + ".html"),
        ("é" * 200, "é" * 90),
    ],
)
def test_a_name_from_a_client_is_never_a_path(told, kept):
    assert safe_name(told) == kept
    assert len(safe_name(told).encode()) <= 180


def test_a_hostile_name_stays_in_the_spool(own):
    with client(own, reading=nobody) as site:
        told = site.post("/api/v1/uploads", params={"name": "../../../../out.txt"}, content=b"x").json()
    assert [one.relative_to(own).as_posix() for one in left_behind(own)] == [f"uploads/{told['id']}/1/out.txt"]
    assert not list(own.parent.rglob("out.txt"))[1:]


@pytest.mark.parametrize(
    ("files", "status", "words"),
    [
        ([("a.txt", "x" * 1_001)], 413, "a.txt is larger than 1,000 bytes"),
        ([("a.txt", "x" * 900), ("b.txt", "x" * 900)], 413, "more than 1,500 bytes at once"),
        ([("a.txt", "x")] * 4, 413, "more than 3 files"),
        ([], 422, ""),
    ],
)
def test_what_is_beyond_the_bounds_is_refused_whole(own, files, status, words):
    with client(own, reading=nobody, bounds=TINY) as site:
        answer = sent(site, files) if files else site.post("/api/v1/uploads", files=[("file", ("", b""))])
        assert answer.status_code == status
        assert words in answer.json()["detail"]
        assert site.get("/api/v1/uploads").json()["uploads"] == []
    assert left_behind(own) == []
    assert [one.name for one in (own / "uploads").iterdir()] == []


def test_no_more_is_taken_while_too_much_waits(own):
    with client(own, reading=nobody, bounds=TINY) as site:
        for _ in range(2):
            assert sent(site, [("a.txt", "x" * 900)]).status_code == 201
        answer = sent(site, [("b.txt", "x")])
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nno header"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\ncut',
        ),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", b"\x00\xff" * 500),
        ("multipart/form-data; boundary=b", b""),
    ],
)
def test_a_form_that_breaks_off_or_is_none_leaves_nothing(own, media, body):
    with client(own, reading=nobody) as site:
        answer = site.post("/api/v1/uploads", content=body, headers={"content-type": media})
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
    assert [one.name for one in (own / "uploads").iterdir()] == []


def test_a_day_that_is_none_is_said(own):
    with client(own, reading=nobody) as site:
        answer = sent(site, [("a.txt", "x")], published="yesterday")
        assert (answer.status_code, "is no day" in answer.json()["detail"]) == (422, True)
    assert left_behind(own) == []


def test_a_page_of_another_site_cannot_send(own):
    with client(own, reading=nobody) as site:
        answer = site.post("/api/v1/uploads?name=a.txt", content=b"x", headers={"origin": "http://elsewhere.example"})
        assert answer.status_code == 403
        mine = site.post("/api/v1/uploads?name=a.txt", content=b"x", headers={"origin": "http://localhost"})
        assert mine.status_code == 201


def test_the_form_of_the_page_sends_files_without_scripts(own):
    with client(own) as site:
        page = site.get("/uploads").text
        token = re.search(r'name="token" value="(\w+)"', page)[1]
        answer = site.post(
            "/uploads",
            data={"token": token, "source": "", "published": ""},
            files=[("file", ("a.txt", REPORT)), ("file", ("b.txt", OTHER))],
            follow_redirects=False,
        )
        assert answer.status_code == 303
        shown = site.get(answer.headers["location"]).text
        assert "2 documents with" in shown
        assert "its document" in shown
        assert answer.headers["location"] in site.get("/uploads").text


def test_a_form_that_is_not_this_server_s_is_refused_before_its_files_are_kept(own):
    with client(own, reading=nobody) as site:
        site.get("/uploads")
        for data in ({"token": "none"}, {}):
            answer = site.post("/uploads", data=data, files=[("file", ("a.txt", REPORT))])
            assert answer.status_code == 403
            assert "load the page again" in answer.text
    assert left_behind(own) == []


def test_names_and_failures_are_escaped(own):
    with client(own, reading=nobody) as site:
        told = site.post("/api/v1/uploads", params={"name": "<script>alert(1)<x>.txt"}, content=b"x").json()
        page = site.get(f"/uploads/{told['id']}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;x&gt;.txt" in page


def waiting(folder: Path, **changed: object) -> Upload:
    """An upload of two files, as the spool has it after it was received; then changed."""
    spool = Spool(folder)
    received = spool.begin()
    files = []
    for number, (name, text) in enumerate([("a.txt", REPORT), ("b.txt", OTHER)], start=1):
        (received / str(number)).mkdir()
        (received / str(number) / name).write_text(text)
        files.append(Sent(name=name, size=len(text), sha256="" if not changed else sha256(text)))
    upload = msgspec.structs.replace(spool.take(received, tuple(files), None, None), **changed)
    spool.save(upload)
    return upload


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_reading_that_was_cut_short_goes_on_when_a_server_starts(own):
    upload = waiting(own, state=State.READING, attempts=1, done=1, name="a.txt")
    known = tuple(msgspec.structs.replace(one, known=False) for one in upload.files)
    Spool(own).save(msgspec.structs.replace(upload, files=known))
    with Ledger.open(own, writable=True) as ledger:  # the first of the files had been read
        pipeline.read([own / Spool(own).path_of(upload, 1)], ledger, settings=Settings(reader="rules"))
    with client(own) as site:
        told = site.get(f"/api/v1/uploads/{upload.id}").json()
    assert (told["state"], told["done"], told["documents"], told["known"]) == ("done", 2, 2, 0)
    assert [len(one["documents"]) for one in told["read"]] == [1, 1]


def test_what_stops_the_reader_again_and_again_is_given_up_and_said_and_may_be_tried_again(own):
    upload = waiting(own, state=State.READING, attempts=3, name="a.txt")
    with client(own) as site:
        told = site.get(f"/api/v1/uploads/{upload.id}").json()
        assert (told["state"], told["words"]) == ("failed", "reading it stopped 3 times, the last time after a.txt")
        assert len(left_behind(own)) == 2
        page = site.get(f"/uploads/{upload.id}").text
        token = re.search(r'name="token" value="(\w+)"', page)[1]
        site.post(f"/uploads/{upload.id}/again", data={"token": token})
        assert site.get(f"/api/v1/uploads/{upload.id}").json()["state"] == "done"
        assert site.post(f"/api/v1/uploads/{upload.id}/again").status_code == 409
    assert left_behind(own) == []


def test_a_table_of_sources_that_is_none_fails_in_words_and_keeps_the_files(own):
    (own / "sources.yaml").write_text("- no table")
    with client(own) as site:
        told = sent(site, [("a.txt", REPORT)]).json()
        assert told["state"] == "failed"
        assert "sources.yaml" in told["words"]
    assert len(left_behind(own)) == 1


def test_uploads_are_read_one_after_another_by_one_process_at_a_time(own):
    first, second = waiting(own, attempts=0), waiting(own, attempts=0)
    call = [sys.executable, "-m", "tadmor.views.uploading", str(own)]
    both = [subprocess.Popen(call, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(one.communicate(timeout=120)[1], one.returncode) for one in both] == [(b"", 0)] * 2
    told = [Spool(own).get(one.id) for one in (first, second)]
    assert [(one.state, one.attempts) for one in told] == [(State.DONE, 1)] * 2
    # of two uploads of the same files, one brought them
    assert sorted(sum(bool(each.known) for each in one.files) for one in told) == [0, 2]


def test_a_reader_waits_for_another_program_that_writes_to_the_case(own):
    upload = waiting(own, attempts=0)
    call = [sys.executable, "-m", "tadmor.views.uploading", str(own)]
    with Ledger.open(own, writable=True):
        reader = subprocess.Popen(call)
        until = datetime.now(UTC).timestamp() + 60
        while "waiting for another program" not in Spool(own).get(upload.id).words:
            assert datetime.now(UTC).timestamp() < until
    assert reader.wait(timeout=60) == 0
    assert Spool(own).get(upload.id).state is State.DONE


def test_what_a_server_was_receiving_when_it_ended_is_removed_in_time(own):
    folder = Spool(own).begin()
    (folder / "1").mkdir()
    (folder / "1" / "a.txt").write_text("half")
    Uploads(own, nobody)
    assert folder.exists(), "another server may be receiving it"
    for one in (folder / "1" / "a.txt", folder / "1", folder):
        os.utime(one, (0, 0))
    Uploads(own, nobody)
    assert not folder.exists()


@pytest.mark.parametrize(
    "identity", ["%2e%2e", "x", "20261128T000000-zzzzzzzz", "20261128T000000-00000000", "%2e%2e%2fcase"]
)
def test_an_upload_that_is_none_is_not_found(own, identity):
    with client(own, reading=nobody) as site:
        assert site.get(f"/api/v1/uploads/{identity}").status_code == 404
        assert site.post(f"/api/v1/uploads/{identity}/again").status_code in (404, 405)


def test_a_damaged_state_is_no_upload_and_breaks_no_list(own):
    upload = waiting(own, attempts=0)
    (own / "uploads" / upload.id / "upload.json").write_text(json.dumps({"id": upload.id})[:-3])
    drain(own)
    with client(own, reading=nobody) as site:
        assert site.get("/api/v1/uploads").json() == {"uploads": [], "next": None}
