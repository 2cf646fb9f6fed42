"""What writes to a case or out of it, as works that `quality.faults` kills, and what has to hold of a case after them.

A work tells of each thing that it finished, in a line; `wrong` looks whether that is there. Another work is a function
and a line in `WORKS`.
"""

import functools
import hashlib
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from quality.mutations import alarms_of
from tadmor import pipeline
from tadmor.datamodel.checkpoints import Checkpoint
from tadmor.datamodel.history import Decision, Review
from tadmor.datamodel.issues import Severity
from tadmor.ledger import Ledger
from tadmor.ledger.keys import Keys
from tadmor.ledger.sealing import lock, sealed_path, unlock
from tadmor.network import Fetcher, Manners
from tadmor.pipeline.redacting import redact
from tadmor.settings import Settings
from tadmor.views.bundling.bundle import write
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.publishing import Call, publish
from tadmor.views.publishing.writing import MARK

Tell = Callable[[str], None]
Work = Callable[[Path, Tell], None]

_NAME, _TOWNS = "Colonel Nadim Khoury", ("Palmyra", "Raqqa", "Aleppo", "Homs", "Hama", "Idlib", "Daraa", "Manbij")
_PASSPHRASE = "as long as four words"  # noqa: S105 - of cases made here
_SETTINGS = Settings(reader="rules", workers=1)
_TODAY = date(2020, 1, 1)


class Made(NamedTuple):
    """A case with what the works need beside it, and the checkpoint signed in it."""

    case: Path
    signed: Checkpoint


def made(folder: Path) -> Made:
    """The case that every work begins with: six reports, and beside it twelve more, as many pages, and two tables."""
    _reports(folder / "more", 12)
    _pages(folder / "pages", 12)
    _tables(folder / "tables")
    (folder / "port").write_text(str(_free_port()))
    case = folder / "case"
    with Ledger.create(case) as ledger:
        pipeline.read([_reports(folder / "first", 6)], ledger, settings=_SETTINGS)
        keys = Keys(folder / "keys")
        keys.new("quality", None)
        return Made(case, ledger.custody.sign(keys.signing("quality", str)).checkpoint)


def _told(number: int) -> tuple[str, str, str]:
    """An invented report: its headline, its day, its words, with a few claims and a name that can be withheld."""
    town, day = _TOWNS[number % len(_TOWNS)], 1 + number % 28
    words = (
        f"The Syrian army captured {town} from Islamic State on Sunday, {_NAME} said. "
        f"At least {number + 3} soldiers were killed in the city."
    )
    return f"Army takes {town}", f"2016-03-{day:02}", words


