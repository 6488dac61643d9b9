"""A data set on disk: written aside, synced, renamed, and the folder synced."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.dataset.place import DatasetError, Entry

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

ASIDE = ".part"
"""End of the name of a file that is being written; readers never look at one."""


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A folder."""

    root: Path

    @property
    def address(self) -> str:
        return str(self.root)

    def within(self, path: str) -> str:
        return str(self.root / path)

    def arrow(self) -> tuple[FileSystem, str]:
        from pyarrow.fs import LocalFileSystem

        return LocalFileSystem(), str(self.root.absolute())

    @contextmanager
    def writing(self, path: str) -> Iterator[Any]:
        target = self.root / path
        _make_folder(target.parent)
        aside = target.with_name(f".{target.name}{ASIDE}")
        try:
            with aside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        aside.replace(target)
        _sync_folder(target.parent)

    def write(self, path: str, content: bytes) -> None:
        with self.writing(path) as file:
            file.write(content)

    def read(self, path: str) -> bytes:
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            raise DatasetError(_missing(self.within(path))) from None

    def list(self, folder: str) -> list[Entry]:
        found = (path for path in (self.root / folder).rglob("*") if path.is_file())
        return sorted(
            (Entry(path.relative_to(self.root).as_posix(), path.stat().st_size) for path in found), key=lambda entry: entry.path
        )

    def delete(self, path: str) -> None:
        target = self.root / path
        target.unlink(missing_ok=True)
        for folder in target.relative_to(self.root).parents[:-2]:  # partitions that are empty now; the top folders stay
            try:
                (self.root / folder).rmdir()
            except OSError:
                break

    def size(self, path: str) -> int:
        try:
            return (self.root / path).stat().st_size
        except FileNotFoundError:
            raise DatasetError(_missing(self.within(path))) from None


def _missing(name: str) -> str:
    return f"{name} is not there; bring it back from a copy of the data set"


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that their names outlive a loss of power."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
