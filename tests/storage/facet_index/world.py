"""A small store in which every filter finds some jobs and misses others: postings come, go, change and are copies of each other."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import text

from pipeline.crawling import BoardResult
from pipeline.labels import CompanyVerdict, PayBand, RoleVerdict
from pipeline.records import CompanyFacts, LabelledPosting, Posting
from pipeline.vocabulary import Arrangement, BoardStatus, Level, PayKind, RemoteClass, RoleFamily, Sponsorship
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, band, eligible, labelled, posting

NIGHTS = 4
BOARDS = (("greenhouse", "acme"), ("lever", "bistro"), ("remoteok", "remoteok"), ("weworkremotely", "weworkremotely"))
"""The terms of the last one keep its postings from the site."""
COMPANIES = ("Acme", "ACME Data GmbH", "Bistro", "Ünïcode & Söhne AG", None)
TITLES = ("Cook", "Night cook", "analyst", "Analyst 2", "Ärztin", "Éclair baker", "zebra keeper")
STACK = ("Python", "PyTorch", "Go", "SQL", "C++", "Node.js")
SIGNALS = ("async", "remote_benefits", "coworking")
INDUSTRIES = ("food", "finance", "Health care")
STAGES = ("seed", "series-a", "public")
SIZES = ("1-10", "11-50", "201-500")
CODES = ("DE", "FR", "US", "IN")
TEXTS = ("We look after the night shift.", "We bake. Shift at night, and an owl.", "Kestrels and owls: nothing else.")
RATES = {"USD": 1.0, "EUR": 1.1, "INR": 0.012}


def fill(store: Store, seed: int) -> None:
    """Some nights; the same seed gives the same store."""
    draw = random.Random(seed)
    held: dict[tuple[str, str], dict[str, Posting]] = {board: {} for board in BOARDS}
    for number in range(NIGHTS):
        day = timedelta(days=number * 9)
        run_id = store.begin_run(NIGHT + day, NOW + day)
        for (platform, board), postings in held.items():
            _move(draw, postings, platform, board, number)
            known = store.known_hashes(platform, board)
            seen = {item.posting_id: item.content_hash for item in postings.values()}
            moved = [_labelled(draw, item) for item in postings.values() if known.get(item.posting_id) != item.content_hash]
            result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(postings))
            store.commit_board(run_id, result, seen, moved, (), CompanyFacts())
        store.finish_run(run_id, {})
    with store.engine.begin() as connection:  # no board here fails long enough for a posting to become unknown by itself
        connection.execute(text("UPDATE postings SET state = 'unknown' WHERE state = 'open' AND posting_id < '2'"))


def _move(draw: random.Random, postings: dict[str, Posting], platform: str, board: str, night: int) -> None:
    for number in range(draw.randint(6, 12)):
        id_ = f"{night}-{number}"
        postings[id_] = _posting(draw, id_, platform, board, night)
    for id_ in list(postings):
        fate = draw.random()
        if fate < 0.1:
            postings[id_] = _posting(draw, id_, platform, board, night)
        elif fate < 0.3:
            del postings[id_]


def _posting(draw: random.Random, id_: str, platform: str, board: str, night: int) -> Posting:
    company = CompanyFacts(
        draw.choice(COMPANIES),
        draw.choice((None, *INDUSTRIES)),
        draw.choice((None, *STAGES)),
        draw.choice((None, *SIZES)),
    )
    published = NIGHT + timedelta(days=9 * night + draw.randint(-200, 20)) if draw.random() < 0.7 else None
    return posting(
        id_,
        platform=platform,
        board=board,
        title=draw.choice(TITLES),
        description_text=draw.choice(TEXTS),
        company=company,
        published_on=published,
    )


def _labelled(draw: random.Random, item: Posting) -> LabelledPosting:
    allowed = eligible(
        tuple(draw.sample(CODES, draw.choice((0, 0, 1, 2)))),
        is_worldwide=draw.random() < 0.2,
        excluded=tuple(draw.sample((*CODES, "CN"), draw.choice((0, 0, 0, 1)))),
        visa_sponsorship=draw.choice(list(Sponsorship)),
        **draw.choice(({}, {"utc_min": -5.0, "utc_max": 0.0}, {"utc_min": 0.5, "utc_max": 5.5})),
    )
    made = labelled(
        item,
        draw.choice(list(RemoteClass)),
        stack=tuple(draw.sample(STACK, draw.randint(0, 3))),
        bands=tuple(_band(draw) for _ in range(draw.choice((0, 1, 1, 2)))),
        signals=tuple(draw.sample(SIGNALS, draw.randint(0, 2))),
        eligibility=allowed,
    )
    role = RoleVerdict(draw.choice(list(Level)), draw.choice(list(RoleFamily)), None, None, (), "role-1")
    company = CompanyVerdict(item.company.stage, item.company.size, item.company.industry, (), "company-1")
    remote = replace(made.labels.remote, arrangement=draw.choice(list(Arrangement)))
    return replace(made, labels=replace(made.labels, role=role, company=company, remote=remote))


def _band(draw: random.Random) -> PayBand:
    currency = draw.choice(tuple(RATES))
    low, high = sorted(draw.sample(range(40, 360, 20), 2))
    figures = draw.choice(((low, high), (None, high), (low, None)))
    in_currency = [None if figure is None else round(figure * 1000 / RATES[currency], 2) for figure in figures]
    return band(*in_currency, currency, RATES[currency], draw.choice(list(PayKind)))


def _some(words: tuple[str, ...], *unknown: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from((*words, *words, *unknown)), max_size=2, unique=True)


FILTERS: dict[str, st.SearchStrategy[Any]] = {
    "remote": _some(tuple(RemoteClass)),
    "arrangement": _some(tuple(Arrangement)),
    "stack": _some((*STACK, "py-torch", "node"), "pytroch"),
    "any_stack": _some(STACK),
    "role": _some(tuple(RoleFamily)),
    "level": _some(tuple(Level)),
    "country": _some((*CODES, "AQ", "CN")),
    "utc": st.sampled_from(("0", "+1", "-5", "+5:30", "-8")),
    "visa": st.booleans(),
    "pay_min": st.sampled_from((0, 1, 60_000, "100k", 123_456, 180_000.01, 400_000)),
    "currency": st.sampled_from(("USD", "EUR", "INR", "GBP", "XXX")),
    "company": st.sampled_from(("acme", "ACME, Inc.", "i", "sohne", "nobody", "GmbH")),
    "industry": _some((*INDUSTRIES, "health CARE"), "fod"),
    "stage": _some((*STAGES, "series-e")),
    "size": _some(SIZES, "2"),
    "signal": _some((*SIGNALS, "remote-benefits"), "asnyc"),
    "since": st.sampled_from(("0d", "1d", "10d", "2026-01-14", "2027-01-01")),
    "platform": _some(("greenhouse", "lever", "remoteok", "weworkremotely", "ashby")),
    "text": st.sampled_from(("night", "owl", '"night shift"', "cook acme", "nowhere", "---")),
    "state": st.sampled_from(("open", "open", "closed", "unknown", "all")),
}
"""How a person's words for each filter may read, some of them wrong."""
SORTS = ("newest", "oldest", "pay", "title", "company")


@st.composite
def words(draw: st.DrawFn) -> dict[str, Any]:
    """Up to four filters and an order."""
    names = draw(st.lists(st.sampled_from(tuple(FILTERS)), max_size=4, unique=True))
    return {**{name: draw(FILTERS[name]) for name in names}, "sort": draw(st.sampled_from(SORTS))}
