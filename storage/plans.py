"""Which columns a query reads, as DuckDB's own planner says: it plans the query over empty tables of the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import orjson
import pyarrow as pa

_OFF = "statistics_propagation,empty_result_pullup,filter_pushdown,filter_pullup"
"""Optimizers that would make use of the tables' emptiness, or take a filter's columns out of the scan's list."""


def columns_asked(sql: str, tables: Mapping[str, pa.Schema]) -> dict[str, list[str]]:
    """Names of the columns that a statement reads, by table, in the table's order.

    A table whose scan the plan does not show is left out: the caller hands it over whole. So are all of them where the statement
    cannot be planned; running it then says why.
    """
    connection = duckdb.connect(":memory:")
    try:
        for name, fields in tables.items():
            connection.register("shape", fields.empty_table())
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM shape')  # noqa: S608  a name of ours
        connection.unregister("shape")
        connection.execute("SET enable_external_access = false")
        connection.execute(f"SET disabled_optimizers = '{_OFF}'")
        bare = re.sub(r"^\s*explain(\s+analyze)?\b", "", sql, flags=re.IGNORECASE)
        plan = connection.execute(f"EXPLAIN (FORMAT json) {bare}").fetchall()
        scans = [scan for _, text in plan for root in orjson.loads(text) for scan in _scans(root)]
    except (duckdb.Error, ValueError, TypeError):
        return {}
    finally:
        connection.close()
    asked: dict[str, set[str]] = {}
    for name, columns in scans:
        asked.setdefault(name, set()).update(columns)
    return {name: [field for field in tables[name].names if field in columns] for name, columns in asked.items() if name in tables}


def _scans(node: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    facts = node.get("extra_info", {})
    if "Table" in facts:
        columns = facts.get("Projections") or []
        yield facts["Table"].rpartition(".")[2].strip('"'), [columns] if isinstance(columns, str) else columns
    for child in node.get("children", ()):
        yield from _scans(child)
