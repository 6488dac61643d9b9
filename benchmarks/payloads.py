"""Recorded answers through spiders and parsers: postings in, postings out, and how many of them have which field.

    python -m benchmarks.payloads DIR

DIR holds ``<platform>/<file>`` as the servers sent them. The file map that ships (``spiders/practice/data/payloads.toml``) says
what a file answers where it is not the platform's list: one job's detail, a page, a list of another shape. A file that it leaves
out is listed with its reason, one of a platform that no spider reads too.

Of a list whose postings have answers of their own, what the list says is measured, and each recorded own answer by itself; where
it leans on the list for an id or a title, those are made up. Of a careers page's list, what its rows say is measured. "asked"
counts items of any other list whose own pages the spider would ask next.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.payloads import UnreadablePosting, to_posting
from pipeline.records import CompanyFacts, Posting, RawPosting
from spiders.answer import Answer, Identity, Part
from spiders.base import BoardSpider
from spiders.board import Ask
from spiders.careers_words import careers_words
from spiders.detailed import DETAIL, DetailedSpider
from spiders.failures import BoardFailure
from spiders.registry import names, spider_for

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAGES = ("jsonld", "careers")
"""Platforms whose answers are pages; what they leave out is a page and no item."""
LISTS = ("jobs", "hits", "offers", "data", "items", "result", "results", "content", "jobPostings")
"""Keys that lists stand under."""
XML_ITEM = re.compile(rb"<(?:item|entry|position)[\s>]")
JOB_POSTING = re.compile(rb'"@type"\s*:\s*"(?:https?://schema.org/)?JobPosting"')
ROWS_OF_ONE = {"workable": ("shortcode",), "rippling": ("uuid", "id")}
"""Platforms that send a job in several places as several rows, with the keys of which these share the first that they have."""
MADE_UP = {"id": "1", "uuid": "1", "name": "?"}
"""What a list says of a posting, where only the posting's own answer is recorded."""
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
class Rule:
    """How a file is read."""

    platform: str
    endpoint: str = "list"
    purpose: str | None = None
    """Read as the spider reads an answer of that purpose; None reads each item as one of the spider's list."""
    items: str | None = None
    """Dotted path to the items; None where they are found by the answer's shape."""
    count: str | None = None
    """Pattern that counts the items of a page."""
    part: str | None = None
    """The part of the payload that an item is."""


@dataclass(slots=True)
class Row:
    """What became of one file."""

    file: str
    endpoint: str = ""
    items: int = 0
    """Counted without our spiders: elements of the list, or what a pattern counts in a page's text."""
    asked: int = 0
    """Items whose own pages would be asked next."""
    left_out: int = 0
    """Left out on purpose, by number: a legal notice, replies, jobs that are not listed."""
    unreadable: int = 0
    postings: list[Posting] = field(default_factory=list)
    refused: str = ""
    """Why nothing of the file was read, though it should be."""
    reason: str = ""
    """Why the file is not read."""

    @property
    def lost(self) -> int:
        return self.items - len(self.postings) - self.left_out - self.asked

    def fill(self, name: str) -> str:
        """Share of the postings that have a field."""
        filled = sum(bool(FIELDS[name](posting)) for posting in self.postings)
        return f"{filled / len(self.postings):.0%}" if self.postings else "-"


def rules() -> tuple[dict[str, Rule], dict[str, str]]:
    """How the file map reads each file, and why it leaves files out."""
    value = tomllib.loads((files("spiders.practice") / "data" / "payloads.toml").read_text(encoding="utf-8"))
    found: dict[str, Rule] = {}
    for row in value["board"]:
        platform = row["platform"]
        found |= {page: Rule(platform, "page", "page", count=_one_posting(platform)) for page in row.get("pages", ())}
        found |= {own: Rule(platform, "own answer", DETAIL, count=r"\A") for own in row.get("details", ())}
        if "file" in row:
            found[row["file"]] = Rule(platform, purpose=spider_for(platform).holds_postings)
    for row in value.get("answer", ()):
        given = {key: row.get(key) for key in ("purpose", "items", "count")}
        found[row["file"]] = Rule(row["platform"], row["endpoint"], part=row.get("as"), **given)
    return found, {row["file"]: row["reason"] for row in value["left_out"]}


