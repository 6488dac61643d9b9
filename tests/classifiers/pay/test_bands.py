from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Bands = Callable[..., list[tuple[Any, ...]]]

RANGES = [
    # a multiplier on one side counts for both
    ("Salary: $95-120k", 95000, 120000, "USD", "year"),
    ("Salary: $150k-225", 150000, 225000, "USD", "year"),
    ("Salary Range: $135,000-165,000k base salary annually", 135000, 165000, "USD", "year"),
    ("Gehalt: 60-80.000 € brutto im Jahr", 60000, 80000, "EUR", "year"),
    # dashes, signs, codes
    ("Base pay range: $112,300—$151,500 USD", 112300, 151500, "USD", "year"),
    ("Pay: USD 64,000 ~ 128,000", 64000, 128000, "USD", "year"),
    ("The salary range for this role is 64,000 USD - 128,000 USD.", 64000, 128000, "USD", "year"),
    ("Base range:\n$137,400\n—\n$202,000 USD", 137400, 202000, "USD", "year"),
    ("Base compensation ranges from $134,000 to $165,000.", 134000, 165000, "USD", "year"),
    ("The base salary is between $184,500 and $276,700 annually", 184500, 276700, "USD", "year"),
    ("Pay range across the US is USD [$101,200] to [$194,800] per year", 101200, 194800, "USD", "year"),
    ("Min\nUSD $108,500.00/Yr.\nMax\nUSD $140,950.00/Yr.", 108500, 140950, "USD", "year"),
    ("Salary Min: $93,030.00 Salary Mid: $124,005.00 Salary Max: $154,980.00", 93030, 154980, "USD", "year"),
    ("Min hiring rate\n$18.35\nMax hiring rate\n$22.93", 18.35, 22.93, "USD", "hour"),
    (
        "The base pay ranges from $85,300/year in our lowest geographic market up to $171,700/year in our highest market",
        85300,
        171700,
        "USD",
        "year",
    ),
    ("Acme | Engineer | Remote (US) | $150k–$250k + equity", 150000, 250000, "USD", "year"),
    # hours, days, weeks, months
    ("Compensation:$20–$22/hour", 20, 22, "USD", "hour"),
    ("Pay rate: $40.00 USD hourly - $45.00 USD hourly", 40, 45, "USD", "hour"),
    ("Salary range: USD $48.00 $51.00 / hr", 48, 51, "USD", "hour"),
    ("Pay Range : $17.75 - $21.00 / hour All job offers", 17.75, 21, "USD", "hour"),
    ("$2,200-$2,500 month, full-time, UK hours", 2200, 2500, "USD", "month"),
    ("tariffa giornaliera da € 180 a € 200", 180, 200, "EUR", "day"),
    # Indian units
    ("CTC 15 to 20 lacs", 1500000, 2000000, "INR", "year"),
    ("Salary: 25-40 LPA", 2500000, 4000000, "INR", "year"),
    ("CTC: 12L - 18L", 1200000, 1800000, "INR", "year"),
    ("Salary: ₹12,00,000 - ₹18,00,000 per annum", 1200000, 1800000, "INR", "year"),
    ("Salary: ₹20,000.00 - ₹50,000.00 per month", 20000, 50000, "INR", "month"),
    ("18-24 LPA + ESOPs", 1800000, 2400000, "INR", "year"),
    ("6 - 9 Lakhs PA", 600000, 900000, "INR", "year"),
    ("CTC of 1.2 Cr to 1.5 Cr", 12000000, 15000000, "INR", "year"),
    # other locales and languages
    ("The annual base salary range is between:\n\n€74.000—€101.000 EUR", 74000, 101000, "EUR", "year"),
    ("Jahresgehalt von 55.000 bis 70.000 Euro", 55000, 70000, "EUR", "year"),
    ("Rémunération : 45 000 € à 55 000 € brut annuel", 45000, 55000, "EUR", "year"),
    ("Salaire : 45-55 K€", 45000, 55000, "EUR", "year"),
    ("TJM : 450 - 550 €", 450, 550, "EUR", "day"),
    ("Salario: entre 35.000 y 45.000 euros brutos anuales", 35000, 45000, "EUR", "year"),
    ("Salaris: € 3.500 - € 4.800 bruto per maand", 3500, 4800, "EUR", "month"),
    ("RAL: 40.000 - 50.000 €", 40000, 50000, "EUR", "year"),
    ("Salário: R$ 8.000 a R$ 12.000 por mês", 8000, 12000, "BRL", "month"),
    ("Wynagrodzenie: 18 000 - 24 000 zł netto + VAT miesięcznie (B2B)", 18000, 24000, "PLN", "month"),
    ("Lohn: CHF 110'000 - 130'000 pro Jahr", 110000, 130000, "CHF", "year"),
    ("Salary: 45 000 - 55 000 SEK per month", 45000, 55000, "SEK", "month"),
    # what boards do to text
    ("Pay RangePay Range $65,000.00 - $117,500.00The pay range for this level", 65000, 117500, "USD", "year"),
    ("Salary: $95-125kLocation Vermont", 95000, 125000, "USD", "year"),
    ("The range is $88 ,000 - $113,000 .", 88000, 113000, "USD", "year"),
    ("Salary: â‚¬50,000 â€“ â‚¬60,000", 50000, 60000, "EUR", "year"),
    ("Salary:\u00a0£45\u202f000\u00a0–\u00a0£55\u202f000", 45000, 55000, "GBP", "year"),
    ("Salary 20.02 - 25.50 USD hourlyPlease note", 20.02, 25.5, "USD", "hour"),
    ("$94,900 - $129,570 per year annual bonus potential up to 10%", 94900, 129570, "USD", "year"),
    (
        "Compensation range for candidates in Jersey City, NJ will be $82,419 to $126,600 Benefits Along with pay",
        82419,
        126600,
        "USD",
        "year",
    ),
    ("Annual Pay Range106,900 - 144,000 USDApplication window", 106900, 144000, "USD", "year"),
    ("Salary: $100,000. - $140,000. per year", 100000, 140000, "USD", "year"),
    ("The range for this position min:$49.34 to max:$79.42 per hour", 49.34, 79.42, "USD", "hour"),
    ("Analyst II: $60,200 - $75,300Sr Analyst", 60200, 75300, "USD", "year"),
    ("Level 6 - $81,222 to $87,853 pa (plus 17% superannuation)", 81222, 87853, "USD", "year"),
    ("Experience, education, certifications, etc.$97,900 - $133,500 per yearThis job", 97900, 133500, "USD", "year"),
    ("Compensation\n\n-\n140,000-165,000/year", 140000, 165000, "USD", "year"),
    (
        "Compensation: $61,263/annually min. - $88,219/annually max., by experience",
        61263,
        88219,
        "USD",
        "year",
    ),
    ("Pay range: [$100,000, $120,000]", 100000, 120000, "USD", "year"),
    (
        "Minimum Salary: US Dollar (USD) 106,500 Midpoint Salary: US Dollar (USD) 133,000 Maximum Salary : US Dollar (USD) 159,500",
        106500,
        159500,
        "USD",
        "year",
    ),
]


