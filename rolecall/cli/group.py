"""Commands that load when they are asked for, and take the global options before or after their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from rolecall.settings import Settings


def settings_of(context: click.Context) -> Settings:
    """The settings that the global options of this command line have filled."""
    settings = context.find_root().obj
    assert isinstance(settings, Settings)
    return settings


pass_settings = click.make_pass_decorator(Settings)


def _set_config(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        settings_of(context).config_path = value


def _set_data(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        settings_of(context).data_option = value


def _set_verbose(context: click.Context, _: click.Parameter, value: int) -> None:
    settings_of(context).verbosity += value


def _set_quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    settings_of(context).is_quiet |= value


def _show_version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"rolecall {version('rolecall')}")
        context.exit()


class GlobalOption(click.Option):
    """An option that every command takes."""

    def __init__(self, names: Sequence[str], callback: Callable[[click.Context, click.Parameter, Any], None], **more: Any) -> None:
        super().__init__(list(names), callback=callback, expose_value=False, **more)


def global_options() -> list[GlobalOption]:
    """The global options, fresh for each command."""
    return [
        GlobalOption(
            ["--config"], _set_config, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
            help="Configuration (default: ./rolecall.toml where there is one).",
        ),
        GlobalOption(
            ["--data"], _set_data, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
            help="Database and data set (default: ./data); wins over [storage].",
        ),
        GlobalOption(["-v", "--verbose"], _set_verbose, count=True, help="Say more; show tracebacks."),
        GlobalOption(["-q", "--quiet"], _set_quiet, is_flag=True, help="Say nothing but results and errors."),
        GlobalOption(["--version"], _show_version, is_flag=True, is_eager=True, help="Show the version and leave."),
    ]  # fmt: skip


class _WithGlobals(click.Command):
    """What single commands and groups share: the global options, and help that shows them last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, *global_options()]
        self.context_settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100, **self.context_settings}

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        own: list[tuple[str, str]] = []
        shared: list[tuple[str, str]] = []
        for param in self.get_params(context):
            record = param.get_help_record(context)
            if record is not None and isinstance(param, click.Option):  # arguments stand in the usage line
                (shared if isinstance(param, GlobalOption) or param.name == "help" else own).append(record)
        for title, records in (("Options", own), ("Global options", shared)):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class Command(_WithGlobals):
    """A single command."""


class LazyGroup(_WithGlobals, click.Group):
    """A group whose commands are modules: ``{"name": "rolecall.cli.module:attribute"}``, imported when asked for."""

    command_class = Command

    def __init__(self, *args: Any, lazy: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy or {})

    def list_commands(self, context: click.Context) -> list[str]:
        return [*self.lazy, *self.commands]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in self.lazy:
            module, _, attribute = self.lazy[name].partition(":")
            command = getattr(import_module(module), attribute)
            assert isinstance(command, click.Command)
            return command
        return super().get_command(context, name)

    def resolve_command(self, context: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(context, name) is None and not context.resilient_parsing and not name.startswith("-"):
            raise click.exceptions.NoSuchCommand(name, possibilities=self.list_commands(context), ctx=context)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for name in self.list_commands(context):
            command = self.get_command(context, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=200)))
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands first: a group has no options of its own."""
        self.format_commands(context, formatter)
        super().format_options(context, formatter)
