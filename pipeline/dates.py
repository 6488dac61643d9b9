"""Dates as sources write them: ISO with and without zone, epoch seconds and milliseconds, RFC 822, month names, relative text.

Nothing here reads the system clock: relative text is resolved against ``now``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipeline.folding import fold_name

_EPOCH_FIRST, _EPOCH_LAST = 946_684_800, 4_102_444_800  # 2000 to 2100, seconds
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$", re.IGNORECASE
)
_DAYS_AGO = re.compile(r"(\d+)\+?\s*(day|week|month|hour|minute)s?\s+ago", re.IGNORECASE)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTHS_ELSEWHERE = (
    "januar januari janvier enero gennaio janeiro styczen",
    "februar februari fevrier febrero febbraio fevereiro luty",
    "marz maart mars marzo marco marzec",
    "april avril abril aprile kwiecien",
    "mai mei maj mayo maggio maio",
    "juni juin junio giugno junho czerwiec",
    "juli juillet julio luglio julho lipiec",
    "august augustus augusti aout agosto sierpien",
    "september septembre septiembre settembre setembro wrzesien",
    "oktober octobre octubre ottobre outubro pazdziernik",
    "november novembre noviembre novembro listopad",
    "dezember december desember decembre diciembre dicembre dezembro grudzien",
)
"""Names of the months in other languages of Europe, without accents."""
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+(?:de\s+)?([^\W\d_]{3,11})\.?,?[\s-]+(?:de\s+)?(\d{4})$", re.IGNORECASE)
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "hour": 1 / 24, "minute": 1 / 1440}


def parse_instant(value: object, now: datetime | None = None) -> datetime | None:
    """The instant that a source's value means, in UTC; a date alone is its midnight, a time without a zone is taken as UTC.

    Args:
        value: text, a number of seconds or milliseconds since 1970, or anything else (which gives None).
        now: what "3 days ago" is counted from; without it relative text gives None.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _from_epoch(value)
    if not isinstance(value, str) or not (text := value.strip()):
        return None
    if text.isdigit() and len(text) in (10, 13):
        return _from_epoch(int(text))
    return _from_iso(text) or _from_words(text) or _from_relative(text, now) or _from_rfc822(text)


def parse_date(value: object, now: datetime | None = None) -> date | None:
    """The day that a source's value means, in the zone that the source wrote it in."""
    if isinstance(value, str) and (match := _ISO.match(value.strip())):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    instant = parse_instant(value, now)
    return instant.date() if instant else None


def _from_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number > _EPOCH_LAST else number
    return datetime.fromtimestamp(seconds, UTC) if _EPOCH_FIRST <= seconds <= _EPOCH_LAST else None


def _from_iso(text: str) -> datetime | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    zone = (zone or "+00:00").upper().replace("UTC", "+00:00").replace("Z", "+00:00")
    micro = (fraction or "0")[:6].ljust(6, "0")
    try:
        return datetime.fromisoformat(
            f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}.{micro}{zone}"
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _from_words(text: str) -> datetime | None:
    if match := _MONTH_FIRST.match(text):
        name, day, year = match[1], match[2], match[3]
    elif match := _DAY_FIRST.match(text):
        day, name, year = match[1], match[2], match[3]
    else:
        return None
    month = _month(name)
    try:
        return datetime(int(year), month, int(day), tzinfo=UTC) if month else None
    except ValueError:
        return None


def _month(name: str) -> int | None:
    """The number of a month by its English name or the beginning of it, or by its name in another language."""
    english = next((n for n, full in enumerate(_MONTHS, 1) if full.startswith(name.lower())), None)
    if english is not None:
        return english
    return next((n for n, names in enumerate(_MONTHS_ELSEWHERE, 1) if fold_name(name) in names.split()), None)


def _from_relative(text: str, now: datetime | None) -> datetime | None:
    if now is None:
        return None
    if match := _DAYS_AGO.search(text):
        return now - timedelta(days=min(int(match[1]), 100_000) * _UNIT_DAYS[match[2].lower()])
    lowered = text.lower()
    if "yesterday" in lowered:
        return now - timedelta(days=1)
    return now if "today" in lowered or "just posted" in lowered else None


def _from_rfc822(text: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        return None
