from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from classifiers.pay.extract import Home, extract
from classifiers.pay.lexicon import lexicon
from pipeline.folding import fold

NEVER_PAY = [
    ("We offer a 401(k) match of $5,000 a year.", "retirement"),
    ("We raised $13.8m in funding.", "funding"),
    ("Valued at $1.8 billion, we are a unicorn.", "funding"),
    ("We hit $100M in annual recurring revenue.", "revenue"),
    ("The lender has $3,100,000,000 in assets.", "revenue"),
    ("You save customers $5M.", "revenue"),
    ("Track record of closing $250K–$1M+ enterprise opportunities.", "worth"),
    ("You manage a budget of $50,000 - $100,000.", "budget"),
    ("Employee Referral Program: $1500", "bonus"),
    ("A sign-on bonus of $10,000 is offered.", "bonus"),
    ("Monthly Stipend: USD $150 per month", "allowance"),
    ("Up to $10,000 in annual tuition reimbursement", "allowance"),
    ("Wellness allowance – up to €300 per year", "allowance"),
    ("1.300 € Weiterbildungsbudget pro Jahr", "allowance"),
    ("Titres restaurant de 180 € par mois", "allowance"),
    ("An RSU grant of $40,000 over four years", "equity"),
    ("Fines of up to $50,000 per year apply.", "fine"),
    ("You cut a cloud bill of about $60,000 a month.", "fine"),
    ("Our AWS bill is $200,000 per year.", "fine"),
    ("Our projects range in size from $40K to $600K.", "budget"),
    ("Graduates of our programme achieve offers in the $80,000 to $140,000 range.", "past"),
    ("Salary: $0.00 /hour", "absurd_for_period"),
    ("Salary: $70,000.00 to $80,000.00 /hour", "absurd_for_period"),
    ("You are paid $0.55 USD per accepted image at this rate.", "per_piece"),
    ("HSA contribution of $1750 per family annually", "per_piece"),
    ("Salary: $100,000 - $75,000", "upper_below_lower"),
]


@pytest.mark.parametrize(("text", "reason"), NEVER_PAY)
def test_what_is_never_pay_is_refused_with_a_reason(text: str, reason: str) -> None:
    folded = fold(text).text
    drafts, refused = extract(folded, [(0, len(folded))], Home(("USD",)), lexicon())
    assert drafts == []
    assert reason in {item.reason for item in refused}


NO_MONEY = [
    "Call +1 (415) 555-0100 before 12/05/2026.",
    "Our office is at 220 Montgomery Street, San Francisco, CA 94104 Salary and benefits are good.",
    "We serve 50k users and 1,200 merchants in 2024.",
    "Founded in 1998, with 30,000 employees; salary reviews every year.",
    "Pay transparency policy: in accordance with Executive Order 11246 we do not discriminate.",
    "You will occasionally lift up to 50 pounds.",
    "Knowledge of RS485 and Rockwell RS 5000 logic.",
    "Life insurance: 3x gross salary, maximum 500k.",
    "ISO 27001 and NIST 800-53r5 experience pays.",
    "A match of $2 for every $1 contributed, up to $15,000 annually.",
    "Our 401k plan, 4 weeks of vacation and 10 holidays are part of your compensation.",
    "Join our global employee base of 12,000 and compensation for 1.8 million associates.",
    "The company will pay up to $3,000 per year to help employees tackle student debt.",
    "See https://www.3m.com/careers for pay & benefits overview.",
    "Customers pay $20,000 - $50,000 per year for our product.",
    "We turned down between $1MM - $2MM of work.",
    "4 Crore merchants trust us, and payments worth over INR 150 lakh crore a year.",
    "DEI budget, $5 coffee, 24/7 support and 99.9% uptime.",
]


@pytest.mark.parametrize("text", NO_MONEY)
def test_prose_with_numbers_gives_no_band(judge: Callable[..., Any], text: str) -> None:
    assert judge(text).bands == ()


def test_a_bonus_beside_base_is_not_a_band(bands_of: Callable[..., Any]) -> None:
    text = "The salary range is $100,000 – $120,000 plus a $5,000 sign-on bonus and a $1,000 home office stipend."
    assert bands_of(text) == [(100000, 120000, "USD", "year")]


def test_benefits_around_a_salary_do_not_hide_it(bands_of: Callable[..., Any]) -> None:
    text = "401k with 4% match. $2,000 learning budget per year. Salary: $90,000 - $95,000. $500 referral bonus."
    assert bands_of(text) == [(90000, 95000, "USD", "year")]
