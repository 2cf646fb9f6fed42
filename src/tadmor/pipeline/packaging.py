"""Captured pages of a case -> a package for replay tools."""

from collections.abc import Collection, Iterator
from pathlib import Path

from tadmor.datamodel.captures import Capture, Outcome
from tadmor.documents.archives.packaging import PackedPage, write_wacz
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.pipeline.fetching import SOFTWARE


def package(ledger: Ledger, output: Path, pages: Collection[str] = ()) -> tuple[int, int]:
    """Write captured pages as a WACZ package.

    Args:
        ledger: the case.
        output: the file; one that is there is replaced once the new one is whole.
        pages: those wanted; all, where none is named.

    Returns:
        How many captures are in it, and how many stand in archives that were read and are not.

    Raises:
        UsageError: nothing to write, or the file cannot be written.
    """
    captures = [one for one in ledger.captures() if one.status is not None and (not pages or one.page in pages)]
    own = sorted((one for one in captures if one.tool), key=lambda one: (one.made, one.archive))
    if not own:
        message = "no page of these was fetched into the case; `tadmor fetch URL` captures one"
        raise UsageError(message)
    passing = output.with_name(f".{output.name}.part")
    try:
        with passing.open("w+b") as file:
            count = write_wacz(file, _packed(ledger, own), SOFTWARE)
        passing.replace(output)
    except OSError as error:
        passing.unlink(missing_ok=True)
        message = f"{output}: cannot be written ({error.strerror}); choose another file"
        raise UsageError(message) from error
    return count, len(captures) - len(own)


def _packed(ledger: Ledger, captures: list[Capture]) -> Iterator[PackedPage]:
    for capture in captures:
        title = next((one.title for one in ledger.of_original(capture.stands or "") if one.title), None)
        yield PackedPage(
            url=capture.final or capture.page or "",
            made=capture.made,
            warc=ledger.original(capture.archive),
            title=title,
            listed=capture.outcome is not Outcome.OTHER,
        )
