"""schema.org JobPosting pages (schema.org/JobPosting, sitemaps.org) of one employer's site."""

from __future__ import annotations

from spiders.sites import SiteSpider


class JsonldSpider(SiteSpider):
    """The board is the site's host. Its sitemaps lead to the postings, and where they do not, its list pages.

    Every page of a sitemap is read where the address of none looks like a posting's. A posting's id is its ``identifier``, else its
    address.
    """

    name = "jsonld"
