"""The documentation's pictures of the site: list, job, company and quality, light, dark and as wide as a phone.

usage: python -m benchmarks.screenshots [FOLDER]     (default: docs/images)

Fills a store with three practice nights, serves it, and takes each picture in the chromium of this machine as WebP.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from benchmarks.practice_store import fill
from tests.browser.chromium import ABSENT, browser, executable
from tests.rolecall.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOTS = {"light": ("light", 1280, 800), "dark": ("dark", 1280, 800), "360": ("light", 360, 740)}
"""Scheme, width and height of each, by the end of its file name."""
_QUALITY = 70


def main(folder: Path) -> int:
    """Write the pictures; 1 where there is no browser."""
    if executable() is None:
        print(ABSENT, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as data, _site(Path(data)) as address, browser() as chromium:
        for page, path in _pages(address).items():
            for end, (scheme, width, height) in SHOTS.items():
                target = folder / f"site-{page}-{end}.webp"
                target.write_bytes(_picture(chromium, address + path, scheme, width, height))
                print(f"{target} {target.stat().st_size / 1000:.0f} kB")
    return 0


@contextmanager
def _site(data: Path) -> Iterator[str]:
    fill(data)
    configuration = data / "rolecall.toml"
    configuration.write_text("", encoding="utf-8")
    with served(data, configuration) as (address, _):
        yield address


def _pages(address: str) -> dict[str, str]:
    job = httpx.get(f"{address}/jobs.json?remote=remote-first&pay-min=100000&limit=1").json()["jobs"][0]["job_id"]
    company = httpx.get(f"{address}/companies.json").json()[0]["company_key"].replace(" ", "-")
    return {"list": "/", "job": f"/job/{job}", "company": f"/company/{company}", "quality": "/quality"}


def _picture(chromium: Browser, address: str, scheme: str, width: int, height: int) -> bytes:
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    asked = {"format": "webp", "quality": _QUALITY}
    taken = context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"]
    context.close()
    return base64.b64decode(taken)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")))
