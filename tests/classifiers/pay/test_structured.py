from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Judge = Callable[..., Any]
SILENT = "You will build data pipelines with a friendly team."

GREENHOUSE = {
    "pay_input_ranges": [
        {"min_cents": 13740000, "max_cents": 20200000, "currency_type": "USD", "title": "I4", "blurb": ""},
        {"min_cents": 20000000, "max_cents": 23000000, "currency_type": "USD", "title": "OTE Range", "blurb": ""},
        {
            "min_cents": 3600,
            "max_cents": 4800,
            "currency_type": "USD",
            "title": "The base pay range, this is an hourly rate.",
            "blurb": "",
        },
    ]
}
ASHBY = {
    "compensation": {
        "compensationTierSummary": "$110K – $150K • Offers Equity",
        "compensationTiers": [
            {
                "title": "NY / SF",
                "tierSummary": "$130K – $150K • Offers Equity",
                "components": [
                    {
                        "compensationType": "Salary",
                        "interval": "1 YEAR",
                        "currencyCode": "USD",
                        "minValue": 130000,
                        "maxValue": 150000,
                    },
                    {
                        "compensationType": "EquityCashValue",
                        "interval": "1 YEAR",
                        "currencyCode": "USD",
                        "minValue": 10000,
                        "maxValue": 20000,
                    },
                ],
            },
            {
                "title": "US Nationwide",
                "tierSummary": "OTE $110K – $120K",
                "components": [
                    {
                        "compensationType": "Salary",
                        "summary": "OTE $110K – $120K",
                        "interval": "1 YEAR",
                        "currencyCode": "USD",
                        "minValue": 110000,
                        "maxValue": 120000,
                    }
                ],
            },
        ],
        "summaryComponents": [
            {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "USD", "minValue": 110000, "maxValue": 150000}
        ],
    }
}

