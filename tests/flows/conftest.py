from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from flows.engine import own_server, prepare


@pytest.fixture(scope="module")
def prefect_api_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prefect server that a module's nights share: to start one costs each of them 20 seconds of CPU time."""
    folder = tmp_path_factory.mktemp("prefect")
    before = dict(os.environ)
    prepare(folder)
    try:
        with own_server(folder) as url:
            yield url
    finally:
        os.environ.clear()
        os.environ.update(before)
