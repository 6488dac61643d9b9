"""An honest User-Agent that names whom to write to; without such a contact nothing but loopback is asked."""

from __future__ import annotations

from importlib.metadata import version

from scrapy import Request
from scrapy.crawler import Crawler

from pipeline.vocabulary import FailureKind
from spiders.addresses import is_loopback_address
from spiders.base import BoardSpider
from spiders.failures import BoardFailure


class UserAgentMiddleware:
    """``rolecall/<version> (+<contact>)``, or the address that a key was given to where a platform's documentation asks for it."""

    def __init__(self, contact: str | None) -> None:
        self._contact = contact
        self._agent = user_agent(contact)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> UserAgentMiddleware:
        assert isinstance(crawler.spider, BoardSpider)
        return cls(crawler.spider.contact)

    def process_request(self, request: Request) -> None:
        if self._contact is None and not is_loopback_address(request.url):
            what = request.meta["ask"].address if "ask" in request.meta else request.url
            detail = "no contact address is configured, so nothing but loopback is asked; add contact under [crawler]"
            raise BoardFailure(FailureKind.ADDRESS_REFUSED, what=what, detail=detail)
        request.headers["User-Agent"] = request.meta.get("agent") or self._agent


def user_agent(contact: str | None) -> str:
    """The header's value; without a contact, which loopback is enough for, the product alone."""
    product = f"rolecall/{version('rolecall')}"
    return f"{product} (+{contact})" if contact else product
