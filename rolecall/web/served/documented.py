"""The filters as the OpenAPI description tells them: names and values from ``pipeline.filters``, words from the options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pipeline.filters import CLOSED_VALUES, Filters
from pipeline.terms import platforms
from rolecall.cli.filters import HELP
from rolecall.web.addresses import LONGEST_VALUE, MOST_PAGE_ROWS

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "pay_min": {"type": "string", "pattern": r"^\d{1,8}[kM]?$"},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST_PAGE_ROWS},
    "as_of": {"type": "string", "format": "date"},
    "visa": {"type": "string", "enum": ["yes", "no"]},
    "utc": {"type": "string", "pattern": r"^[+-]?\d{1,2}(\.5)?$"},
    "since": {"type": "string", "pattern": r"^\d{1,4}d$"},
    "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
}


def filter_parameters(*, with_page: bool = True) -> list[dict[str, Any]]:
    """One parameter a filter, and the page."""
    found = [_parameter(item.name, is_list=isinstance(item.default, tuple)) for item in fields(Filters)]
    return [*found, PAGE_PARAMETER] if with_page else found


def _parameter(name: str, *, is_list: bool) -> dict[str, Any]:
    values = tuple(platforms()) if name == "platform" else CLOSED_VALUES.get(name)
    one = (
        {"type": "string", "enum": list(values)}
        if values
        else dict(_TYPES.get(name, {"type": "string", "maxLength": LONGEST_VALUE}))
    )
    schema = {"type": "array", "items": one} if is_list else one
    return _described(name.replace("_", "-"), HELP[name][1], schema)


def _described(name: str, text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": f"{text}.", "schema": schema}


NIGHT_PARAMETER = _parameter("as_of", is_list=False)
PAGE_PARAMETER = _described("page", "Page of the list, from 1", {"type": "integer", "minimum": 1, "maximum": 999_999})
