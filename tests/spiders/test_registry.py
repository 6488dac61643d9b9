from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.errors import UsageError
from spiders.registry import names, spider_for


def test_an_unknown_platform_offers_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'lever'"):
        spider_for("levr")


def test_the_registry_loads_no_scrapy() -> None:
    script = "import sys, spiders.registry as r; r.names(); print('scrapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "False"
    assert "greenhouse" in names()
