from __future__ import annotations

from typing import Any

import pytest

from pipeline.config import parse
from pipeline.errors import ConfigError
from pipeline.feed_fields import at_path, feed_fields, field_of, link_of, words

SOURCE = '[[source]]\nplatform = "{}"\nboard = "osprey.example/feed.xml"\nfields = {}\n'


def test_a_source_names_the_elements_of_its_feed() -> None:
    source = parse(SOURCE.format("rss", '{ company = "dc:creator" }')).sources[0]
    assert source.fields == {"company": "dc:creator"}
    assert source.source_id == "rss:osprey.example/feed.xml"


@pytest.mark.parametrize(
    ("platform", "fields", "says"),
    [
        ("rss", '{ compny = "x" }', "line 4: key 'compny' of .source.fields. is unknown; did you mean 'company'"),
        ("rss", "{ company = 3 }", "line 4: 'company' must be a text in quotes, not 3"),
        ("lever", '{ company = "x" }', "line 4: 'fields' is for rss sources, not for lever"),
    ],
)
def test_fields_that_cannot_be_are_refused_by_line(platform: str, fields: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        parse(SOURCE.format(platform, fields))


@pytest.mark.parametrize(
    ("path", "value"),
    [("a", [{"b": "1", "@c": "2"}]), ("a/b", "1"), ("a/@c", "2"), ("a/b/d", None), ("e", None), ("", None)],
)
def test_a_path_leads_into_an_item(path: str, value: Any) -> None:
    assert at_path({"a": [{"b": "1", "@c": "2"}]}, path) == value


def test_every_name_has_elements_and_the_first_filled_one_counts() -> None:
    assert all(feed_fields().values())
    assert field_of({"description": "", "summary": "s"}, "description") == "s"


def test_words_and_links() -> None:
    assert words([{"@term": "Data"}, "SQL", {"x": {"name": "Acme"}}, 3]) == ["Data", "SQL", "Acme"]
    links = [{"@rel": "self", "@href": "https://a.example/self"}, {"@href": "https://a.example/page"}]
    assert link_of({"link": links}) == "https://a.example/page"
    assert link_of({"link": {"@rel": "self", "@href": "x"}}) is None
