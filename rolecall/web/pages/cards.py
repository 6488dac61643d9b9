"""Jobs as they stand in a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from pipeline.identity import company_key
from pipeline.terms import platforms
from rolecall.render.figures import class_in_words
from rolecall.render.jobs import asked_first, employer
from rolecall.render.tables import cut
from rolecall.web import words
from rolecall.web.snippets import marked, passage
from storage.exports.plain import web_address
from storage.full_text import query_terms
from storage.queries.jobs import rows_of
from storage.queries.reading import descriptions
from storage.store import Store

_SKILLS = 5
_LONGEST_QUOTE = 180


@dataclass(frozen=True, slots=True)
class Chip:
    """The remote class in words, and what colours and shapes it."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Credit:
    """The source, named and linked as its terms ask."""

    text: str
    url: str | None
    rel: str


@dataclass(frozen=True, slots=True)
class Card:
    """A job in a list."""

    row: Mapping[str, Any]
    """As ``rolecall jobs list --json`` gives it."""
    title: Markup
    employer: str
    company_key: str
    chip: Chip
    quote: str
    """The words that decided the class, on one line; empty where nothing was said."""
    places: str
    pay: str
    comparable: str
    skills: tuple[str, ...]
    more_skills: int
    seen: str
    passage: Markup | None
    """Where a search hit the description."""
    credit: Credit


def chip_of(row: Mapping[str, Any]) -> Chip:
    """The chip of a row."""
    said = class_in_words(row["remote_class"], row["arrangement"])
    tones = {"remote-first": "first", "remote-friendly": "friendly", "on-site": "onsite"}
    return Chip(said, tones.get(said, "silent"))


def credit_of(row: Mapping[str, Any]) -> Credit:
    """The credit of a row."""
    credit = platforms()[row["platform"]].credit
    rel = "noopener noreferrer" if credit and credit.follow else "noopener noreferrer nofollow"
    return Credit(row["attribution"], web_address(row["source_url"]), rel)


def cards(
    store: Store, posting_ids: Sequence[str], night: date, text: str | None = None, asked: Collection[str] = ()
) -> tuple[Card, ...]:
    """Cards in the order of the ids; with ``text``, hits are marked; technologies that were ``asked`` for come first."""
    terms = query_terms(text or "")
    rows = rows_of(store, posting_ids)
    texts = descriptions(store, posting_ids) if terms else {}
    return tuple(_card(row, night, terms, texts.get(row["posting_id"], ""), asked) for row in rows)


def _card(row: Mapping[str, Any], night: date, terms: list[list[str]], text: str, asked: Collection[str]) -> Card:
    most = max(_SKILLS, len(asked))
    return Card(
        row=row,
        title=marked(row["title"], terms),
        employer=employer(row),
        company_key=company_key(row["company"]) if row["company"] else "",
        chip=chip_of(row),
        quote=cut(row["remote_quote"] or "", _LONGEST_QUOTE),
        places=words.places_of(row),
        pay=words.pay_of(row),
        comparable=words.comparable_pay(row),
        skills=tuple(asked_first(row["stack"], asked)[:most]),
        more_skills=max(0, len(row["stack"]) - most),
        seen=_seen(row, night),
        passage=passage(text, terms) if terms else None,
        credit=credit_of(row),
    )


def _seen(row: Mapping[str, Any], night: date) -> str:
    """``posted 6 days ago, seen today``."""
    is_dated = row["published_on"] is not None
    posted = f"{'posted' if is_dated else 'found'} {words.ago(row['published_on'] or row['opened_at'], night)}"
    if row["state"] == "closed":
        return f"{posted}, closed {words.ago(row['closed_at'], night)}"
    seen = f"seen {words.ago(row['last_seen_on'], night)}" if row["last_seen_on"] else "not seen since"
    return f"{posted}, {seen}"
