"""How often somebody may ask: a bucket for each, from which a request takes one and which fills again steadily."""

import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import NamedTuple

#: Buckets remembered; the one that was not asked for longest goes first.
_MOST = 10_000


class Limit(NamedTuple):
    """So many at once, and so many a second after that."""

    burst: float
    rate: float


class Buckets:
    """Buckets of one limit, by who asks."""

    def __init__(self, limit: Limit, clock: Callable[[], float] = monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, who: str) -> int:
        """Take one: 0 where there was one, else the seconds after which there will be."""
        with self._lock:
            left = self._filled(who)
            enough = left >= 1
            self._left[who] = (left - 1 if enough else left, self._clock())
            self._left.move_to_end(who)
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
            return 0 if enough else max(math.ceil((1 - left) / self._limit.rate), 1)

    def give_back(self, who: str) -> None:
        """What was taken last was not to be counted."""
        with self._lock:
            self._left[who] = (min(self._filled(who) + 1, self._limit.burst), self._clock())

    def _filled(self, who: str) -> float:
        left, when = self._left.get(who, (self._limit.burst, self._clock()))
        return min(self._limit.burst, left + (self._clock() - when) * self._limit.rate)


#: Of a person, a token, or of an address that nobody logged in from. A page of the map asks 15 things at once; a
#: program that fetches a case of 10,000 documents one by one is done in two minutes.
READ = Limit(burst=600, rate=100)
#: Writing: quicker than anybody decides, slower than what fills a disk.
WRITE = Limit(burst=60, rate=2)
#: Failed log-ins: of one address with one name, of one address, and of one name from anywhere. The last is wide, since
#: whoever knows a name could else keep its owner out.
GUESS, GUESSES, GUESSED = Limit(5, 1 / 30), Limit(20, 1 / 6), Limit(50, 1 / 10)


class Guesses:
    """Log-ins of one server: those that fail are counted, whether or not anybody has the name."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._pairs, self._addresses, self._names = (Buckets(one, clock) for one in (GUESS, GUESSES, GUESSED))

    def take(self, name: str, address: str | None) -> int:
        """Seconds to wait before this name may be tried from this address; 0: now."""
        for buckets, who in self._asked(name, address):
            if wait := buckets.take(who):
                return wait
        return 0

    def right(self, name: str, address: str | None) -> None:
        """The log-in that was counted last was none that failed."""
        for buckets, who in self._asked(name, address):
            buckets.give_back(who)

    def _asked(self, name: str, address: str | None) -> tuple[tuple[Buckets, str], ...]:
        return (self._pairs, f"{address} {name}"), (self._addresses, str(address)), (self._names, name)
