"""The filters as options: names and kinds come from ``pipeline.filters``, so that no command can spell one in its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

import click

from pipeline.filters import CLOSED_VALUES, Filters, parse_filters
from rolecall.cli.group import settings_of

HELP: Mapping[str, tuple[str, str]] = {
    "remote": ("CLASS", "Remote class"),
    "arrangement": ("WORD", "Arrangement"),
    "stack": ("NAME", "Technology; given several times, the job names all of them"),
    "any_stack": ("NAME", "Technology; given several times, the job names at least one of them"),
    "role": ("FAMILY", "Role family"),
    "level": ("LEVEL", "Level"),
    "country": (
        "COUNTRY",
        "Jobs that someone there (DE, DEU, Germany) may hold, worldwide ones included; unknown scope is left out and counted",
    ),
    "utc": ("HOURS", "Jobs whose time zones allow this clock, as in +1; jobs that state none are left out and counted"),
    "visa": ("", "Only jobs whose employer sponsors a visa"),
    "pay_min": (
        "AMOUNT",
        "Annual pay that a base or total band reaches, as in 100k; jobs without stated pay are left out and counted",
    ),
    "currency": ("CODE", "Currency of --pay-min (default: USD); leaves no job out"),
    "company": ("NAME", "Part of the employer's name"),
    "industry": ("WORD", "Industry, as the configuration or the source states it"),
    "stage": ("STAGE", "Stage of the company"),
    "size": ("BAND", "Head count of the company, as in 51-200"),
    "signal": ("NAME", "Sign of remote work, as in async; given several times, all of them"),
    "since": ("TIME", "First seen since then: 7d before the last night, or a date"),
    "as_of": ("DATE", "The list as it was at the end of that night, as in 2026-01-05 (default: as it is)"),
    "state": ("STATE", "State of the posting (default: open)"),
    "platform": ("NAME", "Platform that the job was seen on, as in greenhouse"),
    "text": ("WORDS", "Words that title, company or description hold, all of them"),
    "sort": ("ORDER", "Order (default: newest)"),
    "limit": ("N", "At most so many rows (default: all)"),
}


_SEARCH = click.option(
    "--search",
    metavar="ID",
    help="The filters of a [[search]] of the configuration; one given beside it takes the place of the search's own of that name, "
    "another narrows further.",
)


def filter_options(command: Callable[..., Any] | None = None, *, without: tuple[str, ...] = ()) -> Callable[..., Any]:
    """Give a command every filter as an option, and saved searches by their id.

    Args:
        command: the command, where this stands as ``@filter_options``.
        without: filters that the command has another option for, as in ``@filter_options(without=("sort",))``.
    """
    if command is None:
        return partial(filter_options, without=without)
    for item in reversed(fields(Filters)):
        if item.name not in without:
            command = _option(item.name, is_list=isinstance(item.default, tuple))(command)
    return _SEARCH(command)


def _option(name: str, *, is_list: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    metavar, text = HELP[name]
    if name in CLOSED_VALUES:
        text += f": {', '.join(CLOSED_VALUES[name])}"
    if is_list and "several" not in text:
        text += "; repeatable, any of them"
    if name == "visa":
        return click.option("--visa", is_flag=True, default=None, help=f"{text}.")
    return click.option(f"--{name.replace('_', '-')}", name, metavar=metavar, multiple=is_list, help=f"{text}.")


def filters_from(words: Mapping[str, Any]) -> Filters:
    """The filters that the options mean.

    Raises:
        UsageError: a value that is not known, with the nearest one that is; no such saved search.
    """
    given = {name: value for name, value in words.items() if name != "search"}
    search_id = words.get("search")
    if search_id is None:
        return parse_filters(given)
    from pipeline.search_config import search_named

    saved = search_named(settings_of(click.get_current_context()).config.searches, search_id).filters
    return parse_filters({**_spelt(saved), **{name: value for name, value in given.items() if value not in (None, "", (), [])}})


def _spelt(saved: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("-", "_"): value for name, value in saved.items()}
