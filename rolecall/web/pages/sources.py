"""Where the postings come from: each source with its last success, and what its platform's terms ask."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pipeline.terms import Platform, platforms
from rolecall.render import figures
from rolecall.render.health import status_in_words
from rolecall.web.shelf import Shown
from rolecall.web.words import ago, day, source_name
from storage.exports.plain import web_address


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A board or feed."""

    source_id: str
    platform: str
    postings: int
    """Open ones."""
    last_success: str
    status: str
    """On the newest night; empty where it was not asked then."""
    is_bad: bool
    note: str


@dataclass(frozen=True, slots=True)
class TermsLine:
    """A platform whose postings are stored."""

    name: str
    title: str
    terms: str
    written_at: str
    url: str | None
    credit: str
    kept_from: str
    pace: str


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All of them."""

    sources: tuple[SourceLine, ...]
    terms: tuple[TermsLine, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def sources_page(shown: Shown) -> SourcesPage:
    """The sources that were read on the newest night or have open postings."""
    rows = {row.source_id: row for row in (shown.summary.sources if shown.summary else ())}
    stored = {source_name(one.platform, one.board): one for one in shown.coverage}
    lines = []
    for source_id in sorted({*rows, *stored}):
        row, one = rows.get(source_id), stored.get(source_id)
        last = one.last_complete_on if one else None
        platform = row.platform if row else one.platform if one else ""
        lines.append(
            SourceLine(
                source_id=source_id,
                platform=platform,
                postings=one.postings if one else 0,
                last_success=f"{day(last)} ({ago(last, shown.night)})" if last else "never, or nothing of it is open",
                status=status_in_words(row) if row else "",
                is_bad=row is not None and row.status.value in ("failed", "partial"),
                note=row.note if row else "",
            )
        )
    used = dict.fromkeys(line.platform for line in lines)
    return SourcesPage(tuple(lines), tuple(_terms(platforms()[name]) for name in platforms() if name in used))


def _terms(one: Platform) -> TermsLine:
    hours = one.least_interval_hours
    rest = f", at most once in {'an hour' if hours == 1 else f'{hours:g} hours'}" if hours else ""
    return TermsLine(
        name=one.name,
        title=one.title,
        terms=one.terms,
        written_at=one.source,
        url=web_address(one.source),
        credit=f"Source: {one.credit.name}" if one.credit else "the employer is named",
        kept_from=", ".join(one.not_to) or "nothing",
        pace=f"{figures.plural(int(one.delay_seconds), 'second')} between two requests{rest}",
    )
