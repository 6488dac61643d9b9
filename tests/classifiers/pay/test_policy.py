from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("We pay the same wherever you live. Salary: $120,000.", "global"),
        ("Our compensation is location-agnostic: location-agnostic pay for all.", "global"),
        ("The national pay range for this role is $120,000 - $150,000.", "national"),
        ("The national pay range is $120,000 - $150,000; actual pay varies based on location.", "location-dependent"),
        ("Base pay depends on your location. $120,000 - $150,000.", "location-dependent"),
        ("Pay is set by geographic zones. Salary $120,000 - $150,000.", "zoned"),
        ("New York pay range: $120,000 - $150,000\nColorado pay range: $100,000 - $130,000", "zoned"),
        ("Das Gehalt ist je nach Standort verschieden.", "location-dependent"),
        ("Salary: $120,000 - $150,000.", None),
        ("The parking spot depends on your location.", None),
    ],
)
def test_how_pay_follows_the_place(judge: Callable[..., Any], text: str, policy: str | None) -> None:
    verdict = judge(text)
    assert (verdict.policy.value if verdict.policy else None) == policy
    assert bool(verdict.policy_evidence) == (policy is not None)
    for item in verdict.policy_evidence:
        assert text[item.start : item.end] == item.quote


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Salary plus stock options.", True),
        ("The package may include equity.", True),
        ("RSUs vest over four years.", True),
        ("Virtuelle Anteile und 30 Tage Urlaub.", True),
        ("Employee stock purchase plan and profit sharing.", False),
        ("We value diversity, equity and inclusion.", False),
        ("A private equity firm owns us.", False),
        ("We do not offer equity.", False),
        ("Pay equity matters to us.", False),
    ],
)
def test_equity_is_options_stock_or_shares_as_pay(judge: Callable[..., Any], text: str, offered: bool) -> None:
    assert judge(text).equity is offered


def test_equity_in_a_field_counts(judge: Callable[..., Any]) -> None:
    assert judge("Nothing.", structured_salary={"compensation": {"compensationTierSummary": "$110K • Offers Equity"}}).equity
