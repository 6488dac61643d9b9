"""Asks the application in this process, without a port; redirects are shown, not followed."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

import httpx
from fastapi import FastAPI

HOST = "http://127.0.0.1"


class Client:
    """A reader of the site."""

    def __init__(self, app: FastAPI, reader: str = "127.0.0.1") -> None:
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(reader, 50_000))
        self._client = httpx.AsyncClient(transport=transport, base_url=HOST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def get(self, address: str, **more: Any) -> httpx.Response:
        """The answer to GET."""
        return self.ask("GET", address, **more)

    def ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        """The answer to any method."""
        return self._runner.run(self._client.request(method, address, **more))

    def json(self, address: str) -> Any:
        """The JSON of an address that answers 200."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json()
