"""What every test stands on: no connection leaves loopback, hypothesis draws the same examples each time, colours are off."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

pytest_plugins = ("tests.postgres",)

settings.register_profile("rolecall", deadline=None, derandomize=True, print_blob=False, database=None)
settings.load_profile("rolecall")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write golden outputs anew and fail: review them, then commit")


# Hypothesis also draws constants that it finds in the modules loaded so far; which those are depends on how the workers share the
# files, so the same test would draw other examples from run to run.
assert hasattr(providers, "_get_local_constants")
providers._get_local_constants = lambda: providers._local_constants


class OutsideConnectionError(AssertionError):
    """A test tried to leave this machine."""


def _refuse_outside(address: Any) -> None:
    if not isinstance(address, tuple):  # a Unix socket
        return
    host = str(address[0])
    try:
        inside = ipaddress.ip_address(host).is_loopback
    except ValueError:
        inside = host in {"localhost", ""}
    if not inside:
        raise OutsideConnectionError(f"a test tried to connect to {host}:{address[1]}; tests stay on loopback")


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_outside(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_outside(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    monkeypatch.delenv("ROLECALL_CONFIG", raising=False)
