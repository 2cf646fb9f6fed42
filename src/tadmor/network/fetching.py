"""Fetching pages as a guest: robots.txt honoured, hosts asked one request at a time with pauses, redirects re-checked.

Every hop of a redirect is judged anew as an address of its own: its scheme, its host, the addresses of that, and the
rules of that host.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic, sleep
from urllib.parse import SplitResult, urljoin

import msgspec

from tadmor import __version__
from tadmor.datamodel.exchanges import Exchange, Fetched
from tadmor.errors import ForbiddenError, UnreachableError, UsageError
from tadmor.network.exchange import Limits, exchange
from tadmor.network.guard import Look, address_to_ask, of_name
from tadmor.network.robots import CLOSED, MOST, OPEN, Robots, read_robots

#: What this program calls itself.
USER_AGENT = f"tadmor/{__version__} (capture of public reporting)"
#: Most redirects that are followed: what browsers follow is 20, honest pages need three.
MOST_HOPS = 10
#: Seconds before the second, third and last try, where the server names none; and the longest that it may name.
WAITS = (2.0, 8.0, 20.0)
LONGEST_WAIT = 60.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class Manners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages are asked for.

    `delay` seconds pass between two requests to a host, or what its robots.txt asks for. `private` allows this machine
    and private networks; `robots` off asks for what robots.txt closes, which is noted with each capture.
    """

    delay: float = 2.0
    private: bool = False
    robots: bool = True
    agent: str = USER_AGENT
    waits: tuple[float, ...] = WAITS
    limits: Limits = Limits()

    def called(self, agent: str) -> "Manners":
        """The same under another name.

        Raises:
            UsageError: no name that can be sent.
        """
        if not agent.strip() or not _sendable(agent):
            message = "--user-agent takes letters, figures and marks of ASCII"
            raise UsageError(message)
        return msgspec.structs.replace(self, agent=agent.strip())


class Fetcher:
    """Asks for pages, one at a time."""

    def __init__(
        self,
        manners: Manners = Manners(),  # noqa: B008 - frozen
        *,
        look: Look = of_name,
        wait: Callable[[float], None] = sleep,
        clock: Callable[[], float] = monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Ask nothing yet.

        Args:
            manners: how to ask.
            look: gives the addresses of a name.
            wait: what passes time.
            clock: seconds that only grow.
            now: what tells the day, in UTC.
        """
        self._manners = manners
        self._look, self._wait, self._clock, self._now = look, wait, clock, now
        self._robots: dict[str, Robots] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str, *, tag: str | None = None, since: str | None = None) -> Fetched:
        """The page at an address.

        Args:
            url: as a person wrote it.
            tag: the ETag of the answer that is known; a page that has not changed then says so (304).
            since: its Last-Modified, likewise.

        Raises:
            ForbiddenError: the address, or one that it leads to, may not be asked.
            UnreachableError: no whole answer came, after several tries.
        """
        known = {"If-None-Match": tag, "If-Modified-Since": since}
        conditions = {name: value for name, value in known.items() if value is not None and _sendable(value)}
        found: list[Exchange] = []
        notes: list[str] = []
        to = address_to_ask(url)
        while True:
            notes += self._permitted(to)
            answer = self._tried(to, conditions)
            found.append(answer)
            onward = answer.header("Location") if answer.status in _REDIRECTS else None
            if onward is None:
                return Fetched(exchanges=tuple(found), notes=tuple(dict.fromkeys(notes)))
            if len(found) > MOST_HOPS:
                raise ForbiddenError(url, f"is redirected more than {MOST_HOPS} times")
            to = _onward(to, onward)

    def _permitted(self, to: SplitResult) -> list[str]:
        """What is to be noted of the host's rules.

        Raises:
            ForbiddenError: they close the page, and they count.
        """
        target = f"{to.path}?{to.query}" if to.query else to.path
        if self._rules(to).opens(target):
            return []
        if self._manners.robots:
            raise ForbiddenError(
                to.geturl(), "its host asks programs not to fetch it (robots.txt); --ignore-robots does"
            )
        return [f"robots.txt of {to.netloc} asks programs not to fetch this; fetched all the same, as the call said"]

    def _rules(self, to: SplitResult) -> Robots:
        """A host's rules, asked for once: none where it has none, all closed where it cannot answer (RFC 9309)."""
        place = f"{to.scheme}://{to.netloc}"
        if place not in self._robots:
            self._robots[place] = self._asked_for_rules(place)
        return self._robots[place]

    def _asked_for_rules(self, place: str) -> Robots:
        to = address_to_ask(f"{place}/robots.txt")
        for _ in range(MOST_HOPS // 2):  # RFC 9309 follows five
            answer = self._tried(to, {})
            onward = answer.header("Location") if answer.status in _REDIRECTS else None
            if onward is None:
                break
            to = _onward(to, onward)
        if answer.status == 200 and answer.body is not None:
            return read_robots(answer.body[:MOST].decode("utf-8", "replace"))
        return CLOSED if answer.status >= 500 or answer.status == 429 else OPEN

    def _tried(self, to: SplitResult, conditions: Mapping[str, str]) -> Exchange:
        """One answer; what may pass is tried again after longer and longer waits."""
        for pause in self._manners.waits:
            try:
                answer = self._once(to, conditions)
            except UnreachableError:
                self._wait(pause)
                continue
            if answer.status not in _AGAIN:
                return answer
            self._wait(_asked_wait(answer, pause))
        return self._once(to, conditions)

    def _once(self, to: SplitResult, conditions: Mapping[str, str]) -> Exchange:
        self._in_turn(to)
        headers = {
            "User-Agent": self._manners.agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
            **conditions,
        }
        try:
            manners = self._manners
            return exchange(to, headers, manners.limits, private=manners.private, look=self._look, now=self._now)
        finally:
            self._asked[to.netloc] = self._clock()

    def _in_turn(self, to: SplitResult) -> None:
        """Wait until the host may be asked again."""
        rules = self._robots.get(f"{to.scheme}://{to.netloc}", OPEN)
        delay = max(self._manners.delay, rules.delay or 0.0) if self._manners.robots else self._manners.delay
        last = self._asked.get(to.netloc)
        left = 0.0 if last is None else last + delay - self._clock()
        if left > 0:
            self._wait(left)


def _onward(to: SplitResult, location: str) -> SplitResult:
    """Where a redirect leads; many servers write letters outside ASCII as they are, in UTF-8."""
    with suppress(UnicodeError):  # neither: taken as it was read
        location = location.encode("latin-1").decode("utf-8")
    try:
        return address_to_ask(urljoin(to.geturl(), location))
    except ValueError:
        raise ForbiddenError(to.geturl(), "leads to what is no address") from None


def _sendable(value: str) -> bool:
    """May a value that a server gave be sent back in a header?"""
    return value.isascii() and value.isprintable() and len(value) < 1_000


def _asked_wait(answer: Exchange, pause: float) -> float:
    """The wait that a server asks for, in seconds or until a time, within reason."""
    said = (answer.header("Retry-After") or "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, IndexError, TypeError):
        return pause
    aware = until if until.tzinfo is not None else until.replace(tzinfo=answer.made.tzinfo)
    return min(max((aware - answer.made).total_seconds(), 0.0), LONGEST_WAIT)
