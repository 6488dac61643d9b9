"""Pay in a platform's own fields: objects with a least and a most figure, single values and strings, whatever their spelling."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from classifiers.pay.extract import Draft, Home, extract
from classifiers.pay.lexicon import Lexicon, table
from classifiers.pay.money import is_plausible, period_by_size, resolve_currency
from classifiers.pay.numbers import parse_number
from classifiers.pay.tokens import tokenise
from pipeline.folding import fold
from pipeline.vocabulary import PayKind, PayPeriod

FIELD = "structured_salary"
_LEAD = "salary: "
"""Put before a field's text, since the field's name says that it is pay."""
_LONGEST_QUOTE = 400
_DEEPEST = 8
_CENTS = 100


@dataclass(frozen=True, slots=True)
class Spelling:
    """The key names of ``structured.toml``."""

    keys: Mapping[str, frozenset[str]]
    periods: Mapping[str, PayPeriod]
    pay_types: frozenset[str]
    ote_types: frozenset[str]
    type_key: str
    estimate_marks: tuple[str, ...]
    longest_estimate: int
    """Characters of a text that may be an estimate; longer ones describe."""
    generic_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the objects around a figure say of it."""

    currency: str | None = None
    period: PayPeriod | None = None
    zone: str | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldBand:
    """A band from a structured field and the ``key=value`` that it was read from."""

    draft: Draft
    zone: str | None
    quote: str


@dataclass(slots=True)
class _Reader:
    lexicon: Lexicon
    home: Home
    spelling: Spelling
    found: list[FieldBand] = field(default_factory=list)


@cache
def spelling() -> Spelling:
    """The key names, read once."""
    rows = table("structured.toml")
    return Spelling(
        keys={role: frozenset(names) for role, names in rows["keys"].items()},
        periods={word: PayPeriod(name) for name, words in rows["periods"].items() for word in words},
        pay_types=frozenset(rows["types"]["pay"]),
        ote_types=frozenset(rows["types"]["ote"]),
        type_key=rows["types"]["key"],
        estimate_marks=tuple(rows["estimates"]["marks"]),
        longest_estimate=rows["estimates"]["longest_text"],
        generic_titles=tuple(rows["titles"]["generic"]),
    )


def read_fields(fields: Mapping[str, Any] | None, home: Home, lexicon: Lexicon) -> list[FieldBand]:
    """Every band of a posting's structured fields; figures first, strings only where there is no figure."""
    if not fields:
        return []
    spelling_ = spelling()
    short = (text.lower() for text in _texts(fields) if len(text) <= spelling_.longest_estimate)
    if any(mark in text for text in short for mark in spelling_.estimate_marks):
        return []
    reader = _Reader(lexicon, home, spelling_)
    _walk(fields, "", Said(), reader, 0)
    if not reader.found:
        _walk_texts(fields, "", reader, 0)
    return _each_once(reader.found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)


def _plain(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "").replace(" ", "")


