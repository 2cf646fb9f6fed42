"""How far long work is: a bar on a terminal, and for some of it lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

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


#: Is told what is done, how much of it, and of how much; 0 where that is not known.
Told = Callable[[str, int, int], None]
#: Seconds between two lines where nobody watches: a log of an hour has some hundred.
_APART = 30


def untold(_what: str, _done: int, _of: int) -> None:
    """Tells nobody."""


@contextmanager
def telling() -> Iterator[Told]:
    """A callback for work of several stages: a bar on a terminal, elsewhere a line on standard error now and then."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def draw(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of or None)

        yield draw


class _Lines:
    """A line at most each half minute; work that is done sooner says nothing."""

    def __init__(self) -> None:
        self._last = monotonic()

    def __call__(self, what: str, done: int, of: int) -> None:
        now = monotonic()
        if now - self._last >= _APART:
            self._last = now
            print(f"{what}: {done:,} of {of:,}" if of else what, file=sys.stderr, flush=True)
