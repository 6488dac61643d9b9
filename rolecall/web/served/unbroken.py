"""The last resort: what nobody foresaw is told in full to the log, and to the reader in one sentence without a traceback."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rolecall.web.desk import Desk
from rolecall.web.served.answers import broken


class Unbroken:
    """ASGI middleware; it also answers HEAD as GET, whose body the server leaves out."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            await self._app(asked, receive, watched)
        except Exception as error:
            if has_begun:
                raise
            await broken(self._desk, Request(scope), error)(scope, receive, send)
