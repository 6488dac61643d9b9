"""Lists of jobs: every address equals the command's filters, and has its ``.json``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from pipeline.errors import UsageError
from pipeline.filter_words import filter_pairs
from pipeline.search_config import SearchConfig
from rolecall.web.addresses import Asked
from rolecall.web.pages.jobs import jobs_json, jobs_page
from rolecall.web.rendered import jobs_html, searches_html
from rolecall.web.served.answers import json_answer
from rolecall.web.served.asking import asked_of, desk_of, of_night, search_of, tidied
from rolecall.web.served.documented import PAGE_PARAMETER, filter_parameters
from rolecall.web.served.schemas import LIST, SEARCHES, json_answers, page_answers

router = APIRouter()
_LISTED: dict[str, Any] = {"parameters": filter_parameters()}
_PAGED: dict[str, Any] = {"parameters": [PAGE_PARAMETER]}


@router.get(
    "/",
    response_class=HTMLResponse,
    responses=page_answers(moved=303),
    openapi_extra=_LISTED,
    summary="Jobs that pass the filters, as a page",
)
def list_page(request: Request) -> Response:
    """The open jobs that pass every given filter, with facets; one page of the list."""
    desk, asked = desk_of(request), asked_of(request)
    empty = tidied(request, asked)
    if empty is not None:
        return empty
    desk, shown = of_night(desk, asked.filters.as_of)
    return HTMLResponse(jobs_html(desk, shown, jobs_page(shown, asked, desk.links)))


@router.get("/jobs", response_class=HTMLResponse, include_in_schema=False)
def list_page_again(request: Request) -> Response:
    """The same list under a name that people guess."""
    return list_page(request)


@router.get("/jobs.json", responses=json_answers(LIST), openapi_extra=_LISTED, summary="Jobs that pass the filters, as JSON")
def list_json(request: Request) -> Response:
    """One page of the list: `count`, `jobs` as `rolecall jobs list --json` gives them, `facets`, `next`."""
    desk, asked = desk_of(request), asked_of(request)
    desk, shown = of_night(desk, asked.filters.as_of)
    return json_answer(jobs_json(jobs_page(shown, asked, desk.links), shown))


@router.get("/index.json", include_in_schema=False)
def list_json_again(request: Request) -> Response:
    """The JSON of the page at ``/``."""
    return list_json(request)


@router.get("/searches", response_class=HTMLResponse, responses=page_answers(), summary="The saved searches, as a page")
def searches_page(request: Request) -> Response:
    """Every saved search of the configuration, with how many jobs it finds."""
    desk = desk_of(request)
    return HTMLResponse(searches_html(desk, desk.shelf.shown()))


@router.get("/searches.json", responses=json_answers(SEARCHES), summary="The saved searches, as JSON")
def searches_json(request: Request) -> Response:
    """Every saved search: `id`, `title`, `filters`, `count`."""
    desk = desk_of(request)
    shown = desk.shelf.shown()
    return json_answer(
        [
            {
                "id": one.id,
                "title": one.title,
                "filters": filter_pairs(one.wanted),
                "count": shown.index.answer(shown.store, one.wanted, limit=0).total,
            }
            for one in desk.searches.values()
        ]
    )


@router.get("/search/{search_id}.json", responses=json_answers(LIST, 404), openapi_extra=_PAGED, summary="A saved search, as JSON")
def search_json(request: Request, search_id: str) -> Response:
    """One page of the list of a saved search."""
    desk = desk_of(request)
    search, shown = search_of(desk, search_id), desk.shelf.shown()
    return json_answer(jobs_json(jobs_page(shown, _asked_of_search(request, search), desk.links, search), shown))


@router.get(
    "/search/{search_id}",
    response_class=HTMLResponse,
    responses=page_answers(404),
    openapi_extra=_PAGED,
    summary="A saved search, as a page",
)
def search_page(request: Request, search_id: str) -> Response:
    """The list of a saved search, with its feeds."""
    desk = desk_of(request)
    search, shown = search_of(desk, search_id), desk.shelf.shown()
    page = jobs_page(shown, _asked_of_search(request, search), desk.links, search)
    return HTMLResponse(jobs_html(desk, shown, page, search.title, search))


def _asked_of_search(request: Request, search: SearchConfig) -> Asked:
    """The page that the address asks for; a saved search has its filters already.

    Raises:
        UsageError: another name stands in the address.
    """
    others = [name for name in request.query_params if name != "page"]
    if others:
        raise UsageError(
            f"'{others[0][:60]}' cannot be added to a saved search, only 'page'; its list under / takes further filters"
        )
    return replace(asked_of(request), filters=search.wanted)
