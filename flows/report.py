"""The page of a night beside its summary, written by a process of its own: flows knows nothing of pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline.errors import RolecallError

TIMEOUT_SECONDS = 120.0
"""A page of ten thousand sources takes some seconds; a night must not wait for one that hangs."""
_SHOWN = 200


class ReportError(RolecallError):
    """The page could not be written."""


def report_path(data_dir: Path, run_id: str) -> Path:
    """Where the page of a run stands."""
    return data_dir / "runs" / run_id / "report.html"


def write_report(data_dir: Path, run_id: str, *, nights: int = 14, timeout_seconds: float = TIMEOUT_SECONDS) -> Path:
    """Write a run's page; its summary must be saved before.

    Args:
        data_dir: folder of the runs.
        run_id: the run.
        nights: how many nights the charts look back.
        timeout_seconds: how long it may take.

    Raises:
        ReportError: it could not be written, in one sentence; the night is none the worse for it.
    """
    path = report_path(data_dir, run_id)
    # -P: without it a folder of the user's that is called storage/ shadows ours
    words = ["--data", str(data_dir), "runs", "show", run_id, "--nights", str(nights), "--html", str(path)]
    remedy = f"`rolecall runs show {run_id} --html FILE` writes it again"
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module, a path and a run of ours
            [sys.executable, "-P", "-m", "rolecall", *words],
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=timeout_seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ReportError(f"the page of run {run_id} was not written in {timeout_seconds:g} s; {remedy}") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[-1][:_SHOWN]
        raise ReportError(f"the page of run {run_id} was not written (ended with {done.returncode}: {said}); {remedy}")
    return path
