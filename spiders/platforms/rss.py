"""Any RSS or Atom feed of jobs (www.rssboard.org/rss-specification, RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin

from pipeline.feed_fields import NAMED, at_path, field_of, link_of, words
from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.base import BoardSpider
from spiders.feeds import MOST_ITEMS, read_feed


class RssSpider(BoardSpider):
    """The board is the feed's address, with or without ``https://``. What the source's ``fields`` name goes before the usual
    elements. A feed holds the newest items only, whatever has happened to the others.
    """

    name = "rss"
    accept = "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"

    def addresses(self, board: str) -> Iterable[str]:
        scheme, _, rest = board.rpartition("://")
        host, _, path = rest.partition("/")
        return (f"{scheme or 'https'}://{quote(host, safe=':[]')}/{quote(path, safe='/?&=%:+,;@~!$*()')}",)

    def split(self, answer: Answer) -> Iterator[Part]:
        feed, fields = read_feed(answer.body, answer.address), self._fields(answer.board)
        if feed.is_cut:
            yield LeftOut(f"items behind the first {MOST_ITEMS:,} left out", is_expected=True)
        for item in feed.items:
            named = {name: value for name, path in fields.items() if (value := at_path(item, path))}
            yield self.part({**item, NAMED: named} if named else item, answer)

    def part(self, item: object, answer: Answer) -> Part:
        if not isinstance(item, dict):
            return LeftOut("item of no shape left out")
        identity = self.identify(item, answer.board)
        url = urljoin(answer.address, str(identity.url)) if identity.url else None
        return answer.posting(item, Identity(identity.id or url, identity.title, url))

    def identify(self, item: Any, board: str) -> Identity:
        id_, title = (next(iter(words(field_of(item, name))), None) for name in ("id", "title"))
        return Identity(id_, title, link_of(item))

    def _fields(self, board: str) -> Mapping[str, str]:
        return next((one.order.fields for one in self.boards if one.name == board), {})