def _one_posting(platform: str) -> str | None:
    return r"\A" if platform == "careers" else None


def items_in(rule: Rule, body: bytes) -> list[Any] | int:
    """The items of an answer, by its shape alone; their number where it is no JSON."""
    if rule.count is not None:
        pattern = re.compile(rule.count.encode())
        return len(set(pattern.findall(body)) if pattern.groups else pattern.findall(body))
    if body.lstrip()[:1] == b"<":
        return len((JOB_POSTING if rule.platform in PAGES else XML_ITEM).findall(body))
    value = json.loads(body)
    if rule.items is not None:
        return list(_at([value], [step for step in rule.items.split(".") if step]))
    if isinstance(value, dict):
        value = next((value[key] for key in LISTS if isinstance(value.get(key), list)), [])
    if rule.platform in ROWS_OF_ONE:
        keys = ROWS_OF_ONE[rule.platform]
        value = list({next(filter(None, map(item.get, keys)), None): item for item in value}.values())
    return [item for item in value if not (isinstance(item, dict) and "legal" in item)]


def _at(values: list[Any], steps: list[str]) -> Iterator[Any]:
    for step in steps:
        inner = (value.values() if isinstance(value, dict) else value for value in values) if step == "*" else ()
        values = [one for value in inner for one in value] if step == "*" else [value[step] for value in values]
    yield from values


def measure(path: Path, rule: Rule) -> Row:
    """Read one file as its platform's spider and parser do."""
    row, body = Row(f"{path.parent.name}/{path.name}", rule.endpoint), path.read_bytes()
    items = items_in(rule, body)
    row.items = items if isinstance(items, int) else len(items)
    strange = 0
    try:
        for part in _parts(rule, body, items if isinstance(items, list) else [], path.stem):
            if isinstance(part, RawPosting):
                row.unreadable += not _parsed(part, row.postings)
            elif isinstance(part, Ask):
                row.asked += part.item is not None
            else:
                # a page that holds nothing is one left out, but no item
                row.left_out += part.is_expected and rule.platform not in PAGES
                strange += not part.is_expected
    except BoardFailure as failure:
        row.refused = str(failure)
    except Exception as error:  # noqa: BLE001 - a crash is what this table is to show
        row.refused = f"crashed with {type(error).__name__}: {error}"
    if strange and not row.postings:
        row.refused = row.refused or "none of its items is a posting"
    return row


def _parts(rule: Rule, body: bytes, items: Iterable[Any], stem: str) -> Iterator[Part]:
    spider = spider_for(rule.platform)()
    if rule.platform == "careers" and rule.purpose == "list":
        yield from _rows_of_a_list(body)
    elif rule.purpose == DETAIL:
        for one in [json.dumps(item).encode() for item in items] or [body]:
            yield from _own_answer(spider, one)
    elif isinstance(spider, DetailedSpider) and rule.purpose is not None:
        yield from spider.read(body, rule.platform, now=NOW)
    elif rule.purpose is not None:
        address = f"https://{rule.platform}.example/jobs/{stem}"
        board = urlsplit(address).hostname if rule.platform in PAGES else rule.platform
        first = Answer(rule.platform, str(board), NOW, Ask(address, rule.purpose), body)
        yield from _in_every_language(spider, first) if rule.platform == "personio" else spider.split(first)
    else:
        answer = Answer(rule.platform, rule.platform, NOW, Ask(f"https://{rule.platform}.example/"), body)
        for item in items:
            if rule.part is not None:
                identity = Identity(item.get("jobId") or item.get("identifier"), item.get("title"), None)
                yield answer.posting({rule.part: item}, identity)
            else:
                yield spider.part(item, answer)


def _in_every_language(spider: BoardSpider, answer: Answer) -> Iterator[Part]:
    """A feed for each language, all of them the same recording."""
    for part in spider.split(answer):
        yield from _in_every_language(spider, replace(answer, ask=part)) if isinstance(part, Ask) else (part,)


