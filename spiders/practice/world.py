"""The practice world on a night: a pure function of scenario and night.

A *slot* is a job with a history drawn once: when it opens, whether and when it closes, comes back, is reposted, and changes. What
stands on a board tonight follows from the night's number alone, so that any night can be asked for in any order.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any

from pipeline.identity import posting_id
from spiders.practice.calendar import LAST_NUMBER, night_date, thread_opens
from spiders.practice.companies import Company, companies
from spiders.practice.composing import Written, compose
from spiders.practice.copying import Copy, copied
from spiders.practice.drawing import drawer, number_of
from spiders.practice.scenario import Scenario

_MONTH_NIGHTS = 30
_OLDEST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """One job's history, in nights."""

    company: Company
    name: str
    opens: int
    """First night; 1 or earlier for what stands there from the beginning."""
    closes: int | None
    """First night without it."""
    returns: int | None
    """Night on which it comes back after it has closed."""
    ends: int | None
    """Night on which it goes for good after that."""
    repost: bool
    """Comes back under a new id instead."""
    changes: tuple[int, ...]
    """Nights from which on a further version stands."""
    also_on: str | None
    """Feed that carries it too."""


@dataclass(frozen=True, slots=True)
class Published:
    """A posting as it stands on one board tonight."""

    company: Company
    platform: str
    board: str
    external_id: str
    job: str
    """Name of the job: postings with one name are one job."""
    written: Written
    published_night: int
    url: str
    apply_url: str
    """Where a copy sends the reader; the posting's own address on the employer's board."""


def _deck(firms: tuple[Company, ...]) -> list[Company]:
    return [firm for firm in firms for _ in range(firm.weight)]


def _slots_of_night_one(scenario: Scenario, firms: tuple[Company, ...]) -> Iterator[tuple[Company, str, int]]:
    deck = _deck(firms)
    for number in range(scenario.postings):
        firm = firms[number % len(firms)] if number < 3 * len(firms) else deck[number_of(scenario.seed, "deal", number) % len(deck)]
        yield firm, f"{number}x", 1 - number_of(scenario.seed, "age", number) % _OLDEST_DAYS


@cache
def slots(scenario: Scenario, last_night: int) -> tuple[Slot, ...]:
    """Every job that has stood there by a night."""
    firms = companies(scenario)
    deck = _deck(firms)
    born = list(_slots_of_night_one(scenario, firms))
    for night in range(2, last_night + 1):
        for number in range(scenario.new_a_night):
            born.append((deck[number_of(scenario.seed, "new", night, number) % len(deck)], f"n{night}-{number}", night))
    return tuple(_slot(scenario, firm, name, opens) for firm, name, opens in born)


@cache
def _slot(scenario: Scenario, firm: Company, name: str, opens: int) -> Slot:
    draw = drawer(scenario.seed, firm.name, name, "history")
    begins = max(opens, 1)
    closes = _after(draw, begins, scenario.closing_share)
    fate = draw.random()
    repost = closes is not None and fate < scenario.repost_share / max(scenario.closing_share, 0.01)
    comes_back = repost or (closes is not None and fate > 0.9)
    returns = closes + draw.choice([1, 3, 6]) if closes is not None and comes_back else None
    ends = _after(draw, returns, scenario.closing_share) if returns is not None else None
    changes = []
    change = _after(draw, begins, scenario.changing_share)
    while change is not None and change < (ends or closes or LAST_NUMBER):
        changes.append(change)
        change = _after(draw, change, scenario.changing_share)
    feed = draw.choice(["remoteok", "hn"]) if draw.random() < scenario.duplicate_share else None
    also_on = feed if firm.platform not in ("remoteok", "hn") else None
    return Slot(firm, name, opens, closes, returns, ends, repost, tuple(changes), also_on)


def _after(draw: random.Random, night: int, share_a_month: float) -> int | None:
    """The night of what befalls that share of all jobs within a month, each night as likely as the one before; None is never."""
    if share_a_month <= 0:
        return None
    return night + 1 + int(draw.expovariate(-log(1 - min(share_a_month, 0.99)) / _MONTH_NIGHTS))


def _stands(slot: Slot, night: int) -> bool:
    if night < slot.opens or (slot.closes is not None and night >= slot.closes):
        return slot.returns is not None and night >= slot.returns and (slot.ends is None or night < slot.ends)
    return True


