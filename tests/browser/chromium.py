"""A real browser, where this machine has one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ABSENT = "no chromium is installed: apt-get install chromium, or name one in ROLECALL_CHROMIUM"


def executable() -> str | None:
    """Path of a chromium; None where there is none."""
    named = os.environ.get("ROLECALL_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """One browser, without a window; root has no sandbox to run it in."""
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=[*options, "--disable-dev-shm-usage"])
        yield started
        started.close()
