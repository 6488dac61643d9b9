"""``--open``: a posting's public address in the browser."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pipeline.errors import UsageError
from rolecall.cli.streams import say
from rolecall.render.figures import count
from rolecall.settings import Settings

MOST = 10
"""Pages that one command opens."""
_OPENED = ("http://", "https://")

OPEN = click.option("--open", "is_opened", is_flag=True, help=f"Open the postings in the browser too; {MOST} at most.")
OPEN_ONE = click.option("--open", "is_opened", is_flag=True, help="Open the posting in the browser too.")


def require_few(number: int) -> None:
    """Refuse to open many pages.

    Raises:
        UsageError: there are more than ``MOST``.
    """
    if number > MOST:
        raise UsageError(f"--open opens at most {MOST} pages, and {count(number)} match; give --limit {MOST} or narrow the list")


def open_pages(settings: Settings, addresses: Sequence[str]) -> None:
    """Open addresses in the browser and say which; without a browser they are said alone. Nothing but http and https is opened."""
    for address in addresses:
        if not address.lower().startswith(_OPENED):
            say(settings, f"not opened, since it is no address of a page: {address}")
        elif _has_browser():
            say(settings, f"opening {address}")
            click.launch(address)
        else:
            click.echo(f"no browser was found here; the address is {address}", err=True)


def _has_browser() -> bool:
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
