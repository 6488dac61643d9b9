"""``rolecall sources``: what is configured or could be, and whether it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import UsageError
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.opening import stored
from rolecall.cli.streams import out, out_json_list, say, width
from rolecall.cli.words import AS_OF
from rolecall.exit_codes import CHECK_FAILED, DONE
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.config import SourceConfig
    from pipeline.crawling import BoardResult
    from rolecall.curated import Narrowing

_NONE = (
    "no sources are configured; `rolecall sources add https://…` adds one, "
    "or copy rolecall.toml.example to rolecall.toml and set its contact"
)
CURATED = click.option("--curated", is_flag=True, help="The list of known boards that ships, instead of the configuration.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")


@click.group(
    cls=LazyGroup,
    lazy={"add": "rolecall.cli.sources_add:add", "terms": "rolecall.cli.sources_terms:terms"},
)
def sources() -> None:
    """The boards and feeds that are read: which there are, adding one, and what their terms ask.

    \b
      rolecall sources list
      rolecall sources add https://jobs.lever.co/spotify
    """


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters of the curated list."""
    options = [
        click.option("--platform", multiple=True, metavar="NAME", help="Of --curated: platform, as in greenhouse; repeatable."),
        click.option("--industry", multiple=True, metavar="WORD", help="Of --curated: industry, as in finance; repeatable."),
        click.option(
            "--stage", multiple=True, metavar="STAGE", help="Of --curated: stage of the company, as in public; repeatable."
        ),
        click.option("--size", multiple=True, metavar="BAND", help="Of --curated: head count, as in 51-200; repeatable."),
        click.option("--hires", multiple=True, metavar="WORD", help="Of --curated: data, ml or software people; repeatable."),
        click.option("--text", metavar="WORDS", help="Of --curated: part of the company's or the board's name."),
        click.option("--remote-first", is_flag=True, help="Of --curated: companies whose public profile says remote-first."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@sources.command("list", cls=Command)
@CURATED
@narrowing_options
@AS_OF
@AS_JSON
@pass_settings
def list_sources(settings: Settings, /, curated: bool, as_of: date | None, as_json: bool, **words: Any) -> None:
    """Show each configured source, its pace and when it was last read; or the boards that are known to be of use.

    \b
      rolecall sources list
      rolecall sources list --curated --hires ml --remote-first
    """
    narrowing = _narrowing(words, is_curated=curated)
    if curated:
        _list_curated(settings, narrowing, as_json)
        return
    from rolecall.render.sources import sources_table

    rows = [_row(settings, source) for source in settings.config.sources]
    with stored(settings, as_of) as store:
        for row in rows:
            last = store.last_complete(row["platform"], row["board"]) if store else None
            row["last_complete_at"] = last.isoformat() if last else None
    if as_json:
        out_json_list(rows)
    elif rows:
        out(sources_table(rows, width()))
    if not rows:
        say(settings, _NONE)


def _narrowing(words: dict[str, Any], *, is_curated: bool) -> Narrowing:
    from rolecall.curated import Narrowing

    narrowing = Narrowing(**words)
    if narrowing.is_any and not is_curated:
        given = next(f"--{name.replace('_', '-')}" for name, value in words.items() if value)
        raise UsageError(f"{given} narrows the curated list; add --curated")
    return narrowing


def _list_curated(settings: Settings, narrowing: Narrowing, as_json: bool) -> None:
    from pipeline.curated_boards import curated_boards
    from rolecall.curated import curated_rows, narrowed, read_checks
    from rolecall.render.sources import curated_table

    rows = curated_rows(narrowed(narrowing), settings.config, read_checks(settings))
    if as_json:
        out_json_list(rows)
    elif rows:
        out(curated_table(rows, width()))
    total = len(curated_boards())
    say(
        settings,
        f"{len(rows)} of {total} boards; `rolecall sources add --curated NAME` adds one" if rows else f"0 of {total} boards match",
    )


def _row(settings: Settings, source: SourceConfig) -> dict[str, Any]:
    from flows.plan import delay_seconds
    from pipeline.terms import platform

    terms = platform(source.platform)
    return {
        "source_id": source.source_id,
        "platform": source.platform,
        "board": source.board,
        "company": source.company.name,
        "listing": terms.listing.value,
        "delay_seconds": delay_seconds(source, settings.config),
        "least_interval_hours": terms.least_interval_hours,
        "base_url": source.base_url,
        "terms": terms.terms,
    }


@sources.command(cls=Command)
@click.argument("source", nargs=-1, metavar="[SOURCE...]")
@CURATED
@narrowing_options
@AS_JSON
@pass_settings
def check(settings: Settings, /, source: tuple[str, ...], curated: bool, as_json: bool, **words: Any) -> int:
    """Read the given sources (default: all) as a night would, store no posting, and say which of them answer.

    With --curated, boards of the curated list are tried with a few requests each, and the list shows from then on when.

    \b
      rolecall sources check
      rolecall sources check lever:spotify
      rolecall sources check --curated --remote-first
    """
    narrowing = _narrowing(words, is_curated=curated)
    if curated:
        results = _check_curated(settings, source, narrowing)
    else:
        from flows.plan import chosen

        results = _ask(settings, chosen(settings.config.sources, source), None)
    return _tell_checks(settings, results, as_json, is_curated=curated)


def _ask(settings: Settings, wanted: tuple[SourceConfig, ...], most_requests: int | None) -> list[BoardResult]:
    from rolecall.asking import ask_sources

    def tell(result: BoardResult) -> None:
        say(settings, f"{_name(result)} {result.status.value}")

    return [answered.result for answered in ask_sources(settings, settings.config, wanted, most_requests, tell)]


def _check_curated(settings: Settings, names: tuple[str, ...], narrowing: Narrowing) -> list[BoardResult]:
    from pipeline.curated_boards import named_boards
    from rolecall.asking import TRIAL_REQUESTS
    from rolecall.curated import as_source, may_be_asked, narrowed, save_checks
    from rolecall.render.figures import plural

    boards = named_boards(names) if names else narrowed(narrowing)
    asked = may_be_asked(boards, settings.config)
    results = _ask(settings, tuple(as_source(board) for board in asked), TRIAL_REQUESTS)
    save_checks(settings, results, datetime.now(UTC).date())
    if len(asked) < len(boards):
        off = ", ".join(sorted({board.platform for board in boards} - {board.platform for board in asked}))
        say(settings, f"{plural(len(boards) - len(asked), 'board')} left out: off by their platform's terms ({off})")
    return results


def _tell_checks(settings: Settings, results: list[BoardResult], as_json: bool, *, is_curated: bool) -> int:
    from rolecall.render.sources import check_table

    rows = [_check_row(result) for result in results]
    if as_json:
        out_json_list(rows)
    elif rows:
        out(check_table(rows, width()))
    if not rows and not is_curated:
        say(settings, _NONE)
    bad = [row for row in rows if not row["is_ok"]]
    if bad:
        click.echo(f"Error: {len(bad)} of {len(rows)} sources did not answer as they should", err=True)
    return CHECK_FAILED if bad else DONE


def _name(result: BoardResult) -> str:
    from pipeline.config import SourceConfig

    return SourceConfig(result.platform, result.board).source_id


def _check_row(result: BoardResult) -> dict[str, Any]:
    from pipeline.vocabulary import BoardStatus, FailureKind

    return {
        "source_id": _name(result),
        "is_ok": result.status is BoardStatus.COMPLETE or result.failure is FailureKind.LEAST_INTERVAL,
        "status": result.status.value,
        "postings": result.postings,
        "requests": result.requests,
        "failure": result.failure.value if result.failure else None,
        "reason": result.reason,
        "notes": list(result.notes),
    }
