"""Where a data set lives: what a place can do, whichever it is.

Paths are relative to the data set's root, with ``/``: ``manifests/2026-01-05.json``.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.errors import RolecallError

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem


class DatasetError(RolecallError):
    """The data set cannot be reached, read or written; one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as a listing shows it."""

    path: str
    bytes: int


class Place(Protocol):
    """A root folder of a data set, on disk or in a bucket."""

    @property
    def address(self) -> str:
        """The root as a person writes it: a folder, or ``s3://bucket/prefix``."""

    def within(self, path: str) -> str:
        """Address of a path below the root, for a person."""

    def arrow(self) -> tuple[FileSystem, str]:
        """The file system and the root in it, for readers that bring their own input and output."""

    def writing(self, path: str) -> AbstractContextManager[Any]:
        """A binary file, open for writing; it is durable when the block ends.

        Killed inside the block, nothing new stands under ``path``. After an exception nothing new is left there either; in a
        bucket what stood there before is lost then, so a path that a manifest names is never written again.
        """

    def write(self, path: str, content: bytes) -> None:
        """Write a small file; a reader meets the old one or the new one, never half of one."""

    def read(self, path: str) -> bytes:
        """The whole file.

        Raises:
            DatasetError: it is not there.
        """

    def list(self, folder: str) -> list[Entry]:
        """Every file below a folder, sorted by path; none where there is no such folder."""

    def delete(self, path: str) -> None:
        """Remove a file; one that is not there is no error."""

    def size(self, path: str) -> int:
        """Length of a file in bytes."""


def open_place(address: str | Path) -> Place:
    """The place behind an address.

    Args:
        address: a folder, or ``s3://bucket/prefix``; the latter takes endpoint, region and credentials from the environment.

    Raises:
        DatasetError: the environment holds no credentials.
    """
    if str(address).startswith("s3://"):
        from storage.dataset.s3 import open_s3

        return open_s3(str(address))
    from storage.dataset.local import LocalPlace

    return LocalPlace(Path(address))
