"""Saved searches at the end of a night: their feeds and exports are written, and the site where the configuration wants one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flows.request import NightlyRequest
from flows.site import SiteError, build_site
from pipeline.search_config import SearchConfig
from storage.feeds.files import write_search
from storage.store import Store


def write_searches(request: NightlyRequest, searches: Sequence[SearchConfig], store: Store, now: datetime) -> Iterator[str]:
    """Write the files of each search, then the site; never raises.

    Args:
        request: the night's order.
        searches: those of the night; a practice night has its own.
        store: as it is now.
        now: clock of the night, UTC.

    Yields:
        A sentence for what was left out of a file, and for what could not be written.
    """
    for search in searches:
        try:
            yield from write_search(store, search, request.config.site, request.data_dir, now).notes
        except Exception as error:  # noqa: BLE001  the night is stored: no search may break it, whatever its libraries raise
            why = " ".join(str(error).split()) or type(error).__name__
            yield f"search {search.id}: not all of its files were written: {why}; `rolecall searches write {search.id}` tries again"
    if request.config.site.build and not request.is_invented:
        try:
            build_site(request)
        except SiteError as error:
            yield str(error)
