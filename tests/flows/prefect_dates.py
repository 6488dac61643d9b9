"""Runs as a process: the instants that Prefect's own scheduler gives, a line of JSON for each line of JSON on standard input."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime

from prefect.server.schemas.schedules import CronSchedule

for line in sys.stdin:
    asked = json.loads(line)
    schedule = CronSchedule(cron=asked["cron"], timezone=asked["tz"])
    dates = asyncio.run(schedule.get_dates(asked["n"], datetime.fromisoformat(asked["start"])))
    print(json.dumps([datetime.fromtimestamp(one.timestamp(), UTC).isoformat() for one in dates]))