def _own_answer(spider: BoardSpider, body: bytes) -> Iterator[Part]:
    """One posting's own answer; what the list alone says is made up where it lacks that."""
    parts: list[Part] = []
    for entry in ({}, MADE_UP):
        asked = Ask(f"https://{spider.name}.example/jobs/1", DETAIL, item=entry)
        parts = list(spider.split(Answer(spider.name, spider.name, NOW, asked, body)))
        if any(isinstance(part, RawPosting) for part in parts):
            break
    return iter(parts)


def _rows_of_a_list(body: bytes) -> Iterator[Part]:
    """What the rows of a careers page's list give by themselves, as where the pages behind them show nothing."""
    spider, board = spider_for("careers")(), _site_of(body)
    for part in spider.split(Answer("careers", board, NOW, Ask(f"https://{board}/", "list"), body)):
        if isinstance(part, Ask) and part.item is not None:
            yield from spider.split(Answer("careers", board, NOW, part, b"<html></html>"))
        elif not isinstance(part, Ask):
            yield part


def _site_of(body: bytes) -> str:
    """The board that a list was recorded from, by its links to postings of the systems that are known."""
    for link in re.findall(r'href="([^"]+)"', body.decode("utf-8", "replace")):
        parts = urlsplit(link)
        for kind in careers_words().kinds:
            if kind.posting.search(parts.path) and (not parts.hostname or careers_words().kind_of(parts.hostname) is kind):
                host = parts.hostname or kind.hosts[0].lstrip(".")
                return f"{host}/{parts.path.split('/')[1]}" if kind.is_shared else host
    return "careers.example"


def _parsed(raw: RawPosting, postings: list[Posting]) -> bool:
    try:
        postings.append(to_posting(raw, CompanyFacts()))
    except UnreadablePosting:
        return False
    return True


def rows_of(folder: Path) -> list[Row]:
    """Every file of the folder's platforms, in order."""
    known, left_out = rules()
    rows = []
    for path in sorted(path for path in folder.glob("*/*") if path.is_file()):
        file = f"{path.parent.name}/{path.name}"
        rule = known.get(file) or (
            Rule(path.parent.name, purpose=_purpose(path.parent.name)) if path.parent.name in names() else None
        )
        if file in left_out or rule is None:
            rows.append(Row(file, reason=left_out.get(file, "no spider reads this platform")))
        else:
            rows.append(measure(path, rule))
    return rows


def _purpose(platform: str) -> str:
    return spider_for(platform).holds_postings


def table(rows: list[Row]) -> str:
    """The rows as text; a share is of the postings out."""
    width, middle = max(len(row.file) for row in rows), max(len(row.endpoint) for row in rows)
    lines = [f"{'file':{width}}  {'endpoint':{middle}}   in  out asked left  lost  " + " ".join(f"{name:>10}" for name in FIELDS)]
    for row in rows:
        if row.reason or row.refused:
            lines.append(f"{row.file:{width}}  {'left out: ' + row.reason if row.reason else 'REFUSED: ' + row.refused}")
            continue
        shares = " ".join(f"{row.fill(name):>10}" for name in FIELDS)
        counts = f"{row.items:4} {len(row.postings):4}  {row.asked:4} {row.left_out:4}  {row.lost:4}"
        lines.append(f"{row.file:{width}}  {row.endpoint:{middle}} {counts}  {shares}")
    return "\n".join(lines)


def main() -> int:
    """Print the table; 1 where a posting was lost in silence or a file that should be read was not."""
    parser = argparse.ArgumentParser(description="Recorded answers through spiders and parsers.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    rows = rows_of(folder)
    if not rows:
        print(f"{folder} holds no recorded answers (<platform>/<file>); nothing measured", file=sys.stderr)
        return 0
    print(table(rows))
    read = [row for row in rows if not row.reason]
    lost, refused = sum(row.lost for row in read if not row.refused), sum(bool(row.refused) for row in read)
    items, out = sum(row.items for row in read), sum(len(row.postings) for row in read)
    counts = f"{len(rows)} files, {len(rows) - len(read)} left out, {refused} refused"
    print(f"\n{counts}; {items} items in, {out} postings out, {lost} lost")
    return 1 if lost or refused else 0


if __name__ == "__main__":
    sys.exit(main())
