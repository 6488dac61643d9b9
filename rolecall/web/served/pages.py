"""Pages of one thing: a job, an employer, the quality of the labels, the sources, what this is."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import UsageError
from rolecall.web.pages.job import JobPage, job_page
from rolecall.web.pages.quality import quality_page
from rolecall.web.pages.sources import sources_page
from rolecall.web.rendered import about_html, job_html, quality_html, sources_html
from rolecall.web.served.answers import json_answer
from rolecall.web.served.asking import desk_of
from rolecall.web.shelf import Shown

router = APIRouter()


@router.get("/job/{job_id}.json", summary="A job, as JSON")
def job_json(request: Request, job_id: str) -> Response:
    """The job as `rolecall jobs show --json` gives it: facts, verdicts with evidence, sightings, events."""
    return json_answer(dict(_job(desk_of(request).shelf.shown(), job_id).job))


@router.get("/job/{job_id}", response_class=HTMLResponse, summary="A job, as a page")
def job(request: Request, job_id: str) -> Response:
    """Why the job has its label, with the sentences marked; pay, stack, sightings, timeline."""
    desk = desk_of(request)
    shown = desk.shelf.shown()
    page = _job(shown, job_id)
    if job_id != page.job["job_id"]:
        return RedirectResponse(desk.links.job(page.job["job_id"]), 307)
    return HTMLResponse(job_html(desk, shown, page))


@router.get("/quality.json", summary="How right the labels are, as JSON")
def quality_json(request: Request) -> Response:
    """Accuracy, calibration, model card, and how much each source tells."""
    return json_answer(quality_page(desk_of(request).shelf.shown()).to_json())


@router.get("/quality", response_class=HTMLResponse, summary="How right the labels are, as a page")
def quality(request: Request) -> Response:
    """Accuracy tables, calibration, the model card, and how much each source tells."""
    desk = desk_of(request)
    return HTMLResponse(quality_html(desk, desk.shelf.shown()))


@router.get("/sources.json", summary="The sources, as JSON")
def sources_json(request: Request) -> Response:
    """Each board and feed with its last success, and the terms of its platform."""
    return json_answer(sources_page(desk_of(request).shelf.shown()).to_json())


@router.get("/sources", response_class=HTMLResponse, summary="The sources, as a page")
def sources(request: Request) -> Response:
    """Each board and feed with its last success, and the terms of its platform."""
    desk = desk_of(request)
    return HTMLResponse(sources_html(desk, desk.shelf.shown()))


@router.get("/about", response_class=HTMLResponse, summary="What this is")
def about(request: Request) -> Response:
    """The classes, how they are decided, what is kept and what is not."""
    desk = desk_of(request)
    return HTMLResponse(about_html(desk, desk.shelf.shown()))


def _job(shown: Shown, job_id: str) -> JobPage:
    try:
        return job_page(shown, job_id)
    except UsageError as error:
        raise HTTPException(404, str(error)) from None
