"""The facets: for each filter its values with the jobs that each would list, the other filters applied.

A filter over any of some values leaves itself out of its own counts, so that a second value can be added; one over all of them
(technologies, signals) does not, since a second value narrows. A chosen value is shown even where no job has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.errors import UsageError
from pipeline.filters import CLOSED_VALUES, since_date
from pipeline.identity import company_key
from pipeline.terms import platforms
from pipeline.vocabulary import Sponsorship
from storage.facet_index.answer import Facet, FacetValue
from storage.facet_index.bits import Bits, Selection
from storage.facet_index.listing import Listing
from storage.facet_index.narrowing import fact, opened_since, signal, technology
from storage.facet_index.steps import steps
from storage.facet_index.values import ValueSets

_NUMBER = re.compile(r"\d+")
_EVERY_STATE = "all"


def facets(listing: Listing) -> dict[str, Facet]:
    """Every facet of a list, by the filter's name."""
    return {name: count(listing, name) for name, count in _FACETS.items()}


def hours_word(utc: float) -> str:
    """Hours from UTC as the filter takes them: ``+1``, ``-5``, ``+5:30``."""
    minutes = round(abs(utc) * 60)
    return f"{'-' if utc < 0 else '+'}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def _facet(counted: Mapping[str, int], chosen: Iterable[str], unstated: int, most: int | None = None) -> Facet:
    """The first values and the chosen ones.

    Args:
        counted: jobs by value, in the order of showing.
        chosen: values of the filter.
        unstated: jobs that do not say.
        most: values to show; None for all.
    """
    picked = tuple(dict.fromkeys(chosen))
    kept = [value for place, value in enumerate(counted) if most is None or place < most or value in picked]
    kept += [value for value in picked if value not in counted]
    values = tuple(FacetValue(value, counted.get(value, 0), value in picked) for value in kept)
    more = sum(number > 0 for number in counted.values()) - sum(value.count > 0 for value in values)
    return Facet(values, unstated, more)


def _silent(selection: Selection, stated: Bits) -> int:
    return selection.size - selection.count_in(stated)


def _in_order(sets: ValueSets, selection: Selection, order: Sequence[str]) -> dict[str, int]:
    """Values that any job at all has, so that a page keeps its shape from filter to filter."""
    numbers = dict(zip(sets.values, sets.counts(selection).tolist(), strict=True))
    return {value: numbers[value] for value in order if value in numbers}


def _by_count(sets: ValueSets, selection: Selection, names: Mapping[str, str] | None = None) -> dict[str, int]:
    """Values that any job of a selection has, the frequent ones first."""
    numbers = zip(sets.values, sets.counts(selection).tolist(), strict=True)
    named = [(names[value] if names else value, number) for value, number in numbers if number]
    return dict(sorted(named, key=lambda one: (-one[1], one[0])))


def _closed(listing: Listing, name: str) -> Facet:
    sets, selection = listing.columns.sets[name], listing.others(name)
    order = tuple(platforms()) if name == "platform" else CLOSED_VALUES[name]
    return _facet(_in_order(sets, selection, order), getattr(listing.filters, name), _silent(selection, sets.stated))


def _state(listing: Listing, name: str) -> Facet:
    selection = listing.others(name)
    counted = _in_order(listing.columns.sets[name], selection, CLOSED_VALUES[name])
    return _facet({**counted, _EVERY_STATE: selection.size}, [listing.filters.state], 0)


def _fact(listing: Listing, name: str) -> Facet:
    sets, selection = listing.columns.sets[name], listing.others(name)
    chosen = [fact(listing.asking, name, word) for word in getattr(listing.filters, name)]
    return _facet(_by_count(sets, selection), chosen, _silent(selection, sets.stated), steps().most_values)


def _size(listing: Listing, name: str) -> Facet:
    """Bands of the head count from the smallest up."""
    sets, selection = listing.columns.sets[name], listing.others(name)
    order = sorted(sets.values, key=lambda value: (int(found[0]) if (found := _NUMBER.search(value)) else 0, value))
    chosen = [fact(listing.asking, name, word) for word in listing.filters.size]
    return _facet(_in_order(sets, selection, order), chosen, _silent(selection, sets.stated))


