"""What every page carries around its own part: names, the night it shows, where its links lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.runs import RunSummary
from pipeline.vocabulary import BoardStatus
from rolecall.render import figures
from rolecall.web.links import Links
from rolecall.web.shelf import Shown
from rolecall.web.words import clock, day


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page."""

    site: str
    """Name of the site."""
    links: Links
    standing: str
    """What is stored and how fresh it is, in one line."""
    night: date
    as_of: date | None
    has_searches: bool


def frame_of(site: str, links: Links, shown: Shown, has_searches: bool) -> Frame:
    """The frame of what a page shows."""
    return Frame(site, links, _standing(shown), shown.night, shown.store.as_of, has_searches)


def _standing(shown: Shown) -> str:
    open_jobs = figures.plural(shown.open_jobs, "open job")
    if shown.store.as_of is not None:
        return f"{open_jobs} at the end of {day(shown.store.as_of)}"
    return f"{open_jobs}, {_freshness(shown.summary)}" if shown.summary else open_jobs


def _freshness(summary: RunSummary) -> str:
    read = sum(row.status in (BoardStatus.COMPLETE, BoardStatus.PARTIAL) for row in summary.sources)
    return f"last night {clock(summary.started_at)}, {read} of {figures.plural(len(summary.sources), 'source')} read"
