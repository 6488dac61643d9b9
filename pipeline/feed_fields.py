"""Which elements of a feed's item say what of a job: the common ones, and those that a source's configuration names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

NAMED = "rolecall:named"
"""Key of an item under which the spider puts what the configuration's ``fields`` led to."""


@cache
def feed_fields() -> Mapping[str, tuple[str, ...]]:
    """The names that ``fields`` may have, each with the elements that are tried for it."""
    rows = tomllib.loads(files("pipeline").joinpath("data/feed_fields.toml").read_text(encoding="utf-8"))
    return {name: tuple(elements) for name, elements in rows.items()}


def at_path(item: Mapping[str, Any], path: str) -> Any:
    """What stands at ``element``, ``element/inner`` or ``element/@attribute`` of an item; None where nothing does."""
    value: Any = item
    for step in path.split("/"):
        if isinstance(value, list):
            value = value[0] if value else None
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def field_of(item: Mapping[str, Any], name: str) -> Any:
    """What an item says for a name: as the configuration leads to it, else the first common element that is filled."""
    named = item.get(NAMED)
    if isinstance(named, Mapping) and named.get(name):
        return named[name]
    return next((value for element in feed_fields()[name] if (value := at_path(item, element))), None)


def words(value: Any) -> list[str]:
    """The texts of a value: its own, those of a list, those inside objects (``{"@term": "Data"}``, ``{"name": "Acme"}``)."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        known = next((value[key] for key in ("name", "title", "@term", "@label") if value.get(key)), None)
        return words(known) if known else [word for inner in value.values() for word in words(inner)]
    return [word for inner in value for word in words(inner)] if isinstance(value, list) else []


def link_of(item: Mapping[str, Any]) -> str | None:
    """The item's page: RSS writes it as text, Atom as ``href`` of the link that is no other relation."""
    value = field_of(item, "url")
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            return one
        if isinstance(one, Mapping) and isinstance(one.get("@href"), str) and one.get("@rel", "alternate") == "alternate":
            return str(one["@href"])
    return None
