"""What the text of a robots.txt says to us; without Scrapy, for who only looks at what is kept."""

from __future__ import annotations

from protego import Protego

AGENT = "rolecall"
"""The name that robots.txt files know us by."""


def forbids(text: str, address: str) -> bool:
    """Whether a server's robots.txt keeps us from an address; an empty one allows everything."""
    return bool(text) and not Protego.parse(text).can_fetch(address, AGENT)
