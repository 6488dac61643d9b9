"""The lists of jobs that a written site holds ready, since nobody is there to combine filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.filters import CLOSED_VALUES, Filters
from rolecall.web.shelf import Shown
from rolecall.web.words import LEGENDS, value_in_words
from storage.queries.facets import facet

MOST_JOBS = 1_000
"""Of a list; further ones are found by command or on a server."""
ROWS = 50
"""Jobs of a page."""
_MOST_TECHNOLOGIES = 150
_MOST_COUNTRIES = 250
_ALL = "index"
"""The list of all jobs."""
_LEAST_JOBS = 2
"""A technology that one job names has no page of its own."""


@dataclass(frozen=True, slots=True)
class ReadyList:
    """A list that stands ready."""

    group: str
    """The heading that it stands under; empty for the list of all."""
    label: str
    path: str
    """Of its first page from the site's root, without ``.html``."""
    filters: Filters
    jobs: int

    @property
    def title(self) -> str:
        """What its page is called."""
        return f"{self.group}: {self.label}" if self.group else ""

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return max(1, -(-min(self.jobs, MOST_JOBS) // ROWS))


def ready_lists(shown: Shown) -> tuple[ReadyList, ...]:
    """Every list with a job, the list of all first."""
    found = [ReadyList("", "all", _ALL, Filters(), _jobs(shown, Filters()))]
    for name in _GROUPS:
        found += _lists(shown, name, _names(shown, name))
    return tuple(found)


def filters_of(shown: Shown, path: str) -> Filters | None:
    """The filters of the list that stands ready at a path (without ``.html``); None where none does."""
    if path == _ALL:
        return Filters()
    name, _, file_name = path.partition("/")
    if name not in _GROUPS:
        return None
    return next((_only(name, value) for value, known in _names(shown, name).items() if known == file_name), None)


def _names(shown: Shown, name: str) -> Mapping[str, str]:
    """The values of a filter that have a list of their own, each with the name of its file."""
    if name == "stack":
        found = facet(shown.store, Filters(), name, _MOST_TECHNOLOGIES)
        return _file_names([technology for technology, jobs in found if jobs >= _LEAST_JOBS])
    if name == "country":
        return {code: code for code, _ in facet(shown.store, Filters(), name, _MOST_COUNTRIES)}
    return {value: value for value in CLOSED_VALUES[name]}


def _only(name: str, value: str) -> Filters:
    return Filters(**{name: (value,)})  # type: ignore[arg-type]  # each of these filters is a tuple of texts


_GROUPS = {name: LEGENDS[name] for name in ("remote", "role", "level", "stack", "country")}


def _lists(shown: Shown, name: str, file_names: Mapping[str, str]) -> list[ReadyList]:
    found = []
    for value, file_name in file_names.items():
        filters = _only(name, value)
        jobs = _jobs(shown, filters)
        if jobs:
            found.append(ReadyList(_GROUPS[name], value_in_words(name, value), f"{name}/{file_name}", filters, jobs))
    return found


def _jobs(shown: Shown, filters: Filters) -> int:
    return shown.index.answer(shown.store, filters, limit=0).total


def _file_names(names: Sequence[str]) -> dict[str, str]:
    """Technologies as names of files, the same every night and no two alike: ``C++`` is ``cpp``, ``C#`` is ``csharp``."""
    taken: dict[str, str] = {}
    for name in sorted(names):
        spelt = name.lower().replace("+", "p").replace("#", "sharp")
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in spelt).strip("-") or "other"
        number, unique = 1, plain
        while unique in taken.values():
            number += 1
            unique = f"{plain}-n{number}"
        taken[name] = unique
    return {name: taken[name] for name in names}
