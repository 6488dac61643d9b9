"""A real S3 API server on loopback (moto's), in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from urllib.request import Request, urlopen

_SERVE = """
import logging, sys
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""
SECRET = "no-secret-at-all"


@dataclass(frozen=True)
class S3Server:
    endpoint: str
    numbers: Iterator[int]

    def new_bucket(self) -> str:
        """Make an empty bucket and give its name."""
        name = f"bucket-{next(self.numbers)}"
        with urlopen(Request(f"{self.endpoint}/{name}", method="PUT"), timeout=30):
            return name

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to know to use the server."""
        return {
            "AWS_ENDPOINT_URL_S3": self.endpoint, "AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip


@contextmanager
def s3_server(environment: Mapping[str, str] | None = None) -> Iterator[S3Server]:
    """Run a server; ``environment`` sets moto's own switches."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(environment or {})
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield S3Server(f"http://127.0.0.1:{int(process.stdout.readline())}", count(1))
        finally:
            process.stdin.close()
            process.wait(timeout=30)
