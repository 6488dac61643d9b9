"""Where tonight's sources come from: the configuration, the practice server, or a folder of recorded payloads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flows.request import NightlyRequest
from pipeline.config import SourceConfig
from pipeline.errors import UsageError
from pipeline.search_config import SearchConfig
from spiders.practice.calendar import night_now


@dataclass(frozen=True, slots=True)
class Night:
    """What a night crawls, and its clock."""

    now: datetime
    """UTC; everything that needs the time tonight takes it from here."""
    sources: tuple[SourceConfig, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    """Recorded files that answer no list, each with its reason."""
    searches: tuple[SearchConfig, ...] = ()
    """Saved searches whose files the night writes."""


@contextmanager
def open_night(request: NightlyRequest) -> Iterator[Night]:
    """The sources of a night; a stand-in server runs as long as the context does.

    Raises:
        UsageError: nothing to crawl, or options that exclude each other.
    """
    if request.practice and request.payloads:
        raise UsageError("--practice and --payloads are two different nights; give one of them")
    if request.faults and not request.practice:
        raise UsageError("--faults belongs to the practice server; add --practice")
    if request.practice:
        # the practice server and its texts are needed on such a night only
        from spiders.practice.scenario import load_scenario
        from spiders.practice.searches import practice_searches
        from spiders.practice.server import serve

        number = request.night or 1
        with serve(load_scenario("default"), number, faults=request.faults) as server:
            yield Night(night_now(number), server.sources(), searches=practice_searches())
    elif request.payloads:
        from spiders.practice.payloads import serve_payloads

        with serve_payloads(request.payloads, request.payload_map) as recorded:
            now = request.now if request.night is None else night_now(request.night)
            yield Night(now, recorded.sources(), recorded.left_out, request.config.searches)
    else:
        if request.night is not None:
            raise UsageError("--night belongs to the practice calendar; add --practice or --payloads DIR")
        if not request.config.sources:
            raise UsageError(
                "no sources are configured; copy rolecall.toml.example to rolecall.toml and set its contact, "
                "or try `rolecall nightly --practice`"
            )
        yield Night(request.now, request.config.sources, searches=request.config.searches)
