"""Redirects: five at most, http and https only; the target goes through every guard again, since it is a request like any other."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware as ScrapyRedirects
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure


class RedirectMiddleware(ScrapyRedirects):
    """Scrapy's own, with our sentence where it gives up, and without a Referer."""

    def handle_referer(self, request: Request, response: Response) -> None:
        request.headers.pop("Referer", None)

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:
        try:
            return super().process_response(request, response)
        except BoardFailure:
            raise
        except IgnoreRequest:
            what = request.meta["ask"].address if "ask" in request.meta else request.url
            status = f"{response.status} more than {self.max_redirect_times} times in a row"
            raise BoardFailure(FailureKind.HTTP_STATUS, what=what, status=status) from None
        except ValueError:
            what = request.meta["ask"].address if "ask" in request.meta else request.url
            raise BoardFailure(FailureKind.HTTP_STATUS, what=what, status=f"{response.status} to an address that is none") from None
