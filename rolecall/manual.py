"""The commands' reference page, made from the help texts: ``python -m rolecall.manual > docs/reference/commands.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from rolecall.cli.group import GlobalOption, LazyGroup, global_options
from rolecall.cli.root import root
from rolecall.exit_codes import EXIT_CODES
from rolecall.settings import Settings

WIDTH = 100

_HEAD = """\
# Commands

Made from the help texts by `python -m rolecall.manual`; a test keeps it current.

Data go to standard output, messages and progress to standard error. Progress bars appear on a terminal only; elsewhere there is
one line a source. `NO_COLOR` is honoured. A command that reads never creates a database. An error is one sentence; `-v` adds the
traceback.
"""


def commands(context: click.Context | None = None) -> Iterator[tuple[str, click.Context]]:
    """Every command as ``("rolecall jobs list", its context)``, a group before its members."""
    context = context or click.Context(root, info_name="rolecall", obj=Settings(), terminal_width=WIDTH, max_content_width=WIDTH)
    yield context.command_path, context
    if isinstance(context.command, LazyGroup):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            inner = click.Context(command, parent=context, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
            yield from commands(inner)


def page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD, _exit_codes(), _globals()]
    parts += [_section(path, context) for path, context in commands() if context.parent is not None]
    return "\n".join(parts)


def _exit_codes() -> str:
    rows = "".join(f"| {code} | {meaning} |\n" for code, meaning in EXIT_CODES.items())
    return f"## Exit codes\n\n| code | meaning |\n|---|---|\n{rows}"


def _globals() -> str:
    context = click.Context(root, info_name="rolecall")
    rows = [param.get_help_record(context) for param in global_options()]
    lines = "".join(f"| `{record[0]}` | {record[1]} |\n" for record in rows if record is not None)
    return f"## Global options\n\nThey may stand before or after the command.\n\n| option | meaning |\n|---|---|\n{lines}"


def _section(path: str, context: click.Context) -> str:
    shown = context.command
    formatter = context.make_formatter()
    shown.format_usage(context, formatter)
    shown.format_help_text(context, formatter)
    if isinstance(shown, LazyGroup):
        shown.format_commands(context, formatter)
    own = [
        param.get_help_record(context)
        for param in shown.params
        if isinstance(param, click.Option) and not isinstance(param, GlobalOption)
    ]
    records = [record for record in own if record is not None]
    if records:
        with formatter.section("Options"):
            formatter.write_dl(records)
    return f"{'##' if path.count(' ') == 1 else '###'} {path}\n\n```text\n{formatter.getvalue()}```\n"


if __name__ == "__main__":
    click.echo(page(), nl=False)
