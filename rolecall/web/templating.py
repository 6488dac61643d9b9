"""Templates: every one escapes, and a name that is not there is an error."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.filters import Filters
from rolecall.render import figures
from rolecall.web import words
from rolecall.web.frame import Frame
from rolecall.web.quotes import quoted

WRITTEN_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"
"""Content-Security-Policy of a written page, which no server sends: our own files and nothing else."""
PAGES = ("companies", "searches", "quality", "sources", "about")
"""Pages that stand once, in the order of the navigation."""


@cache
def environment() -> Environment:
    """The one environment; what boards send is hostile until proven otherwise."""
    made = Environment(
        loader=PackageLoader("rolecall.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {
        "count": figures.count,
        "plural": figures.plural,
        "quoted": quoted,
        "short_range": lambda low, high: words.dashed(figures.short_range(low, high)),
    }
    made.globals |= {"no_filters": Filters(), "navigation": _navigation, "written_policy": WRITTEN_POLICY}
    return made


def render(template: str, frame: Frame, here: str = "", **values: Any) -> str:
    """A page.

    Args:
        template: file of ``templates/``.
        frame: what stands around it.
        here: the page's name in the navigation.
        values: what the template names.
    """
    return environment().get_template(template).render(frame=frame, here=here, **values)


def _navigation(frame: Frame) -> Iterator[tuple[str, str | None]]:
    """Name and address of each page that the head of every page leads to."""
    yield "jobs", frame.links.jobs(Filters())
    for name in PAGES:
        if name != "searches" or frame.has_searches:
            yield name, frame.links.page(name)
