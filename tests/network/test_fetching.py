"""Pages asked for as a guest: rules kept, pauses kept, every hop judged anew."""

import pytest
from made_web import answer, headers_of

from tadmor.errors import ForbiddenError, UnreachableError
from tadmor.network import Fetcher, Manners
from tadmor.network.exchange import Limits
from tadmor.network.fetching import MOST_HOPS, WAITS

HERE = Manners(delay=0, private=True, limits=Limits(seconds=2, idle=1))


class Clock:
    """Time that passes by waiting."""

    def __init__(self):
        self.now = 0.0
        self.waited = []

    def wait(self, seconds):
        self.waited.append(seconds)
        self.now += seconds


def guest(manners=HERE, clock=None, **fields):
    clock = clock or Clock()
    return Fetcher(manners, wait=clock.wait, clock=lambda: clock.now, **fields)


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "http://name:word@127.0.0.1/",
        "ftp://127.0.0.1/",
        "http://[",
    ],
)
def test_a_redirect_is_judged_as_an_address_of_its_own(web, location):
    """Leave to ask this machine opens neither the cloud's own service nor files."""
    web.pages["/a"] = answer(b"", "302 Found", Location=location)
    with pytest.raises(ForbiddenError):
        guest().fetch(web.url + "/a")
    assert web.asked == ["/robots.txt", "/a"]


def test_without_leave_a_redirect_to_this_machine_is_refused(web):
    """From a public host, which a name service of the test's own puts here by name only."""
    port = web.place.partition(":")[2]
    public = "203.0.113.9"
    with pytest.raises(ForbiddenError):
        guest(HERE.called("x"), look=lambda *_: [public, "169.254.1.1"]).fetch(f"http://news.example:{port}/")
    with pytest.raises(ForbiddenError):
        guest(Manners(delay=0)).fetch(web.url)
    assert web.asked == []


def test_redirects_are_followed_and_kept(web):
    """Each hop is an exchange of its own; a circle ends."""
    web.pages["/a"] = answer(b"", "301 Moved", Location="b?x=1#y")
    web.put("/b?x=1", b"there")
    found = guest().fetch(web.url + "/a")
    assert [one.url for one in found.exchanges] == [web.url + "/a", web.url + "/b?x=1"]
    assert found.answer.body == b"there"
    web.pages["/c"] = answer(b"", "302 Found", Location="/c")
    with pytest.raises(ForbiddenError, match="redirected"):
        guest().fetch(web.url + "/c")
    assert web.asked.count("/c") == MOST_HOPS + 1


def test_what_robots_txt_closes_is_not_asked_for(web):
    """Nor where a redirect leads there; --ignore-robots does, and says so. The rules are asked for once."""
    web.put("/robots.txt", b"User-agent: *\nDisallow: /closed\nCrawl-delay: 3", Content_Type="text/plain")
    web.put("/open", b"open")
    web.put("/closed", b"closed")
    web.pages["/turn"] = answer(b"", "302 Found", Location="/closed")
    clock = Clock()
    fetcher = guest(clock=clock)
    assert fetcher.fetch(web.url + "/open").answer.body == b"open"
    for path in ("/closed", "/turn"):
        with pytest.raises(ForbiddenError, match=r"robots\.txt"):
            fetcher.fetch(web.url + path)
    assert web.asked == ["/robots.txt", "/open", "/turn"]
    assert clock.waited == [3, 3]
    bold = guest(Manners(delay=0, private=True, robots=False)).fetch(web.url + "/closed")
    assert (bold.answer.body, len(bold.notes)) == (b"closed", 1)


@pytest.mark.parametrize(("status", "open_"), [("404 Not Found", True), ("403 Forbidden", True), ("503 Busy", False)])
def test_a_host_without_rules_is_open_and_one_that_cannot_tell_them_closed(web, status, open_):
    """As RFC 9309 has it."""
    web.pages["/robots.txt"] = answer(b"", status)
    web.put("/a", b"open")
    if open_:
        assert guest().fetch(web.url + "/a").answer.body == b"open"
    else:
        with pytest.raises(ForbiddenError):
            guest().fetch(web.url + "/a")


def test_hosts_are_asked_with_pauses(web):
    """So many seconds from one request to the next."""
    web.put("/a", b"a")
    clock = Clock()
    fetcher = guest(Manners(delay=2, private=True), clock)
    for _ in range(3):
        fetcher.fetch(web.url + "/a")
    assert clock.waited == [2, 2, 2]  # robots.txt is a request too


def test_what_may_pass_is_tried_again(web):
    """After longer and longer waits, or the one that the server names, up to a minute."""
    told = iter([answer(b"", "503 Busy"), answer(b"", "429 Slow", Retry_After="7"), answer(b"here")])
    web.pages["/a"] = lambda _head: next(told)
    clock = Clock()
    assert guest(clock=clock).fetch(web.url + "/a").answer.body == b"here"
    assert clock.waited == [WAITS[0], 7]
    web.pages["/b"] = answer(b"", "503 Busy", Retry_After="99999")
    clock = Clock()
    assert guest(clock=clock).fetch(web.url + "/b").answer.status == 503
    assert clock.waited == [60] * len(WAITS)


def test_nobody_there_is_said_after_all_tries():
    """In one line."""
    clock = Clock()
    with pytest.raises(UnreachableError, match="no address is known"):
        guest(clock=clock, look=lambda *_: []).fetch("http://nowhere.example/")
    assert clock.waited == list(WAITS)


def test_conditions_are_sent_back_only_as_headers_can_be(web):
    """A tag with a line end in it, as a hostile server may give one, is not."""
    web.put("/a", b"a")
    guest().fetch(web.url + "/a", tag='"1"', since="Thu, 02 Mar 2017 10:00:00 GMT")
    guest().fetch(web.url + "/a", tag='"1"\r\nX-Evil: 1')
    first, second = (headers_of(head) for head in web.heads if head.startswith("GET /a"))
    assert (first["if-none-match"], first["if-modified-since"]) == ('"1"', "Thu, 02 Mar 2017 10:00:00 GMT")
    assert not {"if-none-match", "x-evil"} & second.keys()
