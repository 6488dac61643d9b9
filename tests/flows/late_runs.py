"""Runs as a process: makes late runs of the nightly deployment and lets Prefect's engine run them, as after an outage.

usage: late_runs.py DATA NUMBER; prints as JSON what the server holds of the deployment, and each run's state, oldest first.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.flow_engine import run_flow
from prefect.states import Late

from flows.deployed import scheduled_night
from flows.deployment import put_up, take_down
from flows.installed import require_installed

put_up(require_installed(Path(sys.argv[1])))
with get_client(sync_client=True) as client:
    deployment = client.read_deployment_by_name("scheduled-night/nightly")
    pool = client.read_work_pool(deployment.work_pool_name or "")
    planned = [datetime.now(UTC) - timedelta(days=days) for days in range(int(sys.argv[2]), 0, -1)]
    late = [client.create_flow_run_from_deployment(deployment.id, state=Late(scheduled_time=at)) for at in planned]
    for one in late:
        run_flow(scheduled_night, flow_run=one, parameters=dict(one.parameters))
    ended = [client.read_flow_run(one.id) for one in late]
told = {
    "pool": [pool.name, pool.type],
    "safe_path": deployment.job_variables["env"]["PYTHONSAFEPATH"],
    "states": [one.state.name if one.state else None for one in ended],
    "was_taken_down": take_down(),
}
print(json.dumps(told))
