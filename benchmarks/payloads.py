"""Recorded answers through spiders and parsers: postings in, postings out, and how many of them have which field.

    python benchmarks/payloads.py DIR

DIR holds ``<platform>/<file>`` as the servers sent them. One posting's own answer, of a platform whose list lacks the text, is read
as such: its file has "detail" in its name. Files that answer no list (a search, a dump of another program) are listed with the
reason why they were refused.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.payloads import UnreadablePosting, to_posting
from pipeline.records import CompanyFacts, Posting, RawPosting
from spiders.answer import Answer, LeftOut, Part
from spiders.base import BoardSpider
from spiders.board import Ask
from spiders.detailed import DETAIL, DetailedSpider
from spiders.failures import BoardFailure
from spiders.registry import names, spider_for

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LISTS = ("jobs", "hits", "offers", "data", "items", "result", "content", "jobPostings")
"""Keys that lists stand under."""
ROWS_OF_ONE = {"workable": "shortcode", "rippling": "uuid"}
"""Platforms that send a job in several places as several rows, with the key that these share."""
FIELDS: dict[str, Callable[[Posting], Any]] = {
    "text": lambda posting: posting.description_text,
    "workplace": lambda posting: posting.structured_remote,
    "pay": lambda posting: posting.structured_salary,
    "location": lambda posting: posting.location,
    "published": lambda posting: posting.published_on,
    "company": lambda posting: posting.company.name,
    "department": lambda posting: posting.department,
    "employment": lambda posting: posting.employment_type_text,
    "apply": lambda posting: posting.apply_url,
}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file."""

    file: str
    items: int
    """Counted without our spiders: elements of the list, or JobPosting objects in the page's text."""
    out: int
    left_out: int
    """Left out on purpose, by number: a legal notice, replies, jobs that are not listed."""
    unreadable: int
    fill: dict[str, int]
    refused: str = ""


def items_in(platform: str, body: bytes) -> int:
    """Number of items in an answer, counted by its shape alone."""
    if platform == "jazzhr":
        return len(set(re.findall(rb"/apply/jobs/details/(\w+)", body)))
    if platform == "jsonld":
        return len(re.findall(rb'"@type"\s*:\s*"(?:https?://schema.org/)?JobPosting"', body))
    if body.lstrip().startswith(b"<"):
        return len(re.findall(rb"<(?:item|entry)\b", body))
    value = json.loads(body)
    if isinstance(value, dict):
        value = next((value[key] for key in LISTS if isinstance(value.get(key), list)), [])
    notices = sum(isinstance(item, dict) and "legal" in item for item in value) if platform == "remoteok" else 0
    if platform in ROWS_OF_ONE:
        return len({item.get(ROWS_OF_ONE[platform]) or item.get("id") for item in value})
    return len(value) - notices


def measure(path: Path) -> Row:
    """Read one file as its platform's spider and parser do."""
    platform = path.parent.name
    body = out_of_frame(path.read_bytes())
    spider, name, address = spider_for(platform)(), f"{platform}/{path.name}", f"https://{platform}.example/jobs/{path.stem}"
    is_detail = isinstance(spider, DetailedSpider) and "detail" in path.stem
    items = 1 if is_detail else items_in(platform, body)
    postings: list[Posting] = []
    left_out = strange = unreadable = 0
    try:
        for part in own_answer(spider, body, address) if is_detail else spider.read(body, platform, address=address, now=NOW):
            if isinstance(part, LeftOut):
                # a page that holds nothing is one left out, but no item
                left_out += part.is_expected and platform != "jsonld"
                strange += not part.is_expected
            elif isinstance(part, RawPosting):
                unreadable += not _parsed(part, postings)
    except BoardFailure as failure:
        return Row(name, items, 0, 0, 0, {}, str(failure))
    if strange and not postings:
        return Row(name, items, 0, 0, 0, {}, "none of its items is a posting")
    fill = {name: sum(bool(read(posting)) for posting in postings) for name, read in FIELDS.items()}
    return Row(name, items, len(postings), left_out, unreadable, fill)


def own_answer(spider: BoardSpider, body: bytes, address: str) -> Iterator[Part]:
    """One posting's own answer; where it lacks what only the list says, that is made up: an id and a title."""
    entries: tuple[dict[str, str], ...] = ({}, {"id": "1", "uuid": "1", "name": "?"})
    for entry in entries:
        parts = list(spider.split(Answer(spider.name, spider.name, NOW, Ask(address, DETAIL, item=entry), body)))
        if any(isinstance(part, RawPosting) for part in parts):
            return iter(parts)
    return iter(parts)


def out_of_frame(body: bytes) -> bytes:
    """The list in a file that quotes two pages of one board in a frame of its own."""
    value = json.loads(body) if body.startswith(b'{\n "_note"') else {}
    return json.dumps({"items": value["board_page_items"]}).encode() if "board_page_items" in value else body


def _parsed(raw: RawPosting, postings: list[Posting]) -> bool:
    try:
        postings.append(to_posting(raw, CompanyFacts()))
    except UnreadablePosting:
        return False
    return True


def table(rows: list[Row]) -> str:
    """The rows as text; a share is of the postings out."""
    width = max(len(row.file) for row in rows)
    lines = [f"{'file':{width}}  in  out left  lost  " + " ".join(f"{name:>10}" for name in FIELDS)]
    for row in rows:
        if row.refused:
            lines.append(f"{row.file:{width}} {row.items:3}    -    -     -  refused: {row.refused}")
            continue
        lost = row.items - row.out - row.left_out
        shares = " ".join(f"{row.fill[name] / row.out:10.0%}" if row.out else f"{'-':>10}" for name in FIELDS)
        lines.append(f"{row.file:{width}} {row.items:3}  {row.out:3}  {row.left_out:3}  {lost:4}  {shares}")
    return "\n".join(lines)


def main() -> int:
    """Print the table; 1 where a posting was lost in silence."""
    parser = argparse.ArgumentParser(description="Recorded answers through spiders and parsers.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    paths = [
        path
        for platform in names()
        if (folder / platform).is_dir()
        for path in sorted((folder / platform).iterdir())
        if path.is_file()
    ]
    if not paths:
        print(f"{folder} holds no recorded answers (<platform>/<file>); nothing measured", file=sys.stderr)
        return 0
    rows = [measure(path) for path in paths]
    print(table(rows))
    lost = sum(row.items - row.out - row.left_out for row in rows if not row.refused)
    print(
        f"\n{len(rows)} files, {sum(row.items for row in rows)} items in, {sum(row.out for row in rows)} postings out, {lost} lost"
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
