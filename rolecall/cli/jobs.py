"""``rolecall jobs``: query what is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from rolecall.cli.filters import filter_options, filters_from
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.leaving_out import tell_left_out
from rolecall.cli.opening import opened
from rolecall.cli.streams import out, out_json, out_json_list, say, width
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
@AS_JSON
@pass_settings
def list_jobs(settings: Settings, /, postings: bool, as_json: bool, **words: Any) -> None:
    """List the open jobs that pass every given filter, one row a job.

    \b
      rolecall jobs list --remote remote-first --stack python --pay-min 150000
      rolecall jobs list --remote remote-first --as-of 2026-01-05
      rolecall jobs list --level senior --level staff --since 7d --limit 20
      rolecall jobs list --state all --json
    """
    _list(settings, words, postings=postings, as_json=as_json)


@jobs.command(cls=Command)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@filter_options
@POSTINGS
@AS_JSON
@pass_settings
def search(settings: Settings, /, words: tuple[str, ...], postings: bool, as_json: bool, **filters: Any) -> None:
    """List the open jobs whose title, company or description hold all the words; words in quotes stand together.

    \b
      rolecall jobs search pytorch
      rolecall jobs search "feature store" --remote remote-first
    """
    wanted = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    filters["text"] = " ".join(filter(None, [filters["text"], wanted]))
    _list(settings, filters, postings=postings, as_json=as_json)


def _list(settings: Settings, /, words: dict[str, Any], *, postings: bool, as_json: bool) -> None:
    filters = filters_from(words)
    with opened(settings, filters.as_of) as store:
        from rolecall.render.jobs import jobs_table
        from storage.queries.jobs import rows

        found = rows(store, filters, postings)
        if as_json:
            out_json_list(found)
            tell_left_out(settings, store, filters, postings=postings)
            return
        listed = list(found)
        if listed:
            out(jobs_table(listed, width(), id_name="posting_id" if postings else "job_id"))
            say(settings, plural(len(listed), "posting" if postings else "job"))
        tell_left_out(settings, store, filters, postings=postings)


@jobs.command(cls=Command)
@click.argument("id_", metavar="ID")
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def show(settings: Settings, /, id_: str, as_of: date | None, as_json: bool) -> None:
    """Show one job in full: facts, sightings, history, description. Any unique beginning of an id will do.

    \b
      rolecall jobs show 7f3a
    """
    with opened(settings, as_of) as store:
        from rolecall.render.jobs import whole_job
        from storage.queries.jobs import find

        job = find(store, id_)
    if as_json:
        out_json(job)
    else:
        out(whole_job(job, width()))


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
