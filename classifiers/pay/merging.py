"""One list of bands from text and fields: each once, the text before the field, differences kept as conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.labels import Conflict, Evidence, PayBand
from pipeline.vocabulary import PayKind, PayPeriod

_SAME = 0.01
"""Two figures within one per cent are one: 20 dollars an hour are 41,600 or "41.6k" a year."""


def each_once(bands: Sequence[PayBand]) -> list[PayBand]:
    """Drop repetitions: the same range again, and an open side that a full range already covers ("up to 22" beside "20-22")."""
    kept: list[PayBand] = []
    for band in bands:
        twin = next((at for at, other in enumerate(kept) if _is_twin(band, other)), None)
        if twin is None:
            kept.append(band)
        else:
            kept[twin] = _fuller(kept[twin], band)
    return [band for band in kept if not any(_covers(other, band) for other in kept if other is not band)]


def _fuller(band: PayBand, again: PayBand) -> PayBand:
    """Of two statements of one range the one that says more: a zone, then a kind other than the default."""
    if band.zone is None and again.zone is not None:
        return again
    return again if band.kind is PayKind.BASE and again.kind is not PayKind.BASE and band.zone == again.zone else band


def _is_twin(band: PayBand, other: PayBand) -> bool:
    if (band.min, band.max, band.currency, band.period) != (other.min, other.max, other.currency, other.period):
        return False
    return band.zone == other.zone or band.zone is None or other.zone is None


def _covers(full: PayBand, part: PayBand) -> bool:
    """A range covers a lone figure that is one of its ends."""
    if (full.currency, full.period) != (part.currency, part.period) or full.min is None or full.max is None or full.min == full.max:
        return False
    if part.min is None or part.max is None:
        return part.min in {full.min, None} and part.max in {full.max, None}
    return part.min == part.max and part.min in {full.min, full.max} and part.zone is None


def join(
    texts: Sequence[PayBand], fields: Sequence[PayBand], per_year: Mapping[PayPeriod, float]
) -> tuple[list[PayBand], list[Conflict]]:
    """Bands of the text, then those of the fields that say something else without contradicting it; and the conflicts.

    A field that repeats one band of the text vouches for its others (further zones or tiers), and a field of another kind
    (on-target earnings beside base) is another band. Otherwise the text is believed.
    """
    if not texts:
        return list(fields), []
    texts = [_with_currency(text, fields, per_year) for text in texts]
    extra = [band for band in fields if not any(_is_same(band, text, per_year) for text in texts)]
    if len(extra) < len(fields):
        return [*texts, *extra], []
    kept = [band for band in extra if all(band.kind != text.kind for text in texts)]
    believed = _evidence(texts[0])
    return [*texts, *kept], [Conflict("pay", believed, _evidence(band)) for band in extra if band not in kept]


def _with_currency(text: PayBand, fields: Sequence[PayBand], per_year: Mapping[PayPeriod, float]) -> PayBand:
    """A band without a currency takes the one of the field that states the same range."""
    if text.currency is not None:
        return text
    return replace(text, currency=next((band.currency for band in fields if _is_same(band, text, per_year)), None))


def _is_same(band: PayBand, other: PayBand, per_year: Mapping[PayPeriod, float]) -> bool:
    """Both ends agree a year; a field that fills both ends with one figure agrees with an open side."""
    if band.currency is not None and other.currency is not None and band.currency != other.currency:
        return False
    mine, its = _annual(band, per_year), _annual(other, per_year)
    return all(
        left is None or right is None or abs(left - right) <= _SAME * max(left, right)
        for left, right in zip(mine, its, strict=True)
    )


def _annual(band: PayBand, per_year: Mapping[PayPeriod, float]) -> tuple[float | None, float | None]:
    factor = per_year[band.period] or 1
    return (None if band.min is None else band.min * factor, None if band.max is None else band.max * factor)


def _evidence(band: PayBand) -> Evidence:
    return Evidence(band.field, band.start, band.end, band.quote, "pay_band")
