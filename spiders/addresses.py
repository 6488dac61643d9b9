"""Public addresses and the addresses that are asked instead; which of them may be connected to. Pure functions."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def to_ask(public: str, base_url: str | None, hosts: frozenset[str]) -> str:
    """The address that is asked in place of a public one.

    Args:
        public: an address on one of the source's own hosts, or elsewhere.
        base_url: replaces scheme and host; may end in a path prefix that stands for the host.
        hosts: the source's own hosts; an address elsewhere stays as it is.
    """
    parts = urlsplit(public)
    if base_url is None or same_host(parts.hostname) not in {same_host(host) for host in hosts}:
        return public
    return base_url.rstrip("/") + urlunsplit(("", "", parts.path or "/", parts.query, ""))


def same_host(host: str | None) -> str:
    """A host for comparison: small letters, without ``www.``."""
    return (host or "").lower().removeprefix("www.")


def host_and_port(address: str) -> tuple[str, int]:
    """Host and port that an address is connected to; port 0 where it is no http address or its port is no number."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        return parts.hostname or "", 0
    return parts.hostname or "", port or _PORTS.get(parts.scheme, 0)


def is_loopback_address(address: str | None) -> bool:
    """Whether an address names this machine, by number or as ``localhost``."""
    host = urlsplit(address).hostname if address else None
    return host == "localhost" or is_loopback_ip(host or "")


@lru_cache(maxsize=1024)
def is_loopback_ip(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def is_ip(host: str) -> bool:
    """Whether a host is written as a number; ``127.1`` and ``0x7f.1`` count, since the system's resolver reads them so."""
    try:
        ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return bool(host) and host.replace(".", "").replace("x", "").isalnum() and host.split(".")[-1][:1].isdigit()
    return True


def is_public_ip(host: str) -> bool:
    """Whether a number is an address of the public network: not private, loopback, link-local, reserved or a way back to such."""
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.sixtofour or address.teredo:  # tunnels of another age: no board lives there, and what is inside can be anything
            return False
        inner = address.ipv4_mapped
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return address.is_global and not address.is_multicast
