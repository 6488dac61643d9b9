"""``rolecall companies``: the employers of what is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from pipeline.filters import CompanySort
from rolecall.cli.columns import columns_option, company_columns, out_columns, picked
from rolecall.cli.filters import filter_options, filters_from
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.leaving_out import tell_left_out
from rolecall.cli.opening import opened
from rolecall.cli.streams import out, out_json, out_json_list, out_long, say, width
from rolecall.cli.words import AS_OF, Word
from rolecall.render.figures import plural
from rolecall.settings import Settings


@click.group(cls=LazyGroup)
def companies() -> None:
    """The employers: what each offers, how remote its jobs are, what it pays.

    \b
      rolecall companies list --remote remote-first
      rolecall companies show acme
    """


@companies.command("list", cls=Command)
@filter_options(without=("sort",))
@click.option(
    "--sort",
    "order",
    type=Word([one.value for one in CompanySort]),
    default=CompanySort.JOBS.value,
    metavar="ORDER",
    help=f"Order: {', '.join(CompanySort)} (default: jobs); remote is by remote-first jobs, pay by the median upper figure.",
)
@columns_option(company_columns)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def list_companies(settings: Settings, /, order: str, columns: tuple[str, ...] | None, as_json: bool, **words: Any) -> None:
    """List the companies with jobs that pass every given filter, one row a company; counts and pay are of those jobs.

    \b
      rolecall companies list --remote remote-first --sort remote
      rolecall companies list --stack python --country DE --sort pay --limit 20
      rolecall companies list --as-of 2026-01-05 --columns company,jobs,remote_first_pct
    """
    filters = filters_from(words)
    with opened(settings, filters.as_of) as store:
        from rolecall.render.companies import companies_table
        from storage.queries.companies import companies as listed
        from storage.queries.companies import nameless

        found = [one.to_json() for one in listed(store, filters, filters.limit, order)]
        if as_json:
            out_json_list(picked(found, columns))
        elif found:
            if columns:
                out_columns(settings, found, columns)
            else:
                out_long(companies_table(found, width()))
            say(settings, plural(len(found), "company", "companies"))
        without = nameless(store, filters)
        if without:
            say(settings, f"{plural(without, 'job')} left out because nobody names the employer")
        tell_left_out(settings, store, filters, postings=False)


@companies.command(cls=Command)
@click.argument("name", metavar="NAME", nargs=-1, required=True)
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def show(settings: Settings, /, name: tuple[str, ...], as_of: date | None, as_json: bool) -> None:
    """Show one company: facts and where they come from, labels over time, pay, stack, jobs, boards.

    Any unique part of the name will do.

    \b
      rolecall companies show acme
      rolecall companies show "Acme Robotics" --as-of 2026-01-05
    """
    with opened(settings, as_of) as store:
        from rolecall.render.companies import whole_company
        from storage.queries.companies import company

        found = company(store, " ".join(name))
    if as_json:
        out_json(found.to_json())
    else:
        out(whole_company(found, width()))
