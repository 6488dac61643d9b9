"""Figures of companies against plain Python over generated postings, of now and of a night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from pipeline.crawling import BoardResult
from pipeline.errors import UsageError
from pipeline.filters import CompanySort, parse_filters
from pipeline.labels import Evidence
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus, PayKind
from storage.queries.companies import COLUMNS, companies, company, company_by_key, nameless
from storage.queries.company_figures import WEEKS, Company
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, labelled, posting
from tests.storage.filter_world import NIGHTS, Held, World, passes
from tests.storage.test_labelling import night as pass_night

WORLD = World()
LAST = NIGHT + timedelta(days=NIGHTS - 1)


@pytest.fixture(scope="module")
def stores(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[date | None, Store]]:
    folder: Path = tmp_path_factory.mktemp("companies")
    with Store.open(module_database_url, folder, create=True) as opened:
        WORLD.fill(opened)
    with ExitStack() as stack:
        yield {
            night: stack.enter_context(Store.open_reading(module_database_url, folder, as_of=night))
            for night in (None, NIGHT, LAST)
        }


def of(one: Held) -> str:
    return str(one.item.posting.company.name)


@pytest.mark.parametrize(
    "words",
    [
        {}, {"state": "all"}, {"remote": "remote-first"}, {"stack": ["python", "go"]}, {"any_stack": ["rust", "go"]},
        {"signal": "async"}, {"country": "DE"}, {"pay_min": 100_000}, {"text": "owl"}, {"company": "bistro"}, {"platform": "lever"},
        {"since": "1d"}, {"as_of": str(NIGHT)}, {"as_of": str(LAST), "state": "all"}, {"stack": "sql", "as_of": str(NIGHT)},
        {"visa": True, "utc": "0"},
    ],
)  # fmt: skip
def test_a_list_counts_what_the_filters_let_through(stores: dict[date | None, Store], words: dict[str, Any]) -> None:
    filters = parse_filters(words)
    today = filters.as_of or LAST
    held = WORLD.after((today - NIGHT).days)
    listed = [one for one in held if one.is_primary and passes(one, held, filters, today)]
    found = companies(stores[filters.as_of], filters)
    assert {row.company: row.jobs for row in found} == Counter(of(one) for one in listed)
    for row in found:
        own = [one for one in listed if of(one) == row.company]
        labels = [one.item.labels for one in own]
        classes = Counter(one.remote.remote_class.value for one in labels)
        assert (row.remote_first, row.remote_friendly, row.on_site) == tuple(
            classes[name] for name in ("remote-first", "remote-friendly", "on-site")
        )
        assert row.not_stated == sum(
            one.remote.remote_class == "on-site" and one.remote.arrangement == "unstated" for one in labels
        )
        assert row.with_pay == sum(bool(one.pay.bands) for one in labels)
        bands = [one.pay.bands[0] for one in labels if one.pay.bands and one.pay.bands[0].kind is not PayKind.OTE]
        uppers = [one.max_annual_usd for one in bands if one.max_annual_usd is not None]
        assert row.pay_upper_median_usd == (median(uppers) if uppers else None)
        assert row.newest_on == max(one.item.posting.published_on or one.opened_on for one in own)
        assert (row.industry, row.stage, row.size) == (
            own[0].item.posting.company.industry,
            own[0].item.posting.company.stage,
            own[0].item.posting.company.size,
        )
        named = Counter(tech.name for one in labels for tech in one.tech.stack)
        assert list(row.stack) == sorted(named, key=lambda name: (-named[name], name))[:5]


def test_orders_and_the_limit(stores: dict[date | None, Store]) -> None:
    store, filters = stores[None], parse_filters({})
    by = {order: companies(store, filters, None, order) for order in CompanySort}
    assert [row.company_key for row in by[CompanySort.NAME]] == sorted(row.company_key for row in by[CompanySort.JOBS])
    for order, figure in (
        (CompanySort.JOBS, "jobs"), (CompanySort.REMOTE, "remote_first"), (CompanySort.PAY, "pay_upper_median_usd"),
        (CompanySort.NEWEST, "newest_on"),
    ):  # fmt: skip
        figures = [getattr(row, figure) or 0.0 for row in by[order]]
        assert figures == sorted(figures, reverse=True)
        assert companies(store, filters, 2, order) == by[order][:2]


def test_a_row_in_json_has_the_documented_columns(stores: dict[date | None, Store]) -> None:
    for row in companies(stores[None], parse_filters({})):
        value = row.to_json()
        assert tuple(value) == tuple(COLUMNS)
        assert sum(value[name] for name in ("remote_first_pct", "remote_friendly_pct", "on_site_pct")) == pytest.approx(
            100, abs=0.2
        )


@pytest.mark.parametrize("night", [None, NIGHT, LAST])
def test_one_company_is_told_whole(stores: dict[date | None, Store], night: date | None) -> None:
    store, today = stores[night], night or LAST
    held = WORLD.after((today - NIGHT).days)
    own = [one for one in held if of(one) == "Acme, Inc."]
    primaries = [one for one in own if one.is_primary]
    opened = [one for one in primaries if one.state == "open"]
    told = company(store, "acme")
    assert told == company_by_key(store, "acme")
    assert {job.posting_id for job in told.open_jobs} == {one.item.posting.posting_id for one in opened}
    assert sum(told.by_class.values()) == len(opened)
    assert (told.closed, told.closed - len(told.closed_jobs)) == (len(primaries) - len(opened), 0)
    first = {one.job: min(other.opened_on for other in own if other.job == one.job) for one in primaries}
    assert sum(week.remote_first + week.remote_friendly + week.on_site for week in told.weeks) == len(first)
    assert (len(told.weeks), told.weeks[-1].week_on) == (WEEKS, today - timedelta(days=today.weekday()))
    assert {(board.platform, board.board): board.postings for board in told.boards} == Counter(
        (one.item.posting.platform, one.item.posting.board) for one in own
    )
    assert {board.last_complete_on for board in told.boards} == {today}
    assert dict(told.stack) == Counter(tech.name for one in opened for tech in one.item.labels.tech.stack)
    assert sum(span.jobs for span in told.pay_by_level) == told.pay.jobs == sum(span.jobs for span in told.pay_by_role)


def test_days_open_count_from_the_first_night(stores: dict[date | None, Store]) -> None:
    told = [company(stores[None], name) for name in ("cobalt", "acme")]
    assert told[0].days_open_median == 2.0
    assert [(job.state, job.closed_at) for job in told[0].closed_jobs] == [("closed", NOW + timedelta(days=2))]
    assert company(stores[NIGHT], "cobalt").days_open_median is None


def test_which_company_is_meant(stores: dict[date | None, Store]) -> None:
    store = stores[None]
    assert [company(store, words).company for words in ("ACME inc", "cafe", "Café Bistro GmbH")] == [
        "Acme, Inc.",
        "Café Bistro GmbH",
        "Café Bistro GmbH",
    ]
    with pytest.raises(UsageError, match=r"NAME: no company 'cobolt' is stored; did you mean 'Cobalt'\?"):
        company(store, "cobolt")
    with pytest.raises(UsageError, match=r"'b' is part of the names of 2 companies \(.*Cobalt.*\); give more of it"):
        company(store, "b")
    with pytest.raises(UsageError, match="'GmbH' names no company"):
        company(store, "GmbH")
    with pytest.raises(LookupError):
        company_by_key(store, "nobody")


@pytest.fixture
def told(database_url: str, tmp_path: Path) -> Iterator[Company]:
    """A company whose facts come from everywhere."""
    said = labelled(posting("1", title="Cook", company=CompanyFacts("Acme")))
    quote = Evidence("description_text", 0, 4, "We are a fintech company", "industry")
    facts = replace(said.labels.company, industry="finance", size="11-50", stage="seed", evidence=(quote,))
    said = replace(said, labels=replace(said.labels, company=facts))
    with Store.open(database_url, tmp_path, create=True) as store:
        run_id = store.begin_run(NIGHT, NOW)
        result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=1)
        seen = {said.posting.posting_id: said.posting.content_hash}
        store.commit_board(run_id, result, seen, [said], (), CompanyFacts("Acme", stage="seed"))
        store.finish_run(run_id, {})
        yield company(store, "acme")


def test_facts_say_where_they_come_from(told: Company) -> None:
    assert [(fact.name, fact.value, fact.source, fact.quote) for fact in told.facts] == [
        ("industry", "finance", "posting", "We are a fintech company"),
        ("stage", "seed", "configuration", None),
        ("size", "11-50", "platform", None),
    ]


def test_jobs_without_an_employer_belong_to_none_and_are_counted(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url, tmp_path, create=True) as store:
        pass_night(store, 0, [posting("1", title="Cook", company=CompanyFacts()), posting("2", title="Baker")])
        assert [row.company for row in companies(store, parse_filters({}))] == ["Acme"]
        assert nameless(store, parse_filters({})) == 1
        assert nameless(store, parse_filters({"company": "acme"})) == 0
