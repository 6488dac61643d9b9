"""Opening what is stored, for reading: never creates a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from rolecall.settings import Settings

if TYPE_CHECKING:
    from storage.store import Store


def is_stored(settings: Settings) -> bool:
    """Whether there is a database; one on a server is taken to be there."""
    file = settings.database_file
    return file is None or file.is_file()


@contextmanager
def opened(settings: Settings, as_of: date | None = None) -> Iterator[Store]:
    """The store, for reading: as it is, or as it was after a night.

    Raises:
        DatabaseError: there is none yet, or one that this version cannot read.
        UsageError: nothing was stored by that night.
        DatasetError: the data set is in a bucket, and the environment holds no credentials.
    """
    from storage.store import Store

    with Store.open_reading(settings.database_url, settings.data_dir, settings.dataset, as_of) as store:
        yield store


@contextmanager
def stored(settings: Settings, as_of: date | None = None) -> Iterator[Store | None]:
    """The store for reading, or None where there is none yet."""
    if is_stored(settings):
        with opened(settings, as_of) as store:
            yield store
    else:
        yield None
