"""Jobs as a table, and a job as a page of facts. Rows are plain values with the names of the data dictionary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.folding import fold_technology
from pipeline.rates import OLD_RATE_DAYS
from rolecall.render.figures import class_in_words, pay
from rolecall.render.overrides import set_by_person_text
from rolecall.render.tables import Column, cut, fitting, table, wrap

Row = Mapping[str, Any]

ID_CELLS = 8
"""Characters of an id that tables show; any unique beginning of an id is accepted where one is asked for."""


def _class_tone(text: str) -> str | None:
    return {"remote-first": "green", "remote-friendly": "yellow"}.get(text)


_LIST = (
    Column("id"),
    Column("title", weight=5, least=18),
    Column("company", weight=2, least=8),
    Column("remote class", tone=_class_tone),
    Column("pay", weight=20, least=10),
    Column("stack", weight=2, least=8),
)
_NARROW = 100
_LABEL = 12
_LONGEST_QUOTE = 100
_LONGEST_SENTENCE = 400


def jobs_table(rows: Sequence[Row], width: int, *, id_name: str = "job_id") -> str:
    """One line a job (or a posting); stack, then pay are left out where the line is narrow."""
    cells = [_cells(row, id_name) for row in rows]
    room = fitting(_LIST if width >= _NARROW else _LIST[:-1], cells, width)
    return table(_LIST[:room], [row[:room] for row in cells], width)


def _cells(row: Row, id_name: str) -> list[str]:
    title = row["title"] + ("" if row["state"] == "open" else f" ({row['state']})")
    return [
        row[id_name][:ID_CELLS],
        title,
        employer(row),
        class_in_words(row["remote_class"], row["arrangement"]),
        pay_cell(row),
        ", ".join(row.get("stack") or ()),
    ]


def asked_first(stack: Sequence[str], asked: Collection[str]) -> list[str]:
    """The technologies of a job, those that somebody asked for first: a list has room for the first few."""
    wanted = {fold_technology(name) for name in asked}
    return sorted(stack, key=lambda name: fold_technology(name) not in wanted)


def employer(row: Row) -> str:
    """The company; where nobody named it, the employer's own board, which no feed is."""
    return row.get("company") or (row["board"] if row["board"] != row["platform"] else "")


def quoted(item: Row) -> str:
    """The words in quotes on one line; a structured field can be a screen of JSON, of which the beginning will do."""
    return f'"{cut(item["quote"], _LONGEST_QUOTE if item.get("start") is None else _LONGEST_SENTENCE)}"'


def pay_cell(row: Row) -> str:
    """The stated pay of a row in a few characters; nothing where none is stated."""
    low, high = row.get("pay_min"), row.get("pay_max")
    if low is None and high is None:
        return ""
    return pay(low, high, row.get("pay_currency"), row.get("pay_period") or "year", is_short=True)


def labelled(label: str, text: str, width: int) -> str:
    """``label      text``, the text wrapped under itself."""
    first, *more = wrap(text, max(width - _LABEL, 20))
    return "".join([f"{label:<{_LABEL}}{first}\n", *(" " * _LABEL + line + "\n" for line in more)])


def heading(facts: Row, width: int) -> str:
    """Title, employer, source and state."""
    lines = wrap(", ".join(filter(None, [facts["title"], employer(facts)])), width)
    state = facts["state"] + (f" ({facts['state_reason']})" if facts.get("state_reason") else "")
    seen = f"seen {_day(facts.get('opened_at'))} to {_day(facts.get('last_seen_on'))}"
    where = f"{facts['platform']}:{facts['board']}, {state}, {seen}"
    return "\n".join([*lines, *wrap(where, width)]) + "\n"


def _day(value: Any) -> str:
    return str(value)[:10] if value else "?"


def remote_lines(labels: Row, width: int, name: str = "remote") -> str:
    """The remote class with its probabilities, and the sentences that it rests on; where a person set it, what was read too."""
    chances = labels["remote_probability"]
    own = labels["remote_class"]
    others = ", ".join(f"{name} {chance:.2f}" for name, chance in sorted(chances.items(), key=_by_share) if name != own)
    said = class_in_words(own, labels["arrangement"])
    arrangement = f"; arrangement {labels['arrangement']}"
    if labels.get("office_days") is not None:
        arrangement += f", {labels['office_days']:g} office days a week"
    unread = "" if labels.get("is_text_read", True) else "; the text is in a language that is not read, so fields and place decided"
    word = labels.get("set_by_person")
    if word:
        return _set_lines(labels, f"{said}{arrangement}; {set_by_person_text(word, labels)}", width)
    text = f"{said} {chances[own]:.2f} ({others}){arrangement}{unread}"
    lines = labelled(name, text, width) + "".join(evidence_lines(item, width) for item in labels["evidence"])
    return lines + "".join(_conflict_lines(conflict, width) for conflict in labels["conflicts"])


