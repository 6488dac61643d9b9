"""Answers of the server: a page, JSON, and what goes wrong said in one sentence, as a page or as JSON as it was asked for."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.errors import RolecallError
from rolecall.json_text import json_bytes
from rolecall.web.desk import Desk
from rolecall.web.templating import render

JSON = "application/json"
_LOG = logging.getLogger("rolecall.web")
_HEADINGS: Mapping[int, str] = {
    400: "That address asks for something unknown",
    404: "There is no such page",
    405: "This site is only read",
    451: "Not shown here",
    500: "Something went wrong on our side",
    503: "The data cannot be read just now",
}


def json_answer(value: Any, status: int = 200) -> Response:
    """Plain values as JSON."""
    return Response(json_bytes(value, ends_line=True), status, media_type=JSON)


def refused(desk: Desk, request: Request, status: int, sentence: str) -> Response:
    """An error as the reader asked for pages: one sentence that names the thing and the remedy."""
    if request.url.path.endswith(".json"):
        return json_answer({"error": sentence}, status)
    heading = _HEADINGS.get(status, "That cannot be answered")
    try:
        page = render("message.html", desk.frame(desk.shelf.shown()), heading=heading, sentence=sentence)
    except RolecallError:
        return Response(f"{heading}: {sentence}\n", status, media_type="text/plain")
    return HTMLResponse(page, status)


def broken(desk: Desk, request: Request, error: Exception) -> Response:
    """An error that nobody foresaw: told in full to the log, and not at all to the reader."""
    _LOG.error("%s failed: %s", request.url.path, type(error).__name__, exc_info=error)
    return refused(desk, request, 500, "the page could not be made; whoever runs this site finds the reason in its log")