CASES = [
    (
        "greenhouse",
        GREENHOUSE,
        [
            (137400, 202000, "USD", "year", "base", "I4"),
            (200000, 230000, "USD", "year", "ote", None),
            (36, 48, "USD", "hour", "base", None),
        ],
    ),
    (
        "lever",
        {"salaryRange": {"currency": "USD", "interval": "per-year-salary", "min": 150000, "max": 180000}},
        [(150000, 180000, "USD", "year", "base", None)],
    ),
    (
        "lever with a wrong interval",
        {"salaryRange": {"currency": "USD", "interval": "bi-week-salary", "min": 22.4, "max": 26}},
        [(22.4, 26, "USD", "hour", "base", None)],
    ),
    ("lever with nothing", {"salaryRange": {"currency": "USD", "interval": "per-year-salary", "min": 0, "max": 0}}, []),
    (
        "ashby tiers",
        ASHBY,
        [(130000, 150000, "USD", "year", "base", "NY / SF"), (110000, 120000, "USD", "year", "ote", "US Nationwide")],
    ),
    (
        "ashby without pay",
        {"compensation": {"compensationTierSummary": None, "compensationTiers": [], "summaryComponents": []}},
        [],
    ),
    ("schema.org number", {"baseSalary": 85000}, [(85000, 85000, "USD", "year", "base", None)]),
    (
        "schema.org value",
        {"baseSalary": {"currency": "GBP", "value": {"value": 450, "unitText": "DAY"}}},
        [(450, 450, "GBP", "day", "base", None)],
    ),
    (
        "schema.org range",
        {
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {"minValue": 4000, "maxValue": 5000, "unitText": "MONTH"},
            }
        },
        [(4000, 5000, "EUR", "month", "base", None)],
    ),
    ("schema.org text", {"baseSalary": "42,000 - 48,000 EUR per year"}, [(42000, 48000, "EUR", "year", "base", None)]),
    (
        "schema.org figures beside the currency",
        {"baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "minValue": 40000, "maxValue": 50000}},
        [(40000, 50000, "EUR", "year", "base", None)],
    ),
    (
        "schema.org text in value",
        {"baseSalary": {"currency": "USD", "value": {"minValue": "70000.00", "maxValue": "80,000", "unitText": "YEAR"}}},
        [(70000, 80000, "USD", "year", "base", None)],
    ),
    (
        "schema.org list",
        {"baseSalary": [{"currency": "EUR", "value": {"value": 20, "unitText": "HOUR"}}]},
        [(20, 20, "EUR", "hour", "base", None)],
    ),
    (
        "schema.org price",
        {
            "baseSalary": {
                "@type": "UnitPriceSpecification",
                "priceCurrency": "EUR",
                "minPrice": 20,
                "maxPrice": 24,
                "unitCode": "HUR",
            }
        },
        [(20, 24, "EUR", "hour", "base", None)],
    ),
    ("schema.org currency outside", {"baseSalary": 41000, "salaryCurrency": "GBP"}, [(41000, 41000, "GBP", "year", "base", None)]),
    (
        "rippling",
        {"payRangeDetails": [{"location": "NY", "currency": "USD", "frequency": "HOUR", "rangeStart": 18, "rangeEnd": 25}]},
        [(18, 25, "USD", "hour", "base", "NY")],
    ),
    (
        "smartrecruiters",
        {"compensation": {"min": 15000, "max": 20000, "currency": "PLN", "period": "MONTHLY"}},
        [(15000, 20000, "PLN", "month", "base", None)],
    ),
    ("breezy", {"salary": "$19.35+ / hour"}, [(19.35, None, "USD", "hour", "base", None)]),
    (
        "recruitee",
        {"salary": {"min": "3500", "max": "4800", "period": "month", "currency": "EUR"}},
        [(3500, 4800, "EUR", "month", "base", None)],
    ),
    (
        "himalayas",
        {"minSalary": 20, "maxSalary": 22, "salaryPeriod": "hourly", "currency": "USD"},
        [(20, 22, "USD", "hour", "base", None)],
    ),
    (
        "himalayas without period",
        {"minSalary": 55200, "maxSalary": 66000, "currency": "EUR"},
        [(55200, 66000, "EUR", "year", "base", None)],
    ),
    ("remoteok zeros", {"salary_min": 0, "salary_max": 0}, []),
    ("remoteok", {"salary_min": 70000, "salary_max": 80000}, [(70000, 80000, "USD", "year", "base", None)]),
    (
        "jobicy",
        {"salaryMin": 54000, "salaryMax": 98000, "salaryCurrency": "USD", "salaryPeriod": "yearly"},
        [(54000, 98000, "USD", "year", "base", None)],
    ),
    (
        "pinpoint with a wrong frequency",
        {"compensation_minimum": 12.71, "compensation_currency": "GBP", "compensation_frequency": "week"},
        [(12.71, None, "GBP", "hour", "base", None)],
    ),
    (
        "usajobs",
        {"PositionRemuneration": [{"MinimumRange": "54616.0", "MaximumRange": "98000.0", "RateIntervalCode": "PA"}]},
        [(54616, 98000, "USD", "year", "base", None)],
    ),
    ("plain string", "$80,000 - $150,000 a year", [(80000, 150000, "USD", "year", "base", None)]),
    ("string in a key", {"salary": "£24,500 - £26,500"}, [(24500, 26500, "GBP", "year", "base", None)]),
    (
        "employer's own figure",
        {"Salary Estimate": "Employer Provided Salary:$60K - $80K"},
        [(60000, 80000, "USD", "year", "base", None)],
    ),
    ("a site's estimate", {"min_salary": "115", "max_salary": "180", "Salary Estimate": "$115K-$180K (Glassdoor est.)"}, []),
    ("another estimate", {"Salary Estimate": "₹600K (Employer est.)"}, []),
    (
        "a description with a word on interest.",
        {"salaryRange": {"min": 150000, "max": 180000}, "salaryDescription": "We set pay with interest. Estimated by level."},
        [(150000, 180000, "USD", "year", "base", None)],
    ),
    ("a predicted figure", {"salary_is_predicted": "1", "salary_min": 119025.7, "salary_max": 119025.7}, []),
    ("a dash", {"salary": "-"}, []),
]


