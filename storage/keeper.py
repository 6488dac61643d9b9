"""A thread that renews what a worker holds, and says when it was lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from time import monotonic

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.clock import database_now
from storage.leases import RENEWALS_A_LEASE

Renewal = Callable[[Connection, datetime], bool]
"""Renews in a transaction at the database's clock; False where another has taken over."""


@contextmanager
def kept(engine: Engine, renewal: Renewal, seconds: float, on_lost: Callable[[], None]) -> Iterator[None]:
    """Renew until the block ends.

    A database that cannot be reached is tried again until the lease must have ended; then it counts as lost, since another may
    have taken over.

    Args:
        engine: the database.
        renewal: what to do each time.
        seconds: how long the lease lasts.
        on_lost: called once, from the thread.
    """
    ended = threading.Event()

    def run() -> None:
        renewed = monotonic()
        while not ended.wait(seconds / RENEWALS_A_LEASE):
            with suppress(SQLAlchemyError):
                began = monotonic()
                with engine.begin() as connection:
                    is_held = renewal(connection, database_now(connection))
                if not is_held:
                    on_lost()
                    return
                renewed = began
            if monotonic() - renewed >= seconds:
                on_lost()
                return

    thread = threading.Thread(target=run, name="keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
