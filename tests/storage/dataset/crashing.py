"""A place whose process dies at a given step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from storage.dataset.place import Entry, Place


class DiedError(Exception):
    """Stands for ``kill -9``: nothing that the writer does afterwards reaches the place."""


class Mortal:
    """A place that takes ``steps`` changes and then dies, in the middle of a write or before a removal."""

    def __init__(self, place: Place, steps: int) -> None:
        self.place = place
        self.steps = steps

    @property
    def address(self) -> str:
        return self.place.address

    def within(self, path: str) -> str:
        return self.place.within(path)

    def arrow(self) -> tuple[Any, str]:
        return self.place.arrow()

    @contextmanager
    def writing(self, path: str) -> Iterator[Any]:
        self._step()
        with self.place.writing(path) as file:
            yield file
            self._step()

    def write(self, path: str, content: bytes) -> None:
        with self.writing(path) as file:
            file.write(content)

    def read(self, path: str) -> bytes:
        return self.place.read(path)

    def list(self, folder: str) -> list[Entry]:
        return self.place.list(folder)

    def delete(self, path: str) -> None:
        self._step()
        self.place.delete(path)

    def size(self, path: str) -> int:
        return self.place.size(path)

    def _step(self) -> None:
        if self.steps == 0:
            raise DiedError
        self.steps -= 1


def deaths(place: Callable[[], Place], work: Callable[[Place], object]) -> Iterator[tuple[Place, bool]]:
    """Do some work on a fresh place each time, dying one step later each time; yields the place and whether the work was ended."""
    for steps in count():
        fresh = place()
        try:
            work(Mortal(fresh, steps))
        except DiedError:
            yield fresh, False
        else:
            yield fresh, True
            return
