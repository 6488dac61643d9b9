"""Public names of what was found, and the evidence in order of weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from classifiers.remote.features import Witnesses
from pipeline.labels import Conflict, Evidence
from pipeline.vocabulary import Arrangement, RemoteClass

MOST_QUOTES = 4
_SIGNALS = {
    "says_remote_first": ("text_first_role", "text_first_label", "text_first_company", "text_first_plain", "location_first", "title_first", "text_spread"),
    "async": ("text_async",),
    "location_independent_pay": ("text_pay",),
    "remote_benefits": ("text_benefit", "text_gathering"),
    "time_limited_remote": ("text_perk",),
    "temporary_remote": ("text_temporary",),
}  # fmt: skip
_REMOTE = (
    "location_full", "location_mention", "title_full", "title_mention", "text_full_role", "text_full_label", "field_places", "field_remote",
    "text_full_company", "text_full_plain", "text_first_role", "text_mention_role", "text_mention_label", "text_mention_plain", "text_mention_company",
    "text_full_some", "text_mention_some",
)  # fmt: skip
_HYBRID = (
    "location_part", "title_part", "text_part_role", "text_part_label", "text_part_company", "text_part_plain", "text_part_some", "field_hybrid",
    "location_office", "text_office_role", "text_office_label", "text_mention_label", "text_mention_company", "text_mention_plain", "text_refused",
)  # fmt: skip
_ONSITE = (
    "location_office", "title_office", "text_refused", "text_office_role", "text_office_label", "field_onsite", "text_office_company", "text_office_plain",
    "text_occasional_office", "text_temporary",
)  # fmt: skip
_ORDER = {
    Arrangement.REMOTE: _REMOTE,
    Arrangement.HYBRID: _HYBRID,
    Arrangement.ONSITE: _ONSITE,
    Arrangement.UNSTATED: ("text_benefit", "text_mention_label", "text_mention_company", "text_temporary", "text_perk"),
}


def signals_of(seen: Witnesses) -> tuple[str, ...]:
    """Names of the signals found, sorted."""
    return tuple(sorted(signal for signal, names in _SIGNALS.items() if seen.has(*names)))


def evidence_of(seen: Witnesses, remote_class: RemoteClass, arrangement: Arrangement) -> tuple[Evidence, ...]:
    """One to four quotes, the most decisive first: the signals of a remote-first company, then what states the arrangement."""
    found: list[Evidence] = []
    stated = list(_quotes(seen, _ORDER[arrangement]))
    if arrangement is Arrangement.HYBRID and seen.days_window is not None:
        stated.insert(0, seen.days_window.evidence("office_days"))
    if remote_class is RemoteClass.REMOTE_FIRST:
        signals = [e for names in _SIGNALS.values() for e in list(_quotes(seen, names))[:1] if names != ("text_perk",)]
        found = [*signals[:2], *stated[:1], *signals[2:], *stated[1:]]
    else:
        found = stated
    return _distinct(found)[:MOST_QUOTES]


def _quotes(seen: Witnesses, names: Iterable[str]) -> Iterator[Evidence]:
    for name in names:
        signal = name.removeprefix("text_")
        yield from (window.evidence(signal) for window in seen.windows.get(name, ())[:2])
        yield from (field.evidence() for field in seen.fields.get(name, ()))


def _distinct(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    by_span: dict[tuple[str, int | None, str], Evidence] = {}
    for item in found:
        by_span.setdefault((item.field, item.start, item.quote), item)
    return tuple(by_span.values())


def conflicts_of(seen: Witnesses, arrangement: Arrangement) -> tuple[Conflict, ...]:
    """A structured field or location that says otherwise than what was believed."""
    believed = next(_quotes(seen, _ORDER[arrangement]), None)
    against = {
        Arrangement.REMOTE: ("field_onsite", "field_hybrid", "location_office"),
        Arrangement.HYBRID: ("field_remote", "field_onsite", "location_mention", "location_full"),
        Arrangement.ONSITE: ("field_remote", "field_hybrid", "location_mention", "location_full"),
        Arrangement.UNSTATED: (),
    }[arrangement]
    refused = next(_quotes(seen, against), None)
    return (Conflict("remote", believed, refused),) if believed is not None and refused is not None else ()
