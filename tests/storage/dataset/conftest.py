"""A data set's places: a folder, and a bucket of a real S3 API server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.dataset.place import Place, open_place
from tests.s3_server import S3Server, s3_server


@pytest.fixture(scope="session")
def server() -> Iterator[S3Server]:
    with s3_server() as running:
        yield running


@pytest.fixture
def s3_address(server: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address in a bucket of its own; the environment leads to the server."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{server.new_bucket()}/some/prefix"


@pytest.fixture(params=["disk", "s3"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a data set may live."""
    return str(tmp_path / "set") if request.param == "disk" else str(request.getfixturevalue("s3_address"))


@pytest.fixture
def place(address: str) -> Place:
    return open_place(address)
