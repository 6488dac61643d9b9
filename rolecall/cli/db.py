"""``rolecall db``: looking after what is stored."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.streams import out, out_json, say
from rolecall.settings import Settings


@click.group(cls=LazyGroup)
def db() -> None:
    """Look after what is stored.

    \b
      rolecall db compact
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

    place = open_place(settings.dataset)
    done = Compacted(None, 0, 0, 0, 0, 0)
    if read_manifests(place):  # the lock makes its folder: not where there is nothing
        with run_lock(settings.data_dir, datetime.now(UTC)):
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
