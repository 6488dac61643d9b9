"""The data folder that the site is served from: the generated world as ``rolecall.db``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serve.world import varied
from benchmarks.storage.filling import filled
from storage.store import Store


@contextmanager
def served(folder: Path, postings: int) -> Iterator[Store]:
    """A store of so many postings, for reading; ``data_dir`` is the folder to serve. One that stands there is used again."""
    worlds = folder / "varied"
    worlds.mkdir(parents=True, exist_ok=True)
    with filled(worlds, postings, varied):
        pass
    data = worlds / str(postings)
    data.mkdir(exist_ok=True)
    database = data / "rolecall.db"
    if not database.exists():
        database.symlink_to(worlds / f"{postings}.db")
    with Store.open_reading(f"sqlite:///{database}", data) as store:
        yield store
