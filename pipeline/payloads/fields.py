"""Reading a payload that may lack any key or hold anything under it: each reader gives a value of its type or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.text import one_line

_NOTHING: Mapping[str, Any] = {}


def text(value: Any) -> str | None:
    """One line of text; a number becomes its digits; None for anything else and for what is blank."""
    if isinstance(value, str):
        return one_line(" ".join(value.split("\n"))) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def block(value: Any) -> str | None:
    """A text of several lines or an HTML fragment, untouched; None where it is blank or no text."""
    return value if isinstance(value, str) and value.strip() else None


def mapping(value: Any) -> Mapping[str, Any]:
    """The object itself, or an empty one."""
    return value if isinstance(value, Mapping) else _NOTHING


def listed(value: Any) -> list[Any]:
    """The list itself, or an empty one."""
    return value if isinstance(value, list) else []


def many(value: Any) -> list[Any]:
    """One or several: JSON-LD writes a single value without its list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def figure(value: Any) -> int | float | None:
    """A number that is not zero; boards write 0 for "not said"."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value or None


def amount(value: Any) -> int | float | str | None:
    """A figure that is a number or a text with a digit other than zero in it; None for what says nothing."""
    if isinstance(value, str):
        return value.strip() if any(char in "123456789" for char in value) else None
    return figure(value)


def flag(value: Any) -> bool | None:
    """True or false; None for anything else, so that a flag that is not set stays unsaid."""
    return value if isinstance(value, bool) else None


def joined(values: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    """The texts under some keys, each once, joined with commas as an address is written; None where there is none."""
    return ", ".join(texts(part.strip(" ,") for key in keys if (part := text(values.get(key))))) or None


def present(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The pairs that say something: without nulls, blank texts and empty containers; None where nothing is left."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})} or None


def texts(values: Iterable[Any]) -> tuple[str, ...]:
    """The texts among some values, each once, in their order."""
    return tuple(dict.fromkeys(found for value in values if (found := text(value))))
