"""Which internet addresses may be asked: none of this machine, this network or the cloud around it, unless allowed.

A name is looked up once, each of its addresses is judged, and the connection goes to an address so judged: whoever
answers another address the next time (DNS rebinding) gains nothing.
"""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from tadmor.errors import ForbiddenError, UnreachableError

Look = Callable[[str, int], Sequence[str]]

#: Networks in which an IPv6 address stands for an IPv4 address: NAT64 (RFC 6052, RFC 8215).
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
#: Ports of services that speak no HTTP and may be made to misread it; the list that browsers keep (Fetch, "port
#: blocking"), its best known.
_BLOCKED = frozenset(
    {1, 7, 9, 11, 13, 19, 20, 21, 22, 23, 25, 53, 69, 110, 119, 143, 389, 465, 587, 636, 993, 995, 6667}
)
#: What may stand in a path and a query besides letters and figures; a percent sign is taken as written.
_PATH = "/%:@!$&'()*+,;=-._~"
_QUERY = _PATH + "?"
#: The longest address taken: what servers and browsers take at most, roughly.
LONGEST = 8_000


def address_to_ask(url: str) -> SplitResult:
    """An address as it is sent: letters outside ASCII encoded, no fragment.

    Raises:
        ForbiddenError: not of the web, without a host, with a name or password, or to a port of another service.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ForbiddenError(url, "is no address of the web") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise ForbiddenError(url, "only http and https are asked")
    if not host or len(url) > LONGEST or any(letter.isspace() or not letter.isprintable() for letter in url.strip()):
        raise ForbiddenError(url, "is no address of the web")
    if parts.username is not None or parts.password is not None:
        raise ForbiddenError(url, "holds a name or a password; leave them out")
    if port in _BLOCKED or port == 0:
        raise ForbiddenError(url, f"port {port} belongs to another service than the web")
    try:
        name = _host(host)
    except UnicodeError:
        raise ForbiddenError(url, "its host is no name") from None
    place = name if port is None else f"{name}:{port}"
    path, query = quote(parts.path, safe=_PATH), quote(parts.query, safe=_QUERY)
    return urlsplit(urlunsplit((parts.scheme.lower(), place, path or "/", query, "")))


def looked_up(url: str, host: str, port: int, *, private: bool, seconds: float, look: Look) -> tuple[str, ...]:
    """The addresses of a host, each of which may be asked.

    Args:
        url: for messages.
        host: a name or an internet address.
        port: where to.
        private: are this machine and private networks allowed?
        seconds: for the answer of the name service.
        look: gives the addresses of a name.

    Raises:
        ForbiddenError: one of them may not be asked: a name that leads here too is a trap.
        UnreachableError: it has none.
    """
    pool = ThreadPoolExecutor(1)
    try:
        found = pool.submit(look, host, port).result(seconds)
    except LateError:
        raise UnreachableError(url, "its name is not answered for in time") from None
    except (OSError, UnicodeError):
        raise UnreachableError(url, f"no address is known of {host}") from None
    finally:
        pool.shutdown(wait=False)
    if not found:
        raise UnreachableError(url, f"no address is known of {host}")
    for address in found:
        why = refusal(address, private=private)
        if why is not None:
            raise ForbiddenError(url, f"{f'{host} is at ' if host != address else ''}{address}, {why}")
    return tuple(dict.fromkeys(found))


def refusal(address: str, *, private: bool) -> str | None:
    """Why an internet address may not be asked; `None`: it may."""
    try:
        found = _plain(ip_address(address.partition("%")[0]))
    except ValueError:
        return "which is no internet address"
    if found.is_multicast or found.is_unspecified or found.is_link_local or (found.is_reserved and found.version == 4):
        return "which is never asked"
    if found.is_global or private:
        return None
    return "of this machine or a private network; --allow-private allows it"


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in network for network in _NAT64):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address


def of_name(host: str, port: int) -> Sequence[str]:
    """The system's own answer."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(address[0]) for *_, address in found]


def _host(host: str) -> str:
    """A host as it stands in a request."""
    if ":" in host:
        return f"[{ip_address(host.partition('%')[0])}]"
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    if len(name) > 253 or not all(letter.isalnum() or letter in "-._" for letter in name):
        raise UnicodeError(name)
    return name.lower()
