"""Three nights of generated postings, and which of them every filter lets through, told again in plain Python."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pipeline.crawling import BoardResult
from pipeline.errors import UsageError
from pipeline.filters import Filters
from pipeline.identity import company_key, digest
from pipeline.labels import PayBand
from pipeline.rates import rate
from pipeline.records import CompanyFacts, LabelledPosting
from pipeline.vocabulary import Arrangement, BoardStatus, Level, PayKind, RemoteClass, RoleFamily, Sponsorship
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, band, eligible, labelled, posting, raw

BOARDS = (("greenhouse", "acme"), ("lever", "bistro"), ("ashby", "cobalt"))
COMPANIES = {
    "acme": CompanyFacts("Acme, Inc.", "finance", "public", "1001-5000"),
    "bistro": CompanyFacts("Café Bistro GmbH", "food", "seed", "11-50"),
    "cobalt": CompanyFacts("Cobalt"),
}
STACK, SIGNALS, COUNTRIES = ("Python", "Go", "SQL", "Rust"), ("async", "remote_benefits", "says_remote_first"), ("DE", "FR", "US")
WORDS = ("kestrel", "owl", "night shift", "heron")
FIELDS = "Payments Search Fraud Pricing Imaging Speech Robotics Graph Compiler Kernel Sensor Ledger Routing Billing".split()
NIGHTS = 3
GONE = (1, 2, 5)
"""Number of the posting that leaves each board; the first two are originals of copies."""
POSTINGS_A_BOARD = 13


@dataclass(frozen=True)
class Held:
    """A posting as a night left it."""

    item: LabelledPosting
    job: str
    state: str
    opened_on: date
    is_primary: bool


def band_of(draw: random.Random) -> tuple[PayBand, ...]:
    """No pay, or a band of some kind, open at a side or not, in dollars or euros of an old rate."""
    if draw.random() < 0.4:
        return ()
    low = draw.randint(50, 190) * 1000.0
    sides = draw.choice([(low, low + 30_500), (low, None), (None, low)])
    return (band(*sides, *draw.choice([("USD", 1.0), ("EUR", 1.3)]), draw.choice(list(PayKind))),)


def drawn(draw: random.Random, platform: str, board: str, number: int, version: int = 0) -> LabelledPosting:
    """A posting that nobody takes for another one."""
    title = f"{FIELDS[number]} {draw.choice(['Cook', 'Analyst'])}"
    text = f"At {board} we look after the {draw.choice(WORDS)} of {FIELDS[number]}, {version}. " + f"Word{board}{number} " * 40
    item = posting(
        f"{board}{number}", platform=platform, board=board, title=title, description_text=text, company=COMPANIES[board],
        published_on=NIGHT - timedelta(days=draw.randint(0, 20)) if draw.random() < 0.5 else None,
    )  # fmt: skip
    return read(draw, replace(item, content_hash=digest((title, text, str(version)))))


def read(draw: random.Random, item: Any) -> LabelledPosting:
    """Labels of every kind."""
    hours = draw.choice([(None, None), (-8.0, -5.0), (-1.0, 3.0), (5.5, 5.5)])
    allowed = eligible(
        tuple(draw.sample(COUNTRIES, draw.randint(0, 2))),
        draw.random() < 0.2,
        excluded=tuple(draw.sample(COUNTRIES, 1)) if draw.random() < 0.2 else (),
        utc_min=hours[0],
        utc_max=hours[1],
        visa_sponsorship=draw.choice(list(Sponsorship)),
    )
    stack, signals = draw.sample(STACK, draw.randint(0, 3)), draw.sample(SIGNALS, draw.randint(0, 2))
    made = labelled(
        item, draw.choice(list(RemoteClass)), stack=tuple(stack), bands=band_of(draw), signals=tuple(signals), eligibility=allowed
    )
    remote = replace(made.labels.remote, arrangement=draw.choice(list(Arrangement)))
    role = replace(made.labels.role, level=draw.choice(list(Level)), role_family=draw.choice(list(RoleFamily)))
    return replace(made, labels=replace(made.labels, remote=remote, role=role))


class World:
    """What the boards hold each night: from the second on a posting of each is gone, one is new, one is a copy of another board's;
    on the third some have changed."""

    def __init__(self) -> None:
        draw = random.Random(17)
        first = {(p, b): [drawn(draw, p, b, n) for n in range(POSTINGS_A_BOARD - 1)] for p, b in BOARDS}
        later: dict[tuple[str, str], list[LabelledPosting]] = {}
        self.copies: dict[str, str] = {}
        for place, (platform, board) in enumerate(BOARDS):
            source = first[BOARDS[place - 1]][place]
            original = source.posting
            again = replace(original, platform=platform, board=board, external_id=f"copy{place}", url=f"https://c.example/{place}")
            copy = read(draw, replace(again, posting_id=digest((platform, board, f"copy{place}"))))
            copy = replace(copy, labels=replace(copy.labels, role=source.labels.role))  # another level would be another job
            self.copies[copy.posting.posting_id] = original.posting_id
            kept = [item for number, item in enumerate(first[platform, board]) if number != GONE[place]]
            later[platform, board] = [*kept, drawn(draw, platform, board, POSTINGS_A_BOARD - 1), copy]
        changed = {key: [self._rewritten(draw, key, item, n) for n, item in enumerate(of)] for key, of in later.items()}
        self.nights: Sequence[Mapping[tuple[str, str], Sequence[LabelledPosting]]] = (first, later, changed)

    def _rewritten(self, draw: random.Random, key: tuple[str, str], item: LabelledPosting, place: int) -> LabelledPosting:
        """Two of each board are written anew, the others stay as they are."""
        platform, board = key
        return drawn(draw, platform, board, int(item.posting.external_id.removeprefix(board)), 1) if place in (4, 7) else item

    def fill(self, store: Store) -> None:
        """Store the nights through the store's own door."""
        for number, answers in enumerate(self.nights):
            run_id = store.begin_run(NIGHT + timedelta(days=number), NOW + timedelta(days=number))
            for (platform, board), items in answers.items():
                known = store.known_hashes(platform, board)
                seen = {item.posting.posting_id: item.posting.content_hash for item in items}
                moved = [item for item in items if known.get(item.posting.posting_id) != item.posting.content_hash]
                result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(items))
                store.commit_board(run_id, result, seen, moved, [raw(item.posting) for item in moved], CompanyFacts())
            store.finish_run(run_id, {})

    def after(self, number: int) -> list[Held]:
        """Every posting as the end of a night left it."""
        newest: dict[str, LabelledPosting] = {}
        opened: dict[str, date] = {}
        for night, answers in enumerate(self.nights[: number + 1]):
            for items in answers.values():
                for item in items:
                    newest[item.posting.posting_id] = item
                    opened.setdefault(item.posting.posting_id, NIGHT + timedelta(days=night))
        there = {item.posting.posting_id for items in self.nights[number].values() for item in items}
        closes = number == NIGHTS - 1  # absent for the second time
        held = [
            Held(item, self.copies.get(id_, id_), "closed" if closes and id_ not in there else "open", opened[id_], False)
            for id_, item in newest.items()
        ]
        return [replace(one, is_primary=one is _standing([other for other in held if other.job == one.job])) for one in held]


