"""The data dictionary, made from the declarations: ``python -m storage.dictionary > docs/reference/data-dictionary.md``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Table

from storage import arrow, schema
from storage.queries.companies import COLUMNS as COMPANY_COLUMNS
from storage.queries.jobs import COLUMNS

_HEAD = """# Data dictionary

Made from the declarations by `python -m storage.dictionary`; a test keeps it current.

Columns carry their unit or kind: `_at` is an instant in UTC, `_on` a date, `_usd` US dollars, `is_` and `has_` are true or false.
"""


def dictionary() -> str:
    """The whole page, in Markdown."""
    parts = [_HEAD, _exports(), _companies(), _files(), "## SQL tables\n"]
    parts += [_table(table) for table in schema.metadata.sorted_tables]
    return "\n".join(parts)


def _exports() -> str:
    return _listed("Rows of `jobs list --json`, exports and the view `jobs`", COLUMNS)


def _companies() -> str:
    return _listed("Rows of `companies list --json`", COMPANY_COLUMNS)


def _listed(title: str, columns: Mapping[str, str]) -> str:
    return f"## {title}\n\n| column | meaning |\n|---|---|\n" + "".join(
        f"| `{name}` | {meaning} |\n" for name, meaning in columns.items()
    )


def _files() -> str:
    rows = {"postings/run_date=…/": arrow.POSTINGS, "raw/run_date=…/platform=…/": arrow.RAW}
    parts = ["## Parquet files\n", "Only files that a manifest in `manifests/` names are part of the data set.\n"]
    for folder, fields in rows.items():
        parts.append(f"### `{folder}`\n\n| column | type | meaning |\n|---|---|---|")
        parts += [f"| `{field.name}` | {field.type} | {field.metadata[b'comment'].decode()} |" for field in fields]
        parts.append("")
    return "\n".join(parts)


def _table(table: Table) -> str:
    head = f"### `{table.name}`\n\n{(table.comment or '').capitalize()}.\n\n| column | type | | meaning |\n|---|---|---|---|\n"
    return head + "".join(_column_lines(table))


def _column_lines(table: Table) -> Iterable[str]:
    for column in table.columns:
        mark = "key" if column.primary_key else "" if column.nullable else "always"
        yield f"| `{column.name}` | {arrow.arrow_type(column.type)} | {mark} | {column.comment} |\n"


if __name__ == "__main__":
    print(dictionary(), end="")
