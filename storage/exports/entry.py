"""A job as feeds and calendars tell it: a title, and what we say of it. The posting's own HTML goes nowhere."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.figures import class_in_words, pay
from storage.exports.about import About
from storage.exports.plain import one_line, web_address

_TITLE, _WORDS, _NAME = 300, 500, 100
"""Most characters."""
_SHOWN_STACK, _SHOWN_COUNTRIES = 20, 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One job, or one posting."""

    id: str
    """``tag:`` id that stays."""
    title: str
    """``Senior ML Engineer, Acme``."""
    url: str | None
    """Public address of the posting at its source; None where that is no web address."""
    facts: tuple[tuple[str, str], ...]
    """What and how: the class with the words that decide it, where, pay, stack."""
    credit: str
    """How the source wants to be named."""
    tags: tuple[str, ...]
    """Remote class, then technologies."""
    published: datetime
    """First seen, UTC."""
    updated: datetime
    """Last moved, UTC; never before ``published``."""

    @property
    def text(self) -> str:
        """The facts and the credit, a line each."""
        return "\n".join([*(f"{name}: {what}" for name, what in self.facts), self.credit])

    @property
    def html(self) -> str:
        """The same as a fragment of HTML, every text escaped; the credit is a link to the posting, as sources ask."""
        items = "".join(f"<li>{html.escape(name)}: {html.escape(what)}</li>" for name, what in self.facts)
        credit = html.escape(self.credit)
        linked = f'<a href="{html.escape(self.url)}">{credit}</a>' if self.url else credit
        return f"<ul>{items}</ul><p>{linked}</p>"


def entry(row: Mapping[str, Any], about: About) -> Entry:
    """The entry of a row of ``storage.queries.jobs.rows``."""
    company = one_line(row["company"] or "", _NAME)
    title = one_line(row["title"], _TITLE) or "Untitled"
    names = [name for item in row["stack"][:_SHOWN_STACK] if (name := one_line(item, _NAME))]
    return Entry(
        id=about.tag(f"posting/{row['posting_id']}" if about.each_posting else f"job/{row['job_id']}"),
        title=f"{title}, {company}" if company else title,
        url=web_address(row["url"]),
        facts=tuple(_facts(row, names)),
        credit=one_line(row["attribution"], _TITLE),
        tags=(row["remote_class"], *names),
        published=row["opened_at"],
        updated=max(row["moved_at"], row["opened_at"]),
    )


def _facts(row: Mapping[str, Any], stack: list[str]) -> Iterator[tuple[str, str]]:
    quote = one_line(row["remote_quote"] or "", _WORDS)
    class_ = class_in_words(row["remote_class"], row["arrangement"])
    yield "Place of work", f"{class_}: “{quote}”" if quote else class_
    where = _where(row)
    if where:
        yield "Open to", where
    if row["location"]:
        yield "Location", one_line(row["location"], _WORDS)
    if row["pay_period"]:
        yield "Pay", pay(row["pay_min"], row["pay_max"], row["pay_currency"], row["pay_period"])
    if stack:
        yield "Stack", ", ".join(stack)
    if row["expires_on"]:
        yield "Closes", row["expires_on"].isoformat()
    if row["state"] != "open":
        yield "State", row["state"]


def _where(row: Mapping[str, Any]) -> str:
    """Who may hold the job, as far as it is known."""
    if row["is_worldwide"]:
        return "the whole world"
    countries = row["eligible_countries"]
    more = len(countries) - _SHOWN_COUNTRIES
    return ", ".join(countries[:_SHOWN_COUNTRIES]) + (f" and {more} more" if more > 0 else "")


def rfc3339(instant: datetime) -> str:
    """``2026-01-05T02:00:00Z``."""
    return instant.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
