"""A calendar of closing dates (RFC 5545): one whole day a job that names one which has not passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from icalendar import Calendar, Event

from pipeline.figures import plural
from storage.exports.about import About
from storage.exports.entry import entry
from storage.exports.plain import one_line

_END = b"END:VCALENDAR\r\n"
_TITLE = 300


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write closing dates from the night on; ``columns`` say nothing here. See ``storage.exports.formats.Format.write``."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rolecall//Closing dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", one_line(about.title, _TITLE))
    out.write(calendar.to_ical().removesuffix(_END))
    written = silent = past = 0
    for row in rows:
        if row["expires_on"] is None:
            silent += 1
        elif row["expires_on"] < about.night:
            past += 1
        else:
            written += 1
            out.write(_event(row, about))
    out.write(_END)
    thing = "posting" if about.each_posting else "job"
    notes = [plural(written, "closing date")]
    notes += [f"{plural(silent, thing)} left out because no closing date is stated"] if silent else []
    notes += [f"{plural(past, thing)} left out because the closing date has passed"] if past else []
    return tuple(notes)


def _event(row: Mapping[str, Any], about: About) -> bytes:
    one = entry(row, about)
    event = Event()
    event.add("uid", f"{one.id.rpartition(':')[2].replace('/', '-')}@{about.authority}")
    event.add("dtstamp", about.made_at)
    event.add("dtstart", row["expires_on"])  # a date without an end is that whole day
    event.add("summary", f"Closes: {one.title}")
    if one.url:
        event.add("url", one.url)
    event.add("description", one.text)
    event.add("categories", [row["remote_class"]])
    event.add("transp", "TRANSPARENT")
    return bytes(event.to_ical())
