"""Lists as files, feeds of saved searches, and the static files of the pages."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib.resources import files as packaged
from typing import IO, Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response, StreamingResponse

from pipeline.errors import UsageError
from pipeline.filters import Filters
from pipeline.search_config import SearchConfig
from rolecall.web.desk import Desk
from rolecall.web.links import STATIC, file_name, static_digest
from rolecall.web.served.asking import asked_of, desk_of, search_of
from rolecall.web.served.documented import filter_parameters
from rolecall.web.served.schemas import file_answers
from rolecall.web.shelf import SITE, Shown
from storage.exports import Exported, allowed
from storage.exports.formats import FORMATS, Format
from storage.feeds.describing import about_list
from storage.feeds.entries import moved_last
from storage.queries.jobs import COLUMNS, rows

router = APIRouter()
MOST_ROWS = 50_000
"""Of a file; whoever wants more has the command."""
_MOST_AT_ONCE = 2
"""Files that are written at a time."""
_WAIT_SECONDS = 20.0
_IN_MEMORY_BYTES = 1 << 20
_PIECE_BYTES = 1 << 16
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
_AT_WORK = threading.BoundedSemaphore(_MOST_AT_ONCE)
_BY_FILE = {file_name("jobs", one): one for one in FORMATS.values()}
_BY_FEED = {one.suffix: one for one in FORMATS.values() if one.is_feed}


@router.get("/static/{digest}/{name}", include_in_schema=False)
def static_file(digest: str, name: str) -> Response:
    """A file that pages load; its address changes with its content."""
    if name not in STATIC or digest != static_digest(name):
        raise HTTPException(404, f"there is no file {name[:60]} of that content")
    content = packaged("rolecall.web").joinpath(f"static/{name}").read_bytes()
    return Response(content, media_type=_TYPES[name.rpartition(".")[2]], headers={"Cache-Control": _FOR_EVER})


@router.get(
    "/feeds/{search_id}.{suffix}",
    response_class=StreamingResponse,
    responses=file_answers(*(one.media_type for one in FORMATS.values() if one.is_feed), also=(404,)),
    summary="The feed of a saved search: atom or json",
)
def search_feed(request: Request, search_id: str, suffix: str) -> Response:
    """What moved last among the jobs of a saved search."""
    desk = desk_of(request)
    if suffix not in _BY_FEED:
        raise HTTPException(404, f"a saved search has the feeds {' and '.join(_BY_FEED)}, not '{suffix[:20]}'")
    search = search_of(desk, search_id)
    return _file(desk, desk.shelf.shown(), _BY_FEED[suffix], search.wanted, f"{search_id}.{suffix}", search)


def _list_file(request: Request, name: str) -> Response:
    desk, asked = desk_of(request), asked_of(request)
    shown = desk.shelf.shown(asked.filters.as_of)
    return _file(desk, shown, _BY_FILE[name], asked.filters, name)


def _route(name: str, form: Format) -> None:
    def file(request: Request) -> Response:
        return _list_file(request, name)

    router.get(
        f"/{name}",
        name=name,
        summary=f"Jobs that pass the filters: {form.title}",
        openapi_extra={"parameters": filter_parameters(with_page=False)},
        response_class=StreamingResponse,
        responses=file_answers(form.media_type),
    )(file)


for _name, _form in _BY_FILE.items():
    _route(_name, _form)


def _file(desk: Desk, shown: Shown, form: Format, filters: Filters, name: str, search: SearchConfig | None = None) -> Response:
    """A list as a file; what the terms of its source keep from sites or feeds is not in it."""
    told = Exported()
    found: Iterator[dict[str, Any]]
    if form.is_feed:
        found = moved_last(shown.store, filters, told)
    else:
        total = shown.index.answer(shown.store, replace(filters, limit=None), limit=0).total
        if min(total, filters.limit or total) > MOST_ROWS:
            raise UsageError(
                f"the list has {total:,} jobs, a file from here holds {MOST_ROWS:,}; narrow it, or use `rolecall export`"
            )
        found = allowed(rows(shown.store, filters), told, SITE)
    about = about_list(filters, shown.clock, desk.settings.config.site, search)
    with _turn(), ExitStack() as unsent:
        file: IO[bytes] = unsent.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES))
        form.write(found, tuple(COLUMNS), about, file)  # type: ignore[arg-type]  # an IO[bytes] is a BinaryIO for whoever writes
        unsent.pop_all()  # closed when the answer is sent
    size = file.tell()
    file.seek(0)
    headers = {"Content-Length": str(size)}
    if not form.is_feed:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return StreamingResponse(_pieces(file), media_type=form.media_type, headers=headers)


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_WORK.acquire(timeout=_WAIT_SECONDS):
        raise HTTPException(503, "other files are being written; try again in a minute")
    try:
        yield
    finally:
        _AT_WORK.release()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
