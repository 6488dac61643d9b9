"""Which jobs reach a sum: the condition of ``--pay-min`` over all bands at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.facet_index.bits import Bits, Rows, pack
from storage.facet_index.steps import steps
from storage.facet_index.values import Codes
from storage.queries.selecting import CENT, usd_for_one

Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands that a sum is compared with, one a row of each array."""

    jobs: int
    rows: Rows
    """The band's job."""
    currencies: tuple[str, ...]
    codes: Codes
    """Place in ``currencies``, -1 where none is stated."""
    upper_annual: Figures
    """A year, in the band's currency; minus infinity where there is none."""
    upper_annual_usd: Figures


@dataclass(frozen=True, slots=True)
class Reach:
    """How far each job's pay goes, for sums in one currency; minus infinity where nothing is stated."""

    own: Figures
    """Greatest figure of the bands in that currency."""
    other_usd: Figures
    """Greatest figure of the bands in any other, US dollars."""
    usd: float
    """US dollars for one unit of the currency."""

    def bits(self, least: float) -> Bits:
        """The jobs that pay a sum or more, a year."""
        return pack((self.own >= least - CENT) | (self.other_usd >= least * self.usd - CENT))


@dataclass(frozen=True, slots=True)
class PaySteps:
    """A currency's reach, and the jobs that reach each step of the facet."""

    reach: Reach
    steps: tuple[Bits, ...]


def pay_steps(bands: Bands, currency: str) -> PaySteps:
    """What ``--pay-min`` and its facet need of a currency.

    Raises:
        UsageError: no exchange rate is known.
    """
    place = bands.currencies.index(currency) if currency in bands.currencies else len(bands.currencies)
    is_own, is_other = bands.codes == place, (bands.codes >= 0) & (bands.codes != place)
    own = _greatest(bands.rows[is_own], bands.upper_annual[is_own], bands.jobs)
    other = _greatest(bands.rows[is_other], bands.upper_annual_usd[is_other], bands.jobs)
    reach = Reach(own, other, usd_for_one(currency))
    return PaySteps(reach, tuple(reach.bits(least) for least in steps().pay_min))


def _greatest(rows: Rows, figures: Figures, jobs: int) -> Figures:
    greatest = np.full(jobs, -np.inf)
    np.maximum.at(greatest, rows, figures)
    return greatest
