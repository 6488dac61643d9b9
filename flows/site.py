"""The static site at the end of a night, built by a process of its own: flows knows nothing of pages."""

from __future__ import annotations

import subprocess
import sys

from flows.request import NightlyRequest
from pipeline.errors import RolecallError

TIMEOUT_SECONDS = 1_800.0
"""Hundreds of thousands of pages take minutes; a night must not wait for a build that hangs."""
_SHOWN = 200
_REMEDY = "`rolecall site build` builds it again"


class SiteError(RolecallError):
    """The site could not be built."""


def build_site(request: NightlyRequest, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
    """Build the site of the configuration that the night ran with.

    Raises:
        SiteError: it could not be built, in one sentence; the night is none the worse for it.
    """
    # -P: without it a folder of the user's that is called storage/ shadows ours
    command = [sys.executable, "-P", "-m", "rolecall", "-q", *_where(request), "site", "build"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module, and paths that the night was given
            command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=timeout_seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SiteError(f"the site was not built in {timeout_seconds:g} s; {_REMEDY}") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[-1][:_SHOWN]
        raise SiteError(f"the site was not built (ended with {done.returncode}: {said}); {_REMEDY}")


def _where(request: NightlyRequest) -> list[str]:
    """The global options that lead to the same data; ``--data`` would hide a database that is not in the folder."""
    words = [] if request.config_path is None else ["--config", str(request.config_path)]
    if request.database_url == f"sqlite:///{request.data_dir / 'rolecall.db'}":
        words += ["--data", str(request.data_dir)]
    return words
