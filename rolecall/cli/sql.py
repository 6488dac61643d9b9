"""``rolecall sql``: any question, read-only."""

from __future__ import annotations

import sys
from datetime import date

import click

from pipeline.errors import UsageError
from rolecall.cli.columns import out_answer
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.opening import opened
from rolecall.cli.streams import out, out_json_list, say, width
from rolecall.cli.words import AS_OF
from rolecall.render.figures import plural
from rolecall.settings import Settings


@click.command(cls=Command)
@click.argument("query", required=False, metavar="[QUERY|-]")
@click.option("--tables", is_flag=True, help="Show the tables and views that there are, and leave.")
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of objects, values in full.")
@pass_settings
def sql(settings: Settings, query: str | None, tables: bool, as_of: date | None, as_json: bool) -> None:
    """Ask the stored data anything in SQL, read-only.

    The dialect is DuckDB's. `-` reads the query from standard input.

    \b
      rolecall sql --tables
      rolecall sql "select remote_class, count(*) as jobs from jobs group by 1 order by 2 desc"
      rolecall sql --as-of 2026-01-05 "select state, count(*) from jobs group by 1"
    """
    if query == "-":
        query = sys.stdin.read()
    if tables:
        _tell_tables(settings, as_of, as_json)
        return
    if not query or not query.strip():
        raise UsageError('no query; give one in quotes, as in rolecall sql "select count(*) from jobs"')
    with opened(settings, as_of) as store:
        from storage.duck import query as ask

        columns, rows = ask(store, query)
        if as_json:
            out_json_list(dict(zip(columns, row, strict=True)) for row in rows)
            return
        shown = list(rows)
    out_answer(settings, columns, shown)
    say(settings, plural(len(shown), "row"))


def _tell_tables(settings: Settings, as_of: date | None, as_json: bool) -> None:
    with opened(settings, as_of) as store:
        from rolecall.render.answers import tables_text
        from storage.duck import query as ask

        _, rows = ask(store, _TABLES)
        found = {str(name): str(columns).split(", ") for name, columns in rows}
    if as_json:
        out_json_list({"table_name": name, "columns": columns} for name, columns in found.items())
    else:
        out(tables_text(found, width()))


_TABLES = (
    "select table_name, string_agg(column_name, ', ' order by ordinal_position) as columns "
    "from information_schema.columns group by table_name order by table_name"
)
