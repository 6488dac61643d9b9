"""Filters as sets of jobs: the same as ``storage.queries.selecting.conditions``, found in the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pipeline.filters import Filters, since_date
from pipeline.folding import fold_name
from pipeline.vocabulary import Sponsorship
from storage import schema
from storage.facet_index.asking import Asking
from storage.facet_index.bits import Bits, in_all, in_any, none
from storage.facet_index.columns import since
from storage.queries.known_companies import key_of


def narrowed(asking: Asking, filters: Filters) -> dict[str, Bits]:
    """The jobs that pass each filter, by the filter's name; ``state`` is always there unless it is ``all``.

    Raises:
        UsageError: a word that nothing stored bears out, as from SQL.
    """
    narrowing = filters.narrowing()
    found = {name: build(asking, filters) for name, build in _BUILDERS.items() if name in narrowing}
    if filters.state != "all":
        found["state"] = asking.columns.sets["state"].bits(filters.state)
    return found


def technology(asking: Asking, name: str, option: str) -> str:
    """The key of a technology that a filter names."""
    key = fold_name(name)
    return key if key in asking.columns.sets["stack"].at else asking.technology(name, option)


def signal(asking: Asking, name: str) -> str:
    """The stored name of a signal that a filter names."""
    return name if name in asking.columns.sets["signal"].at else asking.signal(name)


def fact(asking: Asking, name: str, word: str) -> str:
    """The stored spelling of an employer's fact that a filter names."""
    return word if word in asking.columns.sets[name].at else asking.word(schema.postings.c[name], word, f"--{name}")


def _any_of(filter_name: str) -> Callable[[Asking, Filters], Bits]:
    return lambda asking, filters: asking.columns.sets[filter_name].any_of(getattr(filters, filter_name))


def _facts(filter_name: str) -> Callable[[Asking, Filters], Bits]:
    def build(asking: Asking, filters: Filters) -> Bits:
        return asking.columns.sets[filter_name].any_of([fact(asking, filter_name, word) for word in getattr(filters, filter_name)])

    return build


def _technologies(asking: Asking, names: Iterable[str], option: str) -> list[Bits]:
    return [asking.columns.sets["stack"].bits(technology(asking, name, option)) for name in names]


def _stack(asking: Asking, filters: Filters) -> Bits:
    return in_all(_technologies(asking, filters.stack, "--stack"), asking.columns.jobs)


def _any_stack(asking: Asking, filters: Filters) -> Bits:
    return in_any(_technologies(asking, filters.any_stack, "--any-stack"), asking.columns.jobs)


def _signals(asking: Asking, filters: Filters) -> Bits:
    return in_all([asking.columns.sets["signal"].bits(signal(asking, name)) for name in filters.signal], asking.columns.jobs)


def _country(asking: Asking, filters: Filters) -> Bits:
    return in_any(map(asking.columns.countries.bits, filters.country), asking.columns.jobs)


def _company(asking: Asking, filters: Filters) -> Bits:
    words, companies = filters.company or "", asking.columns.sets["company"]
    part = key_of(words, "--company")
    keys = [key for key in companies.values if part in key]
    if not keys:
        asking.company(words)  # it may name one whose postings stand for no job
    return companies.any_of(keys)


def _since(asking: Asking, filters: Filters) -> Bits:
    night = asking.columns.newest_night
    return none(asking.columns.jobs) if night is None else since(asking.columns.opened_on, since_date(filters.since or "0d", night))


_BUILDERS: Mapping[str, Callable[[Asking, Filters], Bits]] = {
    "remote": _any_of("remote"),
    "arrangement": _any_of("arrangement"),
    "stack": _stack,
    "any_stack": _any_stack,
    "role": _any_of("role"),
    "level": _any_of("level"),
    "country": _country,
    "utc": lambda asking, filters: asking.columns.allow_hours(filters.utc or 0.0),
    "visa": lambda asking, _filters: asking.columns.sets["visa"].bits(Sponsorship.YES.value),
    "pay_min": lambda asking, filters: asking.pay(filters.currency).reach.bits(filters.pay_min or 0.0),
    "company": _company,
    "industry": _facts("industry"),
    "stage": _any_of("stage"),
    "size": _facts("size"),
    "signal": _signals,
    "since": _since,
    "platform": _any_of("platform"),
    "text": lambda asking, filters: asking.text(filters.text or ""),
}
