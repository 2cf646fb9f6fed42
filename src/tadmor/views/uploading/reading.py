"""Uploads read into their case, one after another, as `tadmor read` reads."""

import fcntl
from collections.abc import Collection, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from time import monotonic, sleep

import msgspec

from tadmor import pipeline
from tadmor.datamodel.documents import Copy
from tadmor.errors import CaseBusyError, CaseNotWritableError, TadmorError
from tadmor.ledger import Ledger
from tadmor.settings import Settings, own_sources
from tadmor.views.exports import issue_row
from tadmor.views.uploading.spool import FOLDER, Outcome, Spool, State, Upload
from tadmor.views.words import plural

#: How often an upload is begun anew, after whatever stopped it; then somebody has to look.
_ATTEMPTS = 3
#: Seconds between two notes of progress, and between two tries to write to a case that another program writes to.
_NOTED, _AGAIN = 0.25, 1.0


def drain(case: Path) -> None:
    """Read what waits, until nothing does; where another process is at it, that one reads."""
    spool = Spool(case)
    while spool.unfinished():
        with _alone(spool) as mine:
            if not mine:
                return
            while waiting := spool.unfinished():
                _attempt(spool, waiting[0])


@contextmanager
def _alone(spool: Spool) -> Iterator[bool]:
    """Is this the one process that reads? The system lets go of the lock however it ends."""
    try:
        lock = (spool.folder / ".lock").open("w")
    except OSError as error:
        raise CaseNotWritableError(spool.case, error.strerror or str(error)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _attempt(spool: Spool, upload: Upload) -> None:
    """Read an upload, and note how that went, whatever it was."""
    if upload.attempts >= _ATTEMPTS:
        words = f"reading it stopped {upload.attempts} times, the last time after {upload.name or 'no file'}"
        spool.save(_failed(upload, words))
        return
    again = f"going on after an interruption ({upload.attempts})" if upload.attempts else "being read"
    upload = msgspec.structs.replace(upload, state=State.READING, attempts=upload.attempts + 1, words=again)
    spool.save(upload)
    try:
        read = _read(spool, upload)
    except TadmorError as error:
        spool.save(_failed(spool.get(upload.id) or upload, str(error)))
    except Exception as error:
        words = f"an error of the program: {type(error).__name__}: {error}"
        spool.save(_failed(spool.get(upload.id) or upload, words))
        raise
    else:
        spool.save(read)
        spool.clear(read)


def _failed(upload: Upload, words: str) -> Upload:
    return msgspec.structs.replace(upload, state=State.FAILED, words=words)


def _read(spool: Spool, upload: Upload) -> Upload:
    """Read the files of an upload, once no other program reads into the case.

    Those that an earlier attempt read are passed over, and told all the same.
    """
    told = False
    while True:
        try:
            with chdir(spool.case), Ledger.open(spool.case, create=True) as ledger:
                return _read_into(ledger, spool, upload)
        except CaseBusyError:
            if not told:
                spool.save(msgspec.structs.replace(upload, words="waiting for another program that writes to the case"))
                told = True
            sleep(_AGAIN)


def _read_into(ledger: Ledger, spool: Spool, upload: Upload) -> Upload:
    if any(one.known is None for one in upload.files):
        upload = _looked_at(ledger, upload)
        spool.save(upload)
    noting = _Noting(spool, upload)
    pipeline.read(
        # below the case, so that issues name no folder of this machine
        [spool.path_of(upload, number) for number in range(1, len(upload.files) + 1)],
        ledger,
        settings=Settings(sources=own_sources(spool.case, None)),
        source=upload.source,
        published=upload.published,
        progress=noting,
    )
    return _finished(ledger, noting.upload)


def _looked_at(ledger: Ledger, upload: Upload) -> Upload:
    """The upload with what the case held before it: told now, as an interruption leaves no other way to tell."""
    seen: set[str] = set()
    files = []
    for one in upload.files:
        files.append(msgspec.structs.replace(one, known=one.sha256 in seen or ledger.holds(one.sha256)))
        seen.add(one.sha256)
    return msgspec.structs.replace(upload, files=tuple(files), issues_before=ledger.runs.told(), words="being read")


class _Noting:
    """Notes how many files are read, not oftener than anybody looks."""

    def __init__(self, spool: Spool, upload: Upload) -> None:
        self.upload = msgspec.structs.replace(upload, words="being read")
        self._spool, self._noted = spool, 0.0

    def __call__(self, done: int, total: int, name: str) -> None:
        """A file is read."""
        self.upload = msgspec.structs.replace(self.upload, done=done, name=name)
        if done == total or monotonic() - self._noted > _NOTED:
            self._spool.save(self.upload)
            self._noted = monotonic()


def _finished(ledger: Ledger, upload: Upload) -> Upload:
    """The upload with what came of each of its files."""
    outcomes = tuple(_outcomes(ledger, upload))
    documents = sum(len(one.documents) for one, sent in zip(outcomes, upload.files, strict=True) if not sent.known)
    unread = sum(any(issue["severity"] == "error" for issue in one.issues) for one in outcomes)
    words = f"read: {plural(documents, 'document')} added"
    words += f"; {plural(unread, 'file')} could not be read" if unread else ""
    return msgspec.structs.replace(upload, state=State.DONE, words=words, outcomes=outcomes, done=len(upload.files))


def _outcomes(ledger: Ledger, upload: Upload) -> Iterator[Outcome]:
    read = ledger.runs.documents({one.sha256 for one in upload.files})
    every = {document for found in read.values() for document in found}
    copies = ledger.copies()
    issues = ledger.runs.issues(after=upload.issues_before)
    for number, sent in enumerate(upload.files, start=1):
        documents = read.get(sent.sha256, {})
        place = f"{FOLDER}/{upload.id}/{number}/"
        own = [
            one
            for one in issues
            if one.issue.where.startswith(place)
            # a reader's notes name the file alone, and the case has the documents that they are on
            or (not sent.known and "/" not in one.issue.where and documents.keys() & set(one.documents))
        ]
        yield Outcome(
            documents=tuple(documents),
            claims=sum(documents.values()),
            copies=0 if sent.known else sum(_counts(one, documents, every) for one in copies),
            issues=tuple(issue_row(one.issue) for one in own),
        )


def _counts(copy: Copy, documents: Collection[str], every: Collection[str]) -> bool:
    """Is this a copy that a file brought? A pair of two files of one upload counts once, with its later document."""
    return copy.later in documents or (copy.earlier in documents and copy.later not in every)
