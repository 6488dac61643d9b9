"""An Excel workbook: jobs with typed cells, the sources to credit, and what each column means.

Excel's limits are met by us, since it repairs files that break them by throwing rows away: 1,048,576 rows and 65,530 links a sheet,
32,767 characters a cell, 2,079 a link, no date before 1900.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import UsageError
from pipeline.figures import count, plural
from pipeline.terms import platforms
from storage.exports.about import About
from storage.exports.kinds import Kind, kind, unit
from storage.exports.plain import allowed_text, web_address
from storage.exports.spool import spooled
from storage.queries.jobs import COLUMNS

MOST_ROWS, MOST_LINKS = 1_048_576 - 1, 65_530
_MOST_UNITS, _MOST_LINK = 32_767, 2_000
_FIRST_YEAR = 1900
_LINKED = ("url", "apply_url")
"""``source_url`` leads where ``url`` does, and links are few."""
_WIDTHS = {
    Kind.TEXT: 18, Kind.TEXTS: 28, Kind.LINK: 40, Kind.NUMBER: 12, Kind.WHOLE: 10, Kind.FLAG: 9, Kind.DATE: 12, Kind.INSTANT: 18,
}  # fmt: skip
_WIDER = {"title": 44, "company": 26, "remote_quote": 60, "location": 30, "attribution": 30}
_STYLES = {Kind.DATE: "yyyy-mm-dd", Kind.INSTANT: "yyyy-mm-dd hh:mm:ss", Kind.NUMBER: "#,##0.##", Kind.WHOLE: "#,##0"}


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write rows as a workbook of three sheets; see ``storage.exports.formats.Format.write``.

    Raises:
        UsageError: more rows than a sheet holds.
    """
    with spooled(out) as file, TemporaryDirectory(prefix="rolecall-xlsx-") as folder:
        book = Workbook(file, {"constant_memory": True, "tmpdir": folder})
        made_at = about.made_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": _fit(about.title), "comments": _fit(about.filters), "created": made_at})
        sheet = _Sheet(book, columns)
        sheet.fill(rows)
        _sources(book, sheet.seen_platforms)
        _dictionary(book, columns)
        book.close()
    return tuple(sheet.notes())


