"""What a list leaves out, said aloud on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolecall.cli.streams import say
from rolecall.render.figures import count, plural
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.filters import Filters
    from storage.queries.loosening import Loosening
    from storage.store import Store


def tell_left_out(settings: Settings, store: Store, filters: Filters, *, postings: bool) -> None:
    """Say which single filter empties a list, and how many jobs a filter leaves out because they do not say what it asks."""
    if settings.is_quiet or not filters.narrowing():
        return
    from storage.queries.jobs import count as matching
    from storage.queries.jobs import left_out

    thing = "posting" if postings else "job"
    told = left_out(store, filters, postings)
    if told.without_pay:
        say(settings, f"{plural(told.without_pay, thing)} left out because no pay is stated (--pay-min)")
    if told.without_country:
        say(settings, f"{plural(told.without_country, thing)} left out because nothing says where one may live (--country)")
    if told.without_hours:
        say(settings, f"{plural(told.without_hours, thing)} left out because no time zone is stated (--utc)")
    if matching(store, filters, postings):
        return
    state = "" if filters.state == "all" else f"{filters.state} "
    sentence = f"0 of {count(told.total)} {state}{thing}s match"
    if told.loosening is not None:
        sentence += f"; {_looser(told.loosening, thing)}"
    elif len(filters.narrowing()) > 1:
        sentence += "; dropping any single filter gives none either"
    say(settings, sentence)


def _looser(change: Loosening, thing: str) -> str:
    """``dropping --pay-min gives most (2 jobs), --pay-min 180000 gives 1``."""
    option = f"--{change.name.replace('_', '-')}"
    what = "--state all" if change.name == "state" else f"dropping {option}{f' {change.value}' if change.value else ''}"
    nearest = f", {option} {change.nearest} gives {count(change.nearest_gives)}" if change.nearest else ""
    return f"{what} gives most ({plural(change.gives, thing)}){nearest}"
