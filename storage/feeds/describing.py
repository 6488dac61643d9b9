"""What a list of jobs says of itself, from its filters and the site's configuration."""

from __future__ import annotations

from datetime import datetime

from pipeline.filter_words import as_options, as_query
from pipeline.filters import Filters
from pipeline.search_config import SearchConfig
from pipeline.site_config import SiteConfig
from storage.exports.about import About


def about_list(filters: Filters, made_at: datetime, site: SiteConfig, search: SearchConfig | None = None) -> About:
    """The description of a list.

    Args:
        filters: of the list.
        made_at: clock of the night that it shows, UTC.
        site: where the site is read.
        search: the saved search that it is.
    """
    title = search.title if search else f"{site.title}: jobs"
    return About(title, made_at, as_options(filters), as_query(filters), search.id if search else None, site.address)


def page_of(site: SiteConfig, search_id: str) -> str | None:
    """Address of a saved search's page, which the written and the served site both answer; None where there is no site."""
    return f"{site.address}/search/{search_id}.html" if site.address else None


def feed_address(site: SiteConfig, name: str) -> str | None:
    """Address of a file in the site's folder of feeds."""
    return f"{site.address}/feeds/{name}" if site.address else None
