"""``rolecall serve``: the site on a server."""

from __future__ import annotations

import ipaddress

import click

from pipeline.errors import UsageError
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.streams import say
from rolecall.settings import Settings

_LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@click.command(cls=Command)
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="Address to listen on (default: 127.0.0.1, this machine only)."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8800, metavar="N", help="Port (default: 8800; 0 takes a free one).")
@pass_settings
def serve(settings: Settings, /, host: str, port: int) -> None:
    """Serve the site: search, filter and read the jobs in a browser. Only read; no account, no tracking.

    Pages follow the nights by themselves. Ctrl-C ends it.

    \b
      rolecall serve
      rolecall serve --host 0.0.0.0 --port 80
    """
    from rolecall.web.served.running import run

    if not _is_address(host):
        raise UsageError(f"--host: '{host}' must be an address of this machine, as in 127.0.0.1 or 0.0.0.0")
    hosts = _LOOPBACK_HOSTS if _is_loopback(host) else ("*",)
    run(settings, host, port, hosts, lambda text: say(settings, text))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
