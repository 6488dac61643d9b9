"""Full text finds the same on every database: the same words, the same phrases, as of every night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine

from storage import full_text
from storage.full_text import SearchText, query_terms, words
from storage.looking import batched_ids
from tests.postgres import Postgres, migrated

TEXTS = {
    1: ("Senior C++ Engineer", "Ácme", "We write C++ and C#, not C. Node.js runs the CI/CD; 3.5k requests a second."),
    2: ("Köchin (m/w/d)", "Straßenküche GmbH", "Du kochst Suppe. Naïve café: 12:30–14:00, it's lunch."),
    3: ("Data Engineer", "Feature Store Inc.", "A feature-store for features; the store of a feature. state_of_the_art"),
    4: ("機械学習エンジニア", "東京", "機械学習 と Python を使う。 Python3 2026-01-05 e-mail a@b.example"),
    5: ("Store", "Feature", "nothing else " * 400 + "the end of a long text"),
    6: ("Ops", "", "'quoted' \\ back\\slash & | ! <-> ( ) : * OR AND NOT NEAR tsquery"),
}
QUERIES = {
    "c++": {1}, "C#": {1}, "c": {1}, "node.js": {1}, "ci/cd": {1}, "3.5k": {1}, "acme": {1}, "ÁCME": {1}, "kochin": {2},
    "strassenkuche": {2}, "straßenküche": {2}, "naive cafe": {2}, "it's": {2}, "feature store": {3, 5}, '"feature store"': {3},
    '"store feature"': set(), "feature-store": {3}, "features": {3}, "state_of_the_art": {3}, "機械学習": {4}, "python": {4},
    "python3": {4}, "2026-01-05": {4}, "a@b.example": {4}, '"end of a long text"': {5}, "long else": {5}, "quoted": {6},
    "back\\slash": {6}, "NOT NEAR": {6}, "or": {6}, "absent": set(), '"ops quoted"': set(),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(module_database_url: str) -> Iterator[Engine]:
    from storage.database import migrate

    made = create_engine(module_database_url)
    migrate(made)
    with made.begin() as connection:
        full_text.put(connection, (SearchText(id_, *parts) for id_, parts in TEXTS.items()))
    yield made
    made.dispose()


def _found(engine: Engine, wanted: str) -> set[int]:
    with engine.connect() as connection:
        return set(connection.execute(full_text.hits(connection.dialect.name, query_terms(wanted))).scalars())


@pytest.mark.parametrize("wanted", QUERIES)
def test_queries_find_the_same_texts(engine: Engine, wanted: str) -> None:
    assert _found(engine, wanted) == QUERIES[wanted]


def test_what_is_taken_out_is_not_found(engine: Engine) -> None:
    one = SearchText(9, "Unicorn", "Zebra", "gnu gnu")
    with engine.begin() as connection:
        full_text.put(connection, [one])
    assert _found(engine, "unicorn gnu") == {9}
    with engine.begin() as connection:
        full_text.remove(connection, [one])
    assert _found(engine, "unicorn") == _found(engine, "gnu") == set()


@given(text=st.text(max_size=60))
def test_words_are_folded_and_plain(text: str) -> None:
    for word in words(text):
        assert words(word) == [word]
        assert not set(word) & set(" '\"\\:&|!()<>*")


def test_both_databases_find_the_same_in_any_text(postgres: Postgres) -> None:
    """Random texts and queries drawn from their own pieces, in one index each."""
    draw = st.text(st.sampled_from("ab cß+#-_.'\"\\é京1\u0301\u00a0"), min_size=1, max_size=25)
    name = migrated(postgres)
    there, here = create_engine(postgres.url(name)), create_engine("sqlite://")
    with here.begin() as connection:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE postings_text USING fts5 "
            "(title, company, body, content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars '+#'\")"
        )
    numbers = iter(range(1, 10**6))

    @given(title=draw, body=draw, wanted=draw)
    def check(title: str, body: str, wanted: str) -> None:
        one = SearchText(next(numbers), title, "", body)
        for engine in (here, there):
            with engine.begin() as connection:
                full_text.put(connection, [one])
        for query in filter(query_terms, (wanted, title, f'"{body}"')):
            assert _found(here, query) == _found(there, query), query

    check()
    there.dispose()
    here.dispose()
    postgres.drop(name)


def test_ids_come_in_parts() -> None:
    assert [len(part) for part in batched_ids(map(str, range(1001)))] == [500, 500, 1]
