"""Other names: those of the written site's files lead to the same pages here, and what browsers and robots ask for by habit."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from rolecall.web.desk import Desk
from rolecall.web.links import ServedLinks
from rolecall.web.served.asking import desk_of
from rolecall.web.templating import PAGES
from rolecall.web.written.hubs import filters_of

router = APIRouter(include_in_schema=False)
_ROBOTS = "User-agent: *\nDisallow: /?\nDisallow: /jobs\n"
"""Robots find every job from the plain pages; combinations of filters have no end."""
_ONE_OF_MANY = frozenset({"job", "company"})
_NUMBERED = re.compile(r"(?P<path>.+?)(?:-(?P<page>[1-9][0-9]{0,5}))?")


@router.get("/robots.txt")
def robots() -> Response:
    """What robots may read."""
    return PlainTextResponse(_ROBOTS)


@router.get("/favicon.ico")
def icon(request: Request) -> Response:
    """Browsers ask for it on files that name no icon."""
    return RedirectResponse(desk_of(request).links.static("icon.svg"), 308)


@router.get("/{path:path}.html")
def written_name(request: Request, path: str) -> Response:
    """The page that the written site has under that name."""
    address = _address(desk_of(request), path)
    if address is None:
        raise HTTPException(404, f"/{path[:60]}.html is no page of this site")
    return RedirectResponse(address, 308)


def _address(desk: Desk, path: str) -> str | None:
    folder, _, name = path.rpartition("/")
    if path in PAGES or (folder in _ONE_OF_MANY and name):
        return "/" + quote(path)
    matched = _NUMBERED.fullmatch(path)
    if matched is None:
        return None
    page = int(matched["page"] or 1)
    if folder == "search":
        id_, of = (name, 1) if name in desk.searches else (matched["path"].removeprefix("search/"), page)
        return desk.links.search(id_, of)
    shown = desk.shelf.shown()
    for plain, of in ((path, 1), (matched["path"], page)):
        filters = filters_of(shown, plain)
        if filters is not None:
            return ServedLinks().jobs(filters, of)
    return None
