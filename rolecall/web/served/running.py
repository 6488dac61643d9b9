"""Running the server: the shelf is opened first, so that what is wrong is said before a port is taken."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from pipeline.errors import UsageError
from rolecall.settings import Settings
from rolecall.web.desk import Desk
from rolecall.web.links import ServedLinks
from rolecall.web.served.app import create_app
from rolecall.web.shelf import Shelf

_KEEP_ALIVE_SECONDS = 15
_MOST_AT_ONCE = 200
"""Requests that are worked on; more are told to come back."""
_LARGEST_HEAD_BYTES = 16_384


def run(settings: Settings, host: str, port: int, hosts: tuple[str, ...], tell: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        settings: where the data are.
        host: address to listen on.
        port: 0 takes a free one.
        hosts: names that the site answers to.
        tell: told where the site stands once it can be asked.

    Raises:
        UsageError: the port is taken, or the address is not this machine's.
        DatabaseError: there is no database yet.
    """
    config = settings.config
    with Shelf(settings) as shelf:
        searches = {one.id: one for one in config.searches}
        app = create_app(Desk(settings, shelf, ServedLinks(), config.site.title, searches), hosts)
        with _listening(host, port) as listener:
            taken = listener.getsockname()[1]
            shown = f"[{host}]" if ":" in host else host
            tell(f"the site stands at http://{shown}:{taken}/ (Ctrl-C ends it)")
            uvicorn.Server(
                uvicorn.Config(
                    app,
                    log_level="warning",
                    server_header=False,
                    timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                    limit_concurrency=_MOST_AT_ONCE,
                    h11_max_incomplete_event_size=_LARGEST_HEAD_BYTES,
                    http="h11",
                    ws="none",
                )
            ).run([listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # whoever is told the address may ask at once, and waits until the server has started
    except OSError as error:
        listener.close()
        raise UsageError(f"port {port} of {host} cannot be used ({error.strerror}); choose another with --port") from None
    return listener