def _walk(value: Any, key: str, said: Said, reader: _Reader, depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            _walk(inner, key, said, reader, depth + 1)
    elif isinstance(value, Mapping):
        _read_object(value, key, said, reader, depth)


def _read_object(record: Mapping[str, Any], key: str, said: Said, reader: _Reader, depth: int) -> None:
    by_name = {_plain(str(name)): inner for name, inner in record.items() if inner not in (None, "")}
    keys = reader.spelling.keys
    is_hidden = any(by_name.get(name) is False for name in keys["visible"])
    if is_hidden or any(str(by_name.get(name)) in {"1", "True"} for name in keys["predicted"]):
        return
    said = _said(by_name, said, reader)
    low, high = _figure(by_name, keys["low"], keys["cents"]), _figure(by_name, keys["high"], keys["cents"])
    if low is None and high is None:
        low = high = _figure(by_name, keys["single"], frozenset())
    if (low is not None or high is not None) and _is_pay(by_name, reader):
        _add(low, high, _quote(record, key, reader), said, reader)
    for name, inner in record.items():
        if _plain(str(name)) not in keys["skipped"] or not by_name.get("compensationtiers"):
            _walk(inner, str(name), said, reader, depth + 1)


def _is_pay(by_name: Mapping[str, Any], reader: _Reader) -> bool:
    """A component that names its type is pay only where the type is."""
    kind = by_name.get(reader.spelling.type_key)
    return kind is None or str(kind).lower() in reader.spelling.pay_types | reader.spelling.ote_types


def _said(by_name: Mapping[str, Any], said: Said, reader: _Reader) -> Said:
    keys = reader.spelling.keys
    currency = next((str(by_name[name]).upper() for name in keys["currency"] if isinstance(by_name.get(name), str)), said.currency)
    if currency is not None and currency not in reader.lexicon.currencies:
        currency = said.currency
    words = next((str(by_name[name]).lower() for name in sorted(keys["period"]) if isinstance(by_name.get(name), str)), "")
    title = next((str(by_name[name]) for name in sorted(keys["zone"]) if isinstance(by_name.get(name), str)), None)
    is_generic = title is None or any(word in title.lower() for word in reader.spelling.generic_titles)
    texts = tuple(str(by_name[name]) for name in sorted(keys["kind"]) if isinstance(by_name.get(name), str))
    return replace(
        said,
        currency=currency,
        period=reader.spelling.periods.get(words.strip(), said.period),
        zone=said.zone if is_generic else title,
        texts=(*texts, *said.texts),
    )


def _figure(by_name: Mapping[str, Any], names: frozenset[str], cents: frozenset[str]) -> float | None:
    for name in sorted(names & by_name.keys()):
        value = _number(by_name[name])
        if value is not None and value > 0:  # boards write 0 for "not said"
            return value / _CENTS if name in cents else value
    return None


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e12 else None
    if isinstance(value, str) and value[:1].isdigit() and not value.strip("0123456789.,' "):
        return parse_number(value.strip())
    return None


def _quote(record: Mapping[str, Any], key: str, reader: _Reader) -> str:
    """``key=value`` of the object that holds the figures; at the top, the pairs themselves."""
    if key:
        return f"{key}={json.dumps(record, ensure_ascii=False, default=str)}"[:_LONGEST_QUOTE]
    roles = reader.spelling.keys
    telling = roles["low"] | roles["high"] | roles["single"] | roles["currency"] | roles["period"]
    pairs = {
        name: value for name, value in record.items() if _plain(str(name)) in telling and not isinstance(value, Mapping | list)
    }
    return ", ".join(f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in pairs.items())


def _add(low: float | None, high: float | None, quote: str, said: Said, reader: _Reader) -> None:
    currency = said.currency or resolve_currency((), (), reader.home.currencies, reader.lexicon)
    kind, worded = _worded(said.texts, reader)
    if low is not None and high is not None and (low > high or high > low * reader.lexicon.widest_range):
        return
    period = _period(low, high, currency, said.period or worded, reader)
    if period is None or not is_plausible(low, high, currency, period, reader.lexicon):
        return
    reader.found.append(FieldBand(Draft(low, high, currency, period, kind, None, 0, 0), said.zone, quote))


def _worded(texts: Sequence[str], reader: _Reader) -> tuple[PayKind, PayPeriod | None]:
    """Kind and period that a title or summary names: "OTE Range", "this is an hourly rate"."""
    kind: PayKind | None = None
    period: PayPeriod | None = None
    for text in texts:
        if text.lower() in reader.spelling.ote_types:
            kind = PayKind.OTE
        folded = fold(text[:_LONGEST_QUOTE]).text
        for token in tokenise(folded, 0, len(folded), reader.lexicon):
            kind = kind or token.meaning.kind
            period = period or token.meaning.adjective or token.meaning.unit
    return kind or PayKind.BASE, period


def _period(
    low: float | None, high: float | None, currency: str | None, stated: PayPeriod | None, reader: _Reader
) -> PayPeriod | None:
    """The stated period, unless the figure is absurd for it: employers pick wrong intervals ("week" on 12.71)."""
    if stated is not None and is_plausible(low, high, currency, stated, reader.lexicon):
        return stated
    return period_by_size(low, high, currency, reader.home.is_contract, reader.lexicon)


def _walk_texts(value: Any, key: str, reader: _Reader, depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            _walk_texts(inner, key, reader, depth + 1)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            _walk_texts(inner, str(name), reader, depth + 1)
    elif isinstance(value, str) and _plain(key) in reader.spelling.keys["text"]:
        text = _LEAD + fold(value[:_LONGEST_QUOTE]).text
        drafts, _ = extract(text, [(0, len(text))], reader.home, reader.lexicon)
        reader.found.extend(FieldBand(draft, None, f"{key}={value[:_LONGEST_QUOTE]}") for draft in drafts)


def _each_once(found: Sequence[FieldBand]) -> list[FieldBand]:
    seen: dict[tuple[Any, ...], FieldBand] = {}
    for band in found:
        draft = band.draft
        seen.setdefault((draft.low, draft.high, draft.currency, draft.period, draft.kind, band.zone), band)
    return list(seen.values())
