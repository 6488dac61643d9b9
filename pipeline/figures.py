"""Numbers, pay and labels as people read them, wherever a posting is shown: terminal, feed, file, page."""

from __future__ import annotations

from collections.abc import Callable


def count(number: int) -> str:
    """``8,944``."""
    return f"{number:,}"


def plural(number: int, word: str, many: str | None = None) -> str:
    """``1 source``, ``2 sources``."""
    return f"{count(number)} {word if number == 1 else many or word + 's'}"


def amount(value: float) -> str:
    """``150,000`` or ``62.50``; cents are shown below a thousand only."""
    return f"{value:,.0f}" if value >= 1000 or abs(value - round(value)) < 0.005 else f"{value:,.2f}"


def short_amount(value: float) -> str:
    """``150k``, ``1.2M`` or ``62.50``: for tables."""
    if value >= 1_000_000:
        return f"{value / 1_000_000:.1f}M".replace(".0M", "M")
    if value >= 10_000:
        return f"{value / 1000:.0f}k"
    return amount(value)


def between(low: float | None, high: float | None, say: Callable[[float], str]) -> str:
    """``100k-150k``, ``from 100k``, ``up to 150k`` or ``150k``; nothing where neither is known."""
    if low is None or high is None:
        return f"from {say(low)}" if low is not None else f"up to {say(high)}" if high is not None else ""
    return say(low) if low == high else f"{say(low)}-{say(high)}"


def short_range(low: float | None, high: float | None) -> str:
    """A range for tables; as the two sides may be medians of different jobs, the lower one can be the greater."""
    if low is not None and high is not None and low > high:
        low, high = high, low
    return between(low, high, short_amount)


def pay(low: float | None, high: float | None, currency: str | None, period: str, *, is_short: bool = False) -> str:
    """``USD 150,000-180,000 a year``; short for tables, where the year goes without saying: ``USD 150k-180k``."""
    figures = between(low, high, short_amount if is_short else amount)
    money = f"{currency} {figures}" if currency else f"{figures} (currency not stated)" if not is_short else f"? {figures}"
    if is_short:
        return money if period == "year" else f"{money}/{period}"
    return f"{money} a project" if period == "project" else f"{money} {'an' if period == 'hour' else 'a'} {period}"


def class_in_words(remote_class: str, arrangement: str) -> str:
    """The remote class as people see it: silence is said to be silence."""
    return f"{remote_class} (not stated)" if (remote_class, arrangement) == ("on-site", "unstated") else remote_class
