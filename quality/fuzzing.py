"""Each entry of a parser under atheris, for a bounded time: what it raises is a defect.

    python -m quality.fuzzing [--seconds 20] [ENTRY ...]

Each entry runs in a process of its own, from small valid files as seeds; markup is parsed in it, not apart.
"""

import argparse
import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from quality import hostile_files as made


def _warc(data: bytes) -> None:
    from tadmor.documents.archives import warc  # noqa: PLC0415 - one entry a process
    from tadmor.documents.archives.answers import read_answer  # noqa: PLC0415

    try:
        for record in warc.records(io.BytesIO(data)):
            read_answer(record.block or b"", 1_000_000)
    except warc.BrokenArchiveError:
        return


def _wacz(data: bytes) -> None:
    from tadmor.documents.archives import wacz  # noqa: PLC0415
    from tadmor.documents.archives.members import _answers  # noqa: PLC0415

    for found in wacz.archives(io.BytesIO(data), "a.wacz"):
        if isinstance(found, wacz.Packed):
            list(_answers(found.file, "a.wacz", found.name))


def _answer(data: bytes) -> None:
    from tadmor.documents.archives.answers import read_answer  # noqa: PLC0415

    read_answer(data, 1_000_000)


def _mail(data: bytes) -> None:
    from tadmor.documents.archives.mailbox import messages, read_letter  # noqa: PLC0415

    for message in messages(io.BytesIO(data), 1_000_000):
        read_letter(message or b"")
    read_letter(data)


def _docx(data: bytes) -> None:
    from tadmor.documents.loading import load_bytes  # noqa: PLC0415

    load_bytes(b"PK\x03\x04" + data, "a.docx")


def _rows(data: bytes) -> None:
    from tadmor.documents.archives.rows import texts  # noqa: PLC0415

    for name in ("a.csv", "a.jsonl"):
        list(texts(io.BytesIO(data), Path(name)))


def _list(data: bytes) -> None:
    from tadmor.documents.listings import read_listing  # noqa: PLC0415

    read_listing(data, "http://news.example/")


def _robots(data: bytes) -> None:
    from tadmor.network.robots import read_robots  # noqa: PLC0415

    read_robots(data.decode("utf-8", "replace")).opens("/a/b?c")


def _page(data: bytes) -> None:
    from tadmor.documents.page import read_page  # noqa: PLC0415
    from tadmor.documents.pagedates import rungs  # noqa: PLC0415

    list(rungs(read_page(data.decode("utf-8", "replace"))))


def _text(data: bytes) -> None:
    from tadmor.documents.loading import load_bytes  # noqa: PLC0415

    load_bytes(b"The " + data, "a.txt")


def _address(data: bytes) -> None:
    from tadmor.errors import ForbiddenError  # noqa: PLC0415
    from tadmor.network.guard import address_to_ask, refusal  # noqa: PLC0415

    told = data.decode("utf-8", "replace")
    refusal(told, private=True)
    try:
        address_to_ask(told)
    except ForbiddenError:
        return


#: The entries, each with what it is begun from.
ENTRIES: dict[str, tuple[Callable[[bytes], None], bytes]] = {
    "warc": (_warc, made.record(made.ARTICLE)),
    "wacz": (_wacz, made.zipped(("datapackage.json", b'{"resources": []}'), ("archive/a.warc", made.record(b"x")))),
    "answer": (
        _answer,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    ),
    "mail": (
        _mail,
        b"From a Thu Mar 2\nFrom: a <b@c>\nDate: Thu, 02 Mar 2017 10:00:00 +0200\nMessage-ID: <x>\n\ntext\n",
    ),
    "docx": (_docx, made.word("<w:p><w:t>text</w:t></w:p>")[4:]),
    "rows": (_rows, b'text,date\n"a",2017-03-02\n{"text": "a"}\n'),
    "list": (_list, b"<urlset><url><loc>http://a.example/</loc><lastmod>2017-03-02</lastmod></url></urlset>"),
    "robots": (_robots, b"User-agent: *\nDisallow: /*a$\nCrawl-delay: 3\n"),
    "page": (_page, made.ARTICLE),
    "text": (_text, b"army took Palmyra on 2 March 2017.\n\nMore.\n"),
    "address": (_address, b"http://news.example:80/a?b#c"),
}


def run(entry: str, seconds: int) -> tuple[int, str]:
    """One entry in a process of its own: its exit code, and the last of what it said."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seed").write_bytes(ENTRIES[entry][1])
        command = [sys.executable, "-m", "quality.fuzzing", "--inside", entry, "--seconds", str(seconds), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return done.returncode, " | ".join(lines[-3:])[-300:]


def _inside(entry: str, seconds: int, folder: str) -> None:
    import atheris  # noqa: PLC0415 - only here

    with atheris.instrument_imports(include=["tadmor"]):
        call = ENTRIES[entry][0]
        call(ENTRIES[entry][1])  # what it imports is instrumented
    limits = [f"-max_total_time={seconds}", "-rss_limit_mb=3000", "-timeout=60", "-max_len=4096"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/", folder], call)
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the entries; 1 where one raised something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entries", nargs="*")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--inside")
    asked = parser.parse_args(arguments)
    if asked.inside:
        _inside(asked.inside, asked.seconds, asked.entries[0])
        return 0
    failed = 0
    for entry in asked.entries or ENTRIES:
        code, said = run(entry, asked.seconds)
        failed += code != 0
        print(f"{entry}: {'nothing raised' if code == 0 else 'FAILED'} in {asked.seconds} s; {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
