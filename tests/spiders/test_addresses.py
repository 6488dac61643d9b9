from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.addresses import host_and_port, is_ip, is_loopback_address, is_public_ip, to_ask

HOSTS = frozenset({"boards-api.greenhouse.io"})


@pytest.mark.parametrize(
    ("base_url", "asked"),
    [
        (None, "https://boards-api.greenhouse.io/v1/x?a=1"),
        ("http://127.0.0.1:8801", "http://127.0.0.1:8801/v1/x?a=1"),
        ("http://127.0.0.1:8801/", "http://127.0.0.1:8801/v1/x?a=1"),
        ("http://127.0.0.1:8801/prefix", "http://127.0.0.1:8801/prefix/v1/x?a=1"),
    ],
)
def test_a_base_url_stands_for_scheme_and_host(base_url: str | None, asked: str) -> None:
    assert to_ask("https://boards-api.greenhouse.io/v1/x?a=1", base_url, HOSTS) == asked


def test_an_address_elsewhere_stays_and_www_is_the_same_host() -> None:
    assert to_ask("https://evil.example/x", "http://127.0.0.1:1", HOSTS) == "https://evil.example/x"
    assert to_ask("https://www.acme.example", "http://127.0.0.1:1/p", frozenset({"acme.example"})) == "http://127.0.0.1:1/p/"


@pytest.mark.parametrize(
    "private",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2130706433", "0x7f.0.0.1", "not an address", "",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(private: str) -> None:
    assert not is_public_ip(private)


@pytest.mark.parametrize("public", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"])
def test_public_addresses_are(public: str) -> None:
    assert is_public_ip(public)


@given(st.ip_addresses())
def test_nothing_of_a_private_network_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified:
        assert not is_public_ip(str(address))
    assert is_ip(str(address))


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.1", True), ("2130706433", True), ("0x7f.1", True), ("acme.example", False), ("1and1.com", False), ("", False)],
)
def test_numbers_in_any_dress_are_numbers(host: str, expected: bool) -> None:
    assert is_ip(host) is expected


def test_host_and_port() -> None:
    assert host_and_port("https://a.example/x") == ("a.example", 443)
    assert host_and_port("http://[::1]:80/x") == ("::1", 80)
    assert host_and_port("http://a.example:99999999/") == ("a.example", 0)
    assert is_loopback_address("http://localhost:1/")
    assert is_loopback_address("http://127.0.0.9:1/")
    assert not is_loopback_address("http://10.0.0.1/")
    assert not is_loopback_address(None)
