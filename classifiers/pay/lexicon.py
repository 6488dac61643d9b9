"""The words of the pay grammar, read from the data files in ``classifiers/data/pay`` into one table of phrases.

A phrase is a tuple of tokens (see ``classifiers.pay.tokens``); its ``Meaning`` says every part that it can play.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from classifiers.pay.scanning import words_of
from pipeline.folding import fold_name
from pipeline.vocabulary import PayKind, PayPeriod

_FILES = ("countries.toml", "cues.toml", "currencies.toml", "periods.toml", "plausible.toml", "policy.toml", "structured.toml")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an amount that a word names is not pay."""

    reason: str
    is_hard: bool
    is_behind_only: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase can be in the grammar; most phrases are one thing, some are several ("minimum")."""

    pay: int = 0
    """2: names pay ("salary"); 1: may name it ("range"); 0: no."""
    kind: PayKind | None = None
    is_excluding: bool = False
    is_from: bool = False
    is_up_to: bool = False
    is_least: bool = False
    is_most: bool = False
    is_middle: bool = False
    is_between: bool = False
    is_to: bool = False
    is_and: bool = False
    is_plus: bool = False
    is_after: bool = False
    is_filler: bool = False
    note: str | None = None
    refusal: Refusal | None = None
    unit: PayPeriod | None = None
    adjective: PayPeriod | None = None
    bare: PayPeriod | None = None
    """A period that counts only where it touches the amount."""
    currencies: tuple[str, ...] = ()
    """ISO codes that the sign or word may stand for, the likeliest first."""
    weakness: int = 0
    """1: a code or name that is also a word ("CAD", "pounds"), counts only beside a large figure; 2: a sign of one or two letters
    ("R", "kr"), counts only beside a large figure in its own country; 0: certain."""
    factor: float | None = None
    implied_currency: str | None = None
    implied_period: PayPeriod | None = None


NOTHING = Meaning()


@dataclass(frozen=True, slots=True)
class Currency:
    """What the grammar knows of a currency (schema in ``currencies.toml``)."""

    code: str
    usd: float
    year_from: float
    month_from: float | None
    is_shy: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables of the grammar."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]
    """By first token: the tokens that follow it and what the phrase means, longest first."""
    cues: tuple[str, ...]
    """Words that name pay, as the matching pass searches them."""
    endings: tuple[str, ...]
    compounds: tuple[tuple[str, PayPeriod], ...]
    glued_codes: tuple[str, ...]
    """Codes that the next word may be glued to and that begin no other word: "USDApplication"."""
    openings: tuple[tuple[str, PayPeriod], ...]
    """Adjectives of a period that another word may be glued to: "yearlyif"."""
    opening_words: tuple[str, ...]
    glued_units: tuple[tuple[str, PayPeriod], ...]
    """Periods behind a slash or "per" that another word may be glued to: "/hrThe", "per yearThis"."""
    currencies: Mapping[str, Currency]
    countries: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """By first word of a place: the words that follow it, and the currency paid there."""
    codes_after_comma: Mapping[str, str]
    zone_places: frozenset[str]
    zone_behind: frozenset[str]
    zone_levels: frozenset[str]
    zone_roles: frozenset[str]
    zone_breaks: frozenset[str]
    per_year: Mapping[PayPeriod, float]
    limits_usd: Mapping[PayPeriod, tuple[float, float]]
    unstated: Mapping[str, float]
    widest_range: float
    policy: Mapping[str, Any]


@cache
def version() -> str:
    """``pay-`` and a digest of every data file."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update(_bytes(name))
    return f"pay-{digest.hexdigest()[:8]}"


def _bytes(name: str) -> bytes:
    return files("classifiers").joinpath("data", "pay", name).read_bytes()


def table(name: str) -> dict[str, Any]:
    """A data file of ``classifiers/data/pay``, parsed."""
    return tomllib.loads(_bytes(name).decode())


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    cues, currencies, periods = table("cues.toml"), table("currencies.toml"), table("periods.toml")
    countries, plausible = table("countries.toml"), table("plausible.toml")
    openings = _openings(periods)
    year_from = plausible["unstated_period"]["year_from"]
    return Lexicon(
        phrases=_phrases(cues, currencies, periods),
        cues=tuple(sorted({*cues["pay"]["nouns"], *cues["pay"]["weak"], *cues["kind"]["ote"], *cues["kind"]["total"]})),
        endings=tuple(cues["pay"]["endings"]),
        compounds=tuple((part, PayPeriod(name)) for name, row in periods.items() for part in row["compounds"]),
        glued_codes=tuple(cues["pay"]["glued_codes"]),
        openings=openings,
        opening_words=tuple(word for word, _ in openings),
        glued_units=_glued_units(periods),
        currencies={
            code: Currency(
                code, row["usd"], row.get("year_from", year_from / row["usd"]), row.get("month_from"), row.get("is_shy", False)
            )
            for code, row in currencies.items()
        },
        countries=_places(countries),
        codes_after_comma={word: code for code, row in countries.items() for word in row["codes_after_comma"].split()},
        zone_places=frozenset(cues["zone"]["places"]),
        zone_behind=frozenset(cues["zone"]["behind"]),
        zone_levels=frozenset(cues["zone"]["levels"]),
        zone_roles=frozenset(cues["zone"]["roles"]),
        zone_breaks=frozenset(cues["zone"]["breaks"]),
        per_year={PayPeriod(name): row["per_year"] for name, row in periods.items()},
        limits_usd={PayPeriod(name): (low, high) for name, (low, high) in plausible["limits"].items()},
        unstated=plausible["unstated_period"],
        widest_range=plausible["range"]["widest"],
        policy=table("policy.toml"),
    )