@pytest.mark.parametrize(("fields", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_reads_the_platforms_own_fields(judge: Judge, fields: Any, expected: list[tuple[Any, ...]]) -> None:
    bands = judge(SILENT, structured_salary=fields).bands
    assert [(b.min, b.max, b.currency, b.period.value, b.kind.value, b.zone) for b in bands] == expected


def test_a_field_is_quoted_as_key_and_value(judge: Judge) -> None:
    (band,) = judge(SILENT, structured_salary={"salaryMin": 54000, "salaryMax": 98000, "salaryCurrency": "USD"}).bands
    assert (band.field, band.start, band.end) == ("structured_salary", None, None)
    assert band.quote == "salaryMin=54000, salaryMax=98000, salaryCurrency=USD"
    (band,) = judge(SILENT, structured_salary="$80,000 a year").bands
    assert band.quote == "structured_salary=$80,000 a year"


def test_the_same_range_in_field_and_text_is_one_band(judge: Judge) -> None:
    verdict = judge("Salary: $150,000 - $180,000", structured_salary={"minSalary": 150000, "maxSalary": 180000, "currency": "USD"})
    assert [band.field for band in verdict.bands] == ["description_text"]
    assert verdict.conflicts == ()


def test_the_text_wins_and_the_difference_is_kept(judge: Judge) -> None:
    verdict = judge("Salary: $180,000 - $320,000", structured_salary={"salary_min": 600000, "salary_max": 2000000})
    assert [band.min for band in verdict.bands] == [180000]
    (conflict,) = verdict.conflicts
    assert conflict.question == "pay"
    assert conflict.believed.quote == "$180,000 - $320,000"
    assert conflict.refused.quote == "salary_min=600000, salary_max=2000000"


def test_an_hourly_text_agrees_with_a_yearly_field(judge: Judge) -> None:
    verdict = judge(
        "Pay: $50 - $60 per hour", structured_salary={"minSalary": 104000, "maxSalary": 124800, "salaryPeriod": "annual"}
    )
    assert len(verdict.bands) == 1
    assert verdict.conflicts == ()


def test_a_garbled_text_leaves_the_field(judge: Judge) -> None:
    verdict = judge(
        "The range of compensation is 75,000 CAD to 108,00 CAD.",
        structured_salary={"minSalary": 75000, "maxSalary": 108000, "salaryPeriod": "annual", "currency": "CAD"},
    )
    assert [(band.max, band.field) for band in verdict.bands] == [(108000, "structured_salary")]


def test_on_target_earnings_of_a_field_stand_beside_base_of_the_text(judge: Judge) -> None:
    fields = {"pay_input_ranges": [{"min_cents": 20000000, "max_cents": 23000000, "currency_type": "USD", "title": "OTE Range"}]}
    verdict = judge("Base salary: $100,000 - $115,000", structured_salary=fields)
    assert [(band.min, band.kind.value) for band in verdict.bands] == [(100000, "base"), (200000, "ote")]


def test_nested_or_odd_fields_never_raise(judge: Judge) -> None:
    deep: Any = {"min": 1}
    for _ in range(50):
        deep = {"salary": [deep]}
    for fields in (deep, {"salary": [1, None, "x"]}, {"min": True, "max": "abc"}, {"currency": 5, "min": 1e300}):
        assert judge(SILENT, structured_salary=fields).bands == ()


def test_a_bare_text_takes_the_currency_of_the_field_that_repeats_it(judge: Judge) -> None:
    fields = {"minSalary": 115000, "maxSalary": 140000, "salaryPeriod": "annual", "currency": "CAD"}
    (band,) = judge("Salary: 115,000- 140,000", location=None, structured_salary=fields).bands
    assert (band.currency, band.field) == ("CAD", "description_text")


def test_pinpoints_frequency_yields_to_a_figure_that_is_absurd_for_it(judge: Judge) -> None:
    fields = {"compensation": "£12.71 / week", "compensation_minimum": 12.71, "compensation_currency": "GBP"}
    (band,) = judge(SILENT, structured_salary={**fields, "compensation_frequency": "week"}).bands
    assert (band.min, band.currency, band.period) == (12.71, "GBP", "hour")


def test_a_free_text_alone_is_read_and_a_band_that_is_not_shown_is_none(judge: Judge) -> None:
    (band,) = judge(SILENT, structured_salary={"compensation": "£24,500 - £26,500"}).bands
    assert (band.min, band.max, band.currency) == (24500, 26500, "GBP")
    hidden = {"compensation_minimum": 70000.0, "compensation_maximum": 82000.0, "compensation_visible": False}
    assert judge(SILENT, structured_salary=hidden).bands == ()
