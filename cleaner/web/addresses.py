"""Which addresses may be asked: http and https, and hosts of the public internet.

A name says nothing about where it leads (a redirect, a DNS answer or an odd spelling of an
address may point into one's own network), so what is checked is each IP address before it is
connected to.
"""

from __future__ import annotations

import re
import socket
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["AddressRefused", "check_url", "is_public", "resolve", "without_default_port"]

# Reserved, but not known as such to every Python: protocol assignments, documentation (RFC 9637).
_ASSIGNMENTS = IPv4Network("192.0.0.0/24")
_DOCUMENTATION = IPv6Network("3fff::/20")
_UNICAST = IPv6Network("2000::/3")  # all that is assigned to hosts of the public internet
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_DEFAULT_PORT = re.compile(r"(?:(http://[^/?#]+):80|(https://[^/?#]+):443)(?=[/?#]|\Z)")


class AddressRefused(FetchError):  # noqa: N818  (a kind of FetchError)
    """An address that is not asked: no http, or not of the public internet."""


def is_public(address: str) -> bool:
    """Whether an IP address, as the system writes it, is one of the public internet.

    An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4, Teredo) has to be public as well.
    """
    try:
        ip: IPv4Address | IPv6Address = IPv4Address(address)
    except AddressValueError:
        try:
            ip = IPv6Address(address.partition("%")[0])  # behind % is the name of an interface
        except AddressValueError:
            return False
    if isinstance(ip, IPv4Address):
        usual = ip.is_global and not (ip.is_multicast or ip.is_reserved)
        return usual and ip not in _ASSIGNMENTS
    inner = list(_inside(ip))
    usual = ip in _UNICAST and ip not in _DOCUMENTATION and ip.is_global
    return (usual or bool(inner)) and all(is_public(str(other)) for other in inner)


def _inside(ip: IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address leads to."""
    if ip.ipv4_mapped is not None:
        yield ip.ipv4_mapped
    elif ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFF_FFFF)
    elif ip.sixtofour is not None:
        yield ip.sixtofour
    elif ip.teredo is not None:
        yield from ip.teredo


def check_url(url: str) -> None:
    """Raise AddressRefused where `url` is no plain http or https address of a host."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused(f"no valid address ({error})") from error
    if parts.scheme not in ("http", "https"):
        raise AddressRefused("only http and https addresses are fetched")
    if not host or port == 0 or any(c.isspace() or ord(c) < 0x20 or c == "\\" for c in url):
        raise AddressRefused("no valid address")
    if "@" in parts.netloc:
        raise AddressRefused("an address with a user name in it is not fetched")


def without_default_port(url: str) -> str:
    """Return the address without a port that goes without saying: it is the same host."""
    found = _DEFAULT_PORT.match(url)
    return url if found is None else f"{found[1] or found[2]}{url[found.end() :]}"


def resolve(host: str, port: int, allow_private: bool = False) -> list[str]:
    """Return the IP addresses of `host` that may be connected to, in the system's order.

    Raises AddressRefused where it has none but private ones, FetchError where it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        again = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        cause = getattr(error, "strerror", None) or error
        raise FetchError(f"the host {host} is not found ({cause})", transient=again) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [ip for ip in addresses if allow_private or is_public(ip)]
    if not allowed:
        raise AddressRefused(refusal(host, addresses))
    return allowed


def refusal(host: str, addresses: list[str]) -> str:
    """Say why a host is not asked."""
    where = ", ".join(addresses)
    at = "" if where == host else f" is at {where}, which"
    return f"{host}{at} is not a public address (--allow-private permits it)"
