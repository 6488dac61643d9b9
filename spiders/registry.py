"""Which spider reads which platform. Nothing of Scrapy is loaded until a spider is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.crawling import LOOK
from pipeline.terms import platform as platform_terms

if TYPE_CHECKING:
    from spiders.base import BoardSpider


def names() -> tuple[str, ...]:
    """Every platform that has a spider."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent / "platforms").glob("*.py") if path.stem != "__init__"))


def class_name(platform: str) -> str:
    """Name of a platform's class: ``GreenhouseSpider``."""
    return f"{platform.capitalize()}Spider"


def spider_for(platform: str) -> type[BoardSpider]:
    """The spider of a platform.

    Raises:
        UsageError: no such platform.
    """
    if platform == LOOK:
        look: type[BoardSpider] = import_module("spiders.look").LookSpider
        return look
    name = platform_terms(platform).name
    spider: type[BoardSpider] = getattr(import_module(f"spiders.platforms.{name}"), class_name(name))
    return spider
