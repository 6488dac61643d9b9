"""What a name resolves to is what is connected to, and only public addresses get that far."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from spiders.resolver import PublicResolver

NAMES = {
    "public.example": ["93.184.216.34"],
    "private.example": ["10.0.0.7"],
    "mixed.example": ["127.0.0.1", "93.184.216.34", "::1"],
    "127.0.0.1": ["127.0.0.1"],
    "localhost": ["127.0.0.1", "10.0.0.9"],
}


class FakeSystemResolver:
    def resolveHostName(self, receiver: Any, host: str, port: int, *more: Any) -> object:
        receiver.resolutionBegan(None)
        for address in NAMES.get(host, []):
            receiver.addressResolved((IPv6Address if ":" in address else IPv4Address)("TCP", address, port))
        receiver.resolutionComplete()
        return None


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, resolution: object) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.is_complete = True


@pytest.mark.parametrize(
    ("host", "port", "passed", "refused"),
    [
        ("public.example", 443, ["93.184.216.34"], None),
        ("private.example", 443, [], "10.0.0.7"),
        ("mixed.example", 443, ["93.184.216.34"], "::1"),
        ("nowhere.example", 443, [], None),
        ("127.0.0.1", 8801, ["127.0.0.1"], None),
        ("127.0.0.1", 8802, [], "127.0.0.1"),
        ("localhost", 8801, ["127.0.0.1"], "10.0.0.9"),
    ],
)
def test_only_public_addresses_pass_and_the_servers_of_the_order(
    host: str, port: int, passed: list[str], refused: str | None
) -> None:
    installed: list[Any] = []
    reactor = SimpleNamespace(nameResolver=FakeSystemResolver(), installNameResolver=installed.append)
    resolver = PublicResolver(reactor, frozenset({"127.0.0.1:8801", "localhost:8801"}))
    resolver.install_on_reactor()
    receiver = Receiver()
    resolver.resolveHostName(receiver, host, port)
    assert installed == [resolver]
    assert receiver.addresses == passed
    assert receiver.is_complete
    assert resolver.refused.get(host) == refused


def test_a_name_server_that_changes_its_mind_is_judged_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = PublicResolver(SimpleNamespace(nameResolver=FakeSystemResolver()), frozenset())
    answers = iter((["93.184.216.34"], ["192.168.0.1"]))
    for expected in (["93.184.216.34"], []):
        monkeypatch.setitem(NAMES, "rebinding.example", next(answers))
        receiver = Receiver()
        resolver.resolveHostName(receiver, "rebinding.example", 443)
        assert receiver.addresses == expected
