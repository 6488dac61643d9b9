"""A shard ends with the process that started it: nobody reads what an orphan crawls, and its host may be crawled again by then."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from time import sleep

_LOOK_EVERY_SECONDS = 0.5


def watch_parent(parent: int, on_orphaned: Callable[[], None]) -> None:
    """Call ``on_orphaned`` from a thread once the process that started this one is gone, killed or ended, within a second.

    Args:
        parent: its process id; where it was gone before we looked, our parent is another already.
        on_orphaned: ends this process.

    A look at the parent's id serves every POSIX system; Linux's parent-death signal would follow the thread that started us, and
    shards are started from threads that end before the process does.
    """

    def watch() -> None:
        while os.getppid() == parent:
            sleep(_LOOK_EVERY_SECONDS)
        on_orphaned()

    threading.Thread(target=watch, name="parent watch", daemon=True).start()