def _standing(job: Sequence[Held]) -> Held:
    return min(job, key=lambda one: (one.state != "open", one.opened_on, one.item.posting.posting_id))


def passes(one: Held, others: Sequence[Held], filters: Filters, today: date) -> bool:
    """Whether a posting passes every filter; each is told here on its own, without a look at how the store does it."""
    asked = {name for name in RULES if getattr(filters, name) not in (None, ()) and getattr(filters, name) is not False}
    return all(RULES[name](one, filters, others, today) for name in asked)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _says(one: Held, text: str) -> bool:
    posting_ = one.item.posting
    fields = [_words(part) for part in (posting_.title, posting_.company.name or "", posting_.description_text)]
    for phrase in re.findall(r'"([^"]+)"|(\S+)', text):
        words = _words(phrase[0] or phrase[1])
        if not any(field[at : at + len(words)] == words for field in fields for at in range(len(field))):
            return False
    return True


def _pays(one: Held, filters: Filters) -> bool:
    found = rate(filters.currency, None)
    dollars = 1.0 if filters.currency == "USD" or found is None else found.usd
    least = filters.pay_min or 0.0
    for each in one.item.labels.pay.bands:
        upper = each.min if each.max is None else each.max
        if each.kind is PayKind.OTE or upper is None:
            continue
        if upper >= least if each.currency == filters.currency else upper * (each.usd_rate or 0.0) >= least * dollars:
            return True
    return False


def _may_live(one: Held, country: str) -> bool:
    told = one.item.labels.eligibility
    return (told.is_worldwide or country in told.countries) and country not in told.excluded


