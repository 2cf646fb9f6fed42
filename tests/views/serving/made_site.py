"""A case served in this process, without a port: the application is called as a server would call it."""

from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from tadmor.ledger import Ledger
from tadmor.views.laying import lay
from tadmor.views.serving.app import application
from tadmor.views.serving.shelf import Shelf
from tadmor.views.uploading.queue import Uploads
from tadmor.views.uploading.reading import drain
from tadmor.views.uploading.receiving import Bounds


class Done:
    """A process that has ended."""

    returncode = 0
    stdout = stderr = None

    def poll(self) -> int:
        return self.returncode

    def wait(self, timeout: float = 0) -> int:
        return self.returncode

    def terminate(self) -> None:
        """It has ended."""


def laid_here(folder: Path, as_of: date | None) -> Done:
    """Lays an atlas in this process."""
    with Ledger.open(folder) as ledger:
        lay(ledger, as_of)
    return Done()


def read_here(folder: Path) -> Done:
    """Reads uploads in this process."""
    drain(folder)
    return Done()


def nobody(_: Path) -> Done:
    """Reads no uploads."""
    return Done()


def client(folder: Path, laying=laid_here, reading=read_here, bounds: Bounds | None = None) -> TestClient:
    """A browser on this machine."""
    queue = Uploads(folder, reading, bounds)
    return TestClient(application(Shelf(folder, laying), queue), base_url="http://localhost")