def _set_lines(labels: Row, text: str, width: int) -> str:
    """A class that a person set, its words, and what the classifiers say in its place."""
    words = "".join(evidence_lines(item, width) for item in labels["evidence"] if item["start"] is not None)
    read = {**labels, **labels["set_by_person"]["instead_of"], "set_by_person": None}
    others = "".join(_conflict_lines(conflict, width) for conflict in labels["conflicts"])  # of pay
    return labelled("remote", text, width) + words + others + remote_lines(read, width, "read as")


def _by_share(item: tuple[str, float]) -> float:
    return -item[1]


def evidence_lines(item: Row, width: int) -> str:
    """A quote with what was read there and where it stands."""
    return labelled("", f"{quoted(item)} ({item['signal']}, {place(item)})", width)


def place(item: Row) -> str:
    """``description_text 1204-1260``; a structured field has no offsets."""
    return item["field"] if item.get("start") is None else f"{item['field']} {item['start']}-{item['end']}"


def _conflict_lines(conflict: Row, width: int) -> str:
    believed, refused = conflict["believed"], conflict["refused"]
    text = (
        f"({conflict['question']}) believed {quoted(believed)} ({place(believed)}), "
        f"not {quoted(refused)} ({refused['signal']}, {place(refused)})"
    )
    return labelled("conflict", text, width)


def _published(facts: Row) -> date | None:
    """The posting's date: of publication, else the first night it was seen."""
    told = str(facts.get("published_on") or facts.get("opened_at") or "")[:10]
    return date.fromisoformat(told) if told else None


def pay_lines(labels: Row, width: int, on: date | None = None) -> str:
    """Each stated band with its quote and the comparable figure beside it; a rate much older than ``on`` is called old."""
    lines = [labelled("pay" if place_ == 0 else "", _band(band, on), width) for place_, band in enumerate(labels["pay_bands"])]
    if not lines:
        lines = [labelled("pay", "not stated", width)]
    if labels.get("pay_policy"):
        lines.append(labelled("pay policy", labels["pay_policy"], width))
        lines += [evidence_lines(item, width) for item in labels.get("pay_policy_evidence") or ()]
    if labels.get("equity"):
        lines.append(labelled("equity", "offered", width))
    return "".join(lines)


def _band(band: Row, on: date | None) -> str:
    parts = [pay(band["min"], band["max"], band["currency"], band["period"]), band["kind"]]
    if band.get("zone"):
        parts.append(band["zone"])
    low, high = band.get("min_annual_usd"), band.get("max_annual_usd")
    if (low is not None or high is not None) and (band["currency"] != "USD" or band["period"] != "year"):
        parts.append(f"comparable: {pay(low, high, 'USD', 'year')}{_rate(band, on)}")
    return f"{', '.join(parts)}: {quoted(band)} ({place(band)})"


def _rate(band: Row, on: date | None) -> str:
    if not band.get("usd_rate") or not band.get("usd_rate_on"):
        return ""
    age_days = (on - date.fromisoformat(band["usd_rate_on"])).days if on else 0
    old = f", a rate {age_days} days older than the posting" if age_days > OLD_RATE_DAYS else ""
    return f" at {band['usd_rate']:g}, {band['usd_rate_on']}{old}"


_MOST_COUNTRIES = 12


