"""Where ``-o`` leads: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import UsageError


@contextmanager
def writing(path: Path | None) -> Iterator[BinaryIO]:
    """A stream for the data; None and ``-`` are standard output.

    A file is written aside and renamed at the end, so that it may be the very file that is being read and nobody meets half of it.
    A device or a pipe is written as it is.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        return
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it")
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    aside = path.with_name(f".{path.name}.part")
    try:
        stream = aside.open("wb")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    try:
        with stream:
            yield stream
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
