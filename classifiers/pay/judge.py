"""The pay verdict of a posting: structured fields and text read, joined into one list of bands, policy and equity beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from classifiers.pay.comparable import with_annual_usd
from classifiers.pay.extract import Draft, Home, extract
from classifiers.pay.gate import Gate
from classifiers.pay.lexicon import Lexicon, lexicon, version
from classifiers.pay.merging import each_once, join
from classifiers.pay.money import currencies_of_place
from classifiers.pay.policy import offers_equity, policy_of
from classifiers.pay.structured import FIELD, FieldBand, read_fields
from classifiers.pay.terms import CUES
from classifiers.reading import Passage, Reading
from pipeline.labels import PayBand, PayVerdict
from pipeline.records import Posting

_CONTRACT_WORDS = ("contract", "freelance", "c2c", "1099")
_FIRST_REAL_YEAR = 1990
_HEADING = 200
"""Where the location is silent, title and so many characters of the text may name the place."""


@cache
def _gate() -> Gate:
    return Gate(lexicon())


def judge(reading: Reading) -> PayVerdict:
    """Bands, policy and equity of a posting; figures of the text come before those of the structured fields."""
    lexicon_ = lexicon()
    posting = reading.posting
    home = _home(reading, lexicon_)
    texts = each_once([band for passage in (reading.description, reading.title) for band in _of_text(passage, home, lexicon_)])
    fields = [_of_field(band) for band in read_fields(posting.structured_salary, home, lexicon_)]
    bands, conflicts = join(texts, fields, lexicon_.per_year)
    on = _date_of(posting)
    starts = [hit.start for hit in reading.description.hits.get(CUES, ())]
    policy, evidence = policy_of(reading.description, starts, bands, lexicon_)
    return PayVerdict(
        bands=tuple(with_annual_usd(band, on, lexicon_) for band in bands),
        policy=policy,
        policy_evidence=evidence,
        equity=offers_equity((reading.title, reading.description)) or _fields_offer_equity(posting.structured_salary),
        conflicts=tuple(conflicts),
        version=version(),
    )


def _home(reading: Reading, lexicon_: Lexicon) -> Home:
    kind = f"{reading.posting.employment_type_text or ''} {reading.title.folded.text}".lower()
    places = currencies_of_place(reading.location.folded.text, lexicon_)
    if not places:
        places = currencies_of_place(f"{reading.title.folded.text}; {reading.description.folded.text[:_HEADING]}", lexicon_)
    return Home(places, any(word in kind for word in _CONTRACT_WORDS))


def _of_text(passage: Passage, home: Home, lexicon_: Lexicon) -> list[PayBand]:
    text = passage.folded.text
    windows = _gate().windows(text, passage.hits.get(CUES, ()))
    if not windows:
        return []
    drafts, _ = extract(text, windows, home, lexicon_)
    return [_of_draft(draft, passage) for draft in drafts]


def _of_draft(draft: Draft, passage: Passage) -> PayBand:
    start, end = passage.folded.span(draft.start, draft.end)
    zone = None
    if draft.zone is not None:
        first, last = passage.folded.span(*draft.zone)
        zone = " ".join(passage.text[first:last].split())
    return _band(draft, zone, passage.text[start:end], passage.field, (start, end))


def _of_field(band: FieldBand) -> PayBand:
    return _band(band.draft, band.zone, band.quote, FIELD, (None, None))


def _band(draft: Draft, zone: str | None, quote: str, field: str, span: tuple[int | None, int | None]) -> PayBand:
    return PayBand(
        min=draft.low, max=draft.high, currency=draft.currency, period=draft.period, kind=draft.kind, zone=zone, quote=quote,
        field=field, start=span[0], end=span[1], min_annual_usd=None, max_annual_usd=None, note=draft.note,
    )  # fmt: skip


def _date_of(posting: Posting) -> date | None:
    """The day whose exchange rate counts: of publication, else of the crawl, else none (the newest rate)."""
    if posting.published_on is not None:
        return posting.published_on
    return posting.fetched_at.date() if posting.fetched_at.year >= _FIRST_REAL_YEAR else None


def _fields_offer_equity(fields: Mapping[str, Any] | None) -> bool:
    """Ashby writes "Offers Equity" into the summaries of its tiers."""
    return fields is not None and "offers equity" in str(fields).lower()
