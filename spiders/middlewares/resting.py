"""Rest: a host that refuses three times in a row, or asks for hours, is not asked again tonight."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.base import BoardSpider
from spiders.middlewares.robots import IS_ROBOTS
from spiders.rests import Rests


class RestMiddleware:
    """Stands behind the pace, so that those who waited for their turn are held back too."""

    def __init__(self, rests: Rests) -> None:
        self._rests = rests

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RestMiddleware:
        assert isinstance(crawler.spider, BoardSpider)
        return cls(crawler.spider.rests)

    def process_request(self, request: Request) -> None:
        failure = self._rests.of(request)
        if failure is not None:
            raise failure

    def process_response(self, request: Request, response: Response) -> Response:
        if not request.meta.get(IS_ROBOTS):  # RFC 9309: a refused robots.txt allows everything
            self._rests.count(request, response.status)
        return response