@pytest.mark.parametrize(("text", "low", "high", "currency", "period"), RANGES)
def test_reads_a_range(bands_of: Bands, text: str, low: float, high: float, currency: str, period: str) -> None:
    assert bands_of(text) == [(low, high, currency, period)]


SINGLES = [
    ("Duration 12 months W2 RATE: $52Job Description", 52, 52, "USD", "hour"),
    ("A competitive salary up to £70,000 plus a bonus", None, 70000, "GBP", "year"),
    ("Salary: From ₹600,000.00 per year", 600000, None, "INR", "year"),
    ("Starting at $19.35+ / hour", 19.35, None, "USD", "hour"),
    ("Gehalt ab € 3.500,- brutto pro Monat", 3500, None, "EUR", "month"),
    ("Das Mindestgehalt für diese Position beträgt monatlich brutto € 2.738,10.", 2738.10, None, "EUR", "month"),
    ("Annual Postdoctoral wage is $96,900.", 96900, 96900, "USD", "year"),
    ("W2/1099 Contract to Hire$60/hr (Negotiable)", 60, 60, "USD", "hour"),
    ("The candidate must be paid $43/hrNote", 43, 43, "USD", "hour"),
    ("Acme | London, UK | Hybrid | £60k + EMI equity", 60000, 60000, "GBP", "year"),
    ("Salaris: minimaal € 4.000 per maand", 4000, None, "EUR", "month"),
    ("Salario: hasta 40.000 € anuales", None, 40000, "EUR", "year"),
    ("Starting salary: $52,000", 52000, None, "USD", "year"),
    ("up to £85k + 10% bonus + equity", None, 85000, "GBP", "year"),
    ("Stawka 140 PLN/h", 140, 140, "PLN", "hour"),
    ("Salário até R$ 9 mil", None, 9000, "BRL", "month"),
    ("Project fee: $5,000 per project", 5000, 5000, "USD", "project"),
]


