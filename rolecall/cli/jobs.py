"""``rolecall jobs``: query what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from rolecall.cli.columns import columns_option, out_columns, picked
from rolecall.cli.filters import filter_options, filters_from
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.leaving_out import tell_left_out
from rolecall.cli.opening import opened
from rolecall.cli.opening_pages import OPEN, OPEN_ONE, open_pages, require_few
from rolecall.cli.streams import out, out_json, out_json_list, out_long, say, width
from rolecall.cli.words import AS_OF
from rolecall.render.figures import plural
from rolecall.settings import Settings

POSTINGS = click.option("--postings", is_flag=True, help="One row a posting instead of one a job.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")


@click.group(cls=LazyGroup, lazy={"label": "rolecall.cli.jobs_label:label"})
def jobs() -> None:
    """The stored jobs: list them, search them, look closely, set a label right.

    \b
      rolecall jobs list --remote remote-first
      rolecall jobs search "feature store"
      rolecall jobs explain 7f3a
    """


@jobs.command("list", cls=Command)
@filter_options
@POSTINGS
@columns_option()
@OPEN
@AS_JSON
@pass_settings
def list_jobs(
    settings: Settings, /, postings: bool, columns: tuple[str, ...] | None, is_opened: bool, as_json: bool, **words: Any
) -> None:
    """List the open jobs that pass every given filter, one row a job.

    \b
      rolecall jobs list --remote remote-first --stack python --pay-min 150000
      rolecall jobs list --remote remote-first --as-of 2026-01-05
      rolecall jobs list --level senior --level staff --since 7d --limit 20
      rolecall jobs list --sort pay --columns title,company,pay_max_annual_usd,url
      rolecall jobs list --company acme --limit 3 --open
      rolecall jobs list --state all --json
    """
    _list(settings, words, Shown(postings, columns, is_opened, as_json))


@jobs.command(cls=Command)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@filter_options
@POSTINGS
@columns_option()
@OPEN
@AS_JSON
@pass_settings
def search(
    settings: Settings,
    /,
    words: tuple[str, ...],
    postings: bool,
    columns: tuple[str, ...] | None,
    is_opened: bool,
    as_json: bool,
    **filters: Any,
) -> None:
    """List the open jobs whose title, company or description hold all the words; words in quotes stand together.

    \b
      rolecall jobs search pytorch
      rolecall jobs search "feature store" --remote remote-first
      rolecall jobs search kafka --columns title,company,stack --json
    """
    wanted = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    filters["text"] = " ".join(filter(None, [filters["text"], wanted]))
    _list(settings, filters, Shown(postings, columns, is_opened, as_json))


@dataclass(frozen=True, slots=True)
class Shown:
    """How a list is shown."""

    postings: bool
    columns: tuple[str, ...] | None
    is_opened: bool
    as_json: bool


def _list(settings: Settings, /, words: dict[str, Any], shown: Shown) -> None:
    filters = filters_from(words)
    with opened(settings, filters.as_of) as store:
        from rolecall.render.jobs import asked_first, jobs_table
        from storage.queries.jobs import count, rows

        if shown.is_opened:
            matching = count(store, filters, shown.postings)
            require_few(matching if filters.limit is None else min(matching, filters.limit))
        found: Iterable[dict[str, Any]] = rows(store, filters, shown.postings)
        if shown.is_opened or not shown.as_json:
            found = list(found)
        if shown.as_json:
            out_json_list(picked(found, shown.columns))
        elif found:
            asked = (*filters.stack, *filters.any_stack)
            listed = [{**row, "stack": asked_first(row["stack"], asked)} for row in found] if asked else list(found)
            if shown.columns:
                out_columns(settings, listed, shown.columns)
            else:
                out_long(jobs_table(listed, width(), id_name="posting_id" if shown.postings else "job_id"))
            say(settings, plural(len(listed), "posting" if shown.postings else "job"))
        tell_left_out(settings, store, filters, postings=shown.postings)
    if shown.is_opened:
        open_pages(settings, [row["url"] for row in found])


@jobs.command(cls=Command)
@click.argument("id_", metavar="ID")
@AS_OF
@OPEN_ONE
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def show(settings: Settings, /, id_: str, as_of: date | None, is_opened: bool, as_json: bool) -> None:
    """Show one job in full: facts, sightings, history, description. Any unique beginning of an id will do.

    \b
      rolecall jobs show 7f3a
      rolecall jobs show 7f3a --open
    """
    with opened(settings, as_of) as store:
        from rolecall.render.jobs import whole_job
        from storage.queries.jobs import find

        job = find(store, id_)
    if as_json:
        out_json(job)
    else:
        out(whole_job(job, width()))
    if is_opened:
        open_pages(settings, [job["url"]])


@jobs.command(cls=Command)
@click.argument("id_", metavar="ID")
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def explain(settings: Settings, /, id_: str, as_of: date | None, as_json: bool) -> None:
    """Say why a job has its labels: every verdict with the sentences that it rests on. Any unique beginning of an id will do.

    \b
      rolecall jobs explain 7f3a
    """
    with opened(settings, as_of) as store:
        from rolecall.render.jobs import explanation
        from storage.queries.jobs import find

        job = find(store, id_)
    if as_json:
        facts = ("job_id", "posting_id", "platform", "board", "external_id", "title", "company", "url", "state")
        out_json({**{name: job[name] for name in facts}, **job["labels"]})
    else:
        out(explanation(job, job["labels"], width()))
