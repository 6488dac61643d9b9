"""``rolecall sources terms``: what each platform asks, and what follows from it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import ConfigError
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.streams import out, out_json_list, width
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.terms import Platform


@click.command(cls=Command)
@click.argument("platform", nargs=-1, metavar="[PLATFORM...]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def terms(settings: Settings, platform: tuple[str, ...], as_json: bool) -> None:
    """Show what platforms ask: credit, links, least interval, page size, where postings may not go, and why one is off.

    Crawler, exports and configuration obey these records; no option goes below a floor.

    \b
      rolecall sources terms
      rolecall sources terms remotive workday
    """
    from pipeline.terms import platform as terms_of
    from pipeline.terms import platforms
    from rolecall.render.sources import terms_table, terms_text

    accepted = _accepted(settings)
    rows = [_row(one, _state(one, accepted)) for one in ([terms_of(name) for name in platform] or platforms().values())]
    if as_json:
        out_json_list(rows)
    elif platform:
        out("\n".join(terms_text(row, width()) for row in rows))
    else:
        out(terms_table(rows, width()))


def _row(terms: Platform, state: str) -> dict[str, Any]:
    credit = terms.credit
    return {
        "platform": terms.name,
        "title": terms.title,
        "state": state,
        "off_because": terms.off_because,
        "keys": list(terms.keys),
        "credit": None
        if credit is None
        else {"name": credit.name, "link": credit.link, "follow": credit.follow, "logo": credit.logo},
        "delay_seconds": terms.delay_seconds,
        "least_interval_hours": terms.least_interval_hours,
        "page_size": terms.page_size,
        "not_to": list(terms.not_to),
        "listing": terms.listing.value,
        "closes_after_days": terms.closes_after_days,
        "personal_fields": list(terms.personal_fields),
        "terms": terms.terms,
        "source": terms.source,
    }


def _state(terms: Platform, accepted: frozenset[str]) -> str:
    """Whether a source of the platform is read: ``on``, ``off``, ``accepted`` (off, but for a configured source) or ``no key``."""
    if terms.off_because:
        return "accepted" if terms.name in accepted else "off"
    return "no key" if any(not os.environ.get(name) for name in terms.keys) else "on"


def _accepted(settings: Settings) -> frozenset[str]:
    """The platforms whose terms the configuration accepts; none where it is refused for not accepting them, which this explains."""
    try:
        return frozenset(source.platform for source in settings.config.sources if source.accept_terms)
    except ConfigError:
        return frozenset()
