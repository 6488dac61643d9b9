"""The lists of jobs that a written site holds ready, since nobody is there to combine filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.filters import Filters
from pipeline.vocabulary import Level, RemoteClass, RoleFamily
from rolecall.web.shelf import Shown
from rolecall.web.words import value_in_words
from storage.queries.facets import facet

MOST_JOBS = 1_000
"""Of a list; further ones are found by command or on a server."""
ROWS = 50
"""Jobs of a page."""
_MOST_TECHNOLOGIES = 150
_MOST_COUNTRIES = 250
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
    found = [ReadyList("", "all", "index", Filters(), _jobs(shown, Filters()))]
    for name, values in _CLOSED.items():
        found += _lists(shown, name, values, {value: value for value in values})
    technologies = [name for name, jobs in facet(shown.store, Filters(), "stack", _MOST_TECHNOLOGIES) if jobs >= _LEAST_JOBS]
    found += _lists(shown, "stack", technologies, _file_names(technologies))
    countries = [code for code, _ in facet(shown.store, Filters(), "country", _MOST_COUNTRIES)]
    found += _lists(shown, "country", countries, {code: code for code in countries})
    return tuple(found)


_GROUPS = {"remote": "Remote class", "role": "Role", "level": "Level", "stack": "Stack", "country": "Open to people in"}


_CLOSED: Mapping[str, Sequence[str]] = {
    "remote": [value.value for value in RemoteClass],
    "role": [value.value for value in RoleFamily],
    "level": [value.value for value in Level],
}


def _lists(shown: Shown, name: str, values: Sequence[str], file_names: Mapping[str, str]) -> list[ReadyList]:
    found = []
    for value in values:
        filters = Filters(**{name: (value,)})  # type: ignore[arg-type]  # each of these filters is a tuple of texts
        jobs = _jobs(shown, filters)
        if jobs:
            found.append(ReadyList(_GROUPS[name], value_in_words(name, value), f"{name}/{file_names[value]}", filters, jobs))
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
    return taken
