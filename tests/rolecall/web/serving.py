"""``rolecall serve`` as a process of its own, on a free port."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STANDS = re.compile(r"the site stands at (http://\S+)/ \(Ctrl-C ends it\)")
_END_SECONDS = 30


@contextmanager
def served(data: Path, configuration: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The site's address without a slash at its end, and the process; it is ended when the context is left."""
    words = ["--config", str(configuration), "--data", str(data), "serve", "--port", "0", *options]
    process = subprocess.Popen([sys.executable, "-P", "-m", "rolecall", *words], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    with process, process.stderr:
        try:
            said = process.stderr.readline()
            found = _STANDS.search(said)
            assert found, said + process.stderr.read()
            yield found[1], process
        finally:
            process.terminate()
            process.wait(_END_SECONDS)
