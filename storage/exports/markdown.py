"""A Markdown table: for a wiki, an issue, a README. Whatever a posting holds stays text in its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from pipeline.figures import class_in_words, pay, plural
from pipeline.terms import platforms
from storage.exports.about import About
from storage.exports.plain import one_line, web_address
from storage.queries.jobs import COLUMNS

_MOST = 300
"""Characters of a cell."""
_SHOWN_STACK = 8
_SIGNS = re.compile(r"[\\`*_\[\]|~$#]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write rows as a table with a heading above it and the credits below; see ``storage.exports.formats.Format.write``.

    All columns make no table that anyone can read: then the cells are a selection, put together. Some columns stand as they are.
    """
    shown = _READABLE if tuple(columns) == tuple(COLUMNS) else {name: _plain(name) for name in columns}

    def say(line: str) -> None:
        out.write(line.encode() + b"\n")

    say(f"# {escaped(about.title)}\n")
    said = f", `{one_line(about.filters, _MOST).replace('`', '')}`" if about.filters else ""
    say(f"Night of {about.night.isoformat()}{said}\n")
    say(f"| {' | '.join(shown)} |\n|{' --- |' * len(shown)}")
    number, seen = 0, set()
    for row in rows:
        number += 1
        seen.add(row["platform"])
        say(f"| {' | '.join(cell(row) for cell in shown.values())} |")
    names = [terms.credit.name if terms.credit else terms.title for name, terms in platforms().items() if name in seen]
    say(f"\n{plural(number, 'posting' if about.each_posting else 'job')}. Sources: {', '.join(map(escaped, names)) or 'none'}.")
    return ()


def escaped(text: str) -> str:
    """The text as Markdown shows it: no sign means anything, nothing is HTML, and it stays on its line."""
    line = "".join(_ENTITIES.get(sign, sign) for sign in one_line(text, _MOST))
    return _SIGNS.sub(lambda match: "\\" + match[0], line)


def link(text: str, address: str | None) -> str:
    """A link where the address is one of the web, else the text."""
    shown, target = escaped(text), web_address(address)
    if target is None:
        return shown
    return f"[{shown or 'link'}](<{target.replace('<', '%3C').replace('>', '%3E').replace('|', '%7C')}>)"


def _plain(name: str) -> Callable[[Mapping[str, Any]], str]:
    def cell(row: Mapping[str, Any]) -> str:
        value = row[name]
        if isinstance(value, str) and web_address(value):
            return link(value, value)
        if isinstance(value, list | tuple):
            value = ", ".join(str(item) for item in value)
        return "" if value is None else escaped(str(value).lower() if isinstance(value, bool) else str(value))

    return cell


def _paid(row: Mapping[str, Any]) -> str:
    return escaped(pay(row["pay_min"], row["pay_max"], row["pay_currency"], row["pay_period"])) if row["pay_period"] else ""


_READABLE: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "Job": lambda row: link(row["title"], row["url"]),
    "Company": lambda row: escaped(row["company"] or ""),
    "Place of work": lambda row: escaped(class_in_words(row["remote_class"], row["arrangement"])),
    "Location": lambda row: escaped(row["location"] or ""),
    "Pay": _paid,
    "Stack": lambda row: escaped(", ".join(row["stack"][:_SHOWN_STACK])),
    "First seen": lambda row: row["opened_at"].date().isoformat(),
    "Source": lambda row: link(row["attribution"], row["source_url"]),
}
