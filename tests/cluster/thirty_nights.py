"""Runs as a process: nights of the practice world in a row on one Prefect server, the clock moved by hand.

usage: thirty_nights.py FOLDER NIGHTS [SCENARIO]; prints a line of JSON a night, and at last what the truth says and what is stored.

After the last night the world stands still while the clock moves on: two more nights, by which a full listing knows what is gone,
and one after the time that a window's postings may be missing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flows.engine import prepare

FOLDER, NIGHTS = Path(sys.argv[1]), int(sys.argv[2])
prepare(FOLDER)

from flows.engine import engine  # noqa: E402  Prefect reads its settings when it is imported
from flows.nightly import NightlyRequest, run_nightly  # noqa: E402
from pipeline.config import Config  # noqa: E402
from pipeline.filters import Filters  # noqa: E402
from spiders.practice.calendar import night_now  # noqa: E402
from spiders.practice.scenario import load_scenario  # noqa: E402
from spiders.practice.server import PracticeServer, serve  # noqa: E402
from storage.queries.jobs import rows  # noqa: E402
from storage.store import Store  # noqa: E402

DATABASE = f"sqlite:///{FOLDER / 'rolecall.db'}"
LONGEST_ABSENCE_DAYS = 62
"""No window's ``closes_after_days`` is longer."""


def run(server: PracticeServer, now: datetime) -> None:
    """One night; its counts go to standard output."""
    request = NightlyRequest(config=Config(sources=server.sources()), database_url=DATABASE, data_dir=FOLDER, now=now)
    summary = run_nightly(request, lambda step: None)
    counts = {"exit_code": summary.exit_code, "new": summary.new, "changed": summary.changed, "closed": summary.closed}
    print(json.dumps({"run": summary.run_id, **counts, "seconds": round(summary.seconds, 1)}), flush=True)


def stored() -> Iterator[list[str]]:
    with Store.open_reading(DATABASE, FOLDER) as store:
        for row in rows(store, Filters(state="all"), each_posting=True):
            yield [row["platform"], row["board"], row["external_id"], row["state"]]


def main() -> None:
    scenario = load_scenario(sys.argv[3] if len(sys.argv) > 3 else "default")
    ever: set[tuple[str, str, str]] = set()
    with serve(scenario, 1) as server, engine(FOLDER):
        for night in range(1, NIGHTS + 1):
            server.set_night(night)
            run(server, night_now(night))
            ever |= {(row["platform"], row["board"], row["external_id"]) for row in server.truth() if row["state"] == "open"}
        for later in (NIGHTS + 1, NIGHTS + 2, NIGHTS + 2 + LONGEST_ABSENCE_DAYS):
            run(server, night_now(later))
        true = [[row["platform"], row["board"], row["external_id"], row["state"]] for row in server.truth()]
    seen = [row for row in true if tuple(row[:3]) in ever]
    print(json.dumps({"truth": sorted(seen), "stored": sorted(stored())}))


main()