def eligibility_text(labels: Row) -> str:
    """Who may hold the job, in one line: places, clock, papers, languages."""
    told = labels.get("eligibility") or {}
    scope, countries = labels.get("remote_scope") or [], told.get("countries") or []
    parts = [", ".join(scope)] if scope else [", ".join(countries[:_MOST_COUNTRIES])] if countries else ["place not stated"]
    if told.get("excluded"):
        parts.append(f"not {', '.join(told['excluded'])}")
    if told.get("utc_min") is not None:
        overlap = f", {told['overlap_hours']:g} hours of overlap" if told.get("overlap_hours") else ""
        parts.append(f"UTC{told['utc_min']:+g} to UTC{told['utc_max']:+g}{overlap}")
    if told.get("visa_sponsorship", "unstated") != "unstated":
        parts.append("visa sponsored" if told["visa_sponsorship"] == "yes" else "no visa sponsorship")
    if told.get("work_authorisation"):
        parts.append(f"permission to work in {', '.join(told['work_authorisation'][:_MOST_COUNTRIES])}")
    if told.get("needs_clearance"):
        parts.append("security clearance")
    if told.get("languages"):
        parts.append(f"speaks {', '.join(told['languages'])}")
    return "; ".join(parts)


def fact_lines(labels: Row, facts: Row, width: int) -> str:
    """Who may hold the job, what it asks for, what kind of job it is, where to read it."""
    stack = labels["tech_stack"]
    by_need = [
        f"{need}: {', '.join(item['name'] for item in stack if item['need'] == need)}"
        for need in ("required", "preferred", "mentioned")
        if any(item["need"] == need for item in stack)
    ]
    role = [labels["level"] if labels["level"] != "unstated" else "level not stated", labels["role_family"]]
    if labels.get("years_min") is not None:
        role.append(f"from {labels['years_min']:g} years")
    if labels.get("employment_type"):
        role.append(labels["employment_type"])
    lines = [
        ("eligible", eligibility_text(labels)),
        ("stack", "; ".join(by_need) or "none named"),
        ("concepts", ", ".join(item["name"] for item in labels["concepts"])),
        ("role", ", ".join(role)),
        ("location", facts.get("location") or ""),
        ("posting", facts.get("url") or ""),
    ]
    return "".join(labelled(label, text, width) for label, text in lines if text)


def whole_job(job: Row, width: int) -> str:
    """Everything that is stored of a job, the description last."""
    labels = job["labels"]
    sightings = "".join(
        labelled("seen" if number == 0 else "", f"{row['platform']}:{row['board']}, {row['state']}, {row['url']}", width)
        for number, row in enumerate(job["seen_on"])
    )
    events = "".join(labelled("history" if number == 0 else "", text, width) for number, text in enumerate(history(job)))
    company = ", ".join(f"{name} {job[name]}" for name in ("industry", "stage", "size") if job.get(name))
    remote = class_in_words(job["remote_class"], job["arrangement"])
    word = labels.get("set_by_person")
    surety = "" if word else f" {job['remote_class_probability']:.2f}"
    by_whom = f"; {set_by_person_text(word, labels)}" if word else ""
    lines = labelled("remote", f"{remote}{surety}, arrangement {job['arrangement']}{by_whom}", width)
    lines += "".join(evidence_lines(item, width) for item in labels["evidence"][:1] if not word or item["start"] is not None)
    lines += labelled("employer", company, width) if company else ""
    facts = [
        heading(job, width),
        lines + pay_lines(labels, width, _published(job)),
        fact_lines(labels, job, width),
        sightings + events,
    ]
    text = "\n".join("\n".join(wrap(line, width)) for line in job["description_text"].splitlines())
    return "\n".join([*facts, text]) + "\n"


def history(job: Row) -> Iterator[str]:
    """A line an event; where the job was seen in several places, with the place that it is of."""
    places = {row["posting_id"]: f" on {row['platform']}:{row['board']}" for row in job["seen_on"]}
    for event in job["events"]:
        yield _event(event, places[event["posting_id"]] if len(places) > 1 else "")


def _event(event: Row, where: str) -> str:
    fields = event.get("fields") or {}
    moved = "; ".join(f"{name}: {values[0]} -> {values[1]}" for name, values in fields.items() if isinstance(values, list))
    return f"{_day(event['night'])} {event['kind']}{where}" + (f" ({moved})" if moved else "")


def explanation(facts: Row, labels: Row, width: int) -> str:
    """Why a job has its labels: every verdict with the words that it rests on."""
    parts = [
        heading(facts, width),
        remote_lines(labels, width),
        pay_lines(labels, width, _published(facts)),
        fact_lines(labels, facts, width),
    ]
    versions = ", ".join(str(version) for version in labels["versions"].values())
    return "\n".join(parts) + labelled("labelled by", versions, width)
