from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import parse
from pipeline.errors import UsageError
from pipeline.filters import Filters, parse_filters
from pipeline.notify_config import NotifyConfig
from pipeline.terms import platforms
from storage.feeds.cursors import cursors, move_cursor, newest_event
from storage.feeds.matches import SHOWN, NewMatches, new_matches, shown
from storage.feeds.status import status_of
from storage.purge import find_target, purge
from storage.removals import PurgeKind
from storage.store import Store
from tests.storage.factory import posting
from tests.storage.feeds.nights import FIRST, OFFICE, clock_of, item, night, relabelled

REMOTE = parse_filters({"remote": "remote-first"})


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path, create=True) as opened:
        yield opened


def names(store: Store, new: NewMatches, filters: Filters = REMOTE) -> list[str]:
    return [row["external_id"] for row in shown(store, filters, new).jobs]


def test_a_posting_that_opens_is_new_and_one_that_is_mended_is_not(store: Store) -> None:
    night(store, 0, {"a": FIRST, "b": OFFICE})
    after = newest_event(store)
    night(store, 1, {"a": item("a", FIRST, 1), "b": OFFICE, "c": FIRST, "d": OFFICE})
    new = new_matches(store, REMOTE, after)
    assert names(store, new) == ["c"]
    assert (new.after_event, new.until_event) == (after, newest_event(store))
    assert new_matches(store, REMOTE, new.until_event).job_ids == frozenset()


def test_a_change_a_replay_and_a_return_make_a_match(store: Store) -> None:
    night(store, 0, {"a": OFFICE, "b": OFFICE, "c": FIRST})
    night(store, 1, {"a": OFFICE, "b": OFFICE})
    night(store, 2, {"a": OFFICE, "b": OFFICE})
    after = newest_event(store)
    night(store, 3, {"a": FIRST, "b": OFFICE, "c": FIRST})
    before = item("b", OFFICE)
    relabelled(store, 4, type(before)(before.posting, item("b", FIRST).labels))
    assert set(names(store, new_matches(store, REMOTE, after))) == {"a", "b", "c"}


def test_a_job_that_closed_and_came_back_unheard_is_new(store: Store) -> None:
    night(store, 0, {"a": FIRST, "b": FIRST})
    after = newest_event(store)
    night(store, 1, {"b": FIRST})
    night(store, 2, {"b": FIRST})
    assert names(store, new_matches(store, REMOTE, after)) == []
    night(store, 3, {"a": FIRST, "b": FIRST})
    assert names(store, new_matches(store, REMOTE, after)) == ["a"]


def test_filters_that_are_rewritten_tell_nothing_old(store: Store) -> None:
    night(store, 0, {"a": FIRST, "b": OFFICE})
    after = newest_event(store)
    night(store, 1, {"a": FIRST, "b": OFFICE, "c": OFFICE})
    office = parse_filters({"remote": "on-site"})
    assert names(store, new_matches(store, office, after), office) == ["c"]


def test_a_technology_that_nobody_named_before_is_no_error_of_the_past(store: Store) -> None:
    night(store, 0, {"a": FIRST})
    after = newest_event(store)
    rust = parse_filters({"stack": "Rust"})
    with pytest.raises(UsageError, match="no posting names 'Rust'"):
        new_matches(store, rust, after)
    written = item("b", FIRST)
    night(store, 1, {"a": FIRST, "b": type(written)(written.posting, replace(written.labels, tech=_with_rust(written)))})
    assert names(store, new_matches(store, rust, after), rust) == ["b"]


def _with_rust(one: object) -> object:
    tech = one.labels.tech  # type: ignore[attr-defined]
    return replace(tech, stack=(*tech.stack, replace(tech.stack[0], name="Rust")))


def test_ten_are_shown_and_all_counted_but_those_that_terms_keep_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    night(store, 0, {})
    night(store, 1, {f"p{number:02}": FIRST for number in range(12)})
    night(store, 2, {"z": FIRST}, platform="lever")
    terms = {name: replace(row, not_to=("feeds",)) if name == "lever" else row for name, row in platforms().items()}
    monkeypatch.setattr("pipeline.terms.platforms", lambda: terms)
    told = shown(store, REMOTE, new_matches(store, REMOTE, 0))
    assert (told.count, len(told.jobs), told.left_out) == (12, SHOWN, 1)


def test_numbers_that_a_purge_sets_free_are_not_passed_over(store: Store) -> None:
    night(store, 0, {"a": FIRST})
    night(store, 1, {"a": FIRST, "b": FIRST})
    move_cursor(store, "x", "webhook:HOOK", newest_event(store), clock_of(1))
    purge(store, find_target(store, PurgeKind.POSTING, posting("b").posting_id), clock_of(1), keep_out=False)
    night(store, 2, {"a": FIRST, "c": FIRST})
    assert names(store, new_matches(store, REMOTE, cursors(store, "x")["webhook:HOOK"])) == ["c"]


def test_how_a_search_stands(store: Store) -> None:
    searches = '[[search]]\nid = "x"\nremote = "remote-first"\n[[search]]\nid = "y"\nstack = ["Rsut"]\n'
    searches += '[[search]]\nid = "z"\nnotify = false\n'
    hook = '[[notify]]\nto = "webhook"\naddress_env = "{}"\n'
    config = parse(f'{searches}{hook.format("HOOK")}on = ["matches"]\n{hook.format("OTHER")}')
    night(store, 0, {"a": FIRST, "b": OFFICE})
    move_cursor(store, "x", config.notify[0].target_id, newest_event(store), clock_of(0))
    night(store, 1, {"a": FIRST, "b": FIRST, "c": FIRST})
    first, unknown, silent = (status_of(store, search, config.notify) for search in config.searches)
    assert (first.matches, first.new_last_night, first.waiting, first.filters) == (3, 2, 2, "--remote remote-first")
    assert [(target.name, target.told_at, target.waiting) for target in first.targets] == [("webhook of HOOK", clock_of(0), 2)]
    assert (unknown.matches, unknown.problem is not None, unknown.targets[0].event_id) == (0, True, None)
    assert silent.targets == ()


def test_a_mail_target_is_known_by_its_recipients() -> None:
    text = '[[notify]]\nto = "email"\nhost = "mail.example.org"\nfrom = "r@example.org"\nrecipients = ["{}@example.org"]\n'
    first, other = (parse(text.format(name)).notify[0] for name in ("a", "b"))
    assert isinstance(first, NotifyConfig)
    assert first.target_id != other.target_id
    assert "@" not in first.target_id
