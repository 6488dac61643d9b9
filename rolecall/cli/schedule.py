"""``rolecall schedule``: every night at the same time."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pipeline.errors import UsageError
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.streams import out, out_json, say
from rolecall.exit_codes import DONE
from rolecall.settings import DEFAULT_CONFIG, Settings

if TYPE_CHECKING:
    from flows.installed import Installed
    from flows.served import Served


@click.group(cls=LazyGroup)
def schedule() -> None:
    """Every night at the same local time: once a date, and a missed night once.

    \b
      rolecall schedule install --at 02:00 --tz Europe/Berlin
      rolecall schedule serve
      rolecall schedule show
    """


@schedule.command(cls=Command)
@click.option("--at", required=True, metavar="HH:MM", help="Local time of the nights, as in 02:00.")
@click.option("--tz", metavar="ZONE", help="Time zone, as in Europe/Berlin (default: this machine's).")
@click.option("--pool", metavar="NAME", help="Let the workers of this Prefect work pool run the nights, instead of `serve`.")
@pass_settings
def install(settings: Settings, at: str, tz: str | None, pool: str | None) -> None:
    """Keep a schedule for the configured sources, or change it.

    It is kept in the data folder, and as the deployment `nightly` on the Prefect server that PREFECT_API_URL names or that
    `rolecall schedule serve` has brought up. Something has to run it: the last line says what.

    \b
      rolecall schedule install --at 02:00 --tz Europe/Berlin
      rolecall schedule install --at 02:00 --pool rolecall
    """
    from flows.installed import Installed, read_installed, write_installed
    from pipeline.schedule import parse_schedule
    from rolecall.machine_zone import machine_zone

    wanted = parse_schedule(at, tz or machine_zone())
    _require_sources(settings)
    before = read_installed(settings.data_dir)
    since = before.since if before and before.schedule == wanted else datetime.now(UTC).replace(microsecond=0)
    config = (settings.config_path or DEFAULT_CONFIG).absolute()
    data = settings.data_option.absolute() if settings.data_option else None
    installed = Installed(wanted, config, data, since, pool)
    url = _server(settings)
    if pool and url is None:
        raise UsageError("a work pool belongs to a Prefect server; set PREFECT_API_URL to one that answers")
    path = write_installed(settings.data_dir, installed)
    say(settings, f"every night at {wanted}: {path}")
    if url is not None:
        from flows.deployment import put_up

        made = put_up(installed)
        say(settings, f"deployment 'nightly' is on {url}" + (f", in the new work pool '{pool}'" if made else ""))
    say(settings, _what_runs_it(settings, installed))


@schedule.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--systemd", is_flag=True, help="Print complete unit files: one that serves, and a timer that needs no server.")
@click.option("--cron", is_flag=True, help="Print complete lines for crontab, which need no server.")
@pass_settings
def show(settings: Settings, as_json: bool, systemd: bool, cron: bool) -> None:
    """Show the schedule: the next and the last night, whether tonight is due, and who runs it.

    \b
      rolecall schedule show
      rolecall schedule show --systemd
      rolecall schedule show --cron
    """
    from flows.installed import require_installed

    installed = require_installed(settings.data_dir)
    if as_json + systemd + cron > 1:
        raise UsageError("--json, --systemd and --cron are three different answers; give one of them")
    if systemd or cron:
        from rolecall.units import cron_text, systemd_text

        out(systemd_text(installed) if systemd else cron_text(installed))
        return
    from rolecall.scheduled import look

    found = look(installed, settings.data_dir, datetime.now(UTC))
    if as_json:
        out_json(found.to_json())
    else:
        out(found.to_text())


@schedule.command(cls=Command)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=0,
    help="Of Prefect's page, on 127.0.0.1 (default: a free one).",
)
@pass_settings
def serve(settings: Settings, port: int) -> None:
    """Run the nights of the schedule until Ctrl-C or SIGTERM.

    Brings up a Prefect server with its page, on this machine only, or uses the one that PREFECT_API_URL names. A night that was
    missed is run once at the start; a night at work when it ends keeps what it has.

    \b
      rolecall schedule serve
      rolecall schedule serve --port 4200
    """
    from flows.serving import serve as serve_schedule

    serve_schedule(settings.data_dir, port, lambda text: say(settings, text))


@schedule.command("run-now", cls=Command)
@click.option("--if-due", is_flag=True, help="Only if tonight's has not been run; for cron and timers.")
@pass_settings
def run_now(settings: Settings, if_due: bool) -> int:
    """Run a night now: here, or by the `serve` or the work pool that runs this schedule.

    \b
      rolecall schedule run-now
      rolecall schedule run-now --if-due
    """
    from flows.due import due_night
    from flows.installed import require_installed

    installed = require_installed(settings.data_dir)
    now = datetime.now(UTC)
    if if_due and due_night(installed.where, installed.schedule, now, installed.since) is None:
        if settings.verbosity:
            say(
                settings,
                f"nothing is due: the night of {_night(installed, now)} has been run or is at work, or was before the schedule",
            )
        return DONE
    served = _served(settings)
    if served is not None or installed.pool is not None:
        return _ask(settings, installed, served, if_due)
    return _run_here(settings, installed, now)


@schedule.command(cls=Command)
@pass_settings
def remove(settings: Settings) -> None:
    """Forget the schedule, and take its deployment off the Prefect server.

    \b
      rolecall schedule remove
    """
    from flows.installed import read_installed, remove_installed

    if read_installed(settings.data_dir) is None:
        say(settings, f"no schedule in {settings.data_dir}; nothing to remove")
        return
    url = _server(settings)
    if url is not None:
        from flows.deployment import take_down

        if take_down():
            say(settings, f"deployment 'nightly' is off {url}")
    remove_installed(settings.data_dir)
    say(settings, f"the schedule of {settings.data_dir} is removed; what was stored stays")


def _require_sources(settings: Settings) -> None:
    """A schedule of nights that would all be refused is none."""
    from flows.plan import require_contact

    if not settings.config.sources:
        name = settings.config_path or DEFAULT_CONFIG
        raise UsageError(f"{name} names no sources to crawl; copy rolecall.toml.example to rolecall.toml and set its contact")
    require_contact(settings.config.sources, settings.config)


def _served(settings: Settings) -> Served | None:
    from flows.served import who_serves

    return who_serves(settings.data_dir)


def _server(settings: Settings) -> str | None:
    """The Prefect server within reach, made the one that Prefect's client asks; None where there is none."""
    from flows.engine import is_healthy, prepare

    served = _served(settings)
    url = os.environ.get("PREFECT_API_URL") or (served.api_url if served else None)
    if url is None:
        return None
    if not is_healthy(url):
        say(settings, f"the Prefect server at {url} does not answer")
        return None
    prepare(settings.data_dir)
    os.environ["PREFECT_API_URL"] = url
    return url


