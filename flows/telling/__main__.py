"""The telling process: orders come in as a JSON array, a line of JSON goes out for each target as soon as it was told or not."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable

import orjson

from flows.telling.order import NotTold, Telling, telling_from_json
from pipeline.vocabulary import NoticeTarget

_TRIES = 3
_FIRST_PAUSE_SECONDS, _MOST_PAUSE_SECONDS = 0.5, 10.0


def main() -> None:
    """Tell all targets side by side."""
    logging.disable(logging.CRITICAL)  # the libraries log addresses, and errors with their texts
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whatever else is printed
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    tellings = [telling_from_json(value) for value in orjson.loads(sys.stdin.buffer.read())]
    lock = threading.Lock()

    def one(place: int, telling: Telling) -> None:
        why = told(telling)
        with lock:
            answers.write(orjson.dumps({"place": place, "why": why}) + b"\n")

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(tellings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def told(telling: Telling) -> str | None:
    """Tell one target, again after a pause where that may help; the sentence where it could not be told."""
    tell, ends = _way(telling.block.to), time.monotonic() + telling.deadline_seconds
    pause = _FIRST_PAUSE_SECONDS
    for left in reversed(range(_TRIES)):
        try:
            tell(telling)
        except NotTold as error:
            wait = min(max(pause, error.wait_seconds or 0), _MOST_PAUSE_SECONDS)
            if not error.is_temporary or not left or time.monotonic() + wait >= ends:
                return str(error)
            time.sleep(wait)
            pause *= 4
        except Exception as error:  # noqa: BLE001  a library's own; its text may hold the address, its kind does not
            return f"an error that nobody foresaw ({type(error).__name__})"
        else:
            return None
    raise AssertionError("the last try has returned")


def _way(to: NoticeTarget) -> Callable[[Telling], None]:
    if to is NoticeTarget.WEBHOOK:
        from flows.telling.webhook import tell
    elif to is NoticeTarget.EMAIL:
        from flows.telling.mail import tell
    else:
        from flows.telling.anywhere import tell
    return tell


if __name__ == "__main__":
    main()
