"""From a case to a folder that anybody may have: composed, written, read again, and only then put in its place."""

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from tadmor import __version__
from tadmor.ledger import Ledger
from tadmor.ledger.atlas import atlas_at
from tadmor.views.exports import Row
from tadmor.views.page.templates import ASSETS, STATIC
from tadmor.views.progress import Told, untold
from tadmor.views.publishing.checking import Check
from tadmor.views.publishing.composing import Composed, compose
from tadmor.views.publishing.files import sums, write_data, write_json, write_map
from tadmor.views.publishing.laying import lay_published
from tadmor.views.publishing.originals import published_originals
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.reporting import Line, policy_row, published_row, report
from tadmor.views.publishing.site import Site
from tadmor.views.publishing.writing import MARK, written_whole

#: Own files that pages ask for; those of the desk and of uploads have no place here.
_ASSETS = ("page.css", "icon.svg")


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was published: how many claims, documents and files, and what was withheld, as the screen tells it."""

    title: str
    claims: int
    documents: int
    files: int
    withheld: tuple[Line, ...]


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """What is published how: the day that ages are counted to, and the day as of which the record is."""

    policy: Policy
    today: date
    as_of: date | None = None
    sources: Path | None = None


def publish(ledger: Ledger, target: Path, call: Call, told: Told = untold) -> Published:
    """Publish a case into a folder, whole or not at all.

    Args:
        ledger: the case.
        target: the folder.
        call: what is published how.
        told: is told how far it is.

    Raises:
        LeakError: what was written holds what the policy withholds; the folder stays as it was.
        UsageError: the folder is not tadmor's to replace, or cannot be written.
    """
    with written_whole(target) as folder:
        found = composed_into(ledger, folder, call, told)
        files = Check(found, call.policy).folder(folder, told)
    return Published(
        title=found.title,
        claims=len(found.claims),
        documents=len(found.documents),
        files=files,
        withheld=report(found, call.policy, public=False),
    )


def composed_into(ledger: Ledger, folder: Path, call: Call, told: Told = untold) -> Composed:
    """Write all files of a published record into a folder, unchecked."""
    found = compose(ledger, call.policy, call.today, as_of=call.as_of, sources=call.sources, told=told)
    told("laying the record out", 0, 0)
    atlas_path = folder / ".atlas.db"
    known = lay_published(found, atlas_path)
    atlas = atlas_at(atlas_path)
    if atlas is None:
        message = "the published record could not be laid out"
        raise RuntimeError(message)
    try:
        told("writing the data files", 0, 0)
        originals = published_originals(ledger, folder, found, call.policy)
        names = write_data(atlas, folder / "data")
        write_map(atlas, known, folder / "map")
        withheld = report(found, call.policy, public=True)
        shared: Row = {
            "published": published_row(found, call.today, call.as_of),
            "policy": policy_row(call.policy),
            "withheld": withheld,
            "files": [*names, "withheld.json"],
            "originals": originals,
        }
        Site(atlas, folder, shared).write(told)
    finally:
        atlas.close()
        atlas_path.unlink(missing_ok=True)
    write_json(folder / "data" / "withheld.json", msgspec.to_builtins(withheld))
    write_json(folder / "data" / "files.json", sums(folder / "data"))
    _assets(folder)
    write_json(folder / MARK, {"made_by": "tadmor", "version": __version__, "day": call.today.isoformat()})
    return found


def _assets(folder: Path) -> None:
    """The style sheet, the icon and the map's script with what it loads; not the page of the API."""
    _copy((ASSETS / name for name in _ASSETS), folder / "assets")
    if STATIC.is_dir():
        _copy((path for path in STATIC.iterdir() if path.is_file()), folder / "static")


def _copy(paths: Iterable[Path], folder: Path) -> None:
    folder.mkdir()
    for path in paths:
        shutil.copyfile(path, folder / path.name)