class _Sheet:
    """The sheet of jobs, row by row: what is written cannot be touched again."""

    def __init__(self, book: Workbook, columns: Sequence[str]) -> None:
        self.columns = columns
        self.styles = {kind_: book.add_format({"num_format": form}) for kind_, form in _STYLES.items()}
        self.sheet, self.rows = _headed(book, "jobs", columns, [_WIDER.get(name) or _WIDTHS[kind(name)] for name in columns]), 0
        self.writers = [self._writer(name) for name in columns]
        self.links, self.unlinked, self.cut = 0, 0, 0
        self.seen_platforms: set[str] = set()

    def add(self, row: Mapping[str, Any]) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise UsageError(f"a sheet holds {count(MOST_ROWS)} rows and these are more; narrow the list, or export csv or parquet")
        self.seen_platforms.add(row["platform"])
        for place, (name, write_cell) in enumerate(zip(self.columns, self.writers, strict=True)):
            if row[name] is not None:
                write_cell(place, row[name])

    def fill(self, rows: Iterable[Mapping[str, Any]]) -> None:
        try:
            for row in rows:
                self.add(row)
        except BaseException:
            self.sheet.row_data_fh.close()  # the library closes what it has spooled with the book only
            raise
        self.sheet.autofilter(0, 0, max(self.rows, 1), max(len(self.columns) - 1, 0))

    def notes(self) -> Iterator[str]:
        if self.unlinked:
            yield (
                f"{plural(self.unlinked, 'address', 'addresses')} written as plain text: a sheet holds {count(MOST_LINKS)} links, "
                f"and a link {count(_MOST_LINK)} characters"
            )
        if self.cut:
            yield f"{plural(self.cut, 'text')} cut to {count(_MOST_UNITS)} characters, the most that a cell holds"

    def _writer(self, name: str) -> Callable[[int, Any], None]:
        if name in _LINKED:
            return self._link
        by_kind: Mapping[Kind, Callable[[int, Any], None]] = {
            Kind.FLAG: lambda place, value: _wrote(self.sheet.write_boolean(self.rows, place, value)),
            Kind.NUMBER: self._number(self.styles[Kind.NUMBER]),
            Kind.WHOLE: self._number(self.styles[Kind.WHOLE]),
            Kind.DATE: self._date(self.styles[Kind.DATE]),
            Kind.INSTANT: self._date(self.styles[Kind.INSTANT]),
            Kind.TEXTS: lambda place, value: self._text(place, "; ".join(value)),
        }
        return by_kind.get(kind(name), self._text)

    def _text(self, place: int, value: str) -> None:
        fitted = _fit(value)
        self.cut += len(value) > _MOST_UNITS // 2 and len(fitted) < len(allowed_text(value))
        _wrote(self.sheet.write_string(self.rows, place, fitted))

    def _number(self, style: Style) -> Callable[[int, Any], None]:
        def write_number(place: int, value: float) -> None:
            if math.isfinite(value):
                _wrote(self.sheet.write_number(self.rows, place, value, style))
            else:
                self._text(place, str(value))

        return write_number

    def _date(self, style: Style) -> Callable[[int, Any], None]:
        def write_date(place: int, value: date) -> None:
            if value.year < _FIRST_YEAR:
                self._text(place, value.isoformat())
            else:
                plain = value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
                _wrote(self.sheet.write_datetime(self.rows, place, plain, style))

        return write_date

    def _link(self, place: int, value: str) -> None:
        address = web_address(value)
        if address is None or len(address) > _MOST_LINK or self.links >= MOST_LINKS:
            self.unlinked += address is not None
            self._text(place, value)
            return
        self.links += 1
        _wrote(self.sheet.write_url(self.rows, place, address, None, address))


def _headed(book: Workbook, name: str, titles: Sequence[str], widths: Sequence[int]) -> Worksheet:
    """A new sheet with a bold first row that stays in sight."""
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "bottom": 1})
    for place, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(place, place, width)
        _wrote(sheet.write_string(0, place, title, bold))
    sheet.freeze_panes(1, 0)
    return sheet


def _sources(book: Workbook, names: set[str]) -> None:
    """Whom to credit, and what each source asks."""
    sheet = _headed(book, "sources", ("platform", "name", "credit", "terms", "written_at"), (16, 22, 34, 90, 50))
    known = platforms()
    for number, name in enumerate((name for name in known if name in names), 1):
        terms = known[name]
        credit = f"Source: {terms.credit.name}, with a link to the posting" if terms.credit else f"EMPLOYER on {terms.title}"
        for place, text in enumerate((name, terms.title, credit, terms.terms, terms.source)):
            _wrote(sheet.write_string(number, place, _fit(text)))


def _dictionary(book: Workbook, columns: Sequence[str]) -> None:
    sheet = _headed(book, "dictionary", ("column", "kind", "unit", "meaning"), (28, 16, 26, 100))
    for number, name in enumerate(columns, 1):
        for place, text in enumerate((name, kind(name).value, unit(name), COLUMNS[name])):
            _wrote(sheet.write_string(number, place, text))


def _fit(text: str) -> str:
    """The text as a cell may hold it: at most 32,767 units of UTF-16, and no markup of the library's own."""
    plain = allowed_text(text)
    if plain.startswith("<r>"):  # the library takes such a text for markup and writes it unescaped
        plain = " " + plain
    if len(plain) <= _MOST_UNITS // 2:
        return plain
    return plain.encode("utf-16-le")[: 2 * _MOST_UNITS].decode("utf-16-le", errors="ignore")


def _wrote(code: int) -> None:
    """The library answers with a negative number where it left a cell out."""
    assert code == 0, code
