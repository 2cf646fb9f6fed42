"""What robots.txt says to this program."""

import time

import pytest

from tadmor.network.robots import read_robots


@pytest.mark.parametrize(
    ("text", "path", "opens"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: tadmor\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: tadmor\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: tadmor\n\nUser-agent: *\nDisallow: /", "/a", False),  # no rule between: one group
        ("user-AGENT: Tadmor # us\nDISALLOW: /a # that", "/a", False),
        ("Disallow: /", "/a", True),
    ],
)
def test_the_longest_rule_that_fits_decides(text, path, opens):
    """Of the group of this program's own, else of all; of equals the opening one (RFC 9309)."""
    assert read_robots(text).opens(path) is opens


def test_a_delay_is_read_within_reason():
    """Up to a minute."""
    assert read_robots("User-agent: *\nCrawl-delay: 7").delay == 7
    assert read_robots("User-agent: *\nCrawl-delay: 86400").delay == 60
    assert read_robots("User-agent: *\nCrawl-delay: soon").delay is None


def test_a_pattern_of_stars_takes_no_longer_than_others():
    """Matched piece by piece, not by trying all ways."""
    rules = read_robots("User-agent: *\nDisallow: " + "/*a" * 400 + "$")
    began = time.monotonic()
    assert rules.opens("/a" * 4000 + "b")
    assert time.monotonic() - began < 1
