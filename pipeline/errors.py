"""Errors that are meant for a person: one sentence that names the thing and the remedy, and an exit code.

RolecallError (2)
├── UsageError (2)          a word of the command or the configuration is wrong
│   └── ConfigError (2)     ... in rolecall.toml, with the line
├── PartialFailure (3)      some source failed, the rest is stored
├── NothingRead (4)         no source could be read, so nothing was stored
└── RunLocked (5)           another run holds the lock
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar

_PART = re.compile(r"[^\W_]{3,}")
"""A word within a name, as in ``first`` within ``remote-first``."""


class RolecallError(Exception):
    """Base of every error whose message is shown to a person without a traceback."""

    exit_code: ClassVar[int] = 2


class UsageError(RolecallError):
    """A word of the command is wrong."""


class ConfigError(UsageError):
    """The configuration is wrong; the message begins with file and line."""


class PartialFailure(RolecallError):
    """Some source or line failed; the rest is stored or written."""

    exit_code: ClassVar[int] = 3


class NothingRead(RolecallError):
    """No source could be read; what was stored stays as it was."""

    exit_code: ClassVar[int] = 4


class RunLocked(RolecallError):
    """Another run holds the lock."""

    exit_code: ClassVar[int] = 5


def did_you_mean(word: str, choices: Iterable[str], least_alike: float = 0.6) -> str:
    """``; did you mean 'lever'?`` where a choice is near the word or is the only one that has it as a part, else an empty string.

    Args:
        word: as it was written.
        choices: what is known.
        least_alike: how much of the two has to be alike, from 0 to 1.
    """
    by_lower = {choice.lower(): choice for choice in choices}
    near = get_close_matches(word.lower(), by_lower, n=1, cutoff=least_alike)
    if not near:
        holding = [known for known in by_lower if word.lower() in _PART.findall(known)]
        near = holding if len(holding) == 1 else []
    return f"; did you mean '{by_lower[near[0]]}'?" if near else ""
