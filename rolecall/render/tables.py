"""Tables that fit a width: columns that must be read whole keep their width, the others share what is left.

Two spaces between columns and no lines, so that a table reads the same in a terminal, a log and a mail. Titles are bold and some
cells have a colour; whoever writes the text takes the marks out where it goes elsewhere than to a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from unicodedata import category

import click
from rich.cells import cell_len

GAP = 2
_LEAST_FLEXIBLE = 8


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is set."""

    title: str
    is_number: bool = False
    """Set to the right."""
    weight: int = 0
    """Share of the width that is left over; 0 keeps the column whole."""
    least: int = _LEAST_FLEXIBLE
    """Fewest cells of a flexible column."""
    tone: Callable[[str], str | None] = lambda _: None
    """Colour of a cell by its text."""


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide letters and pictures take two, marks on a letter none."""
    return cell_len(text)


def tidy(text: str) -> str:
    """The text on one line, without the characters by which a posting could steer the terminal or turn its own words around."""
    return " ".join("".join(char for char in text if char.isspace() or category(char) not in ("Cc", "Cf", "Cs")).split())


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` cells, on one line, with an ellipsis where it was cut."""
    text = tidy(text)
    if cells(text) <= width:
        return text
    kept = ""
    for char in text:
        if cells(kept + char) > width - 1:
            break
        kept += char
    return kept.rstrip() + "…"


def wrap(text: str, width: int) -> list[str]:
    """The text on lines of at most ``width`` cells, cut between words where that can be."""
    lines, line = [], ""
    for word in tidy(text).split():
        candidate = f"{line} {word}" if line else word
        if cells(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line] if line or not lines else lines


def _pieces(word: str, width: int) -> list[str]:
    """A word that no line holds, in pieces of at most ``width`` cells."""
    pieces = [""]
    for char in word:
        if cells(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> str:
    """A table of at most ``width`` cells, without trailing white space.

    Args:
        columns: how each is set, with its title.
        rows: one text a column; line breaks become spaces.
        width: cells of the terminal.
    """
    widths = column_widths(columns, rows, width)
    titles = [column.title for column in columns]
    lines = [click.style(_line(titles, columns, widths), bold=True)]
    lines += [_line(row, columns, widths) for row in rows]
    return "\n".join(lines) + "\n"


def table_in_full(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int, named_by: int = 0) -> str:
    """A table, and in full below it each text of its last column that had to be cut; the same text only once.

    Args:
        columns: as of ``table``.
        rows: as of ``table``.
        width: cells of the terminal.
        named_by: place of the column that names a row.
    """
    room = column_widths(columns, rows, width)[-1]
    names: dict[str, list[str]] = {}
    for row in rows:
        if cells(tidy(row[-1])) > room:
            names.setdefault(row[-1], []).append(row[named_by])
    told = ["  " + "\n      ".join(wrap(f"{first_named(of, 1)}: {text}", width - 6)) + "\n" for text, of in names.items()]
    return table(columns, rows, width) + ("in full:\n" + "".join(told) if told else "")


def first_named(names: Sequence[str], most: int) -> str:
    """``a, b and 3 more``."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def fitting(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> int:
    """How many columns, from the first on, can stand in ``width`` cells; one at least."""
    used = -GAP
    for place, column in enumerate(columns):
        needed = _natural(column, [row[place] for row in rows])
        used += GAP + (min(needed, column.least) if column.weight else needed)
        if used > width and place:
            return place
    return len(columns)


def _natural(column: Column, texts: Iterable[str]) -> int:
    """Cells of a column that nothing is cut from."""
    return max([cells(column.title), *(cells(tidy(text)) for text in texts)])


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Cells of each column, so that the table takes at most ``width`` where its rigid columns allow that."""
    natural = [_natural(column, (row[place] for row in rows)) for place, column in enumerate(columns)]
    over = sum(natural) + GAP * (len(columns) - 1) - width
    flexible = [place for place, column in enumerate(columns) if column.weight]
    # the widest in proportion to its weight gives first, a cell at a time, until all fit or none can give
    while over > 0:
        giving = [place for place in flexible if natural[place] > columns[place].least]
        if not giving:
            break
        place = max(giving, key=lambda place: natural[place] / columns[place].weight)
        natural[place] -= 1
        over -= 1
    return natural


def _line(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    parts = []
    for text, column, width in zip(row, columns, widths, strict=True):
        shown = cut(text, width)
        space = " " * (width - cells(shown))
        tone = column.tone(text)
        toned = click.style(shown, fg=tone) if tone else shown
        parts.append(space + toned if column.is_number else toned + space)
    return (" " * GAP).join(parts).rstrip()
