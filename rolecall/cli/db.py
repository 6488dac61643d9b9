"""``rolecall db``: looking after what is stored."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pipeline.errors import UsageError
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.opening import is_stored, opened
from rolecall.cli.streams import out, out_json, say
from rolecall.exit_codes import DONE
from rolecall.render.figures import count, plural
from rolecall.settings import Settings

if TYPE_CHECKING:
    from storage.purge import Target


@click.group(cls=LazyGroup)
def db() -> None:
    """Look after what is stored.

    \b
      rolecall db compact
      rolecall db purge --company "Acme"
    """


@db.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def compact(settings: Settings, as_json: bool) -> None:
    """Merge the data set's many small files into few, without changing a row.

    Runs of one night become one file, and so do the nights of a month that is past.

    \b
      rolecall db compact
    """
    from storage.dataset.compaction import Compacted
    from storage.dataset.compaction import compact as merge
    from storage.dataset.manifest import read_manifests
    from storage.dataset.place import open_place
    from storage.lock import run_lock
    from storage.working import open_working

    place = open_place(settings.dataset)
    done = Compacted(None, 0, 0, 0, 0, 0)
    if read_manifests(place):  # the lock makes its folder: not where there is nothing
        now = datetime.now(UTC)
        with (
            open_working(settings.database_url, settings.data_dir, settings.dataset, now)
            if is_stored(settings)
            else run_lock(settings.data_dir, now)
        ):
            done = merge(place)
    if as_json:
        out_json(
            {
                "commit": done.commit, "merged": done.merged, "into": done.into, "rows": done.rows,
                "bytes_before": done.bytes_before, "bytes_after": done.bytes_after,
            }
        )  # fmt: skip
    elif done.commit is None:
        say(settings, f"nothing to merge in {place.address}")
    else:
        saved = f"{done.bytes_before / 1e6:,.1f} MB are {done.bytes_after / 1e6:,.1f} MB now"
        out(f"{done.merged} files merged into {done.into} ({done.rows:,} rows; {saved}); the next run removes the old ones")


@db.command(cls=Command)
@click.option("--company", metavar="NAME", help="Every posting of that employer.")
@click.option("--source", metavar="SOURCE", help="Every posting of that board or feed, as in greenhouse:acme.")
@click.option("--posting", metavar="ID", help="One posting, by its whole id.")
@click.option("--keep-out", is_flag=True, help="Do not store it again, whatever the sources say.")
@click.option("--yes", is_flag=True, help="Remove at once; without it the command only says what would go.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def purge(
    settings: Settings, company: str | None, source: str | None, posting: str | None, keep_out: bool, yes: bool, as_json: bool
) -> int:
    """Remove postings for good: from the database and its history, from every Parquet file, from the feeds.

    Without --yes it says what would go and removes nothing. A source that still lists them brings them back the next night, unless
    it leaves the configuration or --keep-out is given.

    \b
      rolecall db purge --company "Acme"
      rolecall db purge --source greenhouse:acme --yes
      rolecall db purge --posting 0f1e2d3c4b5a6978 --keep-out --yes
    """
    from storage.removals import PurgeKind

    words = {PurgeKind.COMPANY: company, PurgeKind.SOURCE: source, PurgeKind.POSTING: posting}
    given = [(kind, word) for kind, word in words.items() if word]
    if len(given) != 1:
        raise UsageError("name one thing to remove: --company NAME, --source SOURCE or --posting ID")
    kind, word = given[0]
    from storage.purge import find_target

    with opened(settings) as store:
        target = find_target(store, kind, word)
    if not yes:
        return _would_purge(settings, target, as_json)
    from storage.purge import purge as remove
    from storage.working import open_working

    now = datetime.now(UTC)
    with open_working(settings.database_url, settings.data_dir, settings.dataset, now) as working:
        report = remove(working.store, target, now, keep_out)
    if as_json:
        out_json(asdict(report))
        return DONE
    feeds = f", {plural(len(report.feeds), 'feed or export', 'feeds and exports')}" if report.feeds else ""
    out(
        f"{report.target}: {plural(report.postings, 'posting')} removed ({count(report.rows)} rows of the database, "
        f"{count(report.dataset_rows)} rows in {plural(report.dataset_files, 'file')} of the data set{feeds})"
    )
    back = (
        "it is not stored again"
        if keep_out
        else "a source that still lists it brings it back the next night; --keep-out prevents that"
    )
    say(settings, back)
    return DONE


def _would_purge(settings: Settings, target: Target, as_json: bool) -> int:
    if as_json:
        out_json({"target": f"{target.kind} {target.name}", "postings": len(target.posting_ids), "titles": list(target.titles)})
    else:
        some = "; ".join(target.titles)
        out(f"{target.kind} {target.name}: {plural(len(target.posting_ids), 'posting')} would be removed ({some}, …)")
        say(settings, "nothing is removed yet; the same command with --yes does it")
    return DONE
