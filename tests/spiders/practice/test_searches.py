from __future__ import annotations

from spiders.practice.searches import practice_searches


def test_practice_nights_have_searches_that_show_what_there_is() -> None:
    searches = practice_searches()
    assert len({search.id for search in searches}) == len(searches) >= 2
    assert all(search.wanted.narrowing() and search.exports and search.title != search.id for search in searches)