def _what_runs_it(settings: Settings, installed: Installed) -> str:
    if installed.pool:
        return f"the nights are run by workers: prefect worker start --pool {installed.pool} --type process"
    served = _served(settings)
    if served:
        return f"process {served.pid} serves it; Prefect's page is at {served.page_url}"
    words = f"rolecall {settings.global_words}".rstrip()
    return (
        f"nothing runs it yet: `{words} schedule serve` does, as long as it runs itself; "
        f"`{words} schedule show --systemd` and `--cron` print what starts it with the machine"
    )


def _ask(settings: Settings, installed: Installed, served: Served | None, if_due: bool) -> int:
    url = _server(settings)
    if url is None:
        raise UsageError(
            f"no Prefect server is within reach to ask the pool '{installed.pool}'; set PREFECT_API_URL to one that answers"
        )
    from flows.deployment import ask_for_night

    name = ask_for_night(if_due=if_due)
    if name is None:
        raise UsageError(f"{url} has no deployment 'nightly'; run `rolecall schedule install` again")
    who = f"process {served.pid}, which serves the schedule," if served else f"the workers of the pool '{installed.pool}'"
    say(settings, f"asked {who} to run a night: '{name}' on {url.removesuffix('/api')}")
    return DONE


def _run_here(settings: Settings, installed: Installed, now: datetime) -> int:
    from flows.request import NightlyRequest
    from rolecall.cli.nightly import run_and_tell

    where = Settings(installed.config, installed.data, settings.verbosity, settings.is_quiet)
    request = NightlyRequest(
        config=where.config, database_url=where.database_url, data_dir=where.data_dir, now=now, dataset=where.dataset,
        config_path=where.config_path,
    )  # fmt: skip
    return run_and_tell(where, request, "nightly", as_json=False)


def _night(installed: Installed, now: datetime) -> str:
    from pipeline.schedule import latest_due

    return str(installed.schedule.local_date(latest_due(installed.schedule, now)))