@cache
def world(scenario: Scenario, night: int) -> tuple[Published, ...]:
    """Everything that stands on the boards on a night; the remote feed shows its newest postings only."""
    night_date(night)  # refuses a night that there is not
    postings = [posting for slot in slots(scenario, night) if _stands(slot, night) for posting in _published(scenario, slot, night)]
    feed = sorted((one for one in postings if one.platform == "remoteok"), key=lambda one: (-one.published_night, one.external_id))
    beyond = {one.external_id for one in feed[scenario.feed_window :]}
    return tuple(one for one in postings if one.platform != "remoteok" or one.external_id not in beyond)


def _published(scenario: Scenario, slot: Slot, night: int) -> Iterator[Published]:
    version = sum(change <= night for change in slot.changes)
    written = _written(slot.company, slot.name, scenario.seed, version)
    job = f"{slot.company.name}/{slot.name}"
    is_repost = slot.repost and slot.returns is not None and night >= slot.returns
    published_night = slot.returns if is_repost and slot.returns else slot.opens
    at_home = ""
    for platform in (slot.company.platform, slot.also_on):
        if platform and (platform != "remoteok" or written.remote["arrangement"] == "remote"):
            external_id = _external_id(platform, scenario.seed, slot, is_repost, night)
            board = platform if platform in ("remoteok", "hn") else slot.company.board
            url = _url(platform, slot.company, board, external_id)
            seen = max(published_night, thread_opens(night)) if platform == "hn" else published_night
            at_home = at_home or url
            company, here, form = slot.company, written, url
            if platform != slot.company.platform:
                copy = _copied(slot.company, slot.name, scenario.seed, version, platform)
                company, here, form = copy.company, copy.written, f"{at_home}?{copy.tracking}" if copy.tracking else url
            yield Published(company, platform, board, external_id, job, here, seen, url, form)


@cache
def _written(company: Company, name: str, seed: int, version: int) -> Written:
    return compose(company, name, seed, version)


@cache
def _copied(company: Company, name: str, seed: int, version: int, platform: str) -> Copy:
    return copied(company, _written(company, name, seed, version), name, seed, platform)


def _external_id(platform: str, seed: int, slot: Slot, is_repost: bool, night: int) -> str:
    # each month's thread holds comments of its own
    month = [thread_opens(night)] if platform == "hn" else []
    number = number_of(seed, "id", platform, slot.company.name, slot.name, is_repost, *month)
    if platform in ("lever", "ashby"):
        text = f"{number:015x}" + f"{number_of(seed, number):017x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:32]}"
    return str(4_000_000_000 + number % 900_000_000) if platform == "greenhouse" else str(10_000_000 + number % 90_000_000)


def _url(platform: str, company: Company, board: str, external_id: str) -> str:
    return {
        "greenhouse": f"https://job-boards.greenhouse.example/{board}/jobs/{external_id}",
        "lever": f"https://jobs.lever.example/{board}/{external_id}",
        "ashby": f"https://jobs.ashbyhq.example/{board}/{external_id}",
        "jsonld": f"https://{board}/jobs/{external_id}",
        "remoteok": f"https://remoteok.example/remote-jobs/{external_id}",
        "hn": f"https://news.ycombinator.com/item?id={external_id}",
    }[platform]


Key = tuple[str, str, str]


def _by_key(scenario: Scenario, night: int) -> dict[Key, Published]:
    return {(one.platform, one.board, one.external_id): one for one in world(scenario, night)} if night else {}


def truth(scenario: Scenario, night: int) -> Iterator[dict[str, Any]]:
    """What a perfect crawler and classifier would say of a night, a posting each; after the open ones those that have gone.

    ``state`` is ``closed`` where the posting stood on its board on an earlier night and does not tonight; ``changed`` says that the
    employer has changed it since last night.
    """
    tonight, before = _by_key(scenario, night), _by_key(scenario, night - 1)
    for key, posting in tonight.items():
        yield _row(posting, "open", key in before and before[key].written != posting.written)
    gone: dict[Key, Published] = {}
    for earlier in range(night - 1, 0, -1):
        for key, posting in _by_key(scenario, earlier).items():
            if key not in tonight:
                gone.setdefault(key, posting)
    for posting in gone.values():
        yield _row(posting, "closed", changed=False)


def _row(posting: Published, state: str, changed: bool) -> dict[str, Any]:
    written = posting.written
    return {
        "posting_id": posting_id(posting.platform, posting.board, posting.external_id),
        "platform": posting.platform,
        "board": posting.board,
        "external_id": posting.external_id,
        "job": posting.job,
        "state": state,
        "changed": changed,
        "title": written.title,
        "company": posting.company.name,
        "language": written.language,
        **written.remote,
        "pay_bands": list(written.pay.bands),
        "equity": written.equity,
        "tech_stack": list(written.stack),
        "level": written.level,
        "role_family": written.role_family,
    }
