"""What the routes share: the desk, and what an address asks for."""

from __future__ import annotations

from typing import cast

from fastapi import HTTPException, Request
from starlette.responses import RedirectResponse

from pipeline.search_config import SearchConfig
from rolecall.web.addresses import Asked, query, read_query
from rolecall.web.desk import Desk


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    return cast("Desk", request.app.state.desk)


def asked_of(request: Request) -> Asked:
    """The filters and the page of an address.

    Raises:
        UsageError: an unknown name or value, with the nearest one that exists.
    """
    return read_query(request.query_params.multi_items())


def search_of(desk: Desk, search_id: str) -> SearchConfig:
    """The saved search of that id.

    Raises:
        HTTPException: 404, there is none.
    """
    if search_id not in desk.searches:
        known = ", ".join(desk.searches) or "none is configured"
        raise HTTPException(404, f"there is no saved search '{search_id[:60]}'; choose from: {known}")
    return desk.searches[search_id]


def tidied(request: Request, asked: Asked) -> RedirectResponse | None:
    """A form sends its empty fields too: the same address without them; None where there are none."""
    if not any(not value.strip() for _, value in request.query_params.multi_items()):
        return None
    said = query(asked.filters, asked.page)
    return RedirectResponse(f"{request.url.path}?{said}" if said else request.url.path, 303)
