"""What the routes share: the desk, and what an address asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from fastapi import HTTPException, Request
from starlette.responses import RedirectResponse

from pipeline.errors import UsageError
from pipeline.search_config import SearchConfig, search_named
from rolecall.web.addresses import Asked, query, read_query
from rolecall.web.desk import Desk
from rolecall.web.links import ServedLinks
from rolecall.web.shelf import Shown

_NIGHT = "as-of"
"""The one filter of pages of one thing."""


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    return cast("Desk", request.app.state.desk)


def asked_of(request: Request, more: tuple[str, ...] = ("page",)) -> Asked:
    """The filters of an address, and what else may stand there.

    Raises:
        UsageError: an unknown name or value, with the nearest one that exists.
    """
    return read_query(request.query_params.multi_items(), more)


def shown_for(request: Request) -> tuple[Desk, Shown]:
    """What a page of one thing shows: the present, or the night that its address names, on which its links then stay.

    Raises:
        UsageError: another name stands in the address, or nothing was stored by that night.
    """
    others = [name for name in request.query_params if name.replace("_", "-") != _NIGHT]
    if others:
        raise UsageError(f"'{others[0][:60]}' is no filter of this page, only '{_NIGHT}' is; lists of jobs take them all")
    return of_night(desk_of(request), asked_of(request).filters.as_of)


def of_night(desk: Desk, as_of: date | None) -> tuple[Desk, Shown]:
    """The desk with links that stay on a night, and what is shown of it; None is the present.

    Raises:
        UsageError: nothing was stored by that night.
    """
    return replace(desk, links=ServedLinks(as_of)), desk.shelf.shown(as_of)


def search_of(desk: Desk, search_id: str) -> SearchConfig:
    """The saved search of that id.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        return search_named(tuple(desk.searches.values()), search_id[:60])
    except UsageError as error:
        raise HTTPException(404, str(error)) from None


def tidied(request: Request, asked: Asked) -> RedirectResponse | None:
    """A form sends its empty fields too: the same address without them; None where there are none."""
    if not any(not value.strip() for _, value in request.query_params.multi_items()):
        return None
    said = query(asked.filters, asked.page)
    return RedirectResponse(f"{request.url.path}?{said}" if said else request.url.path, 303)
