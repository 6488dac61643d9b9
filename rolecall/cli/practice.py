"""``rolecall practice serve``: the stand-in for the platforms, to look at or to crawl."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from pipeline.errors import UsageError
from rolecall.cli.files import writing
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.streams import out, say
from rolecall.cli.words import AtLeast
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.config import SourceConfig


class Server(Protocol):
    """What the two stand-in servers have in common."""

    @property
    def base_url(self) -> str: ...

    def sources(self) -> tuple[SourceConfig, ...]: ...


@click.group(cls=LazyGroup)
def practice() -> None:
    """The practice server: invented companies, on loopback.

    \b
      rolecall practice serve --port 8801
    """


@practice.command(cls=Command)
@click.option("--night", type=AtLeast(1), metavar="N", default=1, help="Night of the practice calendar (default: 1).")
@click.option("--faults", is_flag=True, help="Break in lasting ways too.")
@click.option(
    "--payloads", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
    help="Serve this folder of recorded payloads instead of invented postings.",
)  # fmt: skip
@click.option(
    "--map", "payload_map", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Which file of that folder answers which board (default: the map that ships).",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), metavar="PORT", default=0, help="Port on 127.0.0.1 (default: a free one).")
@click.option(
    "--truth", type=click.Path(path_type=Path), metavar="FILE",
    help="Write what is true of each posting as JSON lines and leave, without serving.",
)  # fmt: skip
@pass_settings
def serve(
    settings: Settings, night: int, faults: bool, payloads: Path | None, payload_map: Path | None, port: int, truth: Path | None
) -> None:
    """Serve the practice platforms until Ctrl-C, and print a configuration that crawls them.

    \b
      rolecall practice serve --port 8801 > practice.toml
      rolecall practice serve --night 2 --truth truth.jsonl
      rolecall practice serve --payloads recorded
    """
    if payloads is not None:
        if truth is not None or faults:
            raise UsageError("--truth and --faults belong to the invented postings; leave out --payloads")
        _serve_payloads(settings, payloads, payload_map, port)
        return
    if payload_map is not None:
        raise UsageError("--map says which file answers which board; add --payloads DIR")
    from spiders.practice.scenario import load_scenario
    from spiders.practice.server import serve as start

    with start(load_scenario("default"), night, faults=faults, port=port) as server:
        if truth is not None:
            with writing(truth) as stream:
                stream.writelines(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in server.truth())
            say(settings, f"truth of night {night} is in {truth}")
            return
        _serve(settings, server, f"night {night} of the practice calendar")


def _serve_payloads(settings: Settings, folder: Path, payload_map: Path | None, port: int) -> None:
    from spiders.practice.payloads import serve_payloads

    with serve_payloads(folder, payload_map, port=port) as server:
        for name, reason in server.left_out:
            say(settings, f"left out {name}: {reason}")
        _serve(settings, server, f"recorded payloads of {folder}")


def _serve(settings: Settings, server: Server, what: str) -> None:
    with suppress(KeyboardInterrupt):  # from the first line on: whoever reads it may press Ctrl-C before the wait begins
        out(sources_toml(server.sources()))
        sys.stdout.flush()
        say(settings, f"{what} at {server.base_url}; Ctrl-C ends it")
        threading.Event().wait()
    say(settings, "stopped")


def sources_toml(sources: Iterable[SourceConfig]) -> str:
    """The sources as ``[[source]]`` blocks of a configuration."""
    return "\n".join(_block(source) for source in sources)


def _block(source: SourceConfig) -> str:
    facts = {name: value for name, value in asdict(source.company).items() if value is not None}
    lines = ["[[source]]", f"platform = {_text(source.platform)}", f"board = {_text(source.board)}"]
    if facts:
        lines.append("company = { " + ", ".join(f"{name} = {_text(value)}" for name, value in facts.items()) + " }")
    if source.base_url:
        lines.append(f"base_url = {_text(source.base_url)}")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
