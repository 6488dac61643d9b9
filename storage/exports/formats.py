"""Every form in which a list of jobs leaves: command line, saved searches and web server offer exactly these.

A format is a module of its own here with a function ``write`` of the same signature; it is imported when it is used, since some
bring libraries that ``--help`` must not wait for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, BinaryIO, cast

from pipeline.vocabulary import ExportFormat
from storage.exports.about import About

FEED_MOST = 200
"""Entries of a feed unless someone asks for another number: what moved last."""


@dataclass(frozen=True, slots=True)
class Format:
    """One form."""

    name: str
    """What the command calls it; its module in this folder has the same name."""
    suffix: str
    media_type: str
    title: str
    """One line for help and pages."""
    is_feed: bool = False
    """Goes to the target ``feeds`` and holds what moved last, ``FEED_MOST`` of it."""
    is_binary: bool = False
    """Nothing for a terminal."""
    has_columns: bool = True
    """Its columns can be chosen; feeds and calendars have elements of their own."""
    credits_below: bool = False
    """Names the sources at its end, so that its rows need not."""

    def write(self, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
        """Write rows as they come; memory does not grow with their number.

        Args:
            rows: as ``storage.queries.jobs.rows`` gives them, less what terms keep from the target (``storage.exports.allowed``).
            columns: which, in which order; feeds and calendars have elements of their own instead.
            about: what the file says of itself.
            out: any stream; it need not be able to seek.

        Returns:
            Sentences for a person: what was left out or cut and why.

        Raises:
            UsageError: the rows do not fit this form.
        """
        module = import_module(f"storage.exports.{self.name}")
        return cast("tuple[str, ...]", module.write(rows, columns, about, out))


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.name: one
        for one in (
            Format(
                ExportFormat.CSV, "csv", "text/csv; charset=utf-8",
                "Comma-separated values for spreadsheets: UTF-8, a header, no cell that a spreadsheet would run as a formula.",
            ),
            Format(ExportFormat.JSONL, "jsonl", "application/x-ndjson", "JSON lines: one object a line, values with their types."),
            Format(
                ExportFormat.PARQUET, "parquet", "application/vnd.apache.parquet",
                "Parquet: typed columns, each with its line of the data dictionary.", is_binary=True,
            ),
            Format(
                ExportFormat.XLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "An Excel workbook: typed cells, links, a frozen header, sheets of sources and of what columns mean.",
                is_binary=True,
            ),
            Format(
                ExportFormat.MARKDOWN, "md", "text/markdown; charset=utf-8",
                "A Markdown table with links, for a wiki or an issue.", credits_below=True,
            ),
            Format(
                ExportFormat.ATOM, "atom", "application/atom+xml",
                "An Atom feed of what moved last, for feed readers.", is_feed=True, has_columns=False,
            ),
            Format(
                ExportFormat.JSONFEED, "json", "application/feed+json",
                "A JSON Feed 1.1 of what moved last, for feed readers and programs.", is_feed=True, has_columns=False,
            ),
            Format(
                ExportFormat.ICS, "ics", "text/calendar; charset=utf-8",
                "A calendar of closing dates: one day a job that names one, from the last night on.", has_columns=False,
            ),
        )
    }
)  # fmt: skip
"""By name."""
