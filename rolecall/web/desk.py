"""What makes pages: the shelf they are made from, the name of the site, the saved searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.search_config import SearchConfig
from rolecall.settings import Settings
from rolecall.web.frame import Frame, frame_of
from rolecall.web.links import Links
from rolecall.web.shelf import Shelf, Shown


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a page needs besides its own address."""

    settings: Settings
    shelf: Shelf
    links: Links
    site: str
    """Name of the site."""
    searches: Mapping[str, SearchConfig]

    def frame(self, shown: Shown) -> Frame:
        """What stands around a page."""
        return frame_of(self.site, self.links, shown, bool(self.searches))
