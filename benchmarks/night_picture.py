"""README's picture of a night, from the output of a real one.

usage: rolecall nightly --practice | python -m benchmarks.night_picture docs/images/night.svg
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

_CELLS = 104
_SHOWN_SOURCES = 14


def picture(output: str) -> str:
    """An SVG of the output; of the long source table some lines stand for all."""
    lines = output.strip("\n").splitlines()
    sources = [number for number, line in enumerate(lines) if ":" in line.split(" ")[0] or line.startswith(("remoteok", "hn "))]
    dropped = set(sources[_SHOWN_SOURCES // 2 : -_SHOWN_SOURCES // 2])
    kept: list[str] = []
    for number, line in enumerate(lines):
        if number not in dropped:
            kept.append(line)
        elif number - 1 not in dropped:
            kept.append(f"  … {len(dropped)} more sources")
    console = Console(record=True, width=_CELLS, file=io.StringIO())
    console.print(Text("$ make nightly", style="bold"))
    for line in kept:
        console.print(Text(line))
    svg = console.export_svg(title="rolecall nightly --practice")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # a picture loads nothing from elsewhere


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(picture(sys.stdin.read()), encoding="utf-8")
