"""``rolecall searches``: the saved searches of the configuration."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.opening import opened
from rolecall.cli.streams import out, out_json, out_json_list, say, width
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.search_config import SearchConfig

_NONE = "the configuration has no [[search]] block; docs/how-to/follow-a-search.md shows one"


@click.group(cls=LazyGroup)
def searches() -> None:
    """Saved searches: the [[search]] blocks of the configuration, their feeds and exports, and who is told of new matches.

    \b
      rolecall searches list
    """


@searches.command("list", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def list_searches(settings: Settings, as_json: bool) -> None:
    """Show each saved search: how many jobs match, how many are new since the night before, how many nobody was told of yet.

    \b
      rolecall searches list
    """
    from rolecall.render.searches import searches_table
    from storage.feeds.status import status_of

    configured, blocks = settings.config.searches, settings.config.notify
    found = []
    if configured:
        with opened(settings) as store:
            found = [status_of(store, search, blocks) for search in configured]
    if as_json:
        out_json_list(one.to_json() for one in found)
    elif found:
        out(searches_table(found, width()))
    if not found:
        say(settings, _NONE)
    for one in found:
        if one.problem:
            say(settings, f"search {one.id}: {one.problem}")


@searches.command(cls=Command)
@click.argument("search_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def show(settings: Settings, search_id: str, as_json: bool) -> None:
    """Show one saved search: its filters, its files, and how far each target of its notices has come.

    \b
      rolecall searches show pytorch-eu
    """
    from pipeline.search_config import search_named
    from rolecall.render.searches import whole_search
    from storage.feeds.files import files_of
    from storage.feeds.status import status_of

    search = search_named(settings.config.searches, search_id)
    with opened(settings) as store:
        status = status_of(store, search, settings.config.notify)
    files = [str(path) for path in files_of(settings.data_dir, search)]
    if as_json:
        out_json({**status.to_json(), "files": files, "exports": search.exports, "notify": search.notify})
    else:
        out(whole_search(status, files, width()))


@searches.command(cls=Command)
@click.argument("search_id", metavar="[ID]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of the files.")
@pass_settings
def write(settings: Settings, search_id: str | None, as_json: bool) -> None:
    """Write the feeds and exports of a saved search (default: of each) now, as every night does; nobody is told of anything.

    \b
      rolecall searches write
      rolecall searches write pytorch-eu
    """
    from pipeline.search_config import search_named
    from storage.feeds.files import write_search
    from storage.queries.nights import newest_clock

    configured: tuple[SearchConfig, ...] = settings.config.searches
    if search_id is not None:
        configured = (search_named(configured, search_id),)
    paths: list[str] = []
    if configured:
        with opened(settings) as store:
            made_at = newest_clock(store) or datetime.now(UTC)
            for search in configured:
                written = write_search(store, search, settings.config.site, settings.data_dir, made_at)
                paths += map(str, written.paths)
                for note in written.notes:
                    say(settings, note)
    if as_json:
        out_json(paths)
    elif paths:
        out("\n".join(paths))
    if not configured:
        say(settings, _NONE)
