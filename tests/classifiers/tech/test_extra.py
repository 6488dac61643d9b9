"""Technologies of the user's own, from the configuration."""

from __future__ import annotations

from datetime import UTC, datetime

from classifiers.classify import classify, versions
from pipeline.config import TechnologyConfig
from pipeline.records import Posting
from pipeline.vocabulary import TechCategory

ANVIL = TechnologyConfig("AnvilDB", ("anvil db",), TechCategory.DATABASE)
WEAK = TechnologyConfig("Hearth", strength="weak")


def _stack(text: str, *extra: TechnologyConfig) -> list[tuple[str, TechCategory]]:
    posting = Posting("0" * 16, "line", "", "1", "", datetime(2026, 1, 5, tzinfo=UTC), "Worker", text, "0" * 16)
    return [(technology.name, technology.category) for technology in classify(posting, extra).labels.tech.stack]


def test_an_own_name_and_its_alias_are_found_only_where_configured() -> None:
    text = "Requirements\n- Python\n- Anvil DB"
    assert _stack(text) == [("Python", TechCategory.LANGUAGE)]
    assert _stack(text, ANVIL) == [("Python", TechCategory.LANGUAGE), ("AnvilDB", TechCategory.DATABASE)]


def test_an_own_weak_name_needs_context() -> None:
    assert _stack("Sit by the Hearth with tea.", WEAK) == []
    assert _stack("Python, Hearth, SQL", WEAK)[1] == ("Hearth", TechCategory.TOOL)


def test_an_own_alias_of_a_known_technology_leads_to_it() -> None:
    assert _stack("We love pythonic-x.", TechnologyConfig("Python", ("pythonic-x",))) == [("Python", TechCategory.LANGUAGE)]


def test_own_entries_change_the_version() -> None:
    assert versions()["tech"] != versions((ANVIL,))["tech"]
