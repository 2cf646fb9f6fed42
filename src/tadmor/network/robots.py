"""robots.txt (RFC 9309): which paths of a host a program may ask for, and how often."""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

#: By this name a host's rules are looked for.
AGENT = "tadmor"
#: Bytes that are read: what RFC 9309 asks for at least.
MOST = 512_000
#: The longest wait between two requests that a host may ask for, in seconds.
LONGEST_DELAY = 60.0
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


class Rule(msgspec.Struct, frozen=True):
    """A pattern of paths, `*` for anything and `$` for the end, and whether it opens them."""

    pattern: str
    opens: bool


class Robots(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one host for this program; without any, everything is open."""

    rules: tuple[Rule, ...] = ()
    delay: float | None = None  # seconds between two requests

    def opens(self, path: str) -> bool:
        """May the path (with its query) be asked for? The longest rule that fits decides, of two an opening one."""
        fitting = [rule for rule in self.rules if _fits(rule.pattern, path)]
        if not fitting:
            return True
        longest = max(len(rule.pattern) for rule in fitting)
        return any(rule.opens for rule in fitting if len(rule.pattern) == longest)


CLOSED = Robots(rules=(Rule("/", opens=False),))
OPEN = Robots()


def read_robots(text: str) -> Robots:
    """The rules of a robots.txt for this program: those under its own name, else those for all."""
    own, every = Robots(), Robots()
    for agents, group in _groups(text.splitlines()):
        if any(agent.lower() == AGENT for agent in agents):
            own = _joined(own, group)
        if "*" in agents:
            every = _joined(every, group)
    named = own.rules or own.delay is not None or _names_us(text)
    return own if named else every


def _names_us(text: str) -> bool:
    """Is there a group of this program's own, be it empty (which opens everything)?"""
    return re.search(rf"^\s*user-agent\s*:\s*{AGENT}\s*(?:#|$)", text, re.IGNORECASE | re.MULTILINE) is not None


def _joined(one: Robots, other: Robots) -> Robots:
    return Robots(rules=one.rules + other.rules, delay=one.delay if other.delay is None else other.delay)


def _groups(lines: Iterable[str]) -> Iterable[tuple[tuple[str, ...], Robots]]:
    agents: list[str] = []
    rules: list[Rule] = []
    delay: float | None = None
    began = False
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            continue
        name, value = match[1].lower(), match[2].strip()
        if name == "user-agent":
            if began:
                yield tuple(agents), Robots(rules=tuple(rules), delay=delay)
                agents, rules, delay, began = [], [], None, False
            agents.append(value)
            continue
        began = began or name in {"allow", "disallow", "crawl-delay"}
        if name in {"allow", "disallow"} and value:
            rules.append(Rule(value, name == "allow"))
        elif name == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value):
            delay = min(float(value), LONGEST_DELAY)
    yield tuple(agents), Robots(rules=tuple(rules), delay=delay)


def _fits(pattern: str, path: str) -> bool:
    """Does the path begin as the pattern says? In time that grows with their lengths, whatever stars it has."""
    anchored = pattern.endswith("$")
    first, *rest = _parts(pattern.removesuffix("$") if anchored else pattern)
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest, start=1):
        if anchored and number == len(rest):
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not anchored or at == len(path)


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.split("*"))
