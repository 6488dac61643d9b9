"""The store of ``store_of_site``, made once, and its configuration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rolecall.settings import Settings
from rolecall.web.desk import Desk
from rolecall.web.links import ServedLinks
from rolecall.web.served.app import create_app
from rolecall.web.served.limits import Rates
from rolecall.web.shelf import Shelf
from tests.rolecall.store_of_site import SEARCHES, fill
from tests.rolecall.web.client import Client


@pytest.fixture(scope="session")
def store_of_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the data; nobody writes there."""
    folder = tmp_path_factory.mktemp("site")
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``rolecall.toml`` with two saved searches."""
    path = tmp_path_factory.mktemp("configuration") / "rolecall.toml"
    path.write_text(SEARCHES, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def desk(store_of_site: Path, configuration: Path) -> Iterator[Desk]:
    """The desk over the store."""
    settings = Settings(configuration, store_of_site)
    with Shelf(settings) as shelf:
        yield Desk(settings, shelf, ServedLinks(), settings.config.site.title, {one.id: one for one in settings.config.searches})


@pytest.fixture(scope="session")
def site(desk: Desk) -> Iterator[Client]:
    """A reader who may ask as often as it likes."""
    with Client(create_app(desk, rates=Rates(1e9, 1e9))) as client:
        yield client
