"""New matches told to real servers on loopback: from where each cursor stands, and again where nobody knows who heard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import flows.match_telling
from flows.match_telling import RunClock, tell_matches
from pipeline.config import Config, parse
from storage.store import Store
from tests.flows.told_servers import Asked, http_server
from tests.storage.feeds.nights import FIRST, OFFICE, clock_of, night

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "reference" / "notice.schema.json").read_text(encoding="utf-8"))
CONFIG = """
[[search]]
id = "first"
title = "Remote first"
remote = ["remote-first"]

[[search]]
id = "silent"
notify = false

[[notify]]
to = "webhook"
address_env = "HOOK"
on = ["matches"]

[[notify]]
to = "webhook"
address_env = "OTHER"
on = ["matches", "failed"]

[[notify]]
to = "webhook"
address_env = "NIGHTS"
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as opened:
        yield opened


def tell(store: Store, number: int, run_id: str, hook: Asked, other: Asked, config: str = CONFIG) -> list[str]:
    environ = {"HOOK": hook.address, "OTHER": other.address}
    return list(tell_matches(store, parse(config), RunClock(run_id, clock_of(number)), environ))


def heard(asked: Asked) -> list[list[str]]:
    for body in asked.bodies:
        jsonschema.validate(body, SCHEMA)
    return [sorted(job["title"].split()[1] for job in body["jobs"]) for body in asked.bodies]


def test_who_was_told_hears_nothing_twice_and_who_was_not_hears_it_the_next_night(store: Store) -> None:
    with http_server() as hook, http_server(403, 200) as other:
        run_id = night(store, 0, {"a": FIRST, "b": FIRST})
        assert tell(store, 0, run_id, hook, other) == [
            "search first: 2 jobs match now; webhook of HOOK and webhook of OTHER will hear of new ones"
        ]
        run_id = night(store, 1, {"a": FIRST, "b": FIRST, "c": FIRST, "d": OFFICE})
        assert tell(store, 1, run_id, hook, other) == [
            "search first: webhook of OTHER (line 16 of the configuration) was not told: it answers 403; "
            "the next night tells of its new matches too"
        ]
        run_id = night(store, 2, {"a": FIRST, "b": FIRST, "c": FIRST, "e": FIRST})
        assert tell(store, 2, run_id, hook, other) == []
        assert tell(store, 2, run_id, hook, other) == []
    assert heard(hook) == [["c"], ["e"]]
    assert heard(other) == [["c"], ["c", "e"]]
    first, second = other.bodies
    assert first["after_event"] == second["after_event"] < first["until_event"] < second["until_event"]
    assert (second["kind"], second["night"], second["run_id"], second["count"]) == ("matches", "2026-01-07", run_id, 2)
    assert second["search"] == {"id": "first", "title": "Remote first", "page": None}


def test_killed_between_telling_and_moving_tells_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with http_server() as hook, http_server() as other:
        tell(store, 0, night(store, 0, {"a": FIRST}), hook, other)
        run_id = night(store, 1, {"a": FIRST, "b": FIRST})
        monkeypatch.setattr(flows.match_telling, "move_cursor", killed)
        with pytest.raises(KeyboardInterrupt):
            tell(store, 1, run_id, hook, other)
        monkeypatch.undo()
        tell(store, 2, night(store, 2, {"a": FIRST, "b": FIRST, "c": FIRST}), hook, other)
    assert heard(hook) == [["b"], ["b", "c"]]


def test_a_search_that_begins_tells_nothing_old_and_one_that_asks_for_the_unknown_breaks_nothing(store: Store) -> None:
    more = CONFIG + '[[search]]\nid = "rust"\nstack = ["Rust"]\n[[search]]\nid = "office"\nremote = "on-site"\n'
    with http_server() as hook, http_server() as other:
        tell(store, 0, night(store, 0, {"a": FIRST, "b": OFFICE}), hook, other)
        said = tell(store, 1, night(store, 1, {"a": FIRST, "b": OFFICE, "c": OFFICE}), hook, other, more)
        tell(store, 2, night(store, 2, {"a": FIRST, "b": OFFICE, "c": OFFICE, "d": OFFICE}), hook, other, more)
    assert [sentence.split(";")[0] for sentence in said] == ["search rust: 0 jobs match now", "search office: 2 jobs match now"]
    assert [body["search"]["id"] for body in hook.bodies] == ["office"]
    assert heard(hook) == [["d"]]


def test_nobody_who_asks_costs_nothing(store: Store) -> None:
    night(store, 0, {"a": FIRST})
    assert list(tell_matches(store, Config(), RunClock("2026-01-05", clock_of(0)), {})) == []