def _clock(one: Held, utc: float) -> bool:
    told = one.item.labels.eligibility
    if told.utc_min is None or told.utc_max is None:
        return told.is_worldwide
    return told.utc_min <= utc <= told.utc_max


def _since(one: Held, since: str, today: date) -> bool:
    day = today - timedelta(days=int(since[:-1])) if since.endswith("d") else date.fromisoformat(since)
    return one.opened_on >= day


def _names(one: Held) -> set[str]:
    return {item.name.lower() for item in one.item.labels.tech.stack}


def _signals(one: Held) -> set[str]:
    return set(one.item.labels.remote.signals)


Rule = Callable[[Held, Filters, Sequence[Held], date], bool]
RULES: Mapping[str, Rule] = {
    "remote": lambda one, f, *_: one.item.labels.remote.remote_class in f.remote,
    "arrangement": lambda one, f, *_: one.item.labels.remote.arrangement in f.arrangement,
    "stack": lambda one, f, *_: {name.lower() for name in f.stack} <= _names(one),
    "any_stack": lambda one, f, *_: bool({name.lower() for name in f.any_stack} & _names(one)),
    "role": lambda one, f, *_: one.item.labels.role.role_family in f.role,
    "level": lambda one, f, *_: one.item.labels.role.level in f.level,
    "country": lambda one, f, *_: any(_may_live(one, country) for country in f.country),
    "utc": lambda one, f, *_: _clock(one, f.utc or 0.0),
    "visa": lambda one, *_: one.item.labels.eligibility.visa_sponsorship is Sponsorship.YES,
    "pay_min": lambda one, f, *_: _pays(one, f),
    "company": lambda one, f, *_: company_key(f.company or "") in company_key(one.item.posting.company.name or ""),
    "industry": lambda one, f, *_: one.item.posting.company.industry in [word.lower() for word in f.industry],
    "stage": lambda one, f, *_: one.item.posting.company.stage in f.stage,
    "size": lambda one, f, *_: one.item.posting.company.size in f.size,
    "signal": lambda one, f, *_: {name.replace("-", "_") for name in f.signal} <= _signals(one),
    "since": lambda one, f, _, today: _since(one, f.since or "", today),
    "platform": lambda one, f, others, _: any(o.item.posting.platform in f.platform for o in others if o.job == one.job),
    "text": lambda one, f, *_: _says(one, f.text or ""),
    "state": lambda one, f, *_: f.state in ("all", one.state),
}
VALUES: Mapping[str, Sequence[Any]] = {
    "remote": ["remote-first", ["remote-first", "on-site"]],
    "arrangement": ["hybrid", ["remote", "unstated"]],
    "stack": ["python", ["python", "go"], ["SQL", "rust"]],
    "any_stack": ["go", ["sql", "rust"]],
    "role": ["design", ["software", "business", "data-science", "security"]],
    "level": ["senior", ["mid", "lead", "staff", "intern"]],
    "country": ["DE", "France", ["FR", "US"]],
    "utc": ["+1", "-6", "5:30", "0"],
    "visa": [True],
    "pay_min": [0, 60_000, "100k", 151_000, 400_000],
    "company": ["acme", "CAFE", "o"],
    "industry": ["Finance", ["food", "finance"]],
    "stage": ["seed", ["public", "seed"]],
    "size": ["11-50", ["1001-5000"]],
    "signal": ["async", ["async", "remote-benefits"]],
    "since": ["0d", "1d", "2026-01-06"],
    "platform": ["lever", ["ashby", "greenhouse"]],
    "text": ["owl", '"night shift"', "analyst kestrel", "bistro heron"],
    "state": ["all", "closed", "unknown"],
}
"""Values to draw for every filter that narrows."""
BESIDE: Mapping[str, Sequence[Any]] = {
    "currency": ["USD", "EUR"],
    "as_of": [None, *(str(NIGHT + timedelta(days=n)) for n in range(3))],
}
"""Filters that narrow nothing by themselves."""


def is_refused(error: UsageError, filters: Filters, held: Sequence[Held]) -> bool:
    """Whether a refusal is right: a value of an open vocabulary that nothing held that night."""
    there = {*(name for one in held for name in _names(one)), *(name for one in held for name in _signals(one))}
    asked = {name.lower() for name in (*filters.stack, *filters.any_stack)} | {name.replace("-", "_") for name in filters.signal}
    return bool(asked - there) and "no posting" in str(error)
