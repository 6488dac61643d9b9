"""New matches of saved searches, told to those whose ``[[notify]]`` block asks for them.

Each search and target has a cursor in the events, which moves only after the telling. So a notice that did not arrive is made up
for by the next night's, which tells of both; and a night that is killed between the telling and the moving tells again: nothing is
ever skipped, and only then something is told twice (the events that a notice spans say so to a program).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.notify import deliver
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.figures import plural
from pipeline.match_notices import match_notice
from pipeline.notices import Notice
from pipeline.notify_config import NotifyConfig
from pipeline.search_config import SearchConfig
from pipeline.vocabulary import NoticeKind
from storage.feeds.cursors import cursors, move_cursor, newest_event
from storage.feeds.describing import page_of
from storage.feeds.matches import NewMatches, new_matches, shown
from storage.queries.jobs import count
from storage.store import Store


@dataclass(frozen=True, slots=True)
class RunClock:
    """The run that tells."""

    run_id: str
    now: datetime
    """Its clock, UTC."""


@dataclass(frozen=True, slots=True)
class _Due:
    """What one target is to hear of one search."""

    search: SearchConfig
    block: NotifyConfig
    new: NewMatches
    notice: Notice | None
    """None where there is nothing to tell: then the cursor moves without."""


def tell_matches(store: Store, config: Config, run: RunClock, environ: Mapping[str, str]) -> Iterator[str]:
    """Tell every target that asks for ``matches`` of what is new to it; never raises.

    Args:
        store: open for writing.
        config: has searches and targets.
        run: the one that tells.
        environ: holds the variables that the targets' blocks name.

    Yields:
        A sentence for each target that was not told, and for each search that is new to one.
    """
    blocks = [block for block in config.notify if NoticeKind.MATCHES in block.on]
    due: list[_Due] = []
    for search in config.searches if blocks else ():
        if search.notify:
            try:
                yield from _begin(store, search, blocks, run)
                due += _due(store, config, search, blocks, run)
            except Exception as error:  # noqa: BLE001  the night is stored; its cursors stay, so that the next night tells
                yield f"search {search.id}: nobody was told of new matches: {_why(error)}"
    for one, why in _told(due, environ):
        if why is None:
            yield from _moved(store, one, run)
        else:
            yield f"search {one.search.id}: {why}; the next night tells of its new matches too"


def _moved(store: Store, one: _Due, run: RunClock) -> Iterator[str]:
    try:
        move_cursor(store, one.search.id, one.block.target_id, one.new.until_event, run.now)
    except Exception as error:  # noqa: BLE001  as above: the next night tells again
        yield f"search {one.search.id}: that {one.block.name} was told could not be kept: {_why(error)}; it will hear it again"


def _why(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _begin(store: Store, search: SearchConfig, blocks: Iterable[NotifyConfig], run: RunClock) -> Iterator[str]:
    """Targets to whom the search is new begin now: what matches already is no news."""
    known = cursors(store, search.id)
    begun = [block for block in blocks if block.target_id not in known]
    for block in begun:
        move_cursor(store, search.id, block.target_id, newest_event(store), run.now)
    if begun:
        names = " and ".join(dict.fromkeys(block.name for block in begun))
        yield f"search {search.id}: {plural(_matching(store, search), 'job')} match now; {names} will hear of new ones"


def _matching(store: Store, search: SearchConfig) -> int:
    try:
        return count(store, search.wanted)
    except UsageError:  # of a technology that no posting names yet
        return 0


def _due(store: Store, config: Config, search: SearchConfig, blocks: Sequence[NotifyConfig], run: RunClock) -> Iterator[_Due]:
    known = cursors(store, search.id)
    for after in sorted({known[block.target_id] for block in blocks}):
        try:
            new = new_matches(store, search.wanted, after)
        except UsageError:  # as above: when a posting names it, the cursor still stands where it stood
            continue
        notice = _notice(store, config, search, new, run)
        yield from (_Due(search, block, new, notice) for block in blocks if known[block.target_id] == after)


def _notice(store: Store, config: Config, search: SearchConfig, new: NewMatches, run: RunClock) -> Notice | None:
    told = shown(store, search.wanted, new)
    if not told.count:
        return None
    page = page_of(config.site, search.id)
    return match_notice(
        {"id": search.id, "title": search.title, **({"page": page} if page else {})},
        told.jobs,
        {"count": told.count, "left_out": told.left_out},
        (new.after_event, new.until_event),
        run.now.date(),
        run.run_id,
    )


def _told(due: Sequence[_Due], environ: Mapping[str, str]) -> Iterator[tuple[_Due, str | None]]:
    """Each with None where it was told or had nothing to tell, else why not."""
    yield from ((one, None) for one in due if one.notice is None)
    asked = [one for one in due if one.notice is not None]
    yield from zip(asked, deliver([(one.notice, one.block) for one in asked if one.notice], environ), strict=True)
