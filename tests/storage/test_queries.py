"""Each filter alone and several together, against a set made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.crawling import BoardResult
from pipeline.errors import UsageError
from pipeline.filters import parse_filters
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus, PayKind, RemoteClass, Sponsorship
from storage.queries.jobs import count, find, left_out, rows, rows_of
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, band, eligible, labelled, posting

EURO = 1.1
BISTRO = CompanyFacts(name="Bistro GmbH", industry="food", stage="seed", size="11-50")
HOSTILE = 'C\'est la vie; SELECT * FROM jobs -- "quoted"'
NINE_DAYS_AGO = NIGHT - timedelta(days=9)
POSTINGS = {
    "a": posting("a", title="ML Engineer", published_on=NIGHT),
    "b": posting("b", title="Analyst", published_on=NINE_DAYS_AGO),
    "c": posting("c", title="Seller"),
    "d": posting("d", title="Chief of data lakes"),
    "e": posting("e", title="Chef", platform="lever", board="bistro", description_text=HOSTILE, company=BISTRO),
}
SELLERS_PAY = (band(50_000, 60_000), band(150_000, 200_000, kind=PayKind.OTE))
SET = {
    "a": labelled(
        POSTINGS["a"],
        stack=("Python", "PyTorch"),
        bands=(band(90_000, 100_000, "EUR", EURO),),
        eligibility=eligible((), is_worldwide=True, excluded=("FR",), visa_sponsorship=Sponsorship.YES),
    ),
    "b": labelled(POSTINGS["b"], RemoteClass.ON_SITE, stack=("SQL",), signals=()),
    "c": labelled(POSTINGS["c"], RemoteClass.REMOTE_FRIENDLY, stack=(), bands=SELLERS_PAY),
    "d": labelled(
        POSTINGS["d"],
        stack=("Go", "Python"),
        bands=(band(120_000, None),),
        signals=("async", "remote_benefits"),
        eligibility=eligible(("DE", "FR", "US"), utc_min=-5.0, utc_max=2.0, languages=("de", "en")),
    ),
    "e": labelled(POSTINGS["e"], RemoteClass.ON_SITE, stack=(), bands=(band(None, 80_000),), eligibility=eligible(())),
}


@pytest.fixture(scope="module")
def store(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("queries")
    with Store.open(module_database_url, folder, create=True) as opened:
        for number, names in enumerate(("abcd", "e")):
            items = [SET[name] for name in names]
            run_id = opened.begin_run(NIGHT + timedelta(days=number), NOW + timedelta(days=number))
            first = items[0].posting
            result = BoardResult(first.platform, first.board, BoardStatus.COMPLETE, postings=len(items))
            seen = {item.posting.posting_id: item.posting.content_hash for item in items}
            opened.commit_board(run_id, result, seen, items, (), CompanyFacts())
            opened.finish_run(run_id, {})
        yield opened


def ids(store: Store, **given_: Any) -> str:
    return "".join(row["external_id"] for row in rows(store, parse_filters(given_)))


def test_every_row_has_the_contracts_keys(store: Store) -> None:
    keys = {
        "job_id",
        "posting_id",
        "platform",
        "board",
        "external_id",
        "title",
        "company",
        "url",
        "remote_class",
        "arrangement",
        "state",
    }
    assert all(keys <= set(row) for row in rows(store, parse_filters({})))


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ({}, "abcde"),
        ({"remote": "remote-first"}, "ad"),
        ({"remote": ["remote-first", "on-site"]}, "abde"),
        ({"arrangement": "hybrid"}, ""),
        ({"stack": "python"}, "ad"),
        ({"stack": ["python", "pytorch"]}, "a"),
        ({"stack": "py-torch"}, "a"),
        ({"any_stack": ["go", "sql"]}, "bd"),
        ({"level": "senior"}, "abcde"),
        ({"role": "design"}, ""),
        ({"pay_min": 100_000, "currency": "EUR"}, "ad"),
        ({"country": "DE"}, "ad"),
        ({"country": "Germany"}, "ad"),
        ({"country": "FR"}, "d"),
        ({"country": "US"}, "abcd"),
        ({"country": ["FR", "DE"]}, "ad"),
        ({"utc": "+1"}, "ad"),
        ({"utc": "-8"}, "a"),
        ({"utc": "0"}, "ad"),
        ({"visa": True}, "a"),
        ({"country": "DE", "utc": "1", "remote": "remote-first", "visa": False}, "ad"),
        ({"pay_min": 105_000}, "ad"),
        ({"pay_min": 115_000}, "d"),
        ({"pay_min": 70_000}, "ade"),
        ({"pay_min": 61_000, "currency": "USD"}, "ade"),
        ({"currency": "GBP"}, "abcde"),
        ({"company": "bistro"}, "e"),
        ({"company": "ACME, Inc."}, "abcd"),
        ({"industry": "Food"}, "e"),
        ({"stage": "seed", "size": "11-50"}, "e"),
        ({"signal": "async"}, "acde"),
        ({"signal": ["async", "remote-benefits"]}, "d"),
        ({"since": "0d"}, "e"),
        ({"since": "2026-01-05"}, "abcde"),
        ({"platform": "lever"}, "e"),
        ({"text": "vie"}, "e"),
        ({"text": '"data lakes" chief'}, "d"),
        ({"text": "lakes data"}, "d"),
        ({"text": "ml engineer bistro"}, ""),
        ({"state": "closed"}, ""),
        ({"remote": "remote-first", "stack": "python", "pay_min": 110_000, "text": "chief"}, "d"),
    ],
)
def test_filters(store: Store, given_: dict[str, Any], found: str) -> None:
    assert "".join(sorted(ids(store, **given_))) == found
    assert count(store, parse_filters(given_)) == len(found)


def test_what_does_not_say_what_is_asked_is_counted(store: Store) -> None:
    told = left_out(store, parse_filters({"country": "DE", "utc": "+1", "pay_min": "1"}))
    assert (told.without_country, told.without_hours, told.without_pay) == (0, 0, 0)
    assert left_out(store, parse_filters({"country": "DE"})).without_country == 1
    assert left_out(store, parse_filters({"utc": "+1"})).without_hours == 3


def test_rows_say_who_may_hold_the_job(store: Store) -> None:
    by_id = {row["external_id"]: row for row in rows(store, parse_filters({}))}
    assert (by_id["a"]["is_worldwide"], by_id["a"]["excluded_places"], by_id["a"]["visa_sponsorship"]) == (True, ["FR"], "yes")
    assert (by_id["d"]["eligible_countries"], by_id["d"]["languages"], by_id["d"]["utc_max"]) == (
        ["DE", "FR", "US"],
        ["de", "en"],
        2.0,
    )
    assert by_id["e"]["eligible_countries"] == []


def test_order_and_limit(store: Store) -> None:
    titles = [row["title"] for row in rows(store, parse_filters({"sort": "title"}))]
    assert titles == sorted(titles, key=str.lower)
    assert ids(store, sort="pay")[0] == "d"
    assert ids(store, sort="oldest")[0] == "b"
    assert len(ids(store, limit=2)) == 2
    assert ids(store, limit=0) == ""


def test_named_rows_are_the_rows_of_a_list(store: Store) -> None:
    listed = list(rows(store, parse_filters({"sort": "title"})))
    named = [row["posting_id"] for row in listed][::-1]
    assert rows_of(store, [*named[:2], "0123456789abcdef", *named[2:]]) == listed[::-1]
    assert rows_of(store, []) == []
    assert listed[0]["stack"] == ["SQL"]
    assert {tuple(row["stack"]) for row in listed} == {("Python", "PyTorch"), ("SQL",), (), ("Go", "Python")}


def test_what_is_left_out_is_told(store: Store) -> None:
    assert left_out(store, parse_filters({"pay_min": 1})).without_pay == 1
    nothing = left_out(store, parse_filters({"stack": "pytorch", "pay_min": 900_000, "remote": "remote-first"}))
    assert (nothing.loosest, nothing.loosest_count, nothing.total) == ("pay_min", 1, 5)
    assert left_out(store, parse_filters({"remote": "on-site"})).loosest is None


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"stack": ["python", "sql"], "remote": "remote-first"}, ("stack", "sql", 2, None, 0)),
        ({"stack": ["python", "sql"], "pay_min": 900_000}, ("stack", None, 0, None, 0)),
        ({"stack": "python", "pay_min": 900_000}, ("pay_min", None, 2, "120000", 1)),
        ({"stack": "pytorch", "pay_min": "900k", "currency": "EUR"}, ("pay_min", None, 1, "100000", 1)),
        ({"text": "chief", "utc": "+7"}, ("utc", None, 1, "+2", 1)),
        ({"text": "chief", "utc": "-6"}, ("utc", None, 1, "-5", 1)),
        ({"text": "chief", "since": "0d"}, ("since", None, 1, "2026-01-05", 1)),
        ({"text": "chief", "level": "intern"}, ("level", None, 1, None, 0)),
        ({"state": "closed"}, ("state", None, 5, None, 0)),
        ({"state": "closed", "remote": "remote-first"}, ("state", None, 2, None, 0)),
        ({"signal": ["async", "remote-benefits"], "text": "vie"}, ("signal", "remote-benefits", 1, None, 0)),
    ],
)
def test_an_empty_list_says_what_to_loosen(store: Store, given_: dict[str, Any], told: tuple[Any, ...]) -> None:
    filters = parse_filters(given_)
    assert count(store, filters) == 0
    found = left_out(store, filters).loosening
    if not told[2]:
        assert found is None
        return
    assert found is not None
    assert (found.name, found.value, found.gives, found.nearest, found.nearest_gives) == told
    if found.nearest is not None:
        assert count(store, parse_filters({**given_, found.name: found.nearest})) == found.nearest_gives


def test_an_unknown_technology_or_currency_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="--stack: no posting names 'pytroch'; did you mean 'PyTorch'"):
        ids(store, stack="pytroch")
    with pytest.raises(UsageError, match="--stack: no posting names 'xyzzy'; `rolecall sql` shows the names"):
        ids(store, stack="xyzzy")
    with pytest.raises(UsageError, match="--company: 'GmbH' names no company"):
        ids(store, company="GmbH")
    with pytest.raises(UsageError, match=r"--company: no company 'bistor' is stored; did you mean 'bistro'\?"):
        ids(store, company="bistor")
    with pytest.raises(UsageError, match="--signal: no posting has 'asnyc'; did you mean 'async'"):
        ids(store, signal="asnyc")
    with pytest.raises(UsageError, match="--industry: no posting has 'finanse'; did you mean 'finance'"):
        ids(store, industry="finanse")
    with pytest.raises(UsageError, match="--currency: XXX has no exchange rate"):
        ids(store, pay_min=1, currency="XXX")
    with pytest.raises(UsageError, match="holds no word to search for"):
        ids(store, text="---")


def test_an_id_may_be_shortened_while_it_is_unique(store: Store) -> None:
    one = next(rows(store, parse_filters({"company": "bistro"})))
    assert find(store, one["job_id"][:9])["title"] == "Chef"
    assert find(store, one["posting_id"].upper())["labels"]["language"] == "en"
    with pytest.raises(UsageError, match="is no id; ids are hexadecimal"):
        find(store, "x'; drop table postings; --")
    with pytest.raises(UsageError, match="no job or posting has an id that begins with"):
        find(store, "0123456789abcdef")


@given(text=st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_no_search_words_break_anything(store: Store, text: str) -> None:
    try:
        list(rows(store, parse_filters({"text": text})))
    except UsageError as error:
        assert "no word" in str(error)  # noqa: PT017 - most texts raise nothing
