"""Comparable figures beside the stated ones: an amount a year, in US dollars at the rate of the posting's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from classifiers.pay.lexicon import Lexicon
from pipeline.labels import PayBand
from pipeline.rates import rate


def with_annual_usd(band: PayBand, on: date | None, lexicon: Lexicon) -> PayBand:
    """The band with its annual figures in US dollars; as it was where period or currency allows none.

    Hours, days, weeks and months a year are the ``per_year`` of ``periods.toml``.
    """
    per_year = lexicon.per_year[band.period]
    if not per_year or band.currency is None:
        return band
    if band.currency == "USD":
        usd = 1.0
        quoted = None
    else:
        found = rate(band.currency, on)
        if found is None:
            return band
        usd, quoted = found.usd, found.on.isoformat()
    return replace(
        band,
        min_annual_usd=_annual(band.min, per_year * usd),
        max_annual_usd=_annual(band.max, per_year * usd),
        usd_rate=usd,
        usd_rate_on=quoted,
    )


def _annual(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 2)
