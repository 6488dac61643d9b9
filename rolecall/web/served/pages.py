"""Pages of one thing: a job, an employer, the quality of the labels, the sources, what this is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import UsageError
from rolecall.web.desk import Desk
from rolecall.web.links import key_of
from rolecall.web.pages.company import CompanyPage, companies_page, company_page
from rolecall.web.pages.job import JobPage, job_page
from rolecall.web.pages.quality import quality_page
from rolecall.web.pages.sources import sources_page
from rolecall.web.rendered import about_html, companies_html, company_html, job_html, quality_html, sources_html
from rolecall.web.served.answers import json_answer
from rolecall.web.served.asking import asked_of, desk_of, of_night, shown_for
from rolecall.web.served.documented import NIGHT_PARAMETER, filter_parameters
from rolecall.web.served.schemas import COMPANIES, COMPANY, JOB, QUALITY, SOURCES, json_answers, page_answers
from rolecall.web.shelf import Shown

router = APIRouter()
_LISTED: dict[str, Any] = {"parameters": filter_parameters(with_page=False)}
_OF_A_NIGHT: dict[str, Any] = {"parameters": [NIGHT_PARAMETER]}


@router.get("/job/{job_id}.json", openapi_extra=_OF_A_NIGHT, responses=json_answers(JOB, 404, 451), summary="A job, as JSON")
def job_json(request: Request, job_id: str) -> Response:
    """The job as `rolecall jobs show --json` gives it: facts, verdicts with evidence, sightings, events."""
    _, shown = shown_for(request)
    return json_answer(dict(_job(shown, job_id).job))


@router.get(
    "/job/{job_id}",
    openapi_extra=_OF_A_NIGHT,
    response_class=HTMLResponse,
    responses=page_answers(404, 451, moved=307),
    summary="A job, as a page",
)
def job(request: Request, job_id: str) -> Response:
    """Why the job has its label, with the sentences marked; pay, stack, sightings, timeline."""
    desk, shown = shown_for(request)
    page = _job(shown, job_id)
    if job_id != page.job["job_id"]:
        return RedirectResponse(desk.links.job(page.job["job_id"]), 307)
    return HTMLResponse(job_html(desk, shown, page))


@router.get(
    "/quality.json", openapi_extra=_OF_A_NIGHT, responses=json_answers(QUALITY), summary="How right the labels are, as JSON"
)
def quality_json(request: Request) -> Response:
    """Accuracy, calibration, model card, and how much each source tells."""
    return json_answer(quality_page(shown_for(request)[1]).to_json())


@router.get(
    "/quality",
    openapi_extra=_OF_A_NIGHT,
    response_class=HTMLResponse,
    responses=page_answers(),
    summary="How right the labels are, as a page",
)
def quality(request: Request) -> Response:
    """Accuracy tables, calibration, the model card, and how much each source tells."""
    return HTMLResponse(quality_html(*shown_for(request)))


@router.get("/sources.json", openapi_extra=_OF_A_NIGHT, responses=json_answers(SOURCES), summary="The sources, as JSON")
def sources_json(request: Request) -> Response:
    """Each board and feed with its last success, and the terms of its platform."""
    return json_answer(sources_page(shown_for(request)[1]).to_json())


@router.get(
    "/sources", openapi_extra=_OF_A_NIGHT, response_class=HTMLResponse, responses=page_answers(), summary="The sources, as a page"
)
def sources(request: Request) -> Response:
    """Each board and feed with its last success, and the terms of its platform."""
    return HTMLResponse(sources_html(*shown_for(request)))


@router.get("/about", openapi_extra=_OF_A_NIGHT, response_class=HTMLResponse, responses=page_answers(), summary="What this is")
def about(request: Request) -> Response:
    """The classes, how they are decided, what is kept and what is not."""
    return HTMLResponse(about_html(*shown_for(request)))


@router.get("/companies.json", responses=json_answers(COMPANIES), openapi_extra=_LISTED, summary="Employers, as JSON")
def companies_json(request: Request) -> Response:
    """Employers with jobs that pass the filters, as `rolecall companies list --json` gives them."""
    filters = asked_of(request, more=()).filters
    return json_answer(companies_page(desk_of(request).shelf.shown(filters.as_of), filters).to_json())


@router.get(
    "/companies", response_class=HTMLResponse, responses=page_answers(), openapi_extra=_LISTED, summary="Employers, as a page"
)
def companies(request: Request) -> Response:
    """Employers with jobs that pass the filters, those with most jobs first."""
    filters = asked_of(request, more=()).filters
    desk, shown = of_night(desk_of(request), filters.as_of)
    return HTMLResponse(companies_html(desk, shown, companies_page(shown, filters)))


@router.get("/company/{name}.json", openapi_extra=_OF_A_NIGHT, responses=json_answers(COMPANY, 404), summary="An employer, as JSON")
def company_json(request: Request, name: str) -> Response:
    """The employer as `rolecall companies show --json` gives it."""
    return json_answer(_company(*shown_for(request), name).company.to_json())


@router.get(
    "/company/{name}",
    openapi_extra=_OF_A_NIGHT,
    response_class=HTMLResponse,
    responses=page_answers(404),
    summary="An employer, as a page",
)
def company(request: Request, name: str) -> Response:
    """Label mix now and over time, pay, stack, open and closed jobs, boards."""
    desk, shown = shown_for(request)
    return HTMLResponse(company_html(desk, shown, _company(desk, shown, name)))


def _company(desk: Desk, shown: Shown, name: str) -> CompanyPage:
    try:
        return company_page(shown, key_of(name), desk.links)
    except LookupError:
        raise HTTPException(404, f"no company '{name[:60]}' is stored; the list of companies has all of them") from None


def _job(shown: Shown, job_id: str) -> JobPage:
    try:
        return job_page(shown, job_id)
    except UsageError as error:
        raise HTTPException(404, str(error)) from None
