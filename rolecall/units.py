"""Unit files of systemd and a line of cron for a schedule, for those who want no server: filled templates, complete as printed."""

from __future__ import annotations

import getpass
import re
import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from flows.installed import Installed

UNITS = ("rolecall-serve.service", "rolecall-night.service", "rolecall-night.timer")
UNIT_FOLDER = "/etc/systemd/system"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a schedule's program and files are, on this machine."""

    words: tuple[str, ...]
    """The command up to its own name: this interpreter, absolute paths."""
    config_dir: Path
    data_dir: Path
    writable: tuple[Path, ...]
    """Folders that a night writes to."""


def place_of(installed: Installed) -> Place:
    """What the units say of this machine."""
    where = installed.where
    words = [sys.executable, "-P", "-m", "rolecall", "--config", str(installed.config)]
    if installed.data:
        words += ["--data", str(installed.data)]
    data_dir = where.data_dir.absolute()
    folders = [data_dir]
    if where.database_file is not None:
        folders.append(where.database_file.absolute().parent)
    if "://" not in where.dataset:
        folders.append(Path(where.dataset).absolute())
    return Place(tuple(words), installed.config.parent, data_dir, tuple(dict.fromkeys(folders)))


def systemd_units(installed: Installed) -> Mapping[str, str]:
    """Complete unit files by name."""
    place = place_of(installed)
    words = {
        "user": getpass.getuser(),
        "folder": _unit_path(place.data_dir),
        "environment": _unit_path(place.config_dir / "rolecall.env"),
        "command": " ".join(map(_unit_word, place.words)),
        "writable": " ".join(_unit_word(str(folder)) for folder in place.writable),
        "at": f"{installed.schedule.at:%H:%M}",
        "tz": installed.schedule.tz,
    }
    words["hardening"] = Template(_template("hardening.txt")).substitute(words).rstrip()
    return {name: Template(_template(name)).substitute(words) for name in UNITS}


def systemd_text(installed: Installed) -> str:
    """All unit files, each under the path that it belongs to."""
    return "\n".join(f"# {UNIT_FOLDER}/{name}\n{text}" for name, text in systemd_units(installed).items())


def cron_text(installed: Installed) -> str:
    """Complete lines for ``crontab -e``."""
    place = place_of(installed)
    words = {
        "at": f"{installed.schedule.at:%H:%M}",
        "tz": installed.schedule.tz,
        "command": _cron_words(place.words),
        "log": _cron_words([str(place.data_dir / "nightly.log")]),
    }
    return Template(_template("crontab.txt")).substitute(words)


def _template(name: str) -> str:
    return files("rolecall").joinpath(f"data/{name}").read_text(encoding="utf-8")


def _unit_word(word: str) -> str:
    """A word of ``ExecStart=`` or of a list of paths; % and $ are systemd's own."""
    word = word.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{word}"' if re.search(r"[\s\"';\\]", word) else word


def _unit_path(path: Path) -> str:
    """A setting that is one path to the end of its line."""
    return str(path).replace("%", "%%")


def _cron_words(words: Iterable[str]) -> str:
    return shlex.join(words).replace("%", "\\%")  # cron makes a line's end of a bare %
