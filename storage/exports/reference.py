"""The reference of exports, made from their registry: ``python -m storage.exports.reference > docs/reference/exports.md``."""

from __future__ import annotations

from storage.exports.formats import FEED_MOST, FORMATS
from storage.exports.kinds import kind, unit
from storage.exports.xlsx import MOST_LINKS, MOST_ROWS
from storage.feeds.files import KEPT_NIGHTS
from storage.queries.jobs import COLUMNS

_TEXT = f"""# Exports and feeds

Made from the code by `python -m storage.exports.reference`; a test keeps it current.

`rolecall export FORMAT` writes any filtered list, a saved search writes its own every night
([how](../how-to/follow-a-search.md)), and both give the same bytes for the same rows of the same night. A list goes through as
it comes: memory does not grow with it.

## Formats

| command | file | media type | what it is |
|---|---|---|---|
{{formats}}
- **csv**: lists are joined with `; `, instants are ISO 8601 in UTC, nothing stands for what is not known. A text that a spreadsheet
  would run as a formula has an apostrophe before it.
- **xlsx**: the sheets `jobs`, `sources` (whom to credit, and what each source's terms ask) and `dictionary`. Dates and numbers are
  such, instants are in UTC. A sheet holds {MOST_ROWS:,} rows, more are refused; beyond {MOST_LINKS:,} links addresses are plain
  text; texts end at 32,767 characters. What was cut is said.
- **markdown**: a readable selection of columns, with links.
- **atom** (RFC 4287) and **jsonfeed** (1.1): what moved last, {FEED_MOST} jobs unless `--limit` says otherwise. `published` is when
  the job was first seen, `updated` when something of it last moved. The text is ours: the class with the words that decide it, who
  may hold the job, pay, stack, credit; nothing of the posting's own HTML. The JSON Feed has the figures for programs under
  `_rolecall`.
- **ics** (RFC 5545): a whole day a job that names a closing date which has not passed; the others are counted.

Ids in feeds and calendars are `tag:` addresses (RFC 4151) and stay the same on every night and machine:
`tag:DOMAIN,2026:job/JOB_ID`, where DOMAIN is that of `[site] address`, or `rolecall.invalid` where there is none. To change the
address is to make every entry a new one for those who read the feed.

## What is left out

Postings whose source's terms forbid exports are in none of these, those that forbid feeds in no feed and no notice; both are
counted aloud. `--to TARGET` leaves out what the terms keep from another place. `rolecall sources terms` shows them. Every row
names its source (`source_name`, `source_url`, `attribution`); who passes postings on is asked to do as it says.

## Files of saved searches

| file | what it is |
|---|---|
| `data/feeds/ID.atom`, `data/feeds/ID.json` | the feeds of the search; their bytes change only when what they say changes |
| `data/exports/ID-NIGHT.SUFFIX` | its exports, as in `pytorch-eu-2026-01-05.csv`; those of the last {KEPT_NIGHTS} nights stay |

## Columns

They are stable: a column may be added, none is renamed. csv, jsonl, parquet and the sheet `jobs` have all of them in this
order.

| column | kind | unit | meaning |
|---|---|---|---|
{{columns}}"""


def reference() -> str:
    """The whole page, in Markdown."""
    formats = "".join(f"| `{one.name}` | `.{one.suffix}` | `{one.media_type}` | {one.title} |\n" for one in FORMATS.values())
    columns = "".join(f"| `{name}` | {kind(name)} | {unit(name)} | {meaning} |\n" for name, meaning in COLUMNS.items())
    return _TEXT.format(formats=formats, columns=columns)


if __name__ == "__main__":
    print(reference(), end="")