def _reports(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        title, day, words = _told(number)
        (folder / f"{number}.txt").write_text(f"{title}\nReuters\n{day}\n\n{words}\n", "utf-8")
    return folder


def _pages(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    for number in range(count):
        title, day, words = _told(number + 20)
        head = f'<title>{title}</title><meta property="article:published_time" content="{day}T10:00:00Z">'
        body = f"<article><h1>{title}</h1><p>{words}</p><p>More was said in the evening, {number} times.</p></article>"
        (folder / f"{number}.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>", "utf-8")


def _tables(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("one", "two"):
        lines = [
            f"{name}-{number},2016-03-{1 + number:02},{town},,,air_strike,Russia,{number + 2},Strike on {town}"
            for number, town in enumerate(_TOWNS)
        ]
        head = "id,date,place,lat,lon,type,actor,killed,headline"
        (folder / f"{name}.csv").write_text("\n".join([head, *lines, ""]), "utf-8")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


# -- works -------------------------------------------------------------------------------------------------------------


def read(case: Path, tell: Tell) -> None:
    """More reports are read in."""
    more = case.with_name("more")
    with Ledger.open(case, create=True) as ledger:
        pipeline.read([more], ledger, settings=_SETTINGS, progress=lambda _done, _all, name: tell(f"file {name}"))


def fetch(case: Path, tell: Tell) -> None:
    """Pages are captured, from a server of this process's own."""
    with _served(case.with_name("pages"), int(case.with_name("port").read_text())) as (url, pages):
        wanted = [pipeline.Wanted(url=f"{url}/{page}") for page in pages]
        fetcher = Fetcher(Manners(delay=0, private=True, waits=()))
        with Ledger.open(case, create=True) as ledger:
            pipeline.fetch(
                wanted, ledger, fetcher, settings=_SETTINGS, progress=lambda _done, _all, page: tell(f"page {page}")
            )


@contextmanager
def _served(folder: Path, port: int) -> Iterator[tuple[str, list[str]]]:
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            return  # who asks is known

    with ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{port}", sorted(path.name for path in folder.iterdir())
        finally:
            server.shutdown()


def import_tables(case: Path, tell: Tell) -> None:
    """Tables are imported, each in one transaction."""
    call = pipeline.TableCall(kind="events", source="Orontes Count")
    for path in sorted(case.with_name("tables").iterdir()):
        with Ledger.open(case, create=True) as ledger:
            pipeline.import_tables([path], ledger, call)
        tell(f"table {path.name}")


def review(case: Path, tell: Tell) -> None:
    """Claims are decided on, one after another."""
    with Ledger.open(case) as ledger:
        claims = [claim.id for claim in ledger.claims(rejected=True)]
    for number in range(60):
        word = Review(
            subject=claims[number % len(claims)],
            decision=Decision.REJECT if number % 2 else Decision.ACCEPT,
            author="reviewer",
            made=datetime.now(UTC),
            reason=f"{os.getpid()} {number}",
        )
        with Ledger.open(case, writable=True, patience=60) as ledger:
            ledger.add_review(word)
        tell(f"review {word.reason}")


def sign(case: Path, tell: Tell) -> None:
    """Checkpoints are signed."""
    keys = Keys(case.with_name("keys"))
    signing = keys.signing(keys.only(), str)
    for _ in range(20):
        with Ledger.open(case, writable=True) as ledger:
            signed = ledger.custody.sign(signing)
        tell(f"size {signed.checkpoint.size}")


def withhold(case: Path, tell: Tell) -> None:
    """A name is taken out."""
    with Ledger.open(case) as ledger:
        if any("Khoury" in document.text for document in ledger.documents()):
            ledger.close()
            redact(case, [_NAME, "Nadim Khoury"], author="reviewer", reason="asked")
    tell("withheld")


def seal(case: Path, tell: Tell) -> None:
    """The case is locked and unlocked."""
    if not sealed_path(case).exists():
        lock(case, (), lambda: _PASSPHRASE)
    tell("locked")
    unlock(case, (), lambda: _PASSPHRASE)
    tell("unlocked")


def bundle(case: Path, tell: Tell) -> None:
    """The whole case is bundled, twice: the second file takes the place of the first."""
    for _ in range(2):
        with Ledger.open(case) as ledger:
            write(None, ledger, case.with_name("whole.zip"))
        tell("bundled")


def publish_twice(case: Path, tell: Tell) -> None:
    """The record is published, twice: the second folder takes the place of the first."""
    for _ in range(2):
        with Ledger.open(case) as ledger:
            publish(ledger, case.with_name("site"), Call(policy=Policy(), today=_TODAY))
        tell("published")


#: What writes to a case, or out of it.
WORKS: dict[str, Work] = {
    "read": read,
    "fetch": fetch,
    "import": import_tables,
    "review": review,
    "sign": sign,
    "withhold": withhold,
    "seal": seal,
    "bundle": bundle,
    "publish": publish_twice,
}


# -- what has to hold --------------------------------------------------------------------------------------------------


def wrong(case: Path, told: tuple[str, ...], signed: Checkpoint) -> list[str]:
    """What does not hold of a case that a work told of; a case that is locked is unlocked first."""
    if not case.exists():
        unlock(case, (), lambda: _PASSPHRASE)
    with Ledger.open(case) as ledger:
        issues = [*ledger.verify(), *ledger.custody.compare([("the checkpoint before", signed)])]
        kept = set(_kept(ledger))
        texts = [document.text for document in ledger.documents()] if "withheld" in told else []
    found = [issue.line() for issue in issues if issue.severity is Severity.ERROR]
    found += [f"lost: {one}" for one in told if " " in one and one not in kept]
    found += [f"not withheld: {one[:60]}" for one in texts if "Khoury" in one]
    return found + list(_of_bundle(case.with_name("whole.zip"), told)) + list(_of_site(case.with_name("site"), told))


def _kept(ledger: Ledger) -> Iterator[str]:
    """What a case holds, in the words of the works."""
    yield from (f"file {document.name}" for document in ledger.documents())
    yield from (f"page {capture.page}" for capture in ledger.captures())
    yield from (f"table {table.name}" for table in ledger.tables())
    yield from (f"review {one.reason}" for one in ledger.reviews())
    yield from (f"size {one.checkpoint.size}" for one in ledger.custody.checkpoints())


def _of_bundle(path: Path, told: tuple[str, ...]) -> Iterator[str]:
    """A bundle under its name is whole, and there if that was told."""
    if path.exists():
        yield from (f"bundle: {line}" for line in alarms_of(path))
    elif "bundled" in told:
        yield "bundle: is not there"


def _of_site(folder: Path, told: tuple[str, ...]) -> Iterator[str]:
    """A site under its name is whole, and there if that was told."""
    if not folder.exists():
        yield from ["site: is not there"] if "published" in told else []
        return
    if not (folder / MARK).exists() or not (folder / "index.html").exists():
        yield "site: is half a site"
        return
    for name, row in json.loads((folder / "data" / "files.json").read_text("utf-8")).items():
        if hashlib.sha256((folder / "data" / name).read_bytes()).hexdigest() != row["sha256"]:
            yield f"site: data/{name} is not what data/files.json tells"


def left_over(case: Path) -> list[str]:
    """Files of a work that are half made, though it was carried out again since."""
    return [
        f"left over: {path.name}" for path in case.parent.iterdir() if ".part" in path.name or ".tadmor-" in path.name
    ]