@pytest.mark.parametrize(("text", "low", "high", "currency", "period"), SINGLES)
def test_reads_a_single_figure(
    bands_of: Bands, text: str, low: float | None, high: float | None, currency: str, period: str
) -> None:
    assert bands_of(text) == [(low, high, currency, period)]


@pytest.mark.parametrize(
    ("text", "location", "currency"),
    [
        ("Salary: $90,000 - $110,000", "Toronto, Ontario", "CAD"),
        ("Salary: $90,000 - $110,000", "Sydney, NSW", "AUD"),
        ("Salary: $90,000 - $110,000", "Singapore", "SGD"),
        ("Salary: $90,000 - $110,000", "Remote (USA or Canada)", "USD"),
        ("Salary: $90,000 - $110,000", None, "USD"),
        ("Salary: CA$90,000 - CA$110,000", "New York, NY", "CAD"),
        ("Salary for Canada: $90,000 - $110,000", "Remote (USA or Canada)", "CAD"),
        ("Salary: 90,000 - 110,000", "Berlin, Germany", "EUR"),
        ("Salary: 90,000 - 110,000", None, None),
        ("Acme | Remote (U.S. only)\nSalary: 90,000 - 110,000", None, "USD"),
        ("Salary: 90,000 - 110,000", "Oxford, MS", "USD"),
        ("Salary: $90,000 - $110,000", "London, ON", "CAD"),
        ("Salary: $3,000,000 - $3,800,000 a month", "Bogotá, Colombia", "COP"),
        ("Salary: 480,000 - 600,000 kr per year", "Oslo, Norway", "NOK"),
        ("Salary: ¥8,000,000 - ¥12,000,000", "Tokyo, Japan", "JPY"),
        ("Salary: R 600,000 - R 750,000 per annum", "Cape Town, South Africa", "ZAR"),
    ],
)
def test_the_country_decides_what_a_sign_means(bands_of: Bands, text: str, location: str | None, currency: str | None) -> None:
    assert [band[2] for band in bands_of(text, location=location)] == [currency]


