"""The saved searches of practice nights, so that the first of them leaves feeds to look at."""

from __future__ import annotations

from importlib.resources import files

from pipeline.config import parse
from pipeline.search_config import SearchConfig

_FILE = "searches.toml"


def practice_searches() -> tuple[SearchConfig, ...]:
    """The searches of ``data/searches.toml``."""
    return parse(files("spiders.practice").joinpath("data", _FILE).read_text(encoding="utf-8"), _FILE).searches
