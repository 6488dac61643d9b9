"""Sources as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from rolecall.render.figures import count, plural
from rolecall.render.tables import Column, cut, table, tidy, wrap

_LIST = (
    Column("source", weight=3, least=20),
    Column("company", weight=2),
    Column("listing"),
    Column("delay", is_number=True),
    Column("at most every", is_number=True),
    Column("last read"),
)
_CHECK = (
    Column("source", weight=2, least=20),
    Column("result"),
    Column("postings", is_number=True),
    Column("requests", is_number=True),
    Column("note", weight=3, least=16),
)
_CURATED = (
    Column("company", weight=3, least=14),
    Column("source", weight=3, least=16),
    Column("industry", weight=1, least=8),
    Column("stage"),
    Column("size"),
    Column("remote-first"),
    Column("hires", weight=1, least=6),
    Column("seen"),
    Column("checked"),
)
_TERMS = (
    Column("platform"),
    Column("state"),
    Column("at most every", is_number=True),
    Column("delay", is_number=True),
    Column("page", is_number=True),
    Column("credit", weight=2, least=10),
    Column("link"),
    Column("not to", weight=3, least=10),
)
_LABEL = 14
"""Cells of the labels on the left of a platform's terms."""


def sources_table(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """Each source with its pace and when it was last read."""
    lines = [
        [
            row["source_id"],
            row["company"] or "",
            row["listing"],
            f"{row['delay_seconds']:g} s",
            f"{row['least_interval_hours']:g} h" if row["least_interval_hours"] else "-",
            row["last_complete_at"][:16].replace("T", " ") if row["last_complete_at"] else "never",
        ]
        for row in rows
    ]
    return table(_LIST, lines, width)


def check_table(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """How each source answered."""
    lines = [
        [
            row["source_id"],
            "ok" if row["is_ok"] else row["status"].upper(),
            count(row["postings"]),
            count(row["requests"]),
            "; ".join(filter(None, [row["reason"], *row["notes"]])),
        ]
        for row in rows
    ]
    return table(_CHECK, lines, width)


def curated_table(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """Boards of the curated list."""
    lines = [
        [
            row["company"],
            f"{row['source_id']}{' *' if row['is_configured'] else ''}",
            row["industry"] or "",
            row["stage"] or "",
            row["size"] or "",
            {True: "yes", False: "no", None: ""}[row["is_remote_first"]],
            ", ".join(row["hires"]),
            row["seen_on"],
            _checked(row),
        ]
        for row in rows
    ]
    marked = "\n* configured already\n" if any(row["is_configured"] for row in rows) else ""
    return table(_CURATED, lines, width) + marked


def _checked(row: Mapping[str, Any]) -> str:
    """When a board was checked, and what it gave."""
    if row["checked_on"] is None:
        return ""
    return f"{row['checked_on']} {plural(row['postings'], 'posting') if row['is_ok'] else 'FAILED'}"


def terms_table(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """What each platform asks, in short."""
    lines = [
        [
            row["platform"],
            row["state"],
            f"{row['least_interval_hours']:g} h" if row["least_interval_hours"] else "-",
            f"{row['delay_seconds']:g} s",
            count(row["page_size"]) if row["page_size"] else "-",
            row["credit"]["name"] if row["credit"] else "the employer",
            _link(row),
            ", ".join(row["not_to"]) or "-",
        ]
        for row in rows
    ]
    return table(_TERMS, lines, width)


def terms_text(row: Mapping[str, Any], width: int) -> str:
    """What one platform asks, in full."""
    credit = row["credit"]
    facts = {
        "state": row["state"] + (f": {row['off_because']}" if row["off_because"] else ""),
        "keys": ", ".join(row["keys"]),
        "it asks": row["terms"],
        "credit": f"{credit['name']}{'' if credit['logo'] else ', without its logo'}" if credit else "the employer, by name",
        "link": _link(row) + (", not marked nofollow" if credit and credit["follow"] else "") if credit else "",
        "at most every": f"{row['least_interval_hours']:g} h" if row["least_interval_hours"] else "as often as a night comes",
        "delay": f"{row['delay_seconds']:g} s between two requests, at least",
        "page": f"at most {plural(row['page_size'], 'posting')} a request" if row["page_size"] else "",
        "not to": ", ".join(row["not_to"]),
        "listing": "everything that is open" if row["listing"] == "full" else "the newest postings",
        "absent after": plural(row["closes_after_days"], "day") + " a posting counts as closed" if row["closes_after_days"] else "",
        "never stored": ", ".join(row["personal_fields"]),
        "written at": row["source"],
    }
    lines = [click.style(f"{row['platform']}  {row['title']}", bold=True)]
    for label, fact in facts.items():
        first, *more = wrap(fact, width - _LABEL - 2)
        lines += [f"  {label:{_LABEL}}{first}", *(" " * (_LABEL + 2) + line for line in more)] if fact else []
    return "\n".join(lines) + "\n"


def _link(row: Mapping[str, Any]) -> str:
    return {None: "-", "posting": "to the posting there"}.get(row["credit"] and row["credit"]["link"], "to its page")


def found_text(row: Mapping[str, Any], block: str, width: int) -> str:
    """What an address led to: the source, how much it holds, some of it, and the block that configures it."""
    name = click.style(row["source_id"], bold=True)
    lines = [f"{name}  {tidy(row['company'] or '')}".rstrip()]
    if row["postings"] is not None:
        lines.append(f"  {plural(row['postings'], 'posting')}{', for example' if row['titles'] else ''}")
        lines += [f"    {cut(title, width - 4)}" for title in row["titles"]]
    lines += [f"  {line}" for said in filter(None, [row["reason"], *row["notes"]]) for line in wrap(said, width - 2)]
    return "\n".join(lines) + "\n" + (f"\n{block}" if block else "")
