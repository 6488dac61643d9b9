"""The application: routes, and around them the limits and the headers."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response

from pipeline.errors import RolecallError, UsageError
from rolecall.web.desk import Desk
from rolecall.web.pages.job import NotShownError
from rolecall.web.served import files, lists, other_names, pages
from rolecall.web.served.answers import refused
from rolecall.web.served.headers import SafeHeaders
from rolecall.web.served.limits import Limits, Rates
from rolecall.web.served.unbroken import Unbroken

_SMALLEST_GZIP_BYTES = 1000
_GZIP_LEVEL = 5


def create_app(desk: Desk, hosts: tuple[str, ...] = ("*",), rates: Rates | None = None) -> FastAPI:
    """The site.

    Args:
        desk: what pages are made from.
        hosts: names that the site answers to; a page elsewhere cannot point a name of its own at this machine and read along.
        rates: how often one address may ask.
    """
    app = FastAPI(
        title=desk.site,
        version=version("rolecall"),
        summary="Job postings, how remote they really are, and the sentence that decides it. Only read, no key.",
        docs_url=None,  # its page loads scripts from elsewhere
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
        redoc_url=None,
    )
    app.state.desk = desk
    for router in (other_names.router, lists.router, pages.router, files.router):
        app.include_router(router)
    _explain_errors(app, desk)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST_GZIP_BYTES, compresslevel=_GZIP_LEVEL)
    app.add_middleware(Limits, rates=rates or Rates())
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(Unbroken, desk=desk)
    app.add_middleware(SafeHeaders)
    return app


def _explain_errors(app: FastAPI, desk: Desk) -> None:
    def on_usage(request: Request, error: Any) -> Response:
        return refused(desk, request, 400, str(error).removeprefix("--"))  # an option there, a field here

    def on_data(request: Request, error: Any) -> Response:
        return refused(desk, request, 503, str(error))

    def on_terms(request: Request, error: Any) -> Response:
        return refused(desk, request, 451, f"the terms of {error} keep its postings from sites; `rolecall jobs show` reads them")

    def on_http(request: Request, error: Any) -> Response:
        what = (
            error.detail
            if error.status_code != 404 or error.detail != "Not Found"
            else f"{request.url.path} is no page of this site"
        )
        return refused(desk, request, error.status_code, what)

    app.add_exception_handler(UsageError, on_usage)
    app.add_exception_handler(RolecallError, on_data)
    app.add_exception_handler(NotShownError, on_terms)
    app.add_exception_handler(HTTPException, on_http)
