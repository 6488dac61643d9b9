"""The pay verdict of a posting: structured fields and text read, joined into one list of bands, policy and equity beside them."""

from __future__ import annotations

from functools import cache

from classifiers.pay.extract import Draft, Home, extract
from classifiers.pay.gate import Gate
from classifiers.pay.lexicon import Lexicon, lexicon, version
from classifiers.pay.money import currencies_of_place
from classifiers.pay.terms import CUES
from classifiers.reading import Passage, Reading
from pipeline.labels import PayBand, PayVerdict


@cache
def _gate() -> Gate:
    return Gate(lexicon())


def judge(reading: Reading) -> PayVerdict:
    """Bands, policy and equity of a posting."""
    lexicon_ = lexicon()
    home = _home(reading, lexicon_)
    bands: list[PayBand] = []
    for passage in (reading.title, reading.description):
        bands.extend(_bands(passage, home, lexicon_))
    return PayVerdict(tuple(bands), None, (), False, (), version())


def _home(reading: Reading, lexicon_: Lexicon) -> Home:
    currencies = currencies_of_place(reading.location.folded.text, lexicon_)
    return Home(currencies)


def _bands(passage: Passage, home: Home, lexicon_: Lexicon) -> list[PayBand]:
    text = passage.folded.text
    windows = _gate().windows(text, passage.hits.get(CUES, ()))
    if not windows:
        return []
    drafts, _ = extract(text, windows, home, lexicon_)
    return [_band(draft, passage) for draft in drafts]


def _band(draft: Draft, passage: Passage) -> PayBand:
    start, end = passage.folded.span(draft.start, draft.end)
    return PayBand(
        min=draft.low, max=draft.high, currency=draft.currency, period=draft.period, kind=draft.kind, zone=None,
        quote=passage.text[start:end], field=passage.field, start=start, end=end, min_annual_usd=None, max_annual_usd=None, note=draft.note,
    )  # fmt: skip
