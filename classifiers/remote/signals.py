"""Public names of what was found, and the evidence in order of weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from classifiers.remote.features import Witnesses
from classifiers.remote.weighing import features_of, signal_kinds
from pipeline.labels import Conflict, Evidence
from pipeline.vocabulary import Arrangement, RemoteClass

MOST_QUOTES = 4


def signals_of(seen: Witnesses) -> tuple[str, ...]:
    """Names of the signals found, sorted."""
    return tuple(sorted(item.signal for item in signal_evidence_of(seen)))


def signal_evidence_of(seen: Witnesses) -> tuple[Evidence, ...]:
    """The first words that show each signal under its public name; finer names stand beside those that remote-first rests on."""
    found: dict[str, Evidence] = {}
    for signal, names in features_of("signals").items():
        for name in names:
            for window in seen.windows.get(name, ())[:1]:
                found.setdefault(signal, window.evidence(signal))
    for signal, (names, words) in signal_kinds().items():
        for window in (window for name in names for window in seen.windows.get(name, ())):
            if words.search(window.clause):
                found.setdefault(signal, window.evidence(signal))
    return tuple(found.values())


def evidence_of(seen: Witnesses, remote_class: RemoteClass, arrangement: Arrangement) -> tuple[Evidence, ...]:
    """One to four quotes, the most decisive first: the signals of a remote-first company, then what states the arrangement."""
    found: list[Evidence] = []
    stated = list(_quotes(seen, features_of("evidence")[arrangement]))
    if arrangement is Arrangement.HYBRID and seen.days_window is not None:
        stated.insert(0, seen.days_window.evidence("office_days"))
    if remote_class is RemoteClass.REMOTE_FIRST:
        signals = [e for names in features_of("signals").values() for e in list(_quotes(seen, names))[:1]]
        found = [*signals[:2], *stated[:1], *signals[2:], *stated[1:]]
    else:
        found = stated
    return _distinct(found)[:MOST_QUOTES]


@cache
def _public_name(feature: str) -> str:
    """What a quote of a feature is called outside: a signal's name, or what it says of the place of work."""
    named = {**features_of("quoted_as"), **features_of("signals")}
    return next((name for name, listed in named.items() if feature in listed), feature)


def _quotes(seen: Witnesses, names: Iterable[str]) -> Iterator[Evidence]:
    for name in names:
        yield from (window.evidence(_public_name(name)) for window in seen.windows.get(name, ())[:2])
        yield from (field.evidence() for field in seen.fields.get(name, ()))


def _distinct(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    by_span: dict[tuple[str, int | None, str], Evidence] = {}
    for item in found:
        by_span.setdefault((item.field, item.start, item.quote), item)
    return tuple(by_span.values())


def conflicts_of(seen: Witnesses, arrangement: Arrangement) -> tuple[Conflict, ...]:
    """A structured field or location that says otherwise than what was believed."""
    believed = next(_quotes(seen, features_of("evidence")[arrangement]), None)
    refused = next(_quotes(seen, features_of("against")[arrangement]), None)
    return (Conflict("remote", believed, refused),) if believed is not None and refused is not None else ()
