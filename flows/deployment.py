"""The nightly deployment on a Prefect server: made, brought up to date, asked for a run, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from httpx import HTTPError
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import DeploymentApplyError, RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL
from prefect.types.entrypoint import EntrypointType

from flows.deployed import NIGHT_FLOW, scheduled_night
from flows.engine import LOGGING, EngineError
from flows.installed import Installed
from flows.worker import CRAWL_FLOW, crawl

NAME = "nightly"
TAGS = ("rolecall", "nightly")
CRAWL_TAGS = ("rolecall", "crawl")
_FULL_NAME = f"{NIGHT_FLOW}/{NAME}"
_JOB = {"env": {"PYTHONSAFEPATH": "1", **LOGGING}}
"""Of a worker's process: without it a folder of the worker's called ``storage/`` would shadow ours."""


def deployment_of(installed: Installed) -> RunnerDeployment:
    """The deployment that a schedule means; nothing is sent to a server yet."""
    return RunnerDeployment.from_flow(
        scheduled_night,
        name=NAME,
        schedule=Cron(installed.schedule.cron, timezone=installed.schedule.tz, slug=NAME),
        parameters=installed.parameters,
        description="Rolecall's night: crawl, label, store and report, once a local date.",
        tags=list(TAGS),
        work_pool_name=installed.pool,
        job_variables=_JOB if installed.pool else None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def put_up(installed: Installed) -> bool:
    """Make the deployment on the server that ``PREFECT_API_URL`` names, or bring it up to date.

    Returns:
        Whether a work pool was made for it.

    Raises:
        EngineError: the server does not do so.
    """
    with _server() as client:
        made = installed.pool is not None and _pool_made(client, installed.pool)
        there = _find(client)
        if there is not None and there.work_pool_name != installed.pool:
            client.delete_deployment(there.id)  # an update would leave it with its old pool
        deployment_of(installed).apply()
    return made


def take_down() -> bool:
    """Remove the deployment; whether there was one."""
    with _server() as client:
        there = _find(client)
        if there is not None:
            client.delete_deployment(there.id)
    return there is not None


def ask_for_night(*, if_due: bool) -> str | None:
    """Have the deployment run a night now; the name of the run, or None where there is no deployment."""
    with _server() as client:
        there = _find(client)
        if there is None:
            return None
        parameters = {**there.parameters, "if_due": if_due}
        return client.create_flow_run_from_deployment(there.id, parameters=parameters, tags=list(TAGS)).name


def put_up_crawl(client: SyncPrefectClient, pool: str) -> UUID:
    """Make the deployment that a pool's workers crawl by, and the pool where there is none; gives the deployment's id."""
    _pool_made(client, pool)
    crawling = RunnerDeployment.from_flow(
        crawl,
        name=pool,
        description="Shards of a night, taken from the ledger until none is left; the night itself asks for it.",
        tags=list(CRAWL_TAGS),
        work_pool_name=pool,
        job_variables=_JOB,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    crawling.apply()
    return client.read_deployment_by_name(f"{CRAWL_FLOW}/{pool}").id


@contextmanager
def _server() -> Iterator[SyncPrefectClient]:
    try:
        with get_client(sync_client=True) as client:
            yield client
    except (HTTPError, DeploymentApplyError) as error:
        first = str(error).partition("\n")[0] or type(error).__name__
        raise EngineError(
            f"Prefect's server at {PREFECT_API_URL.value()} refuses ({first}); is it up, and of this version?"
        ) from error


def _find(client: SyncPrefectClient) -> DeploymentResponse | None:
    try:
        return client.read_deployment_by_name(_FULL_NAME)
    except ObjectNotFound:
        return None


def _pool_made(client: SyncPrefectClient, name: str) -> bool:
    try:
        client.read_work_pool(name)
    except ObjectNotFound:
        client.create_work_pool(WorkPoolCreate(name=name, type="process"))
        return True
    return False