def test_reads_every_zone_of_a_table(judge: Callable[..., Any]) -> None:
    text = (
        "Base pay ranges\n"
        "Zone 1: San Francisco Bay Area, New York City $209,300 — $388,600 USD\n"
        "Zone 2: Washington, California (excluding San Francisco Bay Area) $191,800 — $356,200 USD\n"
        "Zone 3: All other US locations $151,700 — $281,800 USD"
    )
    bands = judge(text, location="Remote, United States").bands
    assert [(band.min, band.zone) for band in bands] == [
        (209300, "Zone 1: San Francisco Bay Area, New York City"),
        (191800, "Zone 2: Washington, California (excluding San Francisco Bay Area)"),
        (151700, "Zone 3: All other US locations"),
    ]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("The annual base salary range for candidates located in Spain is between: €74.000 — €101.000 EUR", "Spain"),
        ("For Toronto, Canada based hires: Estimated annual salary of 150,000 ~ 187,000 CAD", "Toronto, Canada based hires"),
        ("New York Pay Range $168,100 — $186,600 USD", "New York"),
        ("US employees (any location): $166,600 - $208,300", "US employees (any location)"),
        ("Location: Charlotte, NC Pay Range: $60,000 - $70,000", None),
        ("Acme | Engineer | Remote (US) | $150k–$250k", None),
        ("L4: $150k-$180k", "L4"),
        ("Outside of Boston: $100,000 - $120,000", "Outside of Boston"),
        ("Zone B: $130,000 - $150,000", "Zone B"),
        ("Open jobs:\n* Senior Product Designer (hybrid, $140,000 - $190,000)", "Senior Product Designer"),
        ("The range for staff engineers is $180,000 to $220,000.", "staff engineers"),
        ("The base salary for this position is $145K elsewhere", "elsewhere"),
        ("Base salary range for Senior I & II is $140,000 to $210,000.", "Senior I & II"),
        ("The salary range for this role is $100,000 - $120,000 USD per year (Denver, Colorado)", "Denver, Colorado"),
    ],
)
def test_the_label_beside_a_figure_is_its_zone(judge: Callable[..., Any], text: str, zone: str | None) -> None:
    assert [band.zone for band in judge(text).bands] == [zone]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("OTE: $120,000 - $160,000", "ote"),
        ("The target range (inclusive of Base + Commission) is $140,000 - $165,000 salary", "ote"),
        ("The total compensation range is $160,000 - $185,000 (base plus bonus)", "total"),
        ("CTC 15 to 20 lacs", "total"),
        ("$40k-$75k base + Bonus", "base"),
        ("US pay range (not including bonus, equity or other benefits) $156,000 — $187,000 USD", "base"),
    ],
)
def test_the_words_beside_a_figure_are_its_kind(judge: Callable[..., Any], text: str, kind: str) -> None:
    assert [band.kind.value for band in judge(text).bands] == [kind]


def test_base_and_on_target_earnings_stay_apart(judge: Callable[..., Any]) -> None:
    bands = judge("Base salary: $80,000 - $100,000. OTE: $160,000 - $200,000.").bands
    assert [(band.min, band.kind.value) for band in bands] == [(80000, "base"), (160000, "ote")]


def test_gross_and_net_are_a_note(judge: Callable[..., Any]) -> None:
    assert judge("Gehalt: 4.000 - 5.000 € brutto pro Monat").bands[0].note == "gross"
    assert judge("Wynagrodzenie: 18 000 - 24 000 zł netto miesięcznie").bands[0].note == "net"


def test_an_open_figure_that_a_range_covers_is_no_second_band(bands_of: Bands) -> None:
    assert bands_of("Compensation: $20–$22/hour", title="Writer | Up to $22/hr") == [(20, 22, "USD", "hour")]


def test_a_figure_in_two_currencies_is_two_bands(bands_of: Bands) -> None:
    found = bands_of("Compensation: $160,000–$200,000 CAD/USD (based on experience)")
    assert found == [(160000, 200000, "CAD", "year"), (160000, 200000, "USD", "year")]


def test_base_and_base_with_bonus_are_two_bands(judge: Callable[..., Any]) -> None:
    bands = judge("Base: $140,000. Base + Bonus: $180,000").bands
    assert [(band.min, band.kind.value) for band in bands] == [(140000, "base"), (180000, "total")]
