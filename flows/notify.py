"""Telling people how a night went, by the ``[[notify]]`` blocks of the configuration."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence

import orjson

from flows.telling.order import Telling, telling_to_json
from pipeline.notices import Notice, asked_for
from pipeline.notify_config import NotifyConfig

TIMEOUT_SECONDS = 60.0
Order = tuple[Notice, NotifyConfig]
"""What is to be told, and whom."""
_END_SECONDS = 2.0
"""What the process has for its own end, and for its start, beyond the time-out."""


def send(
    notice: Notice, blocks: Iterable[NotifyConfig], environ: Mapping[str, str], timeout_seconds: float = TIMEOUT_SECONDS
) -> tuple[str, ...]:
    """Tell everyone whose block asks for such a notice. Never raises: a night must not fail because nobody could be told.

    The secrets go to a process of its own (``flows.telling``) and stay there.

    Args:
        notice: what is to be told.
        blocks: the configuration's.
        environ: holds the variables that the blocks name.
        timeout_seconds: after which those who could not be told are given up.

    Returns:
        A sentence for each target that was not told, without anything that is secret; empty where all were.
    """
    wanted = [(notice, block) for block in asked_for(notice, blocks)]
    return tuple(filter(None, deliver(wanted, environ, timeout_seconds)))


def deliver(
    orders: Sequence[Order], environ: Mapping[str, str], timeout_seconds: float = TIMEOUT_SECONDS
) -> tuple[str | None, ...]:
    """Tell each block its notice, all side by side. Never raises.

    Args:
        orders: what is to be told, and whom, whatever the block asks for.
        environ: holds the variables that the blocks name.
        timeout_seconds: after which those who could not be told are given up.

    Returns:
        In the order of the orders: None where it was told, else the sentence, without anything that is secret.
    """
    whys = [_lack(block, environ) for _, block in orders]
    ready = [place for place, lack in enumerate(whys) if lack is None]
    if ready:
        for place, why in zip(ready, _told([orders[place] for place in ready], environ, timeout_seconds), strict=True):
            whys[place] = why
    return tuple(why and _sentence(block, why) for (_, block), why in zip(orders, whys, strict=True))


def missing(block: NotifyConfig, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the variables that a block needs and the environment lacks."""
    return tuple(name for name in block.variables if not environ.get(name, "").strip())


def _lack(block: NotifyConfig, environ: Mapping[str, str]) -> str | None:
    names = missing(block, environ)
    if names:
        return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} not set in the environment"
    for name in block.variables:
        if any("\ud800" <= char <= "\udfff" for char in environ[name]):
            return f"{name} is not UTF-8"  # Python keeps such bytes as halves of characters, which nothing can send
    return None


def _told(orders: Sequence[Order], environ: Mapping[str, str], seconds: float) -> list[str | None]:
    tellings = [
        telling_to_json(Telling(block, notice, {name: environ[name].strip() for name in block.variables}, seconds))
        for notice, block in orders
    ]
    try:
        # -P: without it a folder of the user's that is called storage/ shadows ours
        done = subprocess.run(
            [sys.executable, "-P", "-m", "flows.telling"],
            input=orjson.dumps(tellings),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds + _END_SECONDS,
            start_new_session=True,
            check=False,
        )
        answers, lost = done.stdout, f"the telling process ended with {done.returncode}"
    except subprocess.TimeoutExpired as error:
        answers, lost = error.stdout or b"", f"it took more than {seconds:g} seconds"
    except OSError as error:
        answers, lost = b"", f"no process could be started ({error.strerror})"
    return _whys(answers, len(orders), lost)


def _whys(answers: bytes, count: int, lost: str) -> list[str | None]:
    """By target: None where it was told, else why not; ``lost`` for those of whom nothing was heard."""
    whys: list[str | None] = [lost] * count
    for line in answers.split(b"\n")[:-1]:  # the last is empty, or was cut in the middle
        answer = orjson.loads(line)
        whys[answer["place"]] = answer["why"]
    return whys


def _sentence(block: NotifyConfig, why: str) -> str:
    at = f" (line {block.line} of the configuration)" if block.line else ""
    return f"{block.name}{at} was not told: {why}"
