"""A progress bar on long work, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tadmor.pipeline import Progress


@contextmanager
def watching(what: str = "reading") -> Iterator[Progress | None]:
    """A callback that draws (done, of, name); `None` where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, name="")

        def draw(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=name)

        yield draw


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Says in a terminal what takes a while, and nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"{what} ...", file=sys.stderr, flush=True)
    yield
