"""The address guard where the connection's address is known: names resolve to public addresses only.

Twisted asks the resolver for every host, numbers included, and connects to what it says; so the address that was checked is the
address that is connected to, whatever a name server says a second later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from spiders.addresses import is_loopback_ip, is_public_ip

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase

ALLOWED_SETTING = "ROLECALL_LOOPBACK_ALLOWED"
"""``host:port`` of the loopback servers that the order names, the only private addresses that are ever connected to."""


@implementer(IHostnameResolver)
class PublicResolver:
    """Hands on the public addresses of a host and keeps the others back; a loopback server of the order is let through."""

    def __init__(self, reactor: Any, allowed: frozenset[str]) -> None:
        self._reactor = reactor
        self._resolver: Any = reactor.nameResolver
        self._allowed = allowed
        self.refused: dict[str, str] = {}
        """The private address that was kept back last, by host."""

    @classmethod
    def from_crawler(cls, crawler: CrawlerProcessBase, reactor: Any) -> PublicResolver:
        return cls(reactor, frozenset(crawler.settings.getlist(ALLOWED_SETTING)))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - the name that Twisted calls
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """See ``IHostnameResolver.resolveHostName``."""
        is_allowed = f"{hostName}:{portNumber}" in self._allowed
        receiver = _PublicOnly(resolutionReceiver, self, hostName, is_allowed)
        resolution: IHostResolution = self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Stands between Twisted's resolver and the connection, and lets only those addresses pass that may be connected to."""

    def __init__(self, receiver: Any, resolver: PublicResolver, host: str, is_allowed_loopback: bool) -> None:
        self._receiver = receiver
        self._resolver = resolver
        self._host = host
        self._is_allowed_loopback = is_allowed_loopback

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._resolver.refused.pop(self._host, None)
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if is_public_ip(address.host) or (self._is_allowed_loopback and is_loopback_ip(address.host)):
            self._receiver.addressResolved(address)
        else:
            self._resolver.refused[self._host] = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
