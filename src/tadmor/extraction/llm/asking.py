"""Questions asked several at a time, answered in their order."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_order(function: Callable[[T], R], values: Sequence[T], at_once: int) -> list[R]:
    """What a function makes of each value, at most so many at a time.

    The threads are daemons, as those of an executor are not: a user who stops the program does not wait for the
    answers that are under way.
    """
    made: list[Future[R]] = [Future() for _ in values]
    open_: SimpleQueue[tuple[T, Future[R]]] = SimpleQueue()
    for one in zip(values, made, strict=True):
        open_.put(one)
    for _ in range(min(max(at_once, 1), len(values))):
        Thread(target=_work, args=(function, open_), daemon=True).start()
    return [one.result() for one in made]


def _work(function: Callable[[T], R], open_: "SimpleQueue[tuple[T, Future[R]]]") -> None:
    while True:
        try:
            value, future = open_.get_nowait()
        except Empty:
            return
        try:
            future.set_result(function(value))
        except BaseException as error:  # noqa: BLE001 - raised where the result is taken
            future.set_exception(error)
