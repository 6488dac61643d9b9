"""A file of ours to write into, for forms that must go back in what they wrote; afterwards it goes to any stream."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, BinaryIO


@contextmanager
def spooled(out: BinaryIO) -> Iterator[IO[bytes]]:
    """A temporary file whose bytes go to ``out`` when all is written; nothing goes there where the writing fails."""
    with TemporaryFile(prefix="rolecall-export-") as file:
        yield file
        file.seek(0)
        shutil.copyfileobj(file, out, 1 << 20)