_LEAST_OPENING = 6


def _openings(periods: Mapping[str, Any]) -> tuple[tuple[str, PayPeriod], ...]:
    words = ((word, PayPeriod(name)) for name, row in periods.items() for word in row["adjectives"])
    return tuple((word, period) for word, period in words if len(word) >= _LEAST_OPENING and word.isalpha())


def _glued_units(periods: Mapping[str, Any]) -> tuple[tuple[str, PayPeriod], ...]:
    words = ((unit[2:], PayPeriod(name)) for name, row in periods.items() for unit in row["units"] if unit.startswith("/ "))
    return tuple(
        sorted(((word, period) for word, period in words if len(word) > 1 and word.isalpha()), key=lambda row: -len(row[0]))
    )


def _places(countries: Mapping[str, Any]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for code, row in countries.items():
        for name in row["names"].replace("\n", "|").split("|"):
            for spelled in {name, fold_name(name)}:
                first, *rest = words_of(spelled)
                found[first].append((tuple(rest), code))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


def _phrases(cues: Mapping[str, Any], currencies: Mapping[str, Any], periods: Mapping[str, Any]) -> Any:
    table: dict[tuple[str, ...], Meaning] = defaultdict(lambda: NOTHING)

    def add(words: Iterable[str], **parts: Any) -> None:
        for word in words:
            key = words_of(word)
            table[key] = replace(table[key], **parts)

    add(cues["pay"]["weak"], pay=1)
    add(cues["pay"]["nouns"], pay=2)
    for kind in PayKind:
        add(cues["kind"][kind.value], kind=kind, **({} if kind is PayKind.BASE else {"pay": 2}))
    add(cues["kind"]["excluding"], is_excluding=True)
    words = cues["words"]
    for part in ("from", "up_to", "least", "most", "middle", "between", "to", "and", "plus", "after", "filler"):
        add(words[part], **{f"is_{part}": True})
    for note in ("gross", "net"):
        add(words[note], note=note)
    for reason, row in cues["refused"].items():
        add(row["words"], refusal=Refusal(reason, row["strength"] == "hard", row.get("is_behind_only", False)))
    for name, row in periods.items():
        add(row["units"], unit=PayPeriod(name))
        add(row["adjectives"], adjective=PayPeriod(name))
        add(row["bare"], bare=PayPeriod(name))
    for word, row in cues["multipliers"].items():
        period = PayPeriod(row["period"]) if "period" in row else None
        add([word], factor=float(row["factor"]), implied_currency=row.get("currency"), implied_period=period)
    _add_currencies(table, currencies)
    _add_inner_periods(table, [(part, PayPeriod(name)) for name, row in periods.items() for part in row["compounds"]])
    return _by_first(table)


def _add_inner_periods(table: dict[tuple[str, ...], Meaning], compounds: Iterable[tuple[str, PayPeriod]]) -> None:
    """A name of pay that holds a period names the period too: "daily rate", "Monatsgehalt"."""
    adjectives = [(key, meaning.adjective) for key, meaning in table.items() if meaning.adjective is not None and meaning.pay == 0]
    for key, meaning in table.items():
        if not meaning.pay or meaning.adjective is not None:
            continue
        inner = (period for words, period in adjectives for at in range(len(key)) if key[at : at + len(words)] == words)
        joined = (period for part, period in compounds if key[0].startswith(part))
        table[key] = replace(meaning, adjective=next(inner, None) or next(joined, None))


def _add_currencies(table: dict[tuple[str, ...], Meaning], currencies: Mapping[str, Any]) -> None:
    for code, row in currencies.items():
        names = {code.lower(): int(row.get("ambiguous", False))}
        names |= dict.fromkeys(row["words"], 0) | dict.fromkeys(row.get("weak_words", ()), 1)
        names |= {sign: 2 if _is_letters(sign) else 0 for sign in row["signs"]}
        for word, weakness in names.items():
            key = words_of(word)
            old = table[key]
            table[key] = replace(old, currencies=tuple(dict.fromkeys((*old.currencies, code))), weakness=weakness)


def _is_letters(sign: str) -> bool:
    """One or two plain letters ("kr", "R"), which also begin words and names."""
    letters = sign.rstrip("./")
    return letters.isascii() and letters.isalpha() and len(letters) < 3


def _by_first(table: Mapping[tuple[str, ...], Meaning]) -> dict[str, tuple[tuple[tuple[str, ...], Meaning], ...]]:
    rows: dict[str, list[tuple[tuple[str, ...], Meaning]]] = defaultdict(list)
    for (first, *rest), meaning in table.items():
        rows[first].append((tuple(rest), meaning))
    return {first: tuple(sorted(row, key=lambda r: -len(r[0]))) for first, row in rows.items()}