def _country(listing: Listing, name: str) -> Facet:
    selection = listing.others(name)
    counted = _by_count(listing.columns.sets[name], selection)
    return _facet(counted, listing.filters.country, _silent(selection, listing.columns.knows_country), steps().most_values)


def _stack(listing: Listing, name: str) -> Facet:
    sets, names = listing.columns.sets[name], listing.columns.names[name]
    keys = [technology(listing.asking, word, "--stack") for word in listing.filters.stack]
    chosen = [names.get(key, key) for key in keys]
    counted = _by_count(sets, listing.listed, names)
    return _facet(counted, chosen, _silent(listing.listed, sets.stated), steps().most_technologies)


def _signal(listing: Listing, name: str) -> Facet:
    sets = listing.columns.sets[name]
    chosen = [signal(listing.asking, word) for word in listing.filters.signal]
    return _facet(_by_count(sets, listing.listed), chosen, _silent(listing.listed, sets.stated), steps().most_values)


def _company(listing: Listing, name: str) -> Facet:
    """Companies of the list. The filter asks for a part of a name: where no company is called just that, the words are a value."""
    sets, names, words = listing.columns.sets[name], listing.columns.names[name], listing.filters.company
    counted = _by_count(sets, listing.listed, names)
    chosen = []
    if words is not None:
        key = company_key(words)
        chosen = [names[key] if key in sets.at else words]
        counted.setdefault(chosen[0], 0 if key in sets.at else listing.listed.size)
    return _facet(counted, chosen, _silent(listing.listed, sets.stated), steps().most_values)


def _visa(listing: Listing, name: str) -> Facet:
    sets, selection = listing.columns.sets[name], listing.others(name)
    counted = {Sponsorship.YES.value: selection.count_in(sets.bits(Sponsorship.YES.value))}
    chosen = [Sponsorship.YES.value] if listing.filters.visa else []
    return _facet(counted, chosen, selection.count_in(sets.bits(Sponsorship.UNSTATED.value)))


def _utc(listing: Listing, name: str) -> Facet:
    columns, selection, asked = listing.columns, listing.others(name), listing.filters.utc
    hours = dict(columns.hours) if asked is None else {**columns.hours, asked: columns.allow_hours(asked)}
    counted = {hours_word(utc): selection.count_in(hours[utc]) for utc in sorted(hours)}
    return _facet(counted, [] if asked is None else [hours_word(asked)], _silent(selection, columns.knows_hours))


def _pay_min(listing: Listing, name: str) -> Facet:
    """Sums in the currency of the filters; none where it has no exchange rate, which leaves no job out of the list."""
    selection, filters = listing.others(name), listing.filters
    unstated = _silent(selection, listing.columns.has_pay)
    try:
        pay = listing.asking.pay(filters.currency)
    except UsageError:
        return Facet((), unstated)
    sums = dict(zip(map(float, steps().pay_min), pay.steps, strict=True))
    if filters.pay_min is not None:
        sums[filters.pay_min] = pay.reach.bits(filters.pay_min)
    counted = {f"{least:.15g}": selection.count_in(sums[least]) for least in sorted(sums)}
    return _facet(counted, [] if filters.pay_min is None else [f"{filters.pay_min:.15g}"], unstated)


def _since(listing: Listing, name: str) -> Facet:
    night, asked = listing.columns.newest_night, listing.filters.since
    selection = listing.others(name)
    words = dict.fromkeys([*(f"{days}d" for days in steps().since_days), *([asked] if asked else [])])
    if night is None:
        return _facet(dict.fromkeys(words, 0), [asked] if asked else [], 0)
    first = {word: since_date(word, night) for word in words}
    newest_first = sorted(words, key=lambda word: first[word], reverse=True)
    counted = {word: selection.count_in(opened_since(listing.asking, first[word])) for word in newest_first}
    return _facet(counted, [asked] if asked else [], 0)


_FACETS: Mapping[str, Callable[[Listing, str], Facet]] = {
    "remote": _closed,
    "arrangement": _closed,
    "stack": _stack,
    "role": _closed,
    "level": _closed,
    "country": _country,
    "utc": _utc,
    "pay_min": _pay_min,
    "company": _company,
    "industry": _fact,
    "stage": _closed,
    "size": _size,
    "signal": _signal,
    "platform": _closed,
    "state": _state,
    "since": _since,
    "visa": _visa,
}
NAMES = tuple(_FACETS)
"""Filters that have a facet."""
