"""``[[search]]`` blocks of ``rolecall.toml``: saved searches, each with feeds, exports and notices of new matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pipeline.config_reader import Reader, blocks
from pipeline.errors import UsageError, did_you_mean
from pipeline.filters import Filters, parse_filters
from pipeline.vocabulary import ExportFormat

_FEEDS = (ExportFormat.ATOM, ExportFormat.JSONFEED)
_FILES = tuple(form for form in ExportFormat if form not in _FEEDS)
_KEYS: Mapping[str, Any] = {"id": str, "title": str, "exports": list, "notify": bool}
_FILTERS = tuple(item.name for item in fields(Filters) if item.name != "as_of")
_OPTION = re.compile(r"--([a-z-]+):")


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """One block."""

    id: str
    title: str
    filters: Mapping[str, Any]
    """As written, names with ``_``; ``wanted`` is what they mean."""
    line: int | None = None
    exports: tuple[ExportFormat, ...] = (ExportFormat.CSV,)
    """Files that every night writes anew, besides the feeds."""
    notify: bool = True
    """Whether new matches are told to those whose ``[[notify]]`` block asks for them."""

    @property
    def wanted(self) -> Filters:
        """The filters; what the file says was checked when it was read."""
        return parse_filters(self.filters)


def search_named(searches: Sequence[SearchConfig], id_: str) -> SearchConfig:
    """The search of that id.

    Raises:
        UsageError: there is none; the message offers the nearest.
    """
    by_id = {search.id: search for search in searches}
    if id_ in by_id:
        return by_id[id_]
    if not by_id:
        remedy = "the configuration has no [[search]] block; docs/how-to/follow-a-search.md shows one"
        raise UsageError(f"search '{id_}' is unknown: {remedy}")
    raise UsageError(f"search '{id_}' is unknown{did_you_mean(id_, by_id) or '; choose from ' + ', '.join(by_id)}")


def read_searches(reader: Reader, value: Any) -> tuple[SearchConfig, ...]:
    """The ``[[search]]`` blocks of a document.

    Raises:
        ConfigError: with file, line and remedy; a filter that no command would take is one.
    """
    searches: dict[str, SearchConfig] = {}
    for index, block in enumerate(blocks(reader, value, "search")):
        search = _search(reader, block, reader.block_line("search", index))
        if search.id in searches:
            line = searches[search.id].line
            raise reader.fail(search.line or 1, f"search '{search.id}' stands already at line {line}; give this one another id")
        searches[search.id] = search
    return tuple(searches.values())


def _search(reader: Reader, block: Mapping[str, Any], line: int) -> SearchConfig:
    own = {key: block[key] for key in _KEYS if key in block}
    reader.check(own, _KEYS, "search", line)
    name = own.get("id", "")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name):
        wanted = 'small letters, digits and dashes, at most 64, as in "pytorch-eu"'
        raise reader.fail(line, f"id '{name}' of this search must be {wanted}")
    filters = {key: inner for key, inner in block.items() if key not in _KEYS}
    _check_filters(reader, filters, line)
    exports = _exports(reader, own.get("exports", [ExportFormat.CSV]), line)
    return SearchConfig(name, own.get("title") or name, filters, line, exports, own.get("notify", True))


def _check_filters(reader: Reader, filters: Mapping[str, Any], line: int) -> None:
    """Each filter by itself, so that the line of the wrong one is named."""
    for key, value in filters.items():
        where = reader.line_of(key, line)
        name = key.replace("-", "_")
        if name == "as_of":
            raise reader.fail(where, "'as_of' is for single questions: a saved search follows the present; remove it")
        if name not in _FILTERS:
            hint = did_you_mean(name, (*_KEYS, *_FILTERS)) or f"; choose from {', '.join((*_KEYS, *_FILTERS))}"
            raise reader.fail(where, f"key '{key}' of [search] is unknown{hint}")
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, dict | list) for item in items):
            raise reader.fail(where, f"'{key}' must be a text, a number or a list of texts, not {value!r}")
        try:
            parse_filters({name: value})
        except UsageError as error:
            raise reader.fail(where, _OPTION.sub(lambda match: f"{match[1].replace('-', '_')}:", str(error))) from None


def _exports(reader: Reader, names: Iterable[Any], line: int) -> tuple[ExportFormat, ...]:
    known = [form.value for form in _FILES]
    where = reader.line_of("exports", line)
    found = []
    for name in names:
        if name in list(_FEEDS):
            raise reader.fail(where, f"'exports' has '{name}', which every search has anyway; remove it")
        if name not in known:
            hint = did_you_mean(str(name), known) or f"; choose from {', '.join(known)}"
            raise reader.fail(where, f"'exports' has {name!r}, which is unknown{hint}")
        found.append(ExportFormat(name))
    return tuple(dict.fromkeys(found))
