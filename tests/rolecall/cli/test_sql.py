from __future__ import annotations

import json
from typing import Any

import pytest


def test_a_query_is_a_table_or_an_array(ask: Any) -> None:
    query = "select remote_class, count(*) as n from jobs group by 1 order by 2 desc, 1"
    assert ask("sql", query).stdout.splitlines()[1].split() == ["on-site", "2"]
    assert json.loads(ask("sql", query, "--json").stdout)[0] == {"remote_class": "on-site", "n": 2}
    assert ask("sql", "-", input="select 1 as one").stdout == "one\n  1\n"


def test_tables_are_listed_with_their_columns(ask: Any) -> None:
    assert "\n  job_id, posting_id, platform" in ask("sql", "--tables").stdout
    names = {row["table_name"] for row in json.loads(ask("sql", "--tables", "--json").stdout)}
    assert {"jobs", "postings", "pay_bands", "events"} <= names


@pytest.mark.parametrize("query", ["drop table jobs", "select * from nowhere", "select 1; select 2", "copy (select 1) to 'x.csv'"])
def test_anything_but_a_query_is_refused_in_one_sentence(ask: Any, query: str) -> None:
    done = ask("sql", query)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_without_a_query_it_says_how(ask: Any) -> None:
    assert "no query; give one in quotes" in ask("sql").stderr
