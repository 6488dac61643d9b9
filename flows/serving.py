"""The one long-running process of a schedule: a Prefect server with its page, Prefect's runner, and a watch over missed nights.

Prefect starts each night when it is due. What Prefect cannot know is asked of our own record, three times a minute: a night that
was missed because nothing served, or that was killed, is begun once more.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from httpx import HTTPError

from flows.due import due_night
from flows.engine import EngineError, own_server, prepare
from flows.installed import Installed, read_installed, require_installed
from flows.served import serving
from flows.stopping import stop_on_signals
from pipeline.errors import RolecallError, UsageError
from pipeline.schedule import next_due
from storage.queries.nights import is_at_work

if TYPE_CHECKING:
    from prefect.runner import Runner
    from prefect.runner._process_manager import ProcessHandle

Say = Callable[[str], None]
_WATCH_SECONDS = 20.0
_PREFECT_FIRST = timedelta(minutes=5)
"""So long a night that has come due is left to Prefect's own schedule; its process takes up to minutes on a loaded machine."""
_ASK_AGAIN_SECONDS = 15 * 60
_POLL_SECONDS = 0.2


def serve(data_dir: Path, port: int, say: Say) -> None:
    """Serve the schedule of a data folder until SIGTERM, Ctrl-C or its removal.

    Args:
        data_dir: whose schedule.
        port: of a Prefect server of ours, 0 for a free one; unused where ``PREFECT_API_URL`` names a server.
        say: told in sentences what happens.

    Raises:
        UsageError: no schedule, or one whose nights a work pool runs.
        RunLocked: another process serves it.
        EngineError: Prefect's server or runner does not start, or has stopped by itself.
    """
    installed = require_installed(data_dir)
    if installed.pool is not None:
        raise UsageError(
            f"the nights of {data_dir} are run by the workers of the pool '{installed.pool}'; "
            f"start one with `prefect worker start --pool {installed.pool} --type process`"
        )
    stop = threading.Event()
    with serving(data_dir, datetime.now(UTC)) as at, stop_on_signals(stop):
        say("starting Prefect")
        with _prefect(data_dir, port) as api_url, _running(installed) as nights:
            served = at(api_url)
            say(f"serving {installed.schedule}; Prefect's page is at {served.page_url}; Ctrl-C ends it")
            watch = _Watch(data_dir, say)
            while watch.goes_on(nights) and not stop.wait(_WATCH_SECONDS):
                nights.require_alive()
            if nights.stop_night():
                say("stopping; the night keeps what it has")
            nights.wait_for_night()
    say("stopped")


@contextmanager
def _prefect(data_dir: Path, port: int) -> Iterator[str]:
    """The server that ``PREFECT_API_URL`` names, or one of ours; nothing of Prefect's is imported before its address is known."""
    prepare(data_dir)
    os.environ["PYTHONSAFEPATH"] = "1"  # for the nights' processes: a folder called storage/ where we stand must not shadow ours
    given = os.environ.get("PREFECT_API_URL")
    if given:
        yield given
        return
    with own_server(data_dir, port=port, stays=True) as url:
        os.environ["PREFECT_API_URL"] = url
        try:
            yield url
        finally:
            del os.environ["PREFECT_API_URL"]


@dataclass
class _Watch:
    """Looks after nights that Prefect's schedule does not begin."""

    data_dir: Path
    say: Say
    asked_at: float | None = None
    told: set[str] = field(default_factory=set)

    def goes_on(self, nights: _Nights) -> bool:
        """One look; False where the schedule is gone."""
        try:
            installed = read_installed(self.data_dir)
            if installed is None or installed.pool is not None:
                self.say("the schedule has been removed")
                return False
            nights.follow(installed)
            self._look(installed)
        except RolecallError as error:  # a database, a server or a configuration that is away for a while
            self._say_once(f"cannot see to missed nights: {error}")
        return True

    def _look(self, installed: Installed) -> None:
        now = datetime.now(UTC)
        found = due_night(installed.where, installed.schedule, now, installed.since)
        if found is None:
            if not is_at_work(self.data_dir):
                following = next_due(installed.schedule, now).astimezone(installed.schedule.zone)
                self._say_once(f"next night: {following:%Y-%m-%d %H:%M %Z}")
        elif now - found >= _PREFECT_FIRST and self._may_ask():
            from flows.deployment import ask_for_night

            self.asked_at = time.monotonic()
            self.say(f"the night of {installed.schedule.local_date(found)} has not been run to its end; beginning it now")
            ask_for_night(if_due=True)

    def _may_ask(self) -> bool:
        return self.asked_at is None or time.monotonic() - self.asked_at >= _ASK_AGAIN_SECONDS

    def _say_once(self, text: str) -> None:
        if text not in self.told:
            self.told = {text}
            self.say(text)


@contextmanager
def _running(installed: Installed) -> Iterator[_Nights]:
    nights = _Nights(installed)
    nights.start()
    try:
        yield nights
    finally:
        nights.end()


class _Nights:
    """Prefect's runner, one night at a time, in a thread with a loop of its own: the main thread has the signals."""

    def __init__(self, installed: Installed) -> None:
        self._installed = installed
        self._thread = threading.Thread(target=self._run, name="nights")
        self._is_ready = threading.Event()
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runner: Runner | None = None

    def start(self) -> None:
        self._thread.start()
        while not self._is_ready.wait(_POLL_SECONDS):
            self.require_alive()

    def require_alive(self) -> None:
        """Raise EngineError where the runner has stopped by itself."""
        if not self._thread.is_alive():
            raise EngineError(f"Prefect's runner has stopped ({self._error}); start `rolecall schedule serve` again")

    def follow(self, installed: Installed) -> None:
        """Serve the schedule as it is now; EngineError where the server cannot be told so."""
        if installed != self._installed and self._loop is not None:
            try:
                asyncio.run_coroutine_threadsafe(self._put_up(installed), self._loop).result()
            except (HTTPError, RuntimeError) as error:
                raise EngineError(f"the schedule could not be changed on Prefect's server ({error})") from error
            self._installed = installed

    def stop_night(self) -> bool:
        """Tell a night at work to end in order; whether there was one."""
        at_work = self._processes()
        for process in at_work:
            process.graceful_kill()
        return bool(at_work)

    def wait_for_night(self) -> None:
        """Wait for its last word: Prefect itself would kill it after half a minute."""
        while any(process.is_alive() for process in self._processes()):
            time.sleep(_POLL_SECONDS)

    def end(self) -> None:
        while self._thread.is_alive() and not (self._runner and self._runner.started):
            time.sleep(_POLL_SECONDS)  # it cannot be stopped before it has started
        if self._thread.is_alive() and self._loop is not None and self._runner is not None:
            asyncio.run_coroutine_threadsafe(self._runner.astop(), self._loop).result()
        self._thread.join()

    def _processes(self) -> list[ProcessHandle]:
        manager = self._runner._process_manager if self._runner else None  # Prefect has no public way to its processes
        return [handle for one in manager.flow_run_ids() if (handle := manager.get(one))] if manager else []

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001  told by require_alive in the main thread
            self._error = error

    async def _serve(self) -> None:
        from prefect.runner import Runner

        self._loop = asyncio.get_running_loop()
        self._runner = Runner(name="rolecall", limit=1, pause_on_shutdown=False)
        await self._put_up(self._installed)
        self._is_ready.set()
        await self._runner.start()

    async def _put_up(self, installed: Installed) -> None:
        from flows.deployment import deployment_of

        assert self._runner is not None
        await self._runner.aadd_deployment(deployment_of(installed))
