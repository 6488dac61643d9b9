"""The command tree and the one place where an error becomes a sentence and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from pipeline.errors import RolecallError, did_you_mean
from rolecall.cli.group import LazyGroup
from rolecall.exit_codes import BAD_USAGE, CHECK_FAILED, DONE, INTERRUPTED
from rolecall.settings import Settings

PROGRAM = "rolecall"


class Root(LazyGroup):
    """The whole command line; ``main`` never lets a traceback out unless ``-v`` asks for it."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        settings = extra.setdefault("obj", Settings())
        try:
            returned = super().main(args, PROGRAM, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
            code = returned if isinstance(returned, int) else DONE
        except BrokenPipeError:
            _let_go_of_stdout()
            code = DONE
        except Exception as error:  # noqa: BLE001  the last resort of the whole program: one sentence instead of a traceback
            code = explain(error, settings)
        if standalone_mode:
            sys.exit(code)
        return code

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except BrokenPipeError:  # `rolecall jobs list | head`: the reader has what it wanted
            _let_go_of_stdout()
            context.exit(DONE)


def explain(error: Exception, settings: Settings) -> int:
    """Say an error in one sentence on standard error and give its exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return BAD_USAGE
    if isinstance(error, click.Abort):
        click.echo("Interrupted; what was finished is kept.", err=True)
        return INTERRUPTED
    if settings.verbosity:
        traceback.print_exception(error)
    sentence, code = _sentence(error)
    click.echo(f"Error: {sentence}", err=True)
    return code


def _sentence(error: Exception) -> tuple[str, int]:
    if isinstance(error, RolecallError):
        return str(error), error.exit_code
    if isinstance(error, click.UsageError):
        return _usage_sentence(error), BAD_USAGE
    if isinstance(error, click.ClickException):
        return error.format_message(), BAD_USAGE
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}", BAD_USAGE
    words = " ".join(str(error).split())
    return f"unexpected {type(error).__name__}{': ' if words else ''}{words[:300]} (-v shows the traceback)", CHECK_FAILED


def _usage_sentence(error: click.UsageError) -> str:
    """What is wrong, which command said so, and the word that was probably meant."""
    context = error.ctx
    where = context.command_path if context else "rolecall"
    if isinstance(error, click.NoSuchOption) and context is not None:
        known = [name for param in context.command.params for name in param.opts if name.startswith("--")]
        hint = did_you_mean(error.option_name, known)
        what = f"no such option {error.option_name}{hint}"
    elif isinstance(error, click.exceptions.NoSuchCommand) and isinstance(context, click.Context):
        names = context.command.list_commands(context) if isinstance(context.command, click.Group) else []
        hint = did_you_mean(error.command_name, names) or f"; choose from {', '.join(names)}"
        what = f"no such command '{error.command_name}'{hint}"
    elif isinstance(error, click.MissingParameter) or not isinstance(error, click.BadParameter) or error.param is None:
        message = error.format_message().rstrip(".")
        what = message[:1].lower() + message[1:]
    else:
        name = error.param.opts[-1] if isinstance(error.param, click.Option) else error.param.make_metavar(context)  # type: ignore[arg-type]
        what = f"{name}: {error.message.rstrip('.')}"
    return f"{where}: {what}; see `{where} --help`" if "; " not in what else f"{where}: {what}"


def _let_go_of_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not fail on a closed pipe."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):  # a test's or an editor's stand-in has no descriptor
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


@click.group(
    cls=Root,
    invoke_without_command=True,
    lazy={
        "nightly": "rolecall.cli.nightly:nightly",
        "crawl": "rolecall.cli.crawl:crawl",
        "classify": "rolecall.cli.classify:classify",
        "reclassify": "rolecall.cli.reclassify:reclassify",
        "jobs": "rolecall.cli.jobs:jobs",
        "companies": "rolecall.cli.companies:companies",
        "export": "rolecall.cli.export:export",
        "searches": "rolecall.cli.searches:searches",
        "serve": "rolecall.cli.serve:serve",
        "site": "rolecall.cli.site:site",
        "sql": "rolecall.cli.sql:sql",
        "runs": "rolecall.cli.runs:runs",
        "schedule": "rolecall.cli.schedule:schedule",
        "sources": "rolecall.cli.sources:sources",
        "model": "rolecall.cli.model:model",
        "db": "rolecall.cli.db:db",
        "practice": "rolecall.cli.practice:practice",
        "doctor": "rolecall.cli.doctor:doctor",
    },
)
@click.pass_context
def root(context: click.Context) -> None:
    """Collect job postings, label how remote they are, query the result.

    \b
    Start here:
      rolecall nightly --practice
      rolecall jobs list --remote remote-first --stack python
      rolecall export csv --remote remote-first --pay-min 150000 -o jobs.csv
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
