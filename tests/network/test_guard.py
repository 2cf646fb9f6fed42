"""Which addresses are asked, and that what was judged is what is connected to."""

from threading import Event

import pytest

from tadmor.errors import ForbiddenError, UnreachableError
from tadmor.network.exchange import Limits, exchange
from tadmor.network.guard import address_to_ask, looked_up, refusal

PRIVATE = ["127.0.0.1", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "fd00::1", "100.64.0.1", "::ffff:127.0.0.1"]
NEVER = ["0.0.0.0", "::", "169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1", "255.255.255.255", "::ffff:169.254.1.1"]  # noqa: S104 - none is bound to


@pytest.mark.parametrize("address", [*PRIVATE, "64:ff9b::7f00:1", "2002:7f00:1::", "64:ff9b::a00:1"])
def test_this_machine_and_private_networks_are_asked_only_by_leave(address):
    """However the address is written: as IPv4 inside IPv6 too."""
    assert "--allow-private" in refusal(address, private=False)
    assert refusal(address, private=True) is None


@pytest.mark.parametrize("address", [*NEVER, "64:ff9b::a9fe:a9fe", "nonsense", ""])
def test_some_addresses_are_never_asked(address):
    """The cloud's own service, everybody, nobody: leave or not."""
    assert refusal(address, private=True) is not None


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"])
def test_public_addresses_are_asked(address):
    """By both families."""
    assert refusal(address, private=False) is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///a",
        "http://user:secret@example.org/",
        "http://example.org:25/",
        "http://example.org:0/",
        "http://exa mple.org/",
        "http://example.org/a\r\nHost: other",
        "http://[::1",
        "http://" + "a" * 9000,
        "http://exämple\u2024org..:99999/",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url):
    """Before anything is looked up."""
    with pytest.raises(ForbiddenError):
        address_to_ask(url)


def test_letters_outside_ascii_are_encoded():
    """As browsers do, in host and path; what is encoded already stays so."""
    found = address_to_ask("http://Bücher.example/straße?q=%20ä#part")
    assert found.geturl() == "http://xn--bcher-kva.example/stra%C3%9Fe?q=%20%C3%A4"


def test_a_name_with_one_forbidden_address_is_refused_whole():
    """A name that leads to the public and here is a trap."""
    with pytest.raises(ForbiddenError, match=r"10\.0\.0\.7"):
        looked_up("u", "mixed.example", 80, private=False, seconds=5, look=lambda *_: ["93.184.216.34", "10.0.0.7"])


def test_a_name_service_that_hangs_is_not_waited_for():
    """Longer than the limit."""
    end = Event()
    with pytest.raises(UnreachableError, match="in time"):
        looked_up("u", "slow.example", 80, private=False, seconds=0.05, look=lambda *_: [str(end.wait(5))])
    end.set()


def test_a_name_is_looked_up_once_and_the_judged_address_connected_to(web):
    """Whoever answers another address the second time (DNS rebinding) is never asked a second time."""
    looked = []

    def look(host, _port):
        looked.append(host)
        return ["127.0.0.1"] if len(looked) == 1 else ["169.254.169.254"]

    web.put("/", b"here")
    port = web.place.partition(":")[2]
    found = exchange(address_to_ask(f"http://rebound.example:{port}/"), {}, Limits(), private=True, look=look)
    assert (found.body, found.address, looked) == (b"here", "127.0.0.1", ["rebound.example"])


def test_without_leave_nothing_is_connected_to(web):
    """The refusal comes before the connection, also for a public name that leads here."""
    port = web.place.partition(":")[2]
    with pytest.raises(ForbiddenError):
        exchange(address_to_ask(f"http://public.example:{port}/"), {}, Limits(), look=lambda *_: ["127.0.0.1"])
    assert web.asked == []
