"""Manners of the processes that a night starts: they end with whoever started them, and signals reach them once."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """Be told to stop when the process that started this one is gone, however it went; on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def leave_terminal() -> None:
    """Stand in a session of one's own: Ctrl-C in the starter's terminal then reaches the starter alone, which passes it on once."""
    if os.getpgid(0) != os.getpid():  # whoever leads a group has been set apart already
        os.setsid()


def stand_apart() -> bool:
    """In a process that Prefect started for one flow run alone, end with it and be reached by signals through it; else do nothing.

    Returns:
        Whether this is such a process.
    """
    is_alone = "PREFECT__FLOW_RUN_ID" in os.environ
    if is_alone:
        end_with_parent()
        leave_terminal()
    return is_alone
