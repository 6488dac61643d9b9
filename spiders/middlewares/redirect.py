"""Redirects: five at most, http and https only; the target goes through every guard again, since it is a request like any other."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware as ScrapyRedirects
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure

_MOVED = (301, 302, 303, 307, 308)


class RedirectMiddleware(ScrapyRedirects):
    """Scrapy's own, with our sentence where it gives up, and without a Referer."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RedirectMiddleware:
        # Scrapy's own looks for the Referer middleware, which is off, and warns that it is
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def handle_referer(self, request: Request, response: Response) -> None:
        request.headers.pop("Referer", None)

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:
        what = request.meta["ask"].address if "ask" in request.meta else request.url
        try:
            result = super().process_response(request, response)
        except IgnoreRequest:
            status = f"{response.status} more than {self.max_redirect_times} times in a row"
            raise BoardFailure(FailureKind.HTTP_STATUS, what=what, status=status) from None
        except ValueError:
            raise BoardFailure(FailureKind.HTTP_STATUS, what=what, status=f"{response.status} to an address that is none") from None
        if result is response and response.status in _MOVED and "Location" in response.headers:
            location = (response.headers["Location"] or b"").decode("latin-1")[:100]
            raise BoardFailure(
                FailureKind.ADDRESS_REFUSED, what=what, detail=f"it led to {location}, and only http and https are spoken"
            )
        return result
