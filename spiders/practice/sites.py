"""How the sites of employers lead to their postings: by a sitemap, an index of sitemaps, or a list page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

ROBOTS = "User-agent: *\nDisallow: /private/\nCrawl-delay: 0\n"
HABITS = ("sitemap", "index", "list", "stale")
"""``stale`` is a sitemap that still names a page that has gone."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page that leads to others."""

    body: str
    content_type: str


def habits(hosts: Sequence[str]) -> Mapping[str, str]:
    """The habit of each site, dealt out in turn."""
    return {host: HABITS[place % len(HABITS)] for place, host in enumerate(sorted(hosts, reverse=True))}


def page(habit: str, host: str, rest: Sequence[str], urls: Sequence[str]) -> SitePage | None:
    """The page at a path of a site, None where it is none of those that lead to postings.

    Args:
        habit: one of ``HABITS``.
        host: the site.
        rest: steps of the path.
        urls: addresses of tonight's postings.
    """
    dead = [f"https://{host}/jobs/1"] if habit == "stale" else []
    match habit, list(rest):
        case "list", ["robots.txt"]:
            return SitePage(ROBOTS, "text/plain")
        case _, ["robots.txt"]:
            return SitePage(f"{ROBOTS}Sitemap: https://{host}/sitemap.xml\n", "text/plain")
        case "list", ["jobs"]:
            items = "".join(f'<li><a href="{escape(url)}">Details</a></li>' for url in urls)
            return SitePage(
                f"<!doctype html><title>Jobs</title><h1>Open positions</h1><ul>{items}</ul>", "text/html; charset=utf-8"
            )
        case "index", ["sitemap.xml"]:
            inner = "".join(f"<sitemap><loc>https://{host}/sitemap-{number}.xml</loc></sitemap>" for number in (0, 1))
            return SitePage(f"{_XML}<sitemapindex {_SCHEMA}>{inner}</sitemapindex>", "application/xml")
        case "index", ["sitemap-0.xml" | "sitemap-1.xml" as name]:
            return _sitemap(urls[int(name[8]) :: 2])
        case "sitemap" | "stale", ["sitemap.xml"]:
            return _sitemap([*dead, *urls])
    return None


def _sitemap(urls: Sequence[str]) -> SitePage:
    listed = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in urls)
    return SitePage(f"{_XML}<urlset {_SCHEMA}>{listed}</urlset>", "application/xml")
