"""Document -> claims -> groundings: readers and tables, opened once, in this process or in several."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from tadmor import __version__
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import RunInfo
from tadmor.datamodel.issues import Issue
from tadmor.pipeline.faults import foreseen
from tadmor.settings import LlmSettings, Settings, llm_key

if TYPE_CHECKING:  # only reading needs them
    from tadmor.extraction import Reader

Understood = tuple[tuple[GroundedClaim, ...], tuple[Issue, ...]]
Understand = Callable[[Iterable[Document]], Iterator[Understood]]


class Machine:
    """Readers and tables of one run, opened once.

    `sources` is a user's own table of sources, `places` where the compiled places of a case lie, `reader` who reads,
    `llm` the endpoint that "llm" reads with.
    """

    def __init__(
        self,
        sources: Path | None = None,
        places: Path | None = None,
        reader: str = "learned",
        llm: LlmSettings | None = None,
    ) -> None:
        from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - tables are read only where text is
        from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
        from tadmor.dictionaries.sources import load_sources  # noqa: PLC0415
        from tadmor.extraction import READERS, extract  # noqa: PLC0415
        from tadmor.grounding import Grounder  # noqa: PLC0415

        self._gazetteer = gazetteer = open_gazetteer(case=places) if places is not None else open_gazetteer()
        self._extract = extract
        self._readers = READERS[reader] if llm is None else (_llm_reader(llm),)
        self.sources = load_sources(sources)
        self._grounder = Grounder(gazetteer, load_actors(), self.sources)
        self.run = RunInfo(
            id=secrets.token_hex(8),
            started=datetime.now(UTC),
            tadmor=__version__,
            reader=", ".join(each.name for each in self._readers),
            gazetteer=gazetteer.version,
        )

    def understand(self, document: Document) -> Understood:
        """A document's claims, grounded; where that fails as nobody foresaw, none and an issue that says so."""
        found = foreseen(document.name, lambda: self._understood(document))
        return found if not isinstance(found, Issue) else ((), (found,))

    def _understood(self, document: Document) -> Understood:
        read = self._extract(document, self._readers, sources=self.sources, gazetteer=self._gazetteer)
        return self._grounder.ground(document, read.claims), read.issues


def _llm_reader(llm: LlmSettings) -> "Reader":
    """The reader that asks a model: here alone it is handed the network."""
    from tadmor.extraction.llm import LlmReader  # noqa: PLC0415 - most runs have neither
    from tadmor.network import Chat, address_of  # noqa: PLC0415

    chat = Chat(address_of(llm.url), llm.model, key=llm_key(), timeout=llm.timeout)
    return LlmReader(chat.complete, llm.model, at_once=llm.at_once)


@contextmanager
def understanding(machine: Machine, settings: Settings, places: Path | None, files: int) -> Iterator[Understand]:
    """What understands documents, in their order: this process, or several where there is much to read."""
    # an endpoint is waited for, not worked for: one process asks, so many questions at once as the user allows
    if settings.workers < 2 or files < settings.few or settings.llm is not None:
        yield lambda documents: map(machine.understand, documents)
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processes share the work, not their threads
    # A fresh process each: a forked one would share the ledger's open files.
    with ProcessPoolExecutor(
        settings.workers,
        mp_context=get_context("spawn"),
        initializer=_start_worker,
        initargs=(settings.sources, places, settings.reader),
    ) as pool:
        yield lambda documents: pool.map(_understand, documents, chunksize=4)


_worker: Machine | None = None


def _start_worker(sources: Path | None, places: Path | None, reader: str) -> None:
    """Open the tables of a worker process, once."""
    global _worker  # noqa: PLW0603 - a worker process has no other place for what all its calls share
    _worker = Machine(sources, places, reader)


def _understand(document: Document) -> Understood:
    assert _worker is not None, "the pool starts its workers"  # noqa: S101 - the executor's promise
    return _worker.understand(document)
