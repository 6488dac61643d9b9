"""A new platform's files, with tests that fail until they are filled.

    python -m spiders.new PLATFORM

writes the spider, the parser, a fixture, the terms record, the heading in the reference, and a contract test. Nothing is written
where one of them is there already. The words of the files are data (``data/new_*.txt``).
"""

from __future__ import annotations

import argparse
import keyword
import re
import sys
from importlib.resources import files
from pathlib import Path
from string import Template

from pipeline.errors import UsageError
from pipeline.terms import platforms
from spiders.registry import class_name

_NAME = re.compile(r"[a-z][a-z0-9]{1,29}")
_APPENDED = {"new_terms": "pipeline/data/platforms.toml", "new_docs": "docs/reference/platforms.md"}
_WRITTEN = {
    "new_spider": "spiders/platforms/{name}.py",
    "new_parser": "pipeline/payloads/{name}.py",
    "new_test": "tests/spiders/platforms/test_{name}.py",
}
_FIXTURE = "tests/fixtures/{name}/fullest.json"


def scaffold(name: str, root: Path) -> list[Path]:
    """Write a platform's files.

    Args:
        name: small letters and digits; that of file, class, fixtures, terms and heading.
        root: the checkout.

    Returns:
        The files that were written or added to.

    Raises:
        UsageError: the name is none or taken, or the folder is no checkout; nothing was written.
    """
    _require_name(name)
    for shared in _APPENDED.values():
        if not (root / shared).is_file():
            raise UsageError(f"{root} is no checkout of rolecall ({shared} is not there); run this in a clone of the repository")
    new = {root / path.format(name=name): template for template, path in _WRITTEN.items()}
    fixture = root / _FIXTURE.format(name=name)
    taken = next((path for path in (*new, fixture.parent) if path.exists()), None)
    if taken is not None:
        raise UsageError(f"{taken.relative_to(root)} is there already; nothing was written")
    words = {"name": name, "title": name.capitalize(), "class_name": class_name(name)}
    for path, template in new.items():
        path.write_text(_filled(template, words), encoding="utf-8")
    fixture.parent.mkdir()
    fixture.write_text("{}\n", encoding="utf-8")
    for template, shared in _APPENDED.items():
        with (root / shared).open("a", encoding="utf-8") as file:
            file.write(_filled(template, words))
    return [*new, fixture, *(root / shared for shared in _APPENDED.values())]


def _require_name(name: str) -> None:
    """A name of small letters and digits that is not taken.

    Raises:
        UsageError: it is not.
    """
    if not _NAME.fullmatch(name):
        plain = re.sub(r"[^a-z0-9]", "", name.lower()).lstrip("0123456789")[:30]
        hint = f"; '{plain}' would do" if _NAME.fullmatch(plain) else ""
        raise UsageError(f"'{name}' is no platform's name: 2 to 30 small letters and digits, a letter first{hint}")
    if keyword.iskeyword(name):
        raise UsageError(f"'{name}' cannot name a platform: it is a word of Python's, and no module can be called so")
    if name in platforms():
        raise UsageError(f"platform '{name}' is there already (spiders/platforms/{name}.py)")


def _filled(template: str, words: dict[str, str]) -> str:
    return Template(files("spiders").joinpath(f"data/{template}.txt").read_text(encoding="utf-8")).substitute(words)


def main(arguments: list[str] | None = None) -> int:
    """Write the files and say what comes next; 2 where that is refused."""
    parser = argparse.ArgumentParser(prog="python -m spiders.new", description="Write a new platform's files, with failing tests.")
    parser.add_argument("platform", metavar="PLATFORM", help="small letters and digits: greenhouse")
    name: str = parser.parse_args(arguments).platform
    root = Path(__file__).parents[1]
    try:
        paths = scaffold(name, root)
    except UsageError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    for path in paths:
        print(path.relative_to(root))
    print(f"\nFill them until this passes: python -m pytest tests/spiders tests/pipeline -k {name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
