"""Pictures of pages, as `docs/screenshots` has them."""

import os
from pathlib import Path

from playwright.sync_api import Page

DOCS = Path(__file__).resolve().parents[2] / "docs/screenshots"


def pictured(page: Page, name: str, scratch: Path) -> None:
    """Take a picture of what is seen: among the documents by `make screenshots`, else to be thrown away."""
    folder = DOCS if os.environ.get("TADMOR_SCREENSHOTS") else scratch
    folder.mkdir(exist_ok=True)
    picture = folder / f"{name}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000, name  # more than an empty page
