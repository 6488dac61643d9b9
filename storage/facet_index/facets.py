"""The facets: for each filter its values with the jobs that each would list, the other filters applied.

A filter over any of some values leaves itself out of its own counts, so that a second value can be added; one over all of them
(technologies, signals) does not, since a second value narrows. A chosen value is shown even where no job has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import UsageError
from pipeline.filters import CLOSED_VALUES, since_date
from pipeline.identity import company_key
from pipeline.terms import platforms
from pipeline.vocabulary import Sponsorship
from storage.facet_index.answer import Facet, FacetValue
from storage.facet_index.bits import Bits, Selection
from storage.facet_index.columns import since
from storage.facet_index.listing import Listing
from storage.facet_index.narrowing import fact, signal, technology
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


def _facet(counted: Mapping[str, int], chosen: Iterable[str], unstated: int, held: int = 0) -> Facet:
    """The values to show, and the chosen ones among them or behind them.

    Args:
        counted: jobs by value, in the order of showing.
        chosen: values of the filter.
        unstated: jobs that do not say.
        held: values that any job has, where not all of them are to be shown.
    """
    picked = dict.fromkeys(chosen)
    shown = {**counted, **{value: 0 for value in picked if value not in counted}}
    values = tuple(FacetValue(value, number, value in picked) for value, number in shown.items())
    return Facet(values, unstated, max(held - sum(value.count > 0 for value in values), 0))


def _silent(selection: Selection, stated: Bits) -> int:
    return selection.size - selection.count_in(stated)


def _in_order(sets: ValueSets, selection: Selection, order: Sequence[str]) -> dict[str, int]:
    """Values that any job at all has, so that a page keeps its shape from filter to filter."""
    numbers = dict(zip(sets.values, sets.counts(selection).tolist(), strict=True))
    return {value: numbers[value] for value in order if value in numbers}


def _by_count(sets: ValueSets, counts: NDArray[np.int64], chosen: Sequence[str], most: int, unstated: int) -> Facet:
    """The values that most jobs have, and the chosen ones, which are given as ``sets.values`` has them."""
    first = sets.most_frequent(counts, most)
    picked = [sets.at[value] for value in chosen if value in sets.at]
    counted = {sets.shown[place]: int(counts[place]) for place in dict.fromkeys((*first, *picked))}
    names = [sets.shown[sets.at[value]] if value in sets.at else value for value in chosen]
    return _facet(counted, names, unstated, int(np.count_nonzero(counts)))


def _open(listing: Listing, name: str, selection: Selection, chosen: Sequence[str], most: int) -> Facet:
    sets = listing.columns.sets[name]
    return _by_count(sets, sets.counts(selection), chosen, most, _silent(selection, sets.stated))


def _closed(listing: Listing, name: str) -> Facet:
    sets, selection = listing.columns.sets[name], listing.others(name)
    order = tuple(platforms()) if name == "platform" else CLOSED_VALUES[name]
    return _facet(_in_order(sets, selection, order), getattr(listing.filters, name), _silent(selection, sets.stated))


def _state(listing: Listing, name: str) -> Facet:
    selection = listing.others(name)
    counted = _in_order(listing.columns.sets[name], selection, CLOSED_VALUES[name])
    return _facet({**counted, _EVERY_STATE: selection.size}, [listing.filters.state], 0)


def _fact(listing: Listing, name: str) -> Facet:
    chosen = [fact(listing.asking, name, word) for word in getattr(listing.filters, name)]
    return _open(listing, name, listing.others(name), chosen, steps().most_values)


def _size(listing: Listing, name: str) -> Facet:
    """Bands of the head count from the smallest up."""
    sets, selection = listing.columns.sets[name], listing.others(name)
    order = sorted(sets.values, key=lambda value: (int(found[0]) if (found := _NUMBER.search(value)) else 0, value))
    chosen = [fact(listing.asking, name, word) for word in listing.filters.size]
    return _facet(_in_order(sets, selection, order), chosen, _silent(selection, sets.stated))


def _country(listing: Listing, name: str) -> Facet:
    """Countries that are named; in one that is not, worldwide jobs may be held all the same."""
    countries, selection, chosen = listing.columns.countries, listing.others(name), listing.filters.country
    named = [code for code in chosen if code in countries.named.at]
    unstated = _silent(selection, countries.stated)
    facet = _by_count(countries.named, countries.counts(selection), named, steps().most_values, unstated)
    others = (FacetValue(code, selection.count_in(countries.bits(code)), True) for code in chosen if code not in named)
    return replace(facet, values=(*facet.values, *others))


def _stack(listing: Listing, name: str) -> Facet:
    keys = [technology(listing.asking, word, "--stack") for word in listing.filters.stack]
    return _open(listing, name, listing.listed, keys, steps().most_technologies)


def _signal(listing: Listing, name: str) -> Facet:
    words = [signal(listing.asking, word) for word in listing.filters.signal]
    return _open(listing, name, listing.listed, words, steps().most_values)


def _company(listing: Listing, name: str) -> Facet:
    """Companies of the list. The filter asks for a part of a name: where no company is called just that, the words are a value."""
    sets, words = listing.columns.sets[name], listing.filters.company
    keys = [] if words is None else [company_key(words)]
    facet = _open(listing, name, listing.listed, [key for key in keys if key in sets.at], steps().most_values)
    if words is None or keys[0] in sets.at:
        return facet
    return replace(facet, values=(*facet.values, FacetValue(words, listing.listed.size, True)))


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
    columns, selection, asked = listing.columns, listing.others(name), listing.filters.since
    steps_of = {f"{days}d": held for days, held in columns.since.items()}
    if asked is not None and asked not in steps_of and columns.newest_night is not None:
        steps_of[asked] = since(columns.opened_on, since_date(asked, columns.newest_night))
    counted = {word: selection.count_in(held) for word, held in steps_of.items()}
    return _facet(dict(sorted(counted.items(), key=itemgetter(1))), [] if asked is None else [asked], 0)


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
