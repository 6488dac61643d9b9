"""What must hold for any text: written bands are read back, prose gives none, quotes sit at their offsets, no input hurts."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from classifiers.pay.lexicon import lexicon

Judge = Callable[..., Any]

_DASHES = ("-", " - ", "–", " – ", "—", " — ", " to ", "\u00a0–\u00a0", " ‑ ")
_CODES = tuple(code for code in lexicon().currencies if code not in {"USD"})
_GROUPS = (",", ".", " ", "\u00a0", "\u202f", "'", "’", "")
_LEADS = (
    "Salary: ",
    "The base salary range for this role is ",
    "Gehalt: ",
    "Salaire : ",
    "Salario: ",
    "Salaris: ",
    "Wynagrodzenie: ",
    "Stipendio: ",
)
_YEARS = (
    " per year",
    " annually",
    " p.a.",
    "/yr",
    " per annum",
    " pro Jahr",
    " par an",
    " al año",
    " per jaar",
    " all'anno",
    " rocznie",
    " por ano",
)
_HOURS = (" per hour", "/hr", "/hour", " an hour", " pro Stunde", " par heure", " por hora", " per uur", " all'ora", " za godzinę")


def _grouped(value: int, separator: str) -> str:
    return f"{value:,}".replace(",", separator)


@settings(max_examples=400)
@given(
    low=st.integers(20, 400),
    spread=st.integers(1, 100),
    sign=st.sampled_from(["$", "€", "£", "code before", "code after"]),
    group=st.sampled_from([*_GROUPS, "k", "one k"]),
    dash=st.sampled_from(_DASHES),
    lead=st.sampled_from(_LEADS),
    period=st.sampled_from(_YEARS),
    code=st.sampled_from(["EUR", "GBP", "USD", "CHF", "SGD"]),
)
def test_a_yearly_band_reads_back(
    bands_of: Any, low: int, spread: int, sign: str, group: str, dash: str, lead: str, period: str, code: str
) -> None:
    high = low + spread

    def amount(value: int, is_last: bool) -> str:
        if group == "k" or (group == "one k" and is_last):
            number = f"{value}k"
        else:
            number = str(value) if group == "one k" else _grouped(value * 1000, group)
        if sign == "code before":
            return f"{code} {number}"
        return f"{number} {code}" if sign == "code after" else f"{sign}{number}"

    text = f"{lead}{amount(low, False)}{dash}{amount(high, True)}{period}"
    currency = {"$": "USD", "€": "EUR", "£": "GBP"}.get(sign, code)
    assert bands_of(text) == [(low * 1000, high * 1000, currency, "year")], text


@given(
    low=st.integers(12, 150),
    cents=st.integers(0, 99),
    spread=st.integers(1, 60),
    dash=st.sampled_from(_DASHES),
    period=st.sampled_from(_HOURS),
)
def test_an_hourly_band_reads_back(bands_of: Any, low: int, cents: int, spread: int, dash: str, period: str) -> None:
    text = f"Pay rate: ${low}.{cents:02d}{dash}${low + spread}.{cents:02d}{period}"
    assert bands_of(text) == [(low + cents / 100, low + spread + cents / 100, "USD", "hour")], text


@given(code=st.sampled_from(_CODES), low=st.integers(15, 90))
def test_every_currency_is_read_by_its_code(bands_of: Any, code: str, low: int) -> None:
    unit = max(round(1000 / lexicon().currencies[code].usd, -3), 1000)
    first, last = int(low * unit), int((low + 10) * unit)
    text = f"Salary: {code} {first:,} - {last:,} per year"
    assert bands_of(text, location=None) == [(first, last, code, "year")], text


_WORDS = """we build tools for teams that care about quality you will work with product and design to ship features customers love
experience in python sql and cloud is a plus benefits include health insurance flexible hours parental leave and a friendly culture
apply today with your resume learn grow and share what you know across the company""".split()


@given(st.lists(st.sampled_from(_WORDS), min_size=5, max_size=120), st.lists(st.integers(0, 99), max_size=8))
def test_prose_without_pay_gives_no_band(bands_of: Any, words: list[str], numbers: list[int]) -> None:
    for at, number in enumerate(numbers):
        words.insert(min(at * 7, len(words)), str(number))
    assert bands_of(" ".join(words)) == []


_SNIPPETS = (
    *("$120,000", "– $150k", "salary", "€60.000", "per hour", "\n", " ", "• ", "bonus of", "401(k)", "USD", "(", ")", "up to"),
    *(
        "from",
        "OTE",
        "₹12,00,000",
        "LPA",
        "zone 1:",
        "\u00a0",
        "\u200b",
        "â‚¬",
        "to",
        "/yr",
        "ﬁ",
        "İ",
        "ẞ",
        "e\u0301",
        "£45k",
        "kr",
    ),
    *("99999999999999999999", "Gehalt", "min:", "max:", "%", "3x"),
)


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(_SNIPPETS), st.text(max_size=6)), max_size=25))
def test_every_quote_sits_at_its_offsets(judge: Judge, parts: list[str]) -> None:
    text = "".join(parts)
    assume(text.strip())
    for band in judge(text, title="$90k – $100k").bands:
        source = text if band.field == "description_text" else "$90k – $100k"
        assert source[band.start : band.end] == band.quote
        assert band.min is None or band.max is None or band.min <= band.max


def test_ten_thousand_random_strings_never_raise() -> None:
    from classifiers.pay.extract import Home, extract
    from pipeline.folding import fold

    rng = random.Random(20260105)
    alphabet = string.printable + "€£₹–—•\u00a0\u202fäéłčÅ¥"
    tables = lexicon()
    for _ in range(10_000):
        parts = (rng.choice(_SNIPPETS) if rng.random() < 0.4 else rng.choice(alphabet) for _ in range(rng.randrange(1, 60)))
        text = fold("".join(parts)[:200]).text
        drafts, refused = extract(text, [(0, len(text))], Home(("USD",)), tables)
        assert all(0 <= item.start <= item.end <= len(text) for item in (*drafts, *refused))


def test_ten_kilobytes_take_less_than_50_milliseconds(judge: Judge) -> None:
    judge("warm")
    worst = {
        "signs": "$1" * 5000,
        "ranges": "$100k-$120k " * 830,
        "salaries": "salary $100,000 to $120,000. " * 350,
        "spaced": "1 000 " * 1700,
        "words": "salary " * 1430,
        "brackets": "$50k (" * 1700,
        "dashes": "-" * 10_000,
        "digits": "9" * 10_000,
        "refused": "bonus of $5,000 " * 640,
    }
    from classifiers.matching import Matcher
    from classifiers.pay import judge as judge_reading
    from classifiers.pay import terms
    from classifiers.reading import read
    from pipeline.lines import posting_from_line

    matcher = Matcher(terms())
    for name, text in worst.items():
        reading = read(posting_from_line({"title": "Engineer", "description_text": text}).posting, matcher)
        best = float("inf")
        for _ in range(3):  # the least of three: the machine runs other things
            start = time.process_time()
            judge_reading(reading)
            best = min(best, time.process_time() - start)
        assert best < 0.05, f"{name}: {best * 1000:.0f} ms"


def test_a_range_may_end_in_a_figure_that_looks_like_a_retirement_plan(bands_of: Any) -> None:
    for text in ("Salary: 301k EUR - 401k EUR per year", "Salary: EUR 301k - EUR 401k per year", "Salary: €301k-€401k per year"):
        assert bands_of(text) == [(301_000, 401_000, "EUR", "year")], text
    assert bands_of("Pay: $90k a year. Benefits - 401k with a match") == [(90_000, 90_000, "USD", "year")]
