"""Charts of how right a model is, as SVG: with a style of its own as a file, without one on a page that brings the colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from classifiers.evaluation.figures import Bin

_STYLE = """<style>
text{font:13px system-ui,sans-serif;fill:#1b1f24}.soft{fill:#59636e}.line{stroke:#c8ced6;fill:none}
.mark{fill:#0b57d0;stroke:#0b57d0}.way{fill:none}.cell{fill:#0b57d0}.on{fill:#fff}.paper{fill:#fff}
@media (prefers-color-scheme:dark){text{fill:#e6e9ed}.soft{fill:#9aa4af}.line{stroke:#3d444d}.mark{fill:#8ab4f8;stroke:#8ab4f8}
.cell{fill:#8ab4f8}.on{fill:#0d1117}.paper{fill:#0d1117}}
</style>"""
_SIDE = 300
"""Pixels of a plot's square."""
_LEFT, _TOP = 132, 60
_PAGE_SIDE, _PAGE_LEFT = 240, 100
"""The same of a matrix on a page, which is to be read on a phone."""
_TITLE_PX = 44
"""Height of the title that a file carries; a page has it as a heading."""
_LONGEST_NAME = 10
"""Letters of a line on a page; a name that is longer is broken behind its dash."""
_STRONG = 0.55
"""Share of a row from which a cell is dark enough for light figures."""


def reliability_svg(bins: Sequence[Bin], *, is_file: bool = True) -> str:
    """Share that is right over confidence, a mark a bin, and the diagonal of perfect calibration.

    Args:
        bins: of the confidence.
        is_file: it stands alone; False for a page whose style colours it, and whose policy refuses a style inside.
    """

    def at(share: float) -> tuple[float, float]:
        return 70 + share * _SIDE, _TOP + (1 - share) * _SIDE

    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = at(tick)
        parts.append(f'<path class="line" d="M70 {y:.0f}h{_SIDE}M{x:.0f} {_TOP}v{_SIDE}"/>')
        parts.append(f'<text class="soft" x="62" y="{y + 4:.0f}" text-anchor="end">{tick:g}</text>')
        parts.append(f'<text class="soft" x="{x:.0f}" y="{_TOP + _SIDE + 18}" text-anchor="middle">{tick:g}</text>')
    parts.append(f'<path class="line" stroke-dasharray="4 4" d="M70 {_TOP + _SIDE}L{70 + _SIDE} {_TOP}"/>')
    points = [(70 + found.confidence * _SIDE, _TOP + (1 - found.accuracy) * _SIDE, found) for found in bins]
    parts.append(f'<polyline class="mark way" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)}"/>')
    for x, y, found in points:
        told = f"{found.count} postings: confidence {found.confidence:.3f}, right {found.accuracy:.3f}"
        parts.append(f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="5"><title>{told}</title></circle>')
    parts.append(f'<text x="{70 + _SIDE / 2}" y="{_TOP + _SIDE + 40}" text-anchor="middle">confidence of the class</text>')
    parts.append(
        f'<text x="20" y="{_TOP + _SIDE / 2}" text-anchor="middle" transform="rotate(-90 20 {_TOP + _SIDE / 2})">share right</text>'
    )
    told = "; ".join(f"confidence {found.confidence:.2f}: {found.accuracy:.2f} right of {found.count}" for found in bins)
    return _svg(
        (400 if is_file else 384, 415),
        ("reliability", "How often the remote class is right, by its confidence", told),
        parts,
        is_file=is_file,
    )


def confusion_svg(confusion: Mapping[str, Mapping[str, int]], *, is_file: bool = True) -> str:
    """Right class by row, predicted class by column; a cell's depth is its share of the row. ``is_file``: as above."""
    names = list(confusion)
    whole_side, left = (_SIDE, _LEFT) if is_file else (_PAGE_SIDE, _PAGE_LEFT)
    side = whole_side / len(names)
    parts = []
    for row, name in enumerate(names):
        whole = max(1, sum(confusion[name].values()))
        y = _TOP + 22 + row * side
        parts += _name(f"is {name}", (left - 10, y + side / 2 + 4), 'text-anchor="end"', is_file=is_file)
        parts += _name(name, (left + (row + 0.5) * side, _TOP + 12), 'class="soft" text-anchor="middle"', is_file=is_file)
        for column, guess in enumerate(names):
            count = confusion[name][guess]
            x = left + column * side
            tone = "on" if count / whole >= _STRONG else "soft"
            square = f'width="{side - 3:.0f}" height="{side - 3:.0f}" opacity="{0.08 + 0.92 * count / whole:.2f}"'
            parts.append(f'<rect class="cell" x="{x:.0f}" y="{y:.0f}" {square}/>')
            parts.append(
                f'<text class="{tone}" x="{x + side / 2:.0f}" y="{y + side / 2 + 4:.0f}" text-anchor="middle">{count}</text>'
            )
    told = "; ".join(f"{name} called {guess}: {count}" for name, row_ in confusion.items() for guess, count in row_.items())
    size = (left + whole_side + 20, _TOP + whole_side + 40) if is_file else (left + whole_side, _TOP + whole_side + 22)
    return _svg(size, ("confusion", "Remote class: what it is, and what it was called", told), parts, is_file=is_file)


def _name(name: str, at: tuple[float, float], attributes: str, *, is_file: bool) -> list[str]:
    """A class beside its row or over its column; on a page a long one takes two lines, the second where the only one stands."""
    x, y = at
    head, dash, tail = name.rpartition("-")
    lines = (head + dash, tail) if dash and not is_file and len(name) > _LONGEST_NAME else (name,)
    return [
        f'<text x="{x:.0f}" y="{y - 16 * (len(lines) - 1 - number):.0f}" {attributes}>{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _svg(size: tuple[int, int], words: tuple[str, str, str], parts: Sequence[str], *, is_file: bool) -> str:
    """The picture: a key that is unique on a page, title and description."""
    width, height = size
    key, title, description = words
    style, sized = (_STYLE, f'width="{width}" height="{height}" ') if is_file else ("", "")
    heading = f'<text x="16" y="28" font-weight="600">{escape(title)}</text>' if is_file else ""
    top = 0 if is_file else _TITLE_PX
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {width} {height - top}" {sized}role="img" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>{style}'
        f'<rect class="paper" width="{width}" height="{height}"/>{heading}'
        f"{''.join(parts)}</svg>\n"
    )
